"""The socket: hostile lines, several screens, screens that die, files, and who may come in."""

import os
import socket
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.channels.terminal.clients import Raw, plain
from tests.fakes import FixedClock

from hegui.bootstrap.program import Program
from hegui.channels.terminal import place
from hegui.channels.terminal.channel import LARGEST_FILE, TerminalChannel, copy_file
from hegui.cli.in_process import program_here
from hegui.conversation.reply import Draft
from hegui.delivery.channel import DeliveryFailed, FileRefused, OutcomeUnknown, Parcel
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.delivery.outbox.tables import outbox as letters
from hegui.registry import people
from hegui.settings import Settings


async def _queue(program: Program, key: str, address: str, person: str) -> None:
    """A letter that answers nobody."""
    letter = NewLetter(
        key=key,
        kind=LetterKind.REMINDER_DUE,
        person=person,
        channel="terminal",
        address=address,
        about="case:1",
        reply=Draft().text(key).reply(),
        ready_at=program.clock.now(),
    )
    async with program.database.write() as tx:
        await outbox.queue(tx, [letter])
        tx.after_commit(program.sender.wake)


async def _states(program: Program) -> dict[str, str]:
    async with program.database.read() as tx:
        return {row.id: row.state for row in await tx.all(select(letters.c.id, letters.c.state))}


async def test_what_is_said_is_answered_before_it_is_settled(raw: Raw, program: Program) -> None:
    assert (await raw.greets())["language"] == "zh"
    assert "能做什么" in await raw.asks("/help")
    assert list((await _states(program)).values()) == ["sent"]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"no json\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"{}\n",
        b'{"text": 1}\n',
        b'{"text": "a", "more": "b"}\n',
        b'{"text": "\\ud800"}\n',
        b'{"press": "../../etc", "message": 1}\n',
        b'{"press": "check:a", "message": -1}\n',
        b'{"press": "check:a", "message": 99999999999999999999}\n',
        b'{"file": "relative", "name": "x"}\n',
        b'{"file": "/etc/passwd", "name": "../x"}\n',
        b'{"hello": {"name": "again"}}\n',
        b"[" * 10_000 + b"\n",
    ],
)
async def test_a_line_that_cannot_be_read_is_a_problem_and_the_talk_goes_on(raw: Raw, line: bytes) -> None:
    await raw.greets()
    await raw.sends(line)
    assert await raw.hears("problem") == "terminal.bad_line"
    assert "能做什么" in await raw.asks("/help")


async def test_a_line_that_is_too_long_is_a_problem_and_the_talk_goes_on(raw: Raw) -> None:
    await raw.greets()
    await raw.sends(b'{"text": "' + b"a" * 200_000 + b'"}\n')
    assert await raw.hears("problem") == "terminal.line_too_long"
    assert "能做什么" in await raw.asks("/help")


@pytest.mark.parametrize("first", [b'{"text": "hello"}\n', b'{"shown": "x"}\n'])
async def test_who_does_not_say_hello_is_shown_out(raw: Raw, first: bytes) -> None:
    await raw.sends(first)
    assert await raw.hears("problem") == "terminal.no_hello"
    assert await raw.hears("welcome") is None


async def test_a_person_who_does_not_exist_is_not_let_in(raw: Raw) -> None:
    await raw.says(hello={"person": "nobody"})
    assert await raw.hears("problem") == "terminal.unknown_person"


async def test_a_letter_shown_twice_or_never_sent_is_no_fault(raw: Raw) -> None:
    await raw.greets()
    await raw.says(shown="turn:99:0")
    assert "能做什么" in await raw.asks("/help")


async def test_everyone_who_speaks_as_one_person_sees_everything(raw: Raw, program: Program, data_dir: Path) -> None:
    other = await Raw.connect(place.find(data_dir))
    assert await raw.greets() == await other.greets()
    await raw.asks("/help")
    assert "能做什么" in plain(await other.hears("letter"))
    await other.close()


async def test_a_letter_that_answers_nobody_is_a_notice(raw: Raw, program: Program) -> None:
    known = await raw.greets()
    await _queue(program, "reminder:1", "local-tester", known["person"])
    letter = await raw.hears("letter")
    assert letter["notice"] is True
    assert plain(letter) == "reminder:1"


