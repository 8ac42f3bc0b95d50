"""Citations as commands print them for scripts."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hegui.rulebook.law import Citation
    from hegui.rulebook.pack import Rulebook
    from hegui.rulebook.text import Language


def cited(
    citations: "Iterable[Citation]", rulebook: "Rulebook", language: "Language", on: date
) -> list[dict[str, Any]]:
    """Law, number and state of each article, as of a day."""
    from hegui.rulebook.citing import cite

    found = []
    for citation in citations:
        said = cite(citation, rulebook, language, on)
        told: dict[str, Any] = {"law": said.title, "article": said.article}
        below = {"inserted": citation.inserted, "paragraph": citation.paragraph, "item": citation.item}
        if said.renumbered_from is None:
            told |= {name: number for name, number in below.items() if number is not None}
        found.append(told | {"text": said.text, "state": said.state, "status": str(said.status)})
    return found
