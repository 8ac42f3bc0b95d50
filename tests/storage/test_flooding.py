"""Somebody who sends more than anybody reads is slowed and told once; others notice nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.fakes import FixedClock
from tests.talk import Talk

from hegui.delivery.inbox import store
from hegui.delivery.inbox.flooding import Flooding, Patience
from hegui.delivery.inbox.store import Update, inbox
from hegui.delivery.inbox.worker import KEPT_OF_A_FLOOD
from hegui.foundation.database.store import Database
from hegui.foundation.language.catalogue import Catalogue

TOO_FAST = "您发得太快了"


@pytest.fixture
def talk(database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path) -> Talk:
    return Talk(database, clock, catalogue, tmp_path, patience={"recording": Patience(per_minute=60, burst=5)})


async def passes(talk: Talk, seconds: int) -> None:
    for _ in range(seconds):
        talk.clock.advance(timedelta(seconds=1))
        await talk.settles()


async def test_a_burst_is_answered_at_once_and_the_rest_at_a_steady_rate_in_order(talk: Talk) -> None:
    said = [f"m{n}" for n in range(12)]
    first = await talk.says(*said)
    assert first[:5] == said[:5]
    assert [text.startswith(TOO_FAST) for text in first[5:]] == [True]
    await passes(talk, 3)
    assert len(talk.channel.texts("ann")) == 9
    await passes(talk, 4)
    assert [text for text in talk.channel.texts("ann") if not text.startswith(TOO_FAST)] == said


async def test_others_are_answered_as_if_nothing_happened(talk: Talk) -> None:
    await talk.hears(*(f"m{n}" for n in range(200)))
    assert await talk.says("hello", address="ben") == ["hello"]
    assert len(talk.channel.texts("ann")) == 6


async def test_it_is_told_once_however_long_it_goes_on_and_again_for_the_next_flood(talk: Talk) -> None:
    async def told() -> int:
        return sum(text.startswith(TOO_FAST) for text in talk.channel.texts("ann"))

    await talk.says(*(f"m{n}" for n in range(40)))
    await passes(talk, 60)
    assert await told() == 1
    await passes(talk, 120)
    await talk.says(*(f"n{n}" for n in range(10)))
    assert await told() == 2


async def test_what_piles_up_behind_is_cut_so_that_the_inbox_stays_free_for_others(talk: Talk) -> None:
    await talk.says(*(f"m{n}" for n in range(300)))
    async with talk.database.read() as tx:
        assert await store.backlog(tx) == 1 + KEPT_OF_A_FLOOD
        cut = select(func.count()).select_from(inbox).where(inbox.c.problem == "too many at once")
        assert await tx.scalar(cut) == 300 - 5 - 1 - KEPT_OF_A_FLOOD
    await passes(talk, 70)
    answered = [text for text in talk.channel.texts("ann") if not text.startswith(TOO_FAST)]
    assert answered == [f"m{n}" for n in range(5 + 1 + KEPT_OF_A_FLOOD)]


async def test_without_patience_there_is_no_limit(
    sqlite_database: Database, clock: FixedClock, catalogue: Catalogue, tmp_path: Path
) -> None:
    talk = Talk(sqlite_database, clock, catalogue, tmp_path, patience={"elsewhere": Patience(per_minute=1)})
    said = [f"m{n}" for n in range(30)]
    assert await talk.says(*said) == said


def test_a_clock_that_goes_back_makes_nobody_wait_for_days(clock: FixedClock) -> None:
    flooding = Flooding({"recording": Patience(per_minute=60, burst=1)})
    update = Update(seq=1, channel="recording", address="a", chat="recording:a", body="", file=None, attempts=0)
    assert flooding.waits(update, clock.now()) is None
    assert flooding.waits(update, clock.now()) == clock.now() + timedelta(seconds=1)
    assert flooding.waits(update, clock.now() - timedelta(days=3)) is None
