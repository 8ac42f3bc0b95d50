"""One answer as scripts read it (the contract of `hegui ask --json`)."""

from collections.abc import Iterator
from typing import Any

from hegui.capabilities.answering import rendering
from hegui.capabilities.answering.model import Answer, Article
from hegui.foundation.language.catalogue import Texts


def as_json(answer: Answer, answer_id: str | None, say: Texts) -> dict[str, Any]:
    """Obligations and suggestions best first; each citation names the entry that it belongs to."""
    return {
        "id": answer_id,
        "status": answer.status,
        "text": rendering.page(answer, say).reply().plain(),
        "obligations": [answer.found.id] if answer.found else [],
        "citations": [_cited(article) for article in citations(answer)],
        "suggestions": [named.id for named in answer.suggestions],
        "score": answer.score,
    }


def citations(answer: Answer) -> Iterator[Article]:
    """Those of the answer, the consequences first where they were asked for; then those of what may be meant."""
    found = answer.found
    if found:
        yield from found.cited_consequences_first if answer.asks_what_follows else found.cited
    if answer.status != "abstained":
        for named in answer.suggestions:
            yield from (article for article in named.articles if article.is_law)


def _cited(article: Article) -> dict[str, Any]:
    paragraph = {"paragraph": article.paragraph} if article.paragraph else {}
    return {
        "obligation": article.entry,
        "law": article.title,
        "article": article.number,
        **paragraph,
        "state": article.state,
        "as_of": article.as_of.isoformat(),
    }
