"""What an answer looks like in a conversation: a card that fits a phone, and the whole behind it."""

from collections.abc import Iterable

from hegui.capabilities.answering.model import Answer, Article, Consequences, Found, NamedArticle
from hegui.conversation.reply import Draft
from hegui.foundation.language.catalogue import Texts
from hegui.rulebook.text import Status

LONGEST_CARD = 12  # lines before "more": what a phone shows at once


def page(answer: Answer, say: Texts) -> Draft:
    """The answer in short, without buttons."""
    if answer.status == "answered" and answer.found:
        return _card(answer, answer.found, say)
    draft = Draft()
    for named in answer.named:
        draft.text(_of_article(named, say))
    if answer.asks_which_law is not None:
        return draft.text(say("answering.which_law", number=answer.asks_which_law))
    if answer.passages and answer.named:
        return _quoted(draft, answer, say).note(_as_of(answer, say))
    if answer.status == "unsure":
        return draft.text(say("answering.unsure")).note(_as_of(answer, say))
    return _abstained(draft, answer, say)


def whole(answer: Answer, found: Found, say: Texts) -> Draft:
    """Everything about a duty."""
    draft = Draft().heading(_title(found, say)).text(found.says)
    _lines(draft, found, say)
    _grounds(draft, found, say)
    if found.note:
        draft.note(found.note)
    for ladder in found.consequences:
        _ladder(draft, ladder, say)
    _lighter_in_short(draft, answer, say)
    for proof in found.evidence:
        draft.item(say("answering.evidence", text=proof))
    if found.next_step:
        draft.text(say("answering.next_step", text=found.next_step))
    return _small_print(draft, answer, found, say)


def ladders(answer: Answer, found: Found, say: Texts) -> Draft:
    """The whole of what may follow."""
    draft = Draft().heading(say("answering.ladder.title", title=found.title))
    if not found.consequences:
        draft.text(say("answering.ladder.none"))
    for ladder in found.consequences:
        _ladder(draft, ladder, say)
        if ladder.note:
            draft.note(ladder.note)
    return draft.note(say("answering.police_decide")).note(_as_of(answer, say))


def lighter(answer: Answer, found: Found, say: Texts) -> Draft:
    """What may make it lighter and what proves it: never a promise."""
    draft = Draft().heading(say("answering.lighter.title"))
    if not answer.lighter:
        draft.text(say("answering.ladder.none"))
    for row in answer.lighter:
        draft.item(say("answering.lighter.line", facts=row.facts, outcome=say(f"answering.outcome.{row.outcome}")))
        draft.item(say("answering.lighter.evidence", evidence=row.evidence, articles=_listed(row.articles, say)))
    _local_list(draft, answer, say)
    return draft.note(answer.warning or say("answering.police_decide")).note(_as_of(answer, say))


def _card(answer: Answer, found: Found, say: Texts) -> Draft:
    draft = Draft()
    notes = [_of_article(named, say) for named in answer.named if named.state != "verified" or named.then is not None]
    for note in notes[:1]:
        draft.note(note)
    draft.heading(_title(found, say)).text(found.says)
    _lines(draft, found, say)
    _grounds(draft, found, say)
    for ladder in found.consequences[:1]:
        _ladder_in_short(draft, ladder, say)
    if answer.lighter:
        row = answer.lighter[0]
        outcome = say(f"answering.outcome.{row.outcome}")
        draft.item(say("answering.lighter.card", facts=row.facts, outcome=outcome))
    if found.evidence and not (found.changed or notes):
        draft.item(say("answering.evidence", text=found.evidence[0]))
    if found.next_step:
        draft.text(say("answering.next_step", text=found.next_step))
    return _small_print(draft, answer, found, say)


def _title(found: Found, say: Texts) -> str:
    return say("answering.local_title", title=found.title, place=found.place) if found.place else found.title


def _lines(draft: Draft, found: Found, say: Texts) -> None:
    for key, text in (("by_when", found.by_when), ("binds", found.binds)):
        if text:
            draft.item(say(f"answering.{key}", text=text))


def _grounds(draft: Draft, found: Found, say: Texts) -> None:
    """Articles that are law on that day; the others are named as not checked, never as law."""
    law = [a for a in found.articles if a.is_law]
    if law:
        draft.quote(say("answering.grounds", articles=_listed(law, say)))
    if unchecked := [a for a in found.articles if not a.is_law]:
        draft.note(say("answering.not_checked", articles=say("answering.comma").join(a.text for a in _once(unchecked))))


def _ladder_in_short(draft: Draft, ladder: Consequences, say: Texts) -> None:
    """The first step and the last: what is between them stands behind the button."""
    draft.text(say("answering.ladder.line", title=ladder.title, articles=_listed(ladder.articles, say)))
    if not ladder.steps:
        draft.note(say("answering.ladder.earlier", since=ladder.since))
        return
    first, last = ladder.steps[0], ladder.steps[-1]
    draft.item(say("answering.ladder.first", when=first.when, brings=first.brings))
    if last is not first:
        draft.item(say("answering.ladder.last", when=last.when, brings=last.brings))


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


def _local_list(draft: Draft, answer: Answer, say: Texts) -> None:
    """The list of the place, as far as it is held; that none is held is said as well."""
    listed = answer.local_list
    if listed is None:
        key = "none_there" if answer.place else "no_place"
        draft.text(say(f"answering.local_list.{key}", place=answer.place))
        return
    draft.text(say("answering.local_list.title", title=listed.title, force=say(f"answering.force.{listed.force}")))
    for condition in listed.conditions:
        draft.item(condition)
    draft.note(say(f"answering.local_list.held_{listed.held}"))
    if listed.status is not Status.VERIFIED:
        draft.note(say(f"answering.status.{listed.status}"))


def _small_print(draft: Draft, answer: Answer, found: Found, say: Texts) -> Draft:
    """In one line: a change of the law, what was not checked, who decides, the day and the place."""
    said = []
    if found.changed:
        key = "changed_since" if found.changed <= answer.on else "changes_on"
        said.append(say(f"answering.{key}", day=found.changed))
    elif found.since > answer.on:
        said.append(say("answering.changed", since=found.since))
    said.append(say(f"answering.status.{found.status}"))
    if not found.signed:
        said.append(say("answering.unsigned"))
    if found.consequences:
        said.append(say("answering.police_decide"))
    return draft.note(("" if say.language == "zh" else " ").join([*said, _as_of(answer, say)]))


def _as_of(answer: Answer, say: Texts) -> str:
    return say("answering.as_of", on=answer.on, place=answer.place or say("answering.nation"))


def _of_article(named: NamedArticle, say: Texts) -> str:
    """What is known of an article that was asked for by its number."""
    said = say(f"answering.article.{named.state}", article=named.text, now=named.now or "", law=named.law)
    if named.then is not None:
        said += say("answering.article.then", number=named.article, then=named.then)
    return said


def _abstained(draft: Draft, answer: Answer, say: Texts) -> Draft:
    if answer.passages:
        _quoted(draft.text(say("answering.passages")), answer, say).note(_as_of(answer, say))
        return draft.text(say("answering.offer_officer"))
    draft.text(say("answering.abstained"))
    if answer.address:
        draft.text(say("answering.address", address=answer.address))
    return draft.text(say("answering.offer_officer"))


def _quoted(draft: Draft, answer: Answer, say: Texts) -> Draft:
    for passage in answer.passages:
        draft.quote(say("answering.passage", law=passage.law, article=passage.article, text=passage.text))
    return draft


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
