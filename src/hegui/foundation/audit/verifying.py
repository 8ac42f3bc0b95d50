"""Checks the whole log: each row against the chain, each checkpoint against rows and trusted keys. Pure.

`hegui/verify_audit.py` does the same without any of this code, for an expert who trusts neither it nor us.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hegui.foundation.audit import chain
from hegui.foundation.audit.checkpoints import Checkpoint
from hegui.foundation.audit.merkle import Frontier

MOST_FAULTS = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong, and from which row on."""

    seq: int
    kind: str
    text: str


@dataclass(frozen=True)
class Report:
    """What the check found; `covered` is the last row that a good checkpoint vouches for."""

    rows: int
    checkpoints: int
    covered: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


@dataclass
class Check:
    """Takes rows in the order of their numbers, then `report`s. Without trusted keys any key is taken as good."""

    checkpoints: Iterable[Checkpoint]
    trusted: frozenset[str] = frozenset()
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._previous = chain.BEGINNING
        self._next = 1
        self._frontier = Frontier()
        self._covered = 0
        self._waiting: dict[int, list[Checkpoint]] = {}
        self._good = 0
        for one in dict.fromkeys(self.checkpoints):
            if self._is_trusted(one):
                self._good += 1
                self._waiting.setdefault(one.size, []).append(one)

    def add(self, row: Mapping[str, Any]) -> None:
        """`at` is in milliseconds. After a fault the check goes on from what the row says."""
        self.rows += 1
        if row["seq"] != self._next:
            self._fault(self._next, "missing", f"row {self._next} is missing")
        elif _link(self._previous, row) != row["hash"]:
            self._fault(row["seq"], "changed", f"row {row['seq']} was changed, or does not follow the row before it")
        self._next = row["seq"] + 1
        self._previous = _bytes(row["hash"])
        self._frontier.add(self._previous)
        for checkpoint in self._waiting.pop(self._frontier.size, ()):
            self._compare(checkpoint)

    def report(self) -> Report:
        for size in sorted(self._waiting):
            self._fault(self.rows + 1, "cut", f"the log ends at row {self.rows}, but a checkpoint covers {size} rows")
        return Report(self.rows, self._good, self._covered, tuple(sorted(self.faults, key=lambda f: f.seq)))

    def _is_trusted(self, one: Checkpoint) -> bool:
        if not one.is_signed():
            self._fault(one.size, "signature", f"the signature of the checkpoint over {one.size} rows is wrong")
        elif self.trusted and one.public_key not in self.trusted:
            self._fault(one.size, "key", f"the checkpoint over {one.size} rows is signed by an unknown key")
        else:
            return True
        return False

    def _compare(self, one: Checkpoint) -> None:
        if (one.root, one.head) == (self._frontier.root(), self._previous):
            self._covered = one.size
        else:
            self._fault(one.size, "rewritten", f"the first {one.size} rows are not those that were signed")

    def _fault(self, seq: int, kind: str, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(seq, kind, text))


def verify(rows: Iterable[Mapping[str, Any]], checkpoints: Iterable[Checkpoint], trusted: frozenset[str]) -> Report:
    check = Check(checkpoints, trusted)
    for row in rows:
        check.add(row)
    return check.report()


def _link(previous: bytes, row: Mapping[str, Any]) -> str | None:
    """None where the row names a hash that nobody knows."""
    try:
        return chain.link(previous, row).hex() if row["algorithm"] in chain.ALGORITHMS else None
    except ValueError:
        return None


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def lines(report: Report) -> Iterator[str]:
    """What is said to a person."""
    yield from (f"row {fault.seq}: {fault.text}" for fault in report.faults)
    state = "whole" if report.ok else "NOT whole"
    yield (
        f"{report.rows} rows, {report.checkpoints} checkpoints: the audit log is {state}; "
        f"rows up to {report.covered} are covered by a signed checkpoint."
    )
