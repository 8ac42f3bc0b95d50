"""The web server: one port for what calls us, on the loop that everything else runs on.

It leaves signals alone: whoever starts it says when to stop, and what is being answered then is answered.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hegui.foundation.database.store import Database
from hegui.foundation.errors import EnvironmentProblem

log = structlog.get_logger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]
HEALTH = "/healthz"
HEALTH_SECONDS = 2.0
GRACE_SECONDS = 6  # less than the program gives itself to stop
MOST_AT_ONCE = 512
LONGEST_HEAD = 16 * 1024  # bytes of a request before its body


class WebServer(uvicorn.Server):
    """uvicorn without hands on SIGTERM and SIGINT: it would take them from the workers, which then do not drain."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes calls. Raises EnvironmentProblem where the place is taken or does not exist."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(MOST_AT_ONCE)
        except BaseException:
            listening.close()
            raise
    except OSError as problem:
        raise EnvironmentProblem(
            f"Nobody can listen on {host}:{port} ({problem.strerror}). Choose another web.host or web.port."
        ) from problem
    return listening


def application(database: Database, stopping: asyncio.Event, posts: Mapping[str, Endpoint]) -> Starlette:
    """`posts` are what takes POST, by path. Everything else does not exist, whoever asks and however."""

    async def health(_: Request) -> Response:
        ok = not stopping.is_set() and await _answers(database)
        return JSONResponse({"ok": ok}, status_code=200 if ok else 503)

    routes = [Route(path, _function(endpoint), methods=["POST"]) for path, endpoint in posts.items()]
    return Starlette(
        routes=[*routes, Route(HEALTH, health)],
        exception_handlers={404: _nothing_here, 405: _nothing_here},
    )


def _function(endpoint: Endpoint) -> Endpoint:
    async def called(request: Request) -> Response:
        return await endpoint(request)

    return called


async def _nothing_here(_request: Request, _problem: Exception) -> Response:
    return Response(status_code=404)


async def _answers(database: Database) -> bool:
    """Whether the store answers in time."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS):
            await database.check()
    except Exception as problem:  # noqa: BLE001  whatever it is, the answer is no
        log.warning("the store does not answer", problem=type(problem).__name__)
        return False
    return True


async def serve_web(app: Starlette, listening: socket.socket, stop: asyncio.Event) -> None:
    """Answers until `stop`, then what was begun; calls that do not end are cut off."""
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    server = WebServer(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=GRACE_SECONDS,
            h11_max_incomplete_event_size=LONGEST_HEAD,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving
