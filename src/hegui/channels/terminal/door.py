"""The socket (0600) that clients come through; the kernel says whose they are."""

import asyncio
import os
import socket
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from hegui.channels.terminal import place
from hegui.channels.terminal.channel import TerminalChannel
from hegui.channels.terminal.desk import Desk
from hegui.channels.terminal.protocol import LONGEST_LINE
from hegui.channels.terminal.session import Session

log = structlog.get_logger(__name__)
CREDENTIALS = struct.Struct("3i")  # process, user, group


@asynccontextmanager
async def open_door(desk: Desk, channel: TerminalChannel, data_dir: Path) -> AsyncIterator[Path]:
    """Takes clients while its block runs; gives the socket's path. Whoever opens it holds the instance lock."""
    where = place.choose(data_dir)
    sessions: set[asyncio.Task[None]] = set()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if _user_of(writer) == os.getuid():
            task = asyncio.create_task(_session(reader, writer, desk, channel))
            sessions.add(task)
            task.add_done_callback(sessions.discard)
        else:
            log.warning("a client of another user was turned away")
            writer.close()

    server = await asyncio.start_unix_server(attend, sock=_bound(where), limit=LONGEST_LINE)
    try:
        yield where
    finally:
        server.close()
        for task in sessions:
            task.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
        place.give_up(where, data_dir)


async def _session(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, desk: Desk, channel: TerminalChannel
) -> None:
    try:
        await Session(reader, writer, desk, channel).run()
    except Exception:
        log.exception("a terminal session failed")
    finally:
        writer.close()


def _bound(where: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)  # from its first moment, nobody else can open it
    try:
        listening.bind(str(where))
    finally:
        os.umask(before)
    return listening


def _user_of(writer: asyncio.StreamWriter) -> int:
    if sys.platform != "linux":
        return os.getuid()  # no such question there; the mode of the socket keeps others out
    peer: socket.socket = writer.get_extra_info("socket")
    _, user, _ = CREDENTIALS.unpack(peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))
    return int(user)
