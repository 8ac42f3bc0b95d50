"""On any day at most one version of a law holds, and renumbering tables join versions that exist."""

from collections.abc import Iterator
from itertools import pairwise

from hegui.rulebook.law import Law, Version
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.pack import Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for law in rulebook.laws:
        ordered = sorted(law.versions, key=lambda version: version.effective)
        for earlier, later in pairwise(ordered):
            if earlier.until is None or earlier.until > later.effective:
                yield fault(f"law {law.id}", f"the versions of {earlier.effective} and {later.effective} overlap")
        yield from _renumbering(law)


def _renumbering(law: Law) -> Iterator[Fault]:
    for table in law.renumbered:
        old, new = law.version_of(table.old), law.version_of(table.new)
        if old is None or new is None:
            yield fault(f"law {law.id}", f"renumbers {table.old} to {table.new}, which are not both versions of it")
            continue
        for before, after in table.articles.items():
            if not (_has(old, before) and _has(new, after)):
                yield fault(f"law {law.id}", f"renumbers {before} to {after}, which do not both exist")


def _has(version: Version, article: int) -> bool:
    return 1 <= article <= (version.articles or 0)