async def test_a_letter_waits_until_somebody_is_there(raw: Raw, program: Program, data_dir: Path) -> None:
    known = await raw.greets()
    await raw.close()
    await _queue(program, "reminder:1", "local-tester", known["person"])
    back = await Raw.connect(place.find(data_dir))
    await back.greets()
    assert plain(await back.hears("letter")) == "reminder:1"
    await back.close()


async def test_a_client_that_dies_before_it_shows_a_letter_gets_it_again_marked(
    raw: Raw, program: Program, data_dir: Path
) -> None:
    known = await raw.greets()
    await _queue(program, "reminder:1", "local-tester", known["person"])
    await raw.hears("letter")
    await raw.close()
    back = await Raw.connect(place.find(data_dir))
    await back.greets()
    assert plain(await back.hears("letter")) == "（重发，同一通知）\nreminder:1"
    assert (await _states(program))["reminder:1"] == "unknown"
    await back.close()


async def test_the_language_of_the_hello_stays_with_the_person(raw: Raw, data_dir: Path) -> None:
    assert (await raw.greets(language="en"))["language"] == "en"
    assert "What I can do" in await raw.asks("/help")
    later = await Raw.connect(place.find(data_dir))
    assert (await later.greets())["language"] == "en"
    await later.close()


async def test_a_new_language_is_told_to_the_client(raw: Raw) -> None:
    await raw.greets()
    await raw.says(press="welcome:language:en", message=1)
    for _ in range(2):
        await raw.says(shown=(await raw.hears("letter"))["id"])
    assert (await raw.hears("welcome"))["language"] == "en"


async def test_a_registered_person_has_an_address_of_their_own(raw: Raw, program: Program) -> None:
    async with program.database.write() as tx:
        person = await people.add_person(
            tx, role="member", language="en", now=program.clock.now(), randomness=program.randomness, name="Ann"
        )
    assert await raw.greets(person=person.id) == {"person": person.id, "language": "en"}
    async with program.database.read() as tx:
        found = await people.speakers(tx, [("terminal", person.id)])
    assert found["terminal", person.id][1]


async def test_only_the_owner_can_open_the_socket(program: Program, data_dir: Path) -> None:
    assert stat.S_IMODE(place.find(data_dir).stat().st_mode) == 0o600


async def test_the_socket_of_a_data_folder_with_a_long_path_lies_elsewhere(settings: Settings) -> None:
    folder = settings.data_dir / ("long" * 30)
    async with program_here(settings.model_copy(update={"data_dir": folder})):
        where = place.find(folder)
        assert len(bytes(where)) < 100
        assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700
        client = await Raw.connect(where)
        assert await client.greets()
        await client.close()
    assert not where.parent.exists()


async def test_a_socket_left_by_a_killed_program_is_replaced(settings: Settings) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(place.choose(settings.data_dir)))
    left.close()
    async with program_here(settings):
        client = await Raw.connect(place.find(settings.data_dir))
        assert await client.greets()
        await client.close()


async def test_a_file_that_nobody_can_read_is_refused_in_one_sentence(raw: Raw, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("plan")
    await raw.greets()
    await raw.says(file=str(file), name="plan.txt")
    assert "看不出这是什么文件" in plain(await raw.hears("letter"))


def test_only_regular_files_of_a_sensible_size_are_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"plan")
    copy_file(source, target)
    assert target.read_bytes() == b"plan"
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with (tmp_path / "big").open("wb") as big:
        big.truncate(LARGEST_FILE + 1)
    refused = {"pipe": "gone", "empty": "empty", "big": "too_big", "nowhere": "gone", ".": "gone"}
    for name, reason in refused.items():
        with pytest.raises(FileRefused, match=reason):
            copy_file(tmp_path / name, target)


def _parcel(address: str = "ann") -> Parcel:
    return Parcel(id="turn:1:0", address=address, person="p", reply=Draft().text("hello").reply())


async def test_where_nobody_is_a_letter_comes_back_in_an_hour(clock: FixedClock) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await TerminalChannel(clock).send(_parcel())
    assert failed.value.retry_at == clock.now() + timedelta(hours=1)
    assert not failed.value.counted


async def test_a_screen_that_keeps_silent_is_cut_off(clock: FixedClock) -> None:
    from hegui.channels.terminal.channel import Screen

    closed: list[str] = []
    channel = TerminalChannel(clock, shown_within=timedelta(milliseconds=20))
    channel.attach("ann", Screen(lambda line: None, lambda: closed.append("silent")))
    with pytest.raises(OutcomeUnknown):
        await channel.send(_parcel())
    assert closed == ["silent"]
