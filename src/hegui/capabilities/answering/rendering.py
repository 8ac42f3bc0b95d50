"""What an answer looks like in a conversation and as JSON."""

from collections.abc import Iterable
from typing import Any

from hegui.capabilities.answering.model import Answer, Article, Consequences, Found
from hegui.conversation.reply import Draft
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.text import Status


def page(answer: Answer, say: Texts) -> Draft:
    """The whole answer, without buttons."""
    if answer.status == "answered" and answer.found:
        return _answered(answer, answer.found, say)
    if answer.status == "unsure":
        return Draft().text(say("answering.unsure")).note(say("answering.as_of", on=answer.on))
    draft = Draft().text(say("answering.abstained"))
    if answer.address:
        draft.text(say("answering.address", address=answer.address))
    return draft.text(say("answering.offer_officer"))


def ladders(answer: Answer, found: Found, say: Texts) -> Draft:
    """The whole of what may follow."""
    draft = Draft().heading(say("answering.ladder.title", title=found.title))
    if not found.consequences:
        draft.text(say("answering.ladder.none"))
    for ladder in found.consequences:
        _ladder(draft, ladder, say)
        if ladder.note:
            draft.note(ladder.note)
    return draft.note(say("answering.police_decide")).note(say("answering.as_of", on=answer.on))


def lighter(answer: Answer, found: Found, say: Texts) -> Draft:
    """What may make it lighter and what proves it: never a promise."""
    draft = Draft().heading(say("answering.lighter.title"))
    if not answer.lighter:
        draft.text(say("answering.ladder.none"))
    for row in answer.lighter:
        draft.item(say("answering.lighter.line", facts=row.facts, outcome=say(f"answering.outcome.{row.outcome}")))
        draft.item(say("answering.lighter.evidence", evidence=row.evidence, articles=_listed(row.articles, say)))
    return draft.note(answer.warning or say("answering.police_decide")).note(say("answering.as_of", on=answer.on))


def as_json(answer: Answer, answer_id: str | None, say: Texts) -> dict[str, Any]:
    """One answer as scripts read it."""
    found = answer.found
    return {
        "id": answer_id,
        "status": answer.status,
        "text": page(answer, say).reply().plain(),
        "obligations": [found.id] if found else [],
        "citations": [_cited(article) for article in found.cited] if found else [],
        "suggestions": [named.id for named in answer.suggestions],
        "score": answer.score,
    }


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


def _answered(answer: Answer, found: Found, say: Texts) -> Draft:
    draft = Draft().heading(found.title).text(found.says)
    for key, text in (("binds", found.binds), ("by_when", found.by_when)):
        if text:
            draft.item(say(f"answering.{key}", text=text))
    _grounds(draft, found, say)
    for ladder in found.consequences[:1]:
        _ladder(draft, ladder, say)
    for ladder in found.consequences[1:]:
        draft.item(say("answering.ladder.also", title=ladder.title, articles=_listed(ladder.articles, say)))
    _lighter_in_short(draft, answer, say)
    if found.next_step:
        draft.text(say("answering.next_step", text=found.next_step))
    return _small_print(draft, answer, found, say)


def _grounds(draft: Draft, found: Found, say: Texts) -> None:
    law = [a for a in found.articles if a.is_law]
    if law:
        draft.quote(say("answering.grounds", articles=_listed(law, say)))
    if unchecked := [a for a in found.articles if not a.is_law]:
        draft.note(say("answering.not_checked", articles=say("answering.comma").join(a.text for a in _once(unchecked))))


def _ladder(draft: Draft, ladder: Consequences, say: Texts) -> None:
    draft.text(say("answering.ladder.line", title=ladder.title, articles=_listed(ladder.articles, say)))
    if not ladder.steps:
        draft.note(say("answering.ladder.earlier", since=ladder.since))
    for number, step in enumerate(ladder.steps, 1):
        draft.item(say("answering.ladder.step", number=number, when=step.when, brings=step.brings))


def _lighter_in_short(draft: Draft, answer: Answer, say: Texts) -> None:
    if not answer.lighter:
        return
    draft.text(say("answering.lighter.short"))
    for row in answer.lighter:
        draft.item(say("answering.lighter.line", facts=row.facts, outcome=say(f"answering.outcome.{row.outcome}")))


def _small_print(draft: Draft, answer: Answer, found: Found, say: Texts) -> Draft:
    if found.since > answer.on:
        draft.note(say("answering.changed", since=found.since))
    if found.status is not Status.VERIFIED:
        draft.note(say(f"answering.status.{found.status}"))
    if found.note:
        draft.note(found.note)
    if found.consequences:
        draft.note(say("answering.police_decide"))
    return draft.note(say("answering.as_of", on=answer.on))


def _listed(articles: Iterable[Article], say: Texts) -> str:
    """The articles in a row; a law that was just named is not named again."""
    said: list[str] = []
    law = None
    for article in _once(a for a in articles if a.is_law):
        said.append((article.place if article.title == law else article.text) + _marks(article, say))
        law = article.title
    return say("answering.comma").join(said)


def _once(articles: Iterable[Article]) -> list[Article]:
    return list({article.text: article for article in articles}.values())


def _marks(article: Article, say: Texts) -> str:
    """What a reader must know about it: that it has another number, or that the text itself was not read."""
    marks = []
    if article.renumbered_from is not None:
        marks.append(say(f"answering.mark.{article.state}", number=article.renumbered_from))
    if article.status is not Status.VERIFIED:
        marks.append(say(f"answering.mark.{article.status}"))
    return "".join(marks)
