"""The webhook over real sockets: who does not know the secret learns nothing, and 200 means on disk."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select, text
from telegram import Bot
from tests.bot_api_server import BotApiServer
from tests.fakes import FixedClock

from hegui.bootstrap.web import application, listen, serve_web
from hegui.channels.telegram.channel import TelegramChannel
from hegui.channels.telegram.webhook import LARGEST_BODY, Webhook, announce, withdraw
from hegui.delivery.inbox import store
from hegui.delivery.inbox.store import Arrival, inbox
from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem

BOT = 123456789
SECRET = "s3cret-of-this-bot_0123"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
KNOWN = {HEADER: SECRET}


class StoreInbox:
    """The inbox on a real store. Counts transactions, which wait until it is `free`.

    `waiting` is the backlog it reports.
    """

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database = database
        self.clock = clock
        self.transactions = 0
        self.waiting = 0
        self.reached = asyncio.Event()
        self.free = asyncio.Event()
        self.free.set()

    async def put(self, source: str, channel: str, arrivals: list[Arrival]) -> None:
        self.transactions += 1
        self.reached.set()
        await self.free.wait()
        async with self.database.write() as tx:
            await store.put(tx, source, channel, arrivals, self.clock.now())

    async def backlog(self) -> int:
        return self.waiting

    async def kept(self) -> list[Any]:
        async with self.database.read() as tx:
            return list(await tx.all(select(inbox).order_by(inbox.c.seq)))


class Line:
    """A web server with the webhook, and what calls it."""

    def __init__(self, port: int, session: aiohttp.ClientSession, box: StoreInbox, stop: asyncio.Event) -> None:
        self.port = port
        self.session = session
        self.inbox = box
        self.stop = stop

    async def post(self, body: Any = None, path: str = "/telegram", **headers: str) -> tuple[int, str]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        async with self.session.post(f"http://127.0.0.1:{self.port}{path}", data=raw, headers=sent) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def line_to(database: Database, clock: FixedClock) -> AsyncIterator[Line]:
    box, stop = StoreInbox(database, clock), asyncio.Event()
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = application(database, stop, {"/telegram": Webhook(BOT, SECRET, box, clock=clock)})
    serving = asyncio.create_task(serve_web(app, listening, stop))
    async with aiohttp.ClientSession() as session:
        yield Line(port, session, box, stop)
        stop.set()
        await asyncio.wait_for(serving, 10)


@pytest.fixture
async def line(sqlite_database: Database, clock: FixedClock) -> AsyncIterator[Line]:
    async with line_to(sqlite_database, clock) as made:
        yield made


def update(number: int = 1, chat: int = 501, said: str = "你好") -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat, "type": "private"}, "text": said}}


async def test_an_update_is_on_disk_when_it_is_confirmed(database: Database, clock: FixedClock) -> None:
    async with line_to(database, clock) as line:
        assert await line.post(update(7), **KNOWN) == (200, "")
        (row,) = await line.inbox.kept()
    assert (row.source, row.update_id, row.chat, row.state) == ("telegram:123456789", 7, "telegram:501", "open")
    assert json.loads(row.body) == update(7)


async def test_the_same_update_three_times_is_kept_once(database: Database, clock: FixedClock) -> None:
    async with line_to(database, clock) as line:
        answers = await asyncio.gather(*(line.post(update(7), **KNOWN) for _ in range(3)))
        assert answers == [(200, "")] * 3
        assert len(await line.inbox.kept()) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "x" * 4000, "秘密"])
async def test_without_the_secret_nothing_is_read_and_nothing_is_said(line: Line, secret: str | None) -> None:
    headers = {} if secret is None else {HEADER: secret}
    assert await line.post(b"{ this is not even JSON", **headers) == (401, "")
    assert await line.inbox.kept() == []


async def test_a_caller_without_the_secret_is_answered_before_the_body_has_come(line: Line) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{")
    status = await asyncio.wait_for(reader.readline(), 3)
    writer.close()
    assert status.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(("method", "path"), [("GET", "/telegram"), ("POST", "/"), ("PUT", "/telegram"), ("GET", "/x")])
async def test_everything_else_does_not_exist(line: Line, method: str, path: str) -> None:
    async with line.session.request(method, f"http://127.0.0.1:{line.port}{path}", headers=KNOWN) as answer:
        assert (answer.status, await answer.text()) == (404, "")
        assert not {"Allow", "Server", "WWW-Authenticate"} & set(answer.headers)


async def test_a_body_over_the_limit_is_not_taken_whether_announced_or_not(line: Line) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 65536 + 1):
            yield b"x" * 65536

    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: {LARGEST_BODY + 1}\r\n\r\n{{".encode())
    assert (await asyncio.wait_for(reader.readline(), 3)).startswith(b"HTTP/1.1 413 ")
    writer.close()
    headers = {"Content-Type": "application/json", **KNOWN}
    async with line.session.post(f"http://127.0.0.1:{line.port}/telegram", data=in_pieces(), headers=headers) as answer:
        assert answer.status == 413
    assert await line.inbox.kept() == []


async def test_another_type_than_json_is_refused(line: Line) -> None:
    assert (await line.post(update(), Content_Type="text/plain", **KNOWN))[0] == 415
    assert (await line.post(update(), Content_Type="application/json; charset=utf-8", **KNOWN))[0] == 200


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"update_id": "x"}', b"[" * 100_000, b"\xff\x00", b"9" * 5000])
async def test_what_nobody_can_read_is_confirmed_and_kept_once_for_a_person_to_look_at(line: Line, body: bytes) -> None:
    assert await line.post(body, **KNOWN) == (200, "")
    assert await line.post(body, **KNOWN) == (200, "")
    (row,) = await line.inbox.kept()
    assert row.update_id < 0
    assert "unreadable" in row.body
    assert row.body.isascii()


async def test_while_the_store_is_down_telegram_is_asked_to_come_again(line: Line) -> None:
    async with line.inbox.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    url, headers = f"http://127.0.0.1:{line.port}/telegram", {**KNOWN, "Content-Type": "application/json"}
    async with line.session.post(url, data=json.dumps(update()), headers=headers) as answer:
        assert (answer.status, answer.headers["Retry-After"], await answer.text()) == (503, "5", "")
    async with line.inbox.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    assert (await line.post(update(), **KNOWN))[0] == 200
    assert len(await line.inbox.kept()) == 1


async def test_while_too_much_waits_telegram_keeps_its_updates(line: Line, clock: FixedClock) -> None:
    line.inbox.waiting = 10_001
    assert (await line.post(update(), **KNOWN))[0] == 503
    line.inbox.waiting = 0
    assert (await line.post(update(), **KNOWN))[0] == 503, "looked at once a second"
    clock.advance(timedelta(seconds=1))
    assert (await line.post(update(), **KNOWN))[0] == 200


async def test_what_comes_at_the_same_time_shares_transactions(line: Line) -> None:
    line.inbox.free.clear()
    calls = [asyncio.create_task(line.post(update(n, chat=n), **KNOWN)) for n in range(50)]
    await asyncio.sleep(0.3)
    line.inbox.free.set()
    assert {status for status, _ in await asyncio.gather(*calls)} == {200}
    async with line.inbox.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(inbox)) == 50
    assert line.inbox.transactions <= 3


async def test_stopping_answers_what_was_begun_and_takes_nothing_new(line: Line) -> None:
    line.inbox.free.clear()
    begun = asyncio.create_task(line.post(update(), **KNOWN))
    await asyncio.wait_for(line.inbox.reached.wait(), 5)
    line.stop.set()
    await asyncio.sleep(0.3)
    with pytest.raises(aiohttp.ClientConnectorError):
        async with aiohttp.ClientSession() as other:
            await other.get(f"http://127.0.0.1:{line.port}/healthz")
    line.inbox.free.set()
    assert await begun == (200, "")
    assert len(await line.inbox.kept()) == 1


async def test_health_says_no_more_than_yes_or_no(line: Line) -> None:
    url = f"http://127.0.0.1:{line.port}/healthz"
    async with line.session.get(url) as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_health_is_no_where_the_store_does_not_answer(tmp_path: Path, clock: FixedClock) -> None:
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    async with line_to(database, clock) as line, line.session.get(f"http://127.0.0.1:{line.port}/healthz") as answer:
        assert (answer.status, await answer.json()) == (503, {"ok": False})
    await database.close()


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(EnvironmentProblem, match=r"Nobody can listen on 127\.0\.0\.1:\d+ .*web\.port"):
            listen("127.0.0.1", taken.getsockname()[1])


# ---- telling Telegram -------------------------------------------------------------------------------------------


@pytest.fixture
def bot(channel: TelegramChannel) -> Bot:
    return channel.bot


async def test_telegram_is_told_where_to_call_with_what_secret_and_for_which_kinds(
    bot: Bot, server: BotApiServer
) -> None:
    await announce(bot, "https://hegui.example/telegram", SECRET)
    assert (server.webhook, server.webhook_secret) == ("https://hegui.example/telegram", SECRET)
    assert server._allowed == {"message", "callback_query", "my_chat_member"}


async def test_taking_it_back_keeps_what_waits(bot: Bot, server: BotApiServer) -> None:
    await announce(bot, "http://127.0.0.1:9/telegram", SECRET)
    server.person().says("still there")
    await withdraw(bot)
    assert server.webhook == ""
    assert len(server.updates) == 1


@pytest.mark.parametrize("fault", [{"kind": "html_502"}, {"kind": "reset"}, {"kind": "too_many", "retry_after": 0}])
async def test_a_fault_that_passes_is_tried_again(bot: Bot, server: BotApiServer, fault: dict[str, Any]) -> None:
    server.fault(method="setWebhook", times=2, **fault)
    await announce(bot, "https://hegui.example/telegram", SECRET, pauses=(0, 0))
    assert server.webhook


async def test_an_address_that_telegram_does_not_take_is_told_without_the_secret(
    bot: Bot, server: BotApiServer
) -> None:
    server.fault("status", "setWebhook", code=400, description="Bad Request: bad webhook: port must be one of 443")
    with pytest.raises(EnvironmentProblem, match=r"webhook_url.*port must be") as problem:
        await announce(bot, "https://hegui.example:1/telegram", SECRET)
    assert SECRET not in str(problem.value)


async def test_a_telegram_out_of_reach_is_told_after_the_last_try(bot: Bot, server: BotApiServer) -> None:
    server.fault("status", "setWebhook", times=3, code=500)
    with pytest.raises(EnvironmentProblem, match="could not be told"):
        await announce(bot, "https://hegui.example/telegram", SECRET, pauses=(0, 0))
    assert server.calls["setWebhook"] == 3
