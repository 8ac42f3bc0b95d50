"""Screens of a running self-check: the way in, a question, the review page, evidence."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from hegui.capabilities.self_check import decisions
from hegui.capabilities.self_check.model import Evidence, Run, Sheet
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.registry.model import Enterprise
from hegui.rulebook import flow
from hegui.rulebook.checklist import AnyQuestion
from hegui.rulebook.checks.base import SKIPPED, UNKNOWN, Option
from hegui.rulebook.checks.dated import Dated
from hegui.rulebook.pack import Pack

CHECK = "check"
FOR_ME = "me"
VALUE_IN_BUTTON = 13  # what a button's data has room for; the values of one question differ before that
SHORT_LABEL = 16  # labels up to this width share a row
QUESTIONS_A_PAGE = 8
SHORTENED = 76  # where a line or a label only reminds of a text

T = TypeVar("T")


def mark(pack: str) -> str:
    """The pack in a button's data, where ids of any length have no room."""
    return hashlib.sha256(pack.encode()).hexdigest()[:8]


def page_of(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The items of a page, its number brought into range, and the last page's number."""
    last = max(0, (len(items) - 1) // size)
    here = min(page, last)
    return items[here * size : (here + 1) * size], here, last


def turn_pages(draft: Draft, turn: Turn, here: int, last: int, *action: str) -> None:
    """A row with the ways to the neighbouring pages, where there are any."""
    ways = []
    if here > 0:
        ways.append((turn.say("check.button.page_before"), (*action, str(here - 1))))
    if here < last:
        ways.append((turn.say("check.button.page_after"), (*action, str(here + 1))))
    if ways:
        draft.row(*ways)


def width(text: str) -> int:
    """How much room a text takes: a Chinese character as much as two letters."""
    return sum(1 if character.isascii() else 2 for character in text)


def shortened(text: str, widest: int = SHORTENED) -> str:
    if width(text) <= widest:
        return text
    while width(text) > widest - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def choose_pack(turn: Turn, packs: Sequence[Pack]) -> Draft:
    draft = Draft().text(turn.say("check.intro.choose"))
    for pack in packs:
        draft.button(pack.title.say(turn.language), CHECK, "pack", mark(pack.id))
    return draft


def introduction(
    turn: Turn, pack: Pack, enterprises: Sequence[Enterprise], unfinished: Sheet | None, finished: Run | None
) -> Draft:
    """Says who will see the answers before anything is asked, then offers the ways to begin."""
    say, checklist = turn.say, pack.checklist
    draft = Draft()
    if checklist:
        draft.heading(checklist.title.say(turn.language))
    draft.text(say("check.intro.wall"))
    if enterprises:
        draft.text(say("check.intro.colleagues"))
    if checklist:
        draft.text(checklist.introduction.say(turn.language))
    if unfinished:
        draft.text(say("check.intro.unfinished", day=unfinished.run.updated_at))
        draft.button(resume_label(turn, unfinished), CHECK, "on", unfinished.run.id)
        draft.button(say("check.button.anew"), CHECK, "anew", unfinished.run.id)
    else:
        if finished:
            draft.button(say("check.button.from_last"), CHECK, "redo", finished.id)
        start_buttons(draft, turn, enterprises, "go", mark(pack.id))
    return draft.button(say("check.button.runs"), CHECK, "runs")


def anew(turn: Turn, sheet: Sheet, enterprises: Sequence[Enterprise]) -> Draft:
    draft = Draft().text(turn.say("check.intro.anew", done=len(sheet.answers)))
    draft.button(resume_label(turn, sheet), CHECK, "on", sheet.run.id)
    start_buttons(draft, turn, enterprises, "fresh", sheet.run.id)
    return draft


def start_buttons(draft: Draft, turn: Turn, enterprises: Sequence[Enterprise], *action: str) -> None:
    for one in enterprises:
        draft.button(turn.say("check.button.start_for", name=shortened(one.name, 40)), CHECK, *action, one.id)
    own = "check.button.start_alone" if enterprises else "check.button.start"
    draft.button(turn.say(own), CHECK, *action, FOR_ME)


def resume_label(turn: Turn, sheet: Sheet) -> str:
    if sheet.current is None:
        return turn.say("check.button.resume_review")
    return turn.say("check.button.resume", here=sheet.position(sheet.current), all=len(sheet.asked))


def question(
    turn: Turn,
    sheet: Sheet,
    asked: AnyQuestion,
    evidence: int,
    *,
    notes: Sequence[str] = (),
    with_help: bool = False,
) -> Draft:
    """The live panel."""
    say, language = turn.say, turn.language
    draft = Draft()
    for note in notes:
        draft.note(note)
    title = sheet.snapshot.checklist.title.say(language)
    draft.note(say("check.question.place", title=title, here=sheet.position(asked), all=len(sheet.asked)))
    draft.text(asked.text.say(language))
    if asked.id in sheet.answers:
        draft.note(say("check.question.now", answer=answer_text(turn, asked, sheet.answers[asked.id])))
    if evidence:
        draft.note(say("check.question.evidence", count=evidence))
    if isinstance(asked, Dated):
        draft.note(say("check.question.type_a_date"))
    if with_help and asked.help:
        draft.quote(asked.help.say(language))
    _answer_buttons(draft, turn, sheet, asked)
    _other_buttons(draft, turn, sheet, asked, with_help=with_help)
    return draft


def _answer_buttons(draft: Draft, turn: Turn, sheet: Sheet, asked: AnyQuestion) -> None:
    run, labels = sheet.run.id, [option.label.say(turn.language) for option in asked.options()]
    buttons = [
        (label, (CHECK, "a", run, asked.id, option.value[:VALUE_IN_BUTTON]))
        for label, option in zip(labels, asked.options(), strict=True)
    ]
    a_row = _buttons_a_row(labels)
    for start in range(0, len(buttons), a_row):
        draft.row(*buttons[start : start + a_row])
    keeps = "check.button.keep" if asked.id in sheet.answers else "check.button.skip"
    ways = [(turn.say(keeps), (CHECK, "s", run, asked.id))]
    if turn.say("check.button.unsure") not in labels:
        ways.insert(0, (turn.say("check.button.unsure"), (CHECK, "u", run, asked.id)))
    draft.row(*ways)


def _buttons_a_row(labels: Sequence[str]) -> int:
    if any(width(label) > SHORT_LABEL for label in labels):
        return 1
    return 3 if len(labels) == 3 else 2


def _other_buttons(draft: Draft, turn: Turn, sheet: Sheet, asked: AnyQuestion, *, with_help: bool) -> None:
    say, run = turn.say, sheet.run.id
    more = []
    if asked.help and not with_help:
        more.append((say("check.button.help"), (CHECK, "help", run, asked.id)))
    if asked.evidence:
        more.append((say("check.button.evidence"), (CHECK, "evid", run, asked.id)))
    if more:
        draft.row(*more)
    ways = [(say("check.button.review"), (CHECK, "list", run, "0")), (say("check.button.leave"), (CHECK, "leave", run))]
    if decisions.before(sheet, asked):
        ways.insert(0, (say("check.button.back"), (CHECK, "b", run, asked.id)))
    draft.row(*ways)


def option_of(asked: AnyQuestion, in_button: str) -> Option | None:
    return next((option for option in asked.options() if option.value[:VALUE_IN_BUTTON] == in_button), None)


def example_of(turn: Turn, asked: AnyQuestion) -> str:
    """One sentence on how this question can be answered by typing."""
    if isinstance(asked, Dated):
        return turn.say("check.not_an_answer.date")
    return turn.say("check.not_an_answer.option", example=asked.options()[0].label.say(turn.language))


def answer_text(turn: Turn, asked: AnyQuestion, value: str | None) -> str:
    if value is None:
        return turn.say("check.answer.none")
    if value in (UNKNOWN, SKIPPED):
        return turn.say(f"check.answer.{value}")
    if isinstance(asked, Dated):
        return turn.say("check.answer.day", day=date.fromisoformat(value))
    return next((o.label.say(turn.language) for o in asked.options() if o.value == value), value)


def review(turn: Turn, sheet: Sheet, page: int) -> Draft:
    """Every asked question with its answer, a button for each, and the end of the run where nothing is missing."""
    say, run = turn.say, sheet.run.id
    shown, here, last = page_of(sheet.asked, page, QUESTIONS_A_PAGE)
    left = flow.next_question(sheet.snapshot.checklist, sheet.answers)
    draft = Draft().heading(say("check.review.title", here=here + 1, all=last + 1))
    for one in shown:
        sign = say(f"check.review.{'done' if one.id in sheet.answers else 'missing'}")
        given = answer_text(turn, one, sheet.answers.get(one.id))
        text = shortened(one.text.say(turn.language))
        draft.item(say("check.review.line", sign=sign, number=sheet.position(one), text=text, answer=given))
    draft.note(say("check.review.incomplete" if left else "check.review.complete"))
    changes = [(say("check.button.change", number=sheet.position(q)), (CHECK, "j", run, q.id)) for q in shown]
    for start in range(0, len(changes), 4):
        draft.row(*changes[start : start + 4])
    turn_pages(draft, turn, here, last, CHECK, "list", run)
    way_on = (
        (say("check.button.go_on"), (CHECK, "on", run))
        if left
        else (say("check.button.finish"), (CHECK, "finish", run))
    )
    return draft.row(way_on, (say("check.button.leave"), (CHECK, "leave", run)))


def left(turn: Turn, sheet: Sheet) -> Draft:
    return Draft().text(turn.say("check.left")).button(resume_label(turn, sheet), CHECK, "on", sheet.run.id)


def finished_already(turn: Turn, sheet: Sheet) -> Draft:
    draft = Draft().text(turn.say("check.finished_already"))
    return draft.button(turn.say("check.button.result"), CHECK, "result", sheet.run.id)


def laid_aside(turn: Turn) -> Draft:
    return Draft().text(turn.say("check.laid_aside")).button(turn.say("check.button.open"), CHECK, "open")


def evidence_wanted(turn: Turn, sheet: Sheet, asked: AnyQuestion, kept: Sequence[Evidence]) -> Draft:
    say, run = turn.say, sheet.run.id
    draft = Draft().heading(say("check.evidence.title")).text(asked.text.say(turn.language))
    if asked.evidence:
        draft.text(say("check.evidence.fitting", what=asked.evidence.say(turn.language)))
    draft.text(say("check.evidence.send")).note(say("check.evidence.wall"))
    if kept:
        draft.button(say("check.button.files"), CHECK, "files", run, asked.id)
    return draft.button(say("check.button.no_more_files"), CHECK, "on", run)


def evidence_kept(turn: Turn, sheet: Sheet, asked: AnyQuestion, new: Evidence) -> Draft:
    draft = Draft().text(turn.say("check.evidence.kept", name=new.name, size=size_text(new.size)))
    if new.dated is None:
        draft.note(turn.say("check.evidence.which_day"))
    draft.button(turn.say("check.button.files"), CHECK, "files", sheet.run.id, asked.id)
    return draft.button(turn.say("check.button.no_more_files"), CHECK, "on", sheet.run.id)


def evidence_list(turn: Turn, sheet: Sheet, asked: AnyQuestion, kept: Sequence[Evidence]) -> Draft:
    say, run = turn.say, sheet.run.id
    draft = Draft().heading(say("check.evidence.list")).text(asked.text.say(turn.language))
    if not kept:
        draft.text(say("check.evidence.none"))
    for number, one in enumerate(kept[:QUESTIONS_A_PAGE], start=1):
        day = say("check.evidence.of_day", day=one.dated) if one.dated else ""
        draft.item(say("check.evidence.line", number=number, name=one.name, size=size_text(one.size), day=day))
        draft.button(say("check.button.remove", number=number), CHECK, "del", run, one.id)
    draft.button(say("check.button.evidence"), CHECK, "evid", run, asked.id)
    return draft.button(say("check.button.no_more_files"), CHECK, "on", run)


def size_text(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def runs(turn: Turn, found: Sequence[Run], rulebook_titles: dict[str, str]) -> Draft:
    say = turn.say
    draft = Draft().heading(say("check.runs.title"))
    if not found:
        draft.text(say("check.runs.none"))
    for run in found:
        title = rulebook_titles.get(run.pack, run.pack)
        moment = run.finished_at or run.updated_at
        label = say("check.runs.file" if run.source == "file" else f"check.runs.{run.state}", title=title, day=moment)
        draft.button(label, CHECK, "result" if run.state == "finished" else "on", run.id)
    return draft.button(say("check.button.open"), CHECK, "open")
