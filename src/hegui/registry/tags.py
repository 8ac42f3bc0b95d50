"""Tags of an enterprise (标签): `key=value` as people write it, known facts in their own words (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from hegui.foundation.errors import Refusal
from hegui.rulebook.facts import Fact, fact_called

KEY = re.compile(r"^[\w.-]{1,40}$")
LONGEST_VALUE = 80
MOST_TAGS = 50
DIVIDERS = re.compile(r"[;\uff1b\n]")

Tags = tuple[tuple[str, str], ...]


def read_cell(text: str, facts: Sequence[Fact]) -> Tags:
    """Tags written as `key=value;key=value`. Raises Refusal for the first that cannot be read."""
    return read_all(DIVIDERS.split(text), facts)


def read_all(written: Iterable[str], facts: Sequence[Fact]) -> Tags:
    """Sorted, each once. Raises Refusal for the first that cannot be read, or where there are too many."""
    found = {_read(one, facts) for one in written if one.strip()}
    if len(found) > MOST_TAGS:
        raise Refusal("registry.too_many_tags", most=MOST_TAGS)
    return tuple(sorted(found))


def _read(written: str, facts: Sequence[Fact]) -> tuple[str, str]:
    key, sign, value = (part.strip() for part in unicodedata.normalize("NFKC", written).partition("="))
    fact = fact_called(facts, key)
    if not sign or not (fact or KEY.match(key)) or not _is_value(value):
        raise Refusal("registry.bad_tag", text=written.strip()[:60])
    meant = fact.value(value) if fact else value
    if fact and meant is None:
        allowed = " / ".join(one.id for one in fact.values)
        raise Refusal("registry.bad_fact", tag=fact.id, text=value[:40], allowed=allowed)
    return (fact.id if fact else key.casefold(), meant or value)


def _is_value(value: str) -> bool:
    return 0 < len(value) <= LONGEST_VALUE and value.isprintable() and not set(value) & set("=;")
