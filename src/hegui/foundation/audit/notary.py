"""The notary (公证): signs a checkpoint every 1,000 rows or 60 seconds and before the end, and keeps it outside.

It signs only what continues the checkpoint before. Where the log was cut or written anew it raises the alarm and signs
no more. A place outside that cannot be reached is tried again with the next checkpoint.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Row, func, select, update

from hegui.foundation.audit.checkpoints import Checkpoint, Signer, keep_outside
from hegui.foundation.audit.merkle import Frontier
from hegui.foundation.audit.tables import audit_checkpoint, audit_log
from hegui.foundation.clock import Clock
from hegui.foundation.database.store import Database
from hegui.foundation.database.transaction import Transaction

log = structlog.get_logger(__name__)
ROWS, EVERY = 1000, timedelta(seconds=60)
LOOKS_EVERY = timedelta(seconds=1)
BATCH = 2000  # hashed in some 10 ms, in which nothing else runs


class Notary:
    """Runs beside the workers; `close` comes after all of them."""

    def __init__(
        self, database: Database, signer: Callable[[], Signer], clock: Clock, outside: Path | None = None
    ) -> None:
        self._database = database
        self._signer = signer
        self._clock = clock
        self._outside = outside
        self._checked_at = clock.monotonic() - EVERY.total_seconds()
        self._covered = -1
        self.alarmed = False

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.tick()
            except Exception:
                log.exception("no checkpoint could be made; it is tried again")
            try:
                async with asyncio.timeout(LOOKS_EVERY.total_seconds()):
                    await stop.wait()
            except TimeoutError:
                continue

    async def close(self) -> None:
        """The last checkpoint, when nothing is written any more."""
        try:
            await self.checkpoint()
        except Exception:
            log.exception("no last checkpoint could be made; the next start makes it")

    async def tick(self) -> None:
        """Makes a checkpoint where one is due."""
        if self._clock.monotonic() - self._checked_at >= EVERY.total_seconds() or await self._new_rows() >= ROWS:
            await self.checkpoint()

    async def _new_rows(self) -> int:
        async with self._database.read() as tx:
            return int(await tx.scalar(select(func.coalesce(func.max(audit_log.c.seq), 0)))) - max(self._covered, 0)

    async def checkpoint(self) -> Checkpoint | None:
        """Signs the log as it is, where it is longer than at the last one; then brings outside what is not there."""
        self._checked_at = self._clock.monotonic()
        async with self._database.read() as tx:
            made = await self._made(tx)
        if made:
            async with self._database.write() as tx:
                await tx.insert_new(audit_checkpoint, made)
        await self._bring_outside()
        return Checkpoint(made["note"], made["signature"], made["public_key"]) if made else None

    async def _made(self, tx: Transaction) -> dict[str, Any] | None:
        last = await tx.one(select(audit_checkpoint).order_by(audit_checkpoint.c.size.desc()).limit(1))
        if not await self._continues(tx, last):
            return None
        edge = json.loads(last.frontier) if last else []
        frontier = Frontier(last.size if last else 0, [bytes.fromhex(one) for one in edge])
        head = await self._add_rows(tx, frontier)
        self._covered = frontier.size
        if head is None:
            return None
        now = self._clock.now()
        first = await tx.scalar(select(audit_log.c.hash).where(audit_log.c.seq == 1))
        signed = self._signer().sign(
            origin=bytes.fromhex(first), size=frontier.size, root=frontier.root(), head=head, at=now
        )
        return {
            "size": frontier.size,
            "at": now,
            "note": signed.note,
            "signature": signed.signature,
            "public_key": signed.public_key,
            "frontier": json.dumps([one.hex() for one in frontier.edge]),
            "outside": False,
        }

    async def _continues(self, tx: Transaction, last: Row[Any] | None) -> bool:
        """Whether the log still holds what the last checkpoint covered."""
        if last is None:
            return True
        before = Checkpoint(last.note, last.signature, last.public_key)
        held = await tx.scalar(select(audit_log.c.hash).where(audit_log.c.seq == last.size))
        good = before.is_signed() and before.size == last.size and held == before.head.hex()
        if not good and not self.alarmed:
            log.error("the audit log does not continue its last checkpoint: nothing more is signed", size=last.size)
        self.alarmed = not good
        return good

    async def _add_rows(self, tx: Transaction, frontier: Frontier) -> bytes | None:
        """Adds what is new; returns the last hash, None where nothing is new. Raises ValueError at a gap."""
        found: bytes | None = None
        wanted = select(audit_log.c.seq, audit_log.c.hash).order_by(audit_log.c.seq).limit(BATCH)
        while rows := await tx.all(wanted.where(audit_log.c.seq > frontier.size)):
            for row in rows:
                if row.seq != frontier.size + 1:
                    message = f"the audit log lacks row {frontier.size + 1}"
                    raise ValueError(message)
                found = bytes.fromhex(row.hash)
                frontier.add(found)
        return found

    async def _bring_outside(self) -> None:
        if self._outside is None:
            return
        async with self._database.read() as tx:
            there_not = audit_checkpoint.c.outside.is_(False)
            rows = await tx.all(select(audit_checkpoint).where(there_not).order_by(audit_checkpoint.c.size))
        if not rows:
            return
        found = [(row.at, Checkpoint(row.note, row.signature, row.public_key)) for row in rows]
        try:
            await asyncio.to_thread(keep_outside, self._outside, found)
        except OSError as problem:
            log.error("checkpoints cannot be kept outside", folder=str(self._outside), problem=problem.strerror)  # noqa: TRY400  no traceback
            return
        async with self._database.write() as tx:
            sizes = [row.size for row in rows]
            await tx.execute(update(audit_checkpoint).where(audit_checkpoint.c.size.in_(sizes)).values(outside=True))
