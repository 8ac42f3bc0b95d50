"""One file at a time for each key, two in all."""

import asyncio

import pytest

from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.seats import Seats


async def test_two_keys_work_at_the_same_time_and_the_third_waits() -> None:
    seats = Seats(patience_seconds=60)
    order: list[str] = []
    leave = asyncio.Event()

    async def work(key: str) -> None:
        async with seats.taken(key):
            order.append(key)
            await leave.wait()

    working = [asyncio.create_task(work(key)) for key in "abc"]
    for _ in range(5):
        await asyncio.sleep(0)
    assert order == ["a", "b"]
    leave.set()
    await asyncio.gather(*working)
    assert order == ["a", "b", "c"]


async def test_the_same_key_is_refused_while_it_works_and_taken_again_afterwards() -> None:
    seats = Seats()
    async with seats.taken("a"):
        with pytest.raises(Refusal, match=r"upload\.one_at_a_time"):
            async with seats.taken("a"):
                pass
    async with seats.taken("a"):
        pass


async def test_who_waits_too_long_is_refused_and_may_come_again() -> None:
    seats = Seats(seats=1, patience_seconds=0.01)
    async with seats.taken("a"):
        with pytest.raises(Refusal, match=r"upload\.busy"):
            async with seats.taken("b"):
                pass
    async with seats.taken("b"):
        pass


async def test_a_seat_is_free_again_after_an_error() -> None:
    seats = Seats(seats=1, patience_seconds=0.01)
    with pytest.raises(ZeroDivisionError):
        async with seats.taken("a"):
            raise ZeroDivisionError
    async with seats.taken("b"):
        pass
