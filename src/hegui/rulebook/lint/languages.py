"""Chinese is Chinese with full-width marks, English is English."""

import re
from collections.abc import Iterator

from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import bilingual
from hegui.rulebook.pack import Rulebook

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
NARROW = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?=\s|$|[\u4e00-\u9fff])")
# English may give the Chinese term in brackets or quotes: "filing certificate (备案证明)".
ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\"[^\"]*\"|“[^”]*”|‘[^’]*’|「[^」]*」|《[^》]*》|'[^']*'")
LABEL = 8  # a label as short as "MLPS" or "2" may have no Chinese character


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for part in (rulebook.packs, rulebook.leniency, rulebook.leniency_lists, rulebook.glossary, rulebook.decoys):
        for place, text in bilingual(part):
            if text.is_translated:  # else the matter of `translations`
                yield from (fault(place, message) for message in _faults(text.zh, text.en))
    for pack in rulebook.packs:
        for row in pack.asked_as:
            for phrase in (p for p in row.asked_as.en if HAN.search(ASIDE.sub("", p))):
                yield fault(f"{pack.id} {row.entry}", f"the English way of asking is not English: {phrase}")
            for phrase in (p for p in row.asked_as.zh if not HAN.search(p)):
                yield fault(f"{pack.id} {row.entry}", f"the Chinese way of asking is not Chinese: {phrase}")


def _faults(zh: str, en: str) -> Iterator[str]:
    if not HAN.search(zh) and (len(zh) > LABEL or zh != en):
        yield f"the Chinese is not Chinese: {zh}"
    if narrow := NARROW.search(zh):
        yield f"half-width mark in the Chinese, at {narrow.group()!r}: {zh}"
    if not LATIN.search(en) and zh != en:
        yield f"the English is not English: {en}"
    if HAN.search(ASIDE.sub("", en)):
        yield f"Chinese outside brackets in the English: {en}"
