"""Nothing says it was checked that was not: a law not held is never cited as verified."""

from collections.abc import Iterator

from hegui.rulebook.law import Citation
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import entries
from hegui.rulebook.pack import Rulebook
from hegui.rulebook.text import Status


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for entry in entries(rulebook):
        for citation in entry.citations:
            if citation.status is Status.VERIFIED and not _held(citation, rulebook):
                yield fault(entry.place, f"{citation.law} {citation.article}: verified, but the text is not held")
        unsure = all(citation.status is not Status.VERIFIED for citation in entry.citations)
        if entry.citations and unsure and entry.status is Status.VERIFIED:
            yield fault(entry.place, "is verified, but none of its citations is")


def _held(citation: Citation, rulebook: Rulebook) -> bool:
    """Unknown laws and versions are the matter of another validator."""
    law = rulebook.law(citation.law)
    version = law.version_of(citation.version) if law and citation.version else None
    return version is None or version.articles is not None
