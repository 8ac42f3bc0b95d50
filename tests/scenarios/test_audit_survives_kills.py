"""The program is killed in the middle of refused acts: the audit log stays whole, and the next start signs the rest."""

import asyncio
import json
from pathlib import Path

from tests.bot_api_server import BotApiServer
from tests.scenarios.processes import Running, hegui, telegram

CROWD, KILLS = 20, 1


async def test_kills_leave_the_audit_log_whole(server: BotApiServer, data_dir: Path) -> None:
    elsewhere = data_dir.parent / "elsewhere"
    settings = {**telegram(server), "HEGUI_AUDIT__EXPORT_DIR": str(elsewhere)}
    program = Running(data_dir, settings)
    crowd = [server.person(2000 + n) for n in range(CROWD)]
    for said in range(1, KILLS + 1):
        await program.start()
        for person in crowd:
            person.says("/nonsense")
        await server.until(lambda at=said: sum(len(p.messages) for p in crowd) >= CROWD * at - CROWD // 2, 30)
        await program.kill()
    await program.start()
    await server.until(lambda: all(len(p.messages) >= KILLS for p in crowd), 30)
    assert await program.stop() == 0
    done = await asyncio.to_thread(hegui, data_dir, "audit", "verify", "--json", settings=settings)
    found = json.loads(done.stdout)
    assert found["ok"], found
    assert found["rows"] >= CROWD * KILLS  # one for each refusal, and one for each letter in doubt
    assert found["covered"] == found["rows"]  # signed before the program ended
    assert list(elsewhere.glob("checkpoints-*.jsonl"))
