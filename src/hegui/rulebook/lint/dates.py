"""The wordings of one entry follow each other: none begins before another ends, and none ends before it begins."""

from collections.abc import Iterator

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.obligation import Ladder, Obligation, Period
from hegui.rulebook.pack import Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for pack in rulebook.packs:
        for entry in pack.stating():
            yield from (fault(f"{pack.id} {entry.id}", message) for message in _faults(entry))


def _faults(entry: Obligation | Ladder | Period) -> Iterator[str]:
    if entry.until is not None and entry.until <= entry.effective:
        yield f"ends on {entry.until}, before it begins"
    following = entry.effective
    for before in entry.earlier:
        if before.until <= before.effective:
            yield f"the wording of {before.effective} ends on {before.until}, before it begins"
        if before.until > following:
            yield f"the wordings of {before.effective} and {following} overlap (newest first)"
        following = before.effective
