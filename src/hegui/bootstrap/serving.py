"""Serves: takes the lock, opens everything, and runs until SIGTERM."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from hegui.bootstrap.program import Program
from hegui.bootstrap.stores import open_store, read_rules
from hegui.delivery.channel import Channel
from hegui.settings import Settings


@asynccontextmanager
async def open_program(
    settings: Settings, channels: Mapping[str, Channel] | None = None, **given: Any
) -> AsyncIterator[Program]:
    """The whole house over the store as it is."""
    rulebook = read_rules(settings)
    async with open_store(settings) as database:
        yield Program(settings, rulebook, database, channels=channels or {}, **given)
