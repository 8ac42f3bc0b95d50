"""The poller: nothing is confirmed to Telegram before it is kept, and nothing stops it that will pass."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from telegram import Bot
from tests.bot_api_server import BotApiServer, Person
from tests.fakes import FixedClock

from hegui.bootstrap.program import Program
from hegui.channels.telegram.arriving import Inbox
from hegui.channels.telegram.channel import TelegramChannel
from hegui.channels.telegram.poller import Patience, Poller
from hegui.channels.telegram.request import AiohttpRequest
from hegui.delivery.inbox.store import Arrival
from hegui.foundation.errors import EnvironmentProblem

QUICK = Patience(long_poll=1, answer=1, first_pause=0.01, longest_pause=0.05, conflict_pause=0.01)
SOURCE = "telegram:123456789"


class ListInbox:
    """Keeps in a list. `refuses` as many times; `waiting` is the backlog it reports."""

    def __init__(self, refuses: int = 0, waiting: int = 0) -> None:
        self.kept: list[Arrival] = []
        self.sources: set[tuple[str, str]] = set()
        self.refuses = refuses
        self.waiting = waiting
        self.before_keeping: Callable[[], Awaitable[None]] | None = None

    async def put(self, source: str, channel: str, arrivals: list[Arrival]) -> None:
        if self.before_keeping:
            await self.before_keeping()
        if self.refuses:
            self.refuses -= 1
            raise OSError("disk full")
        self.sources.add((source, channel))
        known = {arrival.update_id for arrival in self.kept}
        self.kept += [arrival for arrival in arrivals if arrival.update_id not in known]

    async def backlog(self) -> int:
        return self.waiting

    @property
    def texts(self) -> list[str]:
        return [json.loads(arrival.body)["message"]["text"] for arrival in self.kept]


@asynccontextmanager
async def polling(
    channel: TelegramChannel, inbox: ListInbox, clock: FixedClock, patience: Patience = QUICK
) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(Poller(channel.bot, inbox, clock=clock, patience=patience).run(stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)


def test_the_program_is_an_inbox() -> None:
    needed = {name for name in vars(Inbox) if not name.startswith("_")}
    assert needed == {"put", "backlog"}
    assert needed <= set(vars(Program))


async def test_updates_are_kept_in_order_and_then_confirmed(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox()
    numbers = [ann.says(f"第{n}句😀") for n in range(250)]
    async with polling(channel, inbox, clock):
        await server.until(lambda: server.confirmed_up_to == numbers[-1])
        assert inbox.texts == [f"第{n}句😀" for n in range(250)]
        assert inbox.sources == {(SOURCE, "telegram")}
        assert {arrival.address for arrival in inbox.kept} == {"501"}
        assert not server.updates


async def test_what_could_not_be_kept_is_not_confirmed_and_comes_again(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox(refuses=3)
    confirmed: list[int] = []

    async def look() -> None:
        confirmed.append(server.confirmed_up_to)

    inbox.before_keeping = look
    number = ann.says("重要")
    async with polling(channel, inbox, clock):
        await server.until(lambda: server.confirmed_up_to == number)
    assert inbox.texts == ["重要"]
    assert confirmed[:4] == [0, 0, 0, 0]


async def test_numbers_that_start_anew_lower_are_not_thrown_away(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox()
    async with polling(channel, inbox, clock):
        ann.says("old")
        await server.until(lambda: inbox.kept)
        await server.until(
            lambda: server.last_poll and "offset" not in server.last_poll and server.calls["getUpdates"] > 2
        )
        server.push_raw({"update_id": 7, "message": {"chat": {"id": 501, "type": "private"}, "text": "new"}})
        await server.until(lambda: inbox.texts == ["old", "new"])


async def test_only_the_kinds_that_are_handled_are_asked_for(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    async with polling(channel, ListInbox(), clock):
        await server.until(lambda: server.last_poll)
    assert json.loads(server.last_poll["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]


async def test_a_press_is_kept_under_the_person(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    inbox = ListInbox()
    group = {"message_id": 1, "date": 0, "chat": {"id": -100, "type": "supergroup"}}
    server.push({"callback_query": {"id": "1", "from": {"id": 501}, "message": group, "data": "x"}})
    async with polling(channel, inbox, clock):
        await server.until(lambda: inbox.kept)
    assert inbox.kept[0].address == "501"


async def test_poison_does_not_hold_up_the_batch(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox()
    poison = [
        "no object",
        {"no": "number"},
        {"update_id": 10**30, "message": {}},
        {"update_id": True},
        {"update_id": 900, "message": {"chat": {"id": "x"}}},
        {"update_id": 901, "message": 5},
        {"update_id": 902, "message": {"chat": {"id": 501}, "text": "\ud83d \x00 half an emoji"}},
    ]
    for update in poison:
        server.push_raw(update)
    ann.says("fine")
    async with polling(channel, inbox, clock):
        await server.until(lambda: len(inbox.kept) == 4)
    assert [arrival.update_id for arrival in inbox.kept][:3] == [900, 901, 902]
    assert [arrival.address for arrival in inbox.kept] == ["0", "0", "501", "501"]
    assert all(arrival.body.isascii() and "\x00" not in arrival.body for arrival in inbox.kept)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html_502"},
        {"kind": "status", "code": 500},
        {"kind": "reset"},
        {"kind": "cut"},
        {"kind": "too_many", "retry_after": 1},
        {"kind": "status", "code": 409, "times": 2, "description": "Conflict: terminated by other getUpdates request"},
    ],
    ids=lambda fault: str(fault.get("code", fault["kind"])),
)
async def test_trouble_that_passes_loses_nothing(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock, fault: dict[str, object]
) -> None:
    server.fault(method="getUpdates", **fault)  # type: ignore[arg-type]
    ann.says("hello")
    inbox = ListInbox()
    async with polling(channel, inbox, clock):
        await server.until(lambda: inbox.texts == ["hello"])


async def test_two_pollers_end_with_an_error(channel: TelegramChannel, server: BotApiServer, clock: FixedClock) -> None:
    async with polling(channel, ListInbox(), clock) as first, polling(channel, ListInbox(), clock) as second:
        done, _ = await asyncio.wait({first, second}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(EnvironmentProblem, match="Another program"):
            await done.pop()


async def test_a_webhook_is_an_error_that_says_so(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    server.webhook = "https://example.org/hook"
    async with polling(channel, ListInbox(), clock) as task:
        with pytest.raises(EnvironmentProblem, match="webhook"):
            await asyncio.wait_for(task, 5)


async def test_a_token_that_was_revoked_ends_the_polling(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    token, server.token = server.token, "123456789:" + "B" * 36
    async with polling(channel, ListInbox(), clock) as task:
        with pytest.raises(EnvironmentProblem, match="token") as problem:
            await asyncio.wait_for(task, 5)
    assert token not in str(problem.value)


async def test_polling_waits_while_the_backlog_is_too_long(
    channel: TelegramChannel, server: BotApiServer, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox(waiting=QUICK.most_backlog + 1)
    ann.says("hello")
    async with polling(channel, inbox, clock):
        await asyncio.sleep(0.1)
        assert "getUpdates" not in server.calls
        inbox.waiting = 0
        await server.until(lambda: inbox.kept)


async def test_stopping_does_not_wait_for_the_long_poll(
    channel: TelegramChannel, server: BotApiServer, clock: FixedClock
) -> None:
    stop = asyncio.Event()
    patience = Patience(long_poll=50)
    task = asyncio.create_task(Poller(channel.bot, ListInbox(), clock=clock, patience=patience).run(stop))
    await server.until(lambda: server.calls.get("getUpdates"))
    stop.set()
    await asyncio.wait_for(task, 3)


async def test_stopping_lets_a_batch_be_kept_to_the_end(
    channel: TelegramChannel, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox()
    stop = asyncio.Event()

    async def slowly() -> None:
        stop.set()
        await asyncio.sleep(0.05)

    inbox.before_keeping = slowly
    ann.says("hello")
    await asyncio.wait_for(Poller(channel.bot, inbox, clock=clock, patience=QUICK).run(stop), 5)
    assert inbox.texts == ["hello"]


async def test_after_long_deafness_the_connections_are_made_anew(
    server: BotApiServer, channel: TelegramChannel, ann: Person, clock: FixedClock
) -> None:
    inbox = ListInbox()
    poller = Poller(channel.bot, inbox, clock=clock, patience=QUICK)
    await poller._request.initialize()
    torn = poller._request._open
    server.fault("html_502", "getUpdates", times=3)
    clock.advance(timedelta(seconds=10))
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    ann.says("hello")
    await server.until(lambda: inbox.texts == ["hello"])
    assert torn is not None
    assert torn.closed
    stop.set()
    await task


async def test_calls_go_through_a_proxy_where_one_is_set(server: BotApiServer) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    listening = await asyncio.start_server(proxy, "127.0.0.1", 0)
    request = AiohttpRequest(proxy=f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    bot = Bot(server.token, server.base_url, server.base_file_url, request=request, get_updates_request=request)
    with pytest.raises(Exception, match="Bad Gateway"):
        await bot.initialize()
    await bot.shutdown()
    listening.close()
    assert asked[0].startswith(f"POST {server.base_url}".encode())
