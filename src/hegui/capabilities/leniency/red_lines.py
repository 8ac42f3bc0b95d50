"""Whether a matter is one that never counts as a pardonable first violation (红线). Pure."""

import re
import unicodedata

from hegui.capabilities.leniency.facts import Facts
from hegui.rulebook.leniency import LeniencyTable
from hegui.rulebook.pack import Rulebook


def is_red_line(facts: Facts, table: LeniencyTable, rulebook: Rulebook) -> bool:
    """The item names such consequences, a duty whose breach brings them first, or says it in words."""
    lines = table.red_lines
    if facts.item is None or lines is None:
        return False
    named = facts.item.strip().upper()
    duty = rulebook.duty(named)
    if named in lines.ladders or (duty and duty.ladder[:1] and duty.ladder[0] in lines.ladders):
        return True
    said = _plain(facts.item)
    return any(_plain(words) in said for words in (*lines.said.zh, *lines.said.en))


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text)).casefold().strip()
