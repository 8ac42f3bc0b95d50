"""Logs: one line an event on stderr, of our own and of every library, with secrets and phone numbers blotted out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@\s]+@")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def scrub(text: str) -> str:
    """The text without bot tokens, passwords in addresses, the middle of phone numbers, and control characters."""
    text = TOKEN.sub("<token>", text)
    text = PASSWORD.sub(r"\1***@", text)
    text = PHONE.sub(r"\1****\2", text)
    return CONTROL.sub("?", text)


def _scrub_event(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: scrub(value) if isinstance(value, str) else value for key, value in event.items()}


class Stderr(logging.Handler):
    """Writes to what stderr is now: a prompt may have put itself in between."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201  this is the log
        except Exception:  # noqa: BLE001  a log line must never stop the program
            self.handleError(record)


def set_up(level: str = "INFO") -> None:
    """Sends the log of the whole process through the scrubber to stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _scrub_event,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = Stderr()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.raiseExceptions = False  # the library would print the arguments of a line that failed, unscrubbed
    for talkative in ("httpx", "httpcore", "aiohttp.access", "aiosqlite", "alembic", "telegram"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
