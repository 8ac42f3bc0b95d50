"""One answer as scripts read it (the contract of `hegui ask --json`)."""

from collections.abc import Iterator
from typing import Any

from hegui.capabilities.answering import rendering
from hegui.capabilities.answering.model import Answer, Article
from hegui.foundation.language.catalogue import Texts

OWN_FIRST = 2


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
    """The first two of the answer, then the first of each thing that may be meant as well, then the others.

    The consequences come first where they were asked for. What may be meant is cited only as law.
    """
    found = answer.found
    own: tuple[Article, ...] = ()
    if found:
        own = found.cited_consequences_first if answer.asks_what_follows else found.cited
    meant = answer.suggestions if answer.status != "abstained" else ()
    others = [tuple(article for article in named.articles if article.is_law) for named in meant]
    yield from own[:OWN_FIRST]
    yield from (articles[0] for articles in others if articles)
    yield from own[OWN_FIRST:]
    yield from (article for articles in others for article in articles[1:])


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
