"""No two duties of one place say the same: one of them would never be found, or both would come as two things.

Duties are the same when they cite the same, lead to the same consequences and are asked for in the same words, on some
day on which both hold. A duty nobody asks for is the matter of `phrasings`.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from itertools import combinations

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.obligation import AskedAs, Obligation
from hegui.rulebook.pack import Pack, Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    alike: defaultdict[Hashable, list[tuple[Pack, Obligation]]] = defaultdict(list)
    for pack in rulebook.packs:
        asked = {row.entry: row for row in pack.asked_as}
        for duty in pack.obligations:
            if row := asked.get(duty.id):
                alike[pack.jurisdiction, _sign(duty), _keywords(row)].append((pack, duty))
    for same in alike.values():
        for (pack, one), (other_pack, other) in combinations(same, 2):
            if _meet(one, other):
                where = f"{other_pack.id} {other.id}"
                yield fault(where, f"says the same as {pack.id} {one.id}: citations, consequences and keywords")


def _sign(duty: Obligation) -> Hashable:
    return frozenset(duty.citations), frozenset(duty.ladder)


def _keywords(row: AskedAs) -> Hashable:
    return frozenset(word.casefold() for word in (*row.keywords.zh, *row.keywords.en))


def _meet(one: Obligation, other: Obligation) -> bool:
    """Whether there is a day on which both hold."""
    starts = max(one.effective, other.effective)
    return starts < min(one.until or date.max, other.until or date.max)
