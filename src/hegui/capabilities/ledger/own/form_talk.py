"""Goes through a form step by step: asks, reads what is typed or pressed, shows what to look at, records.

The form is kept on the floor of the chat, so that it is there after days. Every button names form and step: one of an
older screen leads to a sentence, never to a wrong answer.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from hegui.capabilities.ledger.own import access, service, store
from hegui.capabilities.ledger.own.answers import (
    AS_TYPED,
    ITEM,
    LONGEST_LABEL,
    MOST_OPTIONS,
    Answers,
    Misread,
    Option,
    today_of,
)
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.confirming import confirm_page, recorded_page
from hegui.capabilities.ledger.own.forms import Form, FormKind, Question, certificate_of, entry_of
from hegui.capabilities.ledger.own.model import LedgerEntry
from hegui.capabilities.ledger.own.pages import LEDGER
from hegui.capabilities.ledger.own.typed import folded
from hegui.capabilities.ledger.own.units import shown
from hegui.capabilities.ledger.own.weighing import Weighed
from hegui.conversation.reply import Draft, Reply
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import LANGUAGES
from hegui.foundation.randomness import new_id

FORM = "form"  # the step of the floor


class FormTalk:
    """Talks one form through."""

    def __init__(self, keeping: Bookkeeping) -> None:
        self._keeping = keeping
        self._answers = Answers(keeping)

    async def begin(
        self, turn: Turn, enterprise: str, kind: FormKind, *, wrong: LedgerEntry | None = None, why: str = ""
    ) -> None:
        """A new form; `wrong` is the entry that it will stand for."""
        await access.members_only(turn.tx, enterprise, turn.speaker.person)
        form = Form(id=new_id(self._keeping.randomness), enterprise=enterprise, kind=kind)
        if wrong:
            before = {
                "chemical": wrong.name,
                "amount": f"{shown(wrong.amount)} {wrong.unit}",
                "day": wrong.day.isoformat(),
                **wrong.fields,
            }
            form = form.model_copy(update={"corrects": wrong.id, "why": why, "before": before})
        await self.show(turn, form)

    async def press(self, turn: Turn, act: str, form_id: str, rest: tuple[str, ...]) -> None:
        form = held(turn)
        if form is None or form.id != form_id:
            raise Refusal("ledger_book.old_step")
        match act, rest:
            case "go", ():
                await self.show(turn, form)
            case "leave", ():
                turn.release()
                draft = Draft().text(turn.say("ledger_book.form.dropped"))
                turn.reply(
                    draft.button(turn.say("ledger_book.button.menu"), LEDGER, "m", form.enterprise).reply(panel=True)
                )
            case "yes", ():
                await self.record(turn, form)
            case (("o" | "skip" | "back"), (at, *which)) if at == str(form.at):
                await self._move(turn, form, act, which)
            case _:
                raise Refusal("ledger_book.old_step")

    async def _move(self, turn: Turn, form: Form, act: str, which: Sequence[str]) -> None:
        if act == "back":
            await self.show(turn, form.back())
        elif act == "skip" and form.question and form.question.optional:
            await self.show(turn, form.with_value(form.question.name, ""))
        elif act == "o" and which and which[0].isdecimal() and int(which[0]) < len(form.options):
            await self._answer(turn, form, form.options[int(which[0])])
        else:
            raise Refusal("ledger_book.old_step")

    async def text(self, turn: Turn, text: str) -> None:
        form = held(turn)
        if form is None:
            raise Refusal("ledger_book.old_step")
        if self._is(text, "back"):
            await self.show(turn, form.back())
        elif form.question is None:
            await (self.record(turn, form) if self._is(text, "confirm") else self.show(turn, form))
        elif form.question.optional and self._is(text, "skip"):
            await self.show(turn, form.with_value(form.question.name, ""))
        else:
            await self._answer(turn, form, text)

    def _is(self, text: str, wish: str) -> bool:
        words = (w for to in LANGUAGES for w in self._keeping.catalogue.words(to, f"ledger_book.words.{wish}"))
        return folded(text) in map(folded, words)

    async def _answer(self, turn: Turn, form: Form, text: str) -> None:
        question = form.question
        if question is None:
            raise Refusal("ledger_book.old_step")
        try:
            answered = self._answers.read(turn, form, question, text)
        except Misread as misread:
            await self.show(turn, form, misread)
            return
        if question.asks == "chemical":
            answered = await self._with_usual_unit(turn, answered)
        await self.show(turn, answered)

    async def _with_usual_unit(self, turn: Turn, form: Form) -> Form:
        """The unit in which this chemical was last recorded: a number alone then means that."""
        every = await store.entries(turn.tx, form.enterprise)
        alike = (one for one in reversed(every) if (one.chemical, one.name) == (form.chemical, form.name))
        return form.model_copy(update={"unit": next((one.unit for one in alike), "")})

    # ---- Showing one step ----------------------------------------------------------------------------------------

    async def show(self, turn: Turn, form: Form, misread: Misread | None = None) -> None:
        """The present question, or all of it to be confirmed; typed text now belongs to it."""
        question = form.question
        if question is None:
            await self._confirm(turn, form)
            return
        options = list(misread.options if misread and misread.options else await self._options(turn, form, question))
        form = form.model_copy(update={"options": tuple(option.value for option in options)})
        turn.hold(LEDGER, FORM, form=form.model_dump_json(exclude_defaults=True))
        turn.reply(await self._page(turn, form, question, options, misread))

    async def _page(
        self, turn: Turn, form: Form, question: Question, options: Sequence[Option], misread: Misread | None
    ) -> Reply:
        say = turn.say
        place = {"step": form.at + 1, "of": len(form.questions)}
        draft = Draft().heading(say("ledger_book.form.heading", kind=say(f"ledger_book.kind.{form.kind}"), **place))
        if form.corrects:
            wrong = await access.get(turn.tx, form.corrects, turn.speaker.person)
            draft.note(say("ledger_book.form.correcting", number=wrong.reference, why=form.why))
        if misread:
            draft.text(misread.sentence)
        draft.text(say(f"ledger_book.ask.{_asked(form, question)}"))
        for number, option in enumerate(options):
            draft.button(_short(option.label), LEDGER, "o", form.id, str(form.at), str(number))
        if question.optional:
            draft.button(say("ledger_book.button.skip"), LEDGER, "skip", form.id, str(form.at))
        return _ends(draft, turn, form).reply(panel=True)

    async def _options(self, turn: Turn, form: Form, question: Question) -> Sequence[Option]:
        found: list[Option] = []
        if before := form.before.get(question.name):
            found.append(Option(turn.say("ledger_book.button.same", value=before), before))
        match question.asks:
            case "chemical":
                found += await self._chemicals_used(turn, form)
            case "certificate":
                found += await self._certificates(turn, form)
            case "past_day":
                found += _days(turn)
            case "choice":
                words = (turn.say(f"ledger_book.value.{choice}") for choice in question.choices)
                found += [Option(word, word) for word in words]
        return found[: MOST_OPTIONS + 1]

    async def _chemicals_used(self, turn: Turn, form: Form) -> list[Option]:
        """What this ledger deals in, the latest first."""
        every = await store.entries(turn.tx, form.enterprise)
        used = dict.fromkeys((one.chemical, one.name) for one in reversed(every))
        return [
            Option(name, f"{ITEM}{chemical}" if chemical else f"{AS_TYPED}{name}")
            for chemical, name in list(used)[:MOST_OPTIONS]
        ]

    async def _certificates(self, turn: Turn, form: Form) -> list[Option]:
        """Certificates for this chemical that are valid on the day of the purchase and not used up."""
        day = date.fromisoformat(form.values["day"])
        every = await access.quotas(turn.tx, form.enterprise, turn.speaker.person)
        fitting = [
            quota.certificate.number
            for quota in every
            if (quota.certificate.chemical, quota.certificate.name) == (form.chemical, form.name)
            and quota.certificate.valid_from <= day <= quota.certificate.valid_to
            and not (quota.certificate.kind == "once" and quota.purchases)
        ]
        return [Option(number, number) for number in fitting]

    # ---- The end -------------------------------------------------------------------------------------------------

    async def _confirm(self, turn: Turn, form: Form) -> None:
        """What cannot be true is said here, with the way back, and cannot be confirmed."""
        draft, possible = Draft(), True
        try:
            weighed = None if form.kind == "certificate" else await self._weigh(turn, form)
            draft = confirm_page(turn, self._keeping, form, weighed)
            form = form.model_copy(update={"warned": weighed.checks if weighed else ()})
        except Refusal as refusal:
            possible = False
            draft.heading(turn.say("ledger_book.form.confirm", kind=turn.say(f"ledger_book.kind.{form.kind}")))
            draft.text(turn.say(refusal.key, **refusal.params))
        turn.hold(LEDGER, FORM, form=form.model_dump_json(exclude_defaults=True))
        if possible:
            draft.button(turn.say("ledger_book.button.confirm"), LEDGER, "yes", form.id)
        turn.reply(_ends(draft, turn, form).reply(panel=True))

    async def _weigh(self, turn: Turn, form: Form) -> Weighed:
        return await service.weigh(
            turn.tx,
            self._keeping,
            form.enterprise,
            entry_of(form),
            person=turn.speaker.person,
            now=turn.now,
            instead_of=form.corrects or None,
        )

    async def record(self, turn: Turn, form: Form) -> None:
        """Confirmed twice it is recorded once: the form's id is the entry's."""
        if form.question is not None:
            raise Refusal("ledger_book.old_step")
        by = By(turn.speaker.person, turn.speaker.channel)
        if form.kind == "certificate":
            await self._record_certificate(turn, form, by)
            return
        if form.corrects:
            made = await service.correct(
                turn.tx, self._keeping, form.corrects, form.why, entry_of(form), by=by, say=turn.say, now=turn.now
            )
            wrong = await access.get(turn.tx, form.corrects, turn.speaker.person)
            said = turn.say("ledger_book.done.replaced", number=wrong.reference, right=made[-1].reference)
        else:
            entry, new = await service.record(
                turn.tx,
                self._keeping,
                form.enterprise,
                entry_of(form),
                by=by,
                say=turn.say,
                now=turn.now,
                warned=form.warned,
            )
            said = turn.say(f"ledger_book.done.{'recorded' if new else 'already'}", number=entry.reference)
        turn.release()
        every = await store.entries(turn.tx, form.enterprise)
        due = await service.report_due(turn.tx, self._keeping, form.enterprise) if len(every) == 1 else None
        turn.reply(recorded_page(turn, form, said, every, due).reply(panel=True))

    async def _record_certificate(self, turn: Turn, form: Form, by: By) -> None:
        once = self._keeping.certificate_words["once"]
        made, _ = await service.add_certificate(
            turn.tx, self._keeping, form.enterprise, certificate_of(form, once), by=by, say=turn.say, now=turn.now
        )
        turn.release()
        draft = Draft().text(turn.say("ledger_book.done.certificate", number=made.number))
        draft.button(turn.say("ledger_book.button.certificates"), LEDGER, "cert", form.enterprise)
        turn.reply(draft.button(turn.say("ledger_book.button.menu"), LEDGER, "m", form.enterprise).reply(panel=True))


def held(turn: Turn) -> Form | None:
    """The form that this chat is filling in."""
    floor = turn.floor
    if floor is None or (floor.dialogue, floor.step) != (LEDGER, FORM):
        return None
    return Form.model_validate_json(floor.data["form"])


def _days(turn: Turn) -> list[Option]:
    today = today_of(turn)
    yesterday = today - timedelta(days=1)
    return [
        Option(turn.say("ledger_book.button.today", day=f"{today:%m-%d}"), today.isoformat()),
        Option(turn.say("ledger_book.button.yesterday", day=f"{yesterday:%m-%d}"), yesterday.isoformat()),
    ]


def _asked(form: Form, question: Question) -> str:
    """The key of the question: a count and a permitted amount are asked for in other words than an amount."""
    if question.name == "amount":
        return "permitted" if form.kind == "certificate" else "counted" if question.asks == "counted" else "amount"
    return question.name


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _ends(draft: Draft, turn: Turn, form: Form) -> Draft:
    say = turn.say
    cancel = (say("ledger_book.button.cancel"), (LEDGER, "leave", form.id))
    if form.at == 0:
        return draft.row(cancel)
    return draft.row((say("ledger_book.button.back"), (LEDGER, "back", form.id, str(form.at))), cancel)
