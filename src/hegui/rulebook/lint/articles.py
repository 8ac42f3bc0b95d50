"""Every citation points at an article that exists, in the version in force when the pack was checked."""

from collections.abc import Iterator
from datetime import date

from hegui.rulebook.law import Citation, Law, Version
from hegui.rulebook.lint.fault import Fault, fault
from hegui.rulebook.lint.walk import entries
from hegui.rulebook.pack import Rulebook


def check(rulebook: Rulebook) -> Iterator[Fault]:
    for entry in entries(rulebook):
        for citation in entry.citations:
            if wrong := _wrong(citation, rulebook, entry.checked_on):
                yield fault(entry.place, f"{citation.law} {citation.article}: {wrong}")
    for pack in rulebook.packs:
        for law_id, version in pack.reads.items():
            law = rulebook.law(law_id)
            if law is None or law.version_of(version) is None:
                yield fault(f"{pack.id} pack", f"reads {law_id} of {version}, which is not in the register")


def _wrong(citation: Citation, rulebook: Rulebook, checked_on: date) -> str | None:
    law = rulebook.law(citation.law)
    if law is None:
        return "the law is not in the register"
    if citation.version is None:
        return "no version: the pack does not say which one it reads"
    version = law.version_of(citation.version)
    if version is None:
        return f"the law has no version of {citation.version}"
    if law.version_on(checked_on) != version:
        return _not_in_force(citation, law, version, checked_on)
    return _no_article(citation, version)


def _not_in_force(citation: Citation, law: Law, cited: Version, checked_on: date) -> str:
    """Why what is cited did not hold on the day: the law ended, the article was dropped, or another text holds."""
    ended = max(law.versions, key=lambda version: version.effective).until
    if ended is not None and ended <= checked_on:
        return f"the law is repealed: its last version ended on {ended}"
    for table in law.renumbered:
        if table.old == cited.effective and citation.inserted is None and citation.article in table.gone:
            return f"the article was dropped on {table.new}, and nothing followed it"
    return f"the version of {cited.effective} was not in force on {checked_on}"


def _no_article(citation: Citation, version: Version) -> str | None:
    if version.articles is None:
        return None
    if citation.inserted is not None:
        there = any((i.article, i.number) == (citation.article, citation.inserted) for i in version.inserted)
        return None if there else f"there is no Article {citation.article}-{citation.inserted}"
    if version.excerpt:
        return None if citation.article in version.excerpt else "the article is not in the excerpt held"
    if citation.article > version.articles:
        return f"the law has {version.articles} articles"
    return None
