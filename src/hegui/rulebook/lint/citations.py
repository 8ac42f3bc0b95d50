"""Every entry says where it stands in the law."""

from collections.abc import Iterator

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import entries
from hegui.rulebook.pack import Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for entry in entries(rulebook):
        if entry.needs_citation and not entry.citations:
            yield fault(entry.place, "has no citation")
