"""Articles that sentences of the rules name in passing exist as well."""

from collections.abc import Iterator
from datetime import date

from hegui.rulebook.citations.resolving import CitationReader
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import bilingual
from hegui.rulebook.pack import Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    reader = CitationReader(rulebook)
    last = max((pack.checked_on for pack in rulebook.packs), default=date.max)
    for part in (rulebook.packs, rulebook.leniency, rulebook.leniency_lists):
        for place, text in bilingual(part):
            for said in (text.zh, text.en):
                yield from (fault(place, message) for message in _wrong(said, reader, last))


def _wrong(said: str, reader: CitationReader, on: date) -> Iterator[str]:
    for read in reader.read(said, on):
        if read.state == "not-found":
            yield f"names {read.mention.raw}, which does not exist"
