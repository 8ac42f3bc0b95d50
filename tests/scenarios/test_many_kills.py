"""A soak: the program is killed again and again while a crowd talks to it. Nobody goes unanswered."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.bot_api_server import BotApiServer
from tests.scenarios import looking
from tests.scenarios.processes import Running, telegram

from hegui.delivery.inbox.store import inbox
from hegui.delivery.outbox.tables import outbox

CROWD, KILLS = 40, 20
WAIT_SECONDS = 60


@pytest.mark.slow
async def test_twenty_kills_lose_no_answer_and_every_second_copy_is_accounted_for(
    server: BotApiServer, data_dir: Path
) -> None:
    program = Running(data_dir, telegram(server))
    crowd = [server.person(1000 + n) for n in range(CROWD)]
    moments = random.Random(7)  # noqa: S311  repeatable on purpose
    for _ in range(KILLS):
        await program.start()
        for person in crowd:
            person.says("/cancel")
        await asyncio.sleep(moments.uniform(0.8, 1.6))
        await program.kill()
    await program.start()
    try:
        await server.until(lambda: all(len(p.messages) >= KILLS for p in crowd), WAIT_SECONDS)
    finally:
        assert await program.stop() == 0
    async with looking.store(data_dir) as database, database.read() as tx:
        updates = Counter(row.state for row in await tx.all(select(inbox.c.state)))
        letters = Counter(row.state for row in await tx.all(select(outbox.c.state)))
    assert updates == {"done": CROWD * KILLS}
    assert set(letters) <= {"sent", "unknown"}
    copies = sum(len(person.messages) for person in crowd) - CROWD * KILLS
    assert copies <= letters["unknown"]
