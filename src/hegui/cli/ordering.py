"""How a command has something changed: the program that runs does it, or this process where none runs."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from hegui.bootstrap.handing_over import Hand
    from hegui.settings import Settings

MOST_BYTES = 40 * 1024  # of one order; the program takes lines of 64 KB
MOST_ITEMS = 200

T = TypeVar("T")


def os_user() -> str:
    """Who gives the order, as the machine knows it: not what LOGNAME says, which anybody can set."""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a number without a name, as in some containers
        return str(os.getuid())


def order(settings: "Settings", act: str, /, **given: Any) -> Any:
    """What the order came to. Raises Refusal."""

    async def run() -> Any:
        from hegui.bootstrap.handing_over import carry_out

        return await carry_out(settings, act, {**given, "os_user": os_user()})

    return asyncio.run(run())


async def order_in_parts(hand: "Hand", act: str, key: str, items: Sequence[Any], **given: Any) -> AsyncIterator[Any]:
    """What each order came to; `items` go under `key`, so many at a time as one order may hold."""
    for part in parts(items):
        yield await hand(act, {**given, key: part, "os_user": os_user()})


def parts(items: Sequence[T]) -> Iterator[list[T]]:
    """Lists of neighbours that are small enough to be sent in one line."""
    import json

    part: list[T] = []
    size = 0
    for item in items:
        its = len(json.dumps(item, ensure_ascii=False).encode())
        if part and (size + its > MOST_BYTES or len(part) == MOST_ITEMS):
            yield part
            part, size = [], 0
        part.append(item)
        size += its
    if part:
        yield part
