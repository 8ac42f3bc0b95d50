"""Reads the answer to one step of a form, typed or pressed: a chemical, an amount, a day, a choice, a line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping
from hegui.capabilities.ledger.own.forms import Asks, Form, Question
from hegui.capabilities.ledger.own.typed import chemicals_called, folded, one_line
from hegui.capabilities.ledger.own.units import Units, converted, in_unit, of_account, read_amount, shown
from hegui.conversation.turn import Turn
from hegui.foundation.language.catalogue import CHINA, LANGUAGES
from hegui.rulebook.checks.dated import read_date

MOST_OPTIONS = 6
ITEM, AS_TYPED = "item:", "as:"
LONGEST_LABEL = 40


class Option(NamedTuple):
    """A button of a step: what it says, and what is read when it is pressed."""

    label: str
    value: str


class Misread(Exception):
    """What was typed is no answer."""

    def __init__(self, sentence: str, options: Sequence[Option] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.options = options


class Answers:
    """Gives the form at its next step, or raises Misread with what is asked instead."""

    def __init__(self, keeping: Bookkeeping) -> None:
        self._keeping = keeping
        self._units = Units(keeping.catalogue)
        self._read: Mapping[Asks, Callable[[Turn, Form, str], Form]] = {
            "chemical": self._chemical,
            "amount": self._amount,
            "counted": self._amount,
            "day": self._day,
            "past_day": self._day,
            "choice": self._choice,
            "certificate": self._line,
            "text": self._line,
            "amount_of_unit": self._amount_of_unit,
        }

    def read(self, turn: Turn, form: Form, question: Question, text: str) -> Form:
        return self._read[question.asks](turn, form, text)

    def _chemical(self, turn: Turn, form: Form, text: str) -> Form:
        if text.startswith(ITEM) and (item := self._keeping.chemical(text.removeprefix(ITEM))):
            return form.answered(chemical=item.id, name=item.name.zh)
        if text.startswith(AS_TYPED):
            return form.answered(chemical="", name=text.removeprefix(AS_TYPED))
        name = one_line(text, LONGEST_LABEL)
        if name is None:
            raise Misread(turn.say("ledger_book.form.not_a_value"))
        found = chemicals_called(name, self._keeping.chemicals)
        if len(found) == 1:
            return form.answered(chemical=found[0].id, name=found[0].name.zh)
        options = [Option(one.name.say(turn.language), f"{ITEM}{one.id}") for one in found[:MOST_OPTIONS]]
        if found:
            raise Misread(turn.say("ledger_book.form.choose_chemical"), options)
        as_typed = Option(turn.say("ledger_book.button.as_typed", name=name), f"{AS_TYPED}{name}")
        raise Misread(turn.say("ledger_book.form.not_listed", name=name), [as_typed])

    def _amount(self, turn: Turn, form: Form, text: str) -> Form:
        question = form.question
        read = read_amount(text, zero=bool(question and question.asks == "counted"))
        if read is None:
            raise Misread(turn.say("ledger_book.form.not_an_amount"))
        amount, word = read
        unit = self._units.read(word) if word else form.unit
        if unit is None:
            raise Misread(turn.say("ledger_book.form.not_an_amount"))
        if not unit:
            raise Misread(turn.say("ledger_book.form.no_unit", amount=shown(amount)))
        return form.answered(amount=str(amount), unit=unit)

    def _amount_of_unit(self, turn: Turn, form: Form, text: str) -> Form:
        read = read_amount(text)
        unit = self._units.read(read[1]) if read and read[1] else form.unit
        if read is None or unit is None or of_account(unit) != of_account(form.unit):
            raise Misread(turn.say("ledger_book.form.not_an_amount"))
        amount = in_unit(converted(read[0], unit), form.unit)
        return form.with_value("returned", shown(amount))

    def _day(self, turn: Turn, form: Form, text: str) -> Form:
        day, today, question = read_date(text), today_of(turn), form.question
        if day is None or question is None:
            raise Misread(turn.say("ledger_book.form.not_a_day", example=today.isoformat()))
        if question.asks == "past_day" and day > today:
            raise Misread(turn.say("ledger_book.future", day=day))
        if question.name == "valid_to" and day < date.fromisoformat(form.values["valid_from"]):
            raise Misread(turn.say("ledger_book.valid_backwards"))
        return form.with_value(question.name, day.isoformat())

    def _choice(self, turn: Turn, form: Form, text: str) -> Form:
        """Kept in the words of a Chinese ledger, whatever the language of the talk."""
        question = form.question
        for choice in question.choices if question else ():
            key = f"ledger_book.value.{choice}"
            words = {folded(self._keeping.catalogue.say(to, key)) for to in LANGUAGES}
            if question and folded(text) in words:
                return form.with_value(question.name, self._keeping.catalogue.say("zh", key))
        raise Misread(turn.say("ledger_book.form.not_a_choice"))

    def _line(self, turn: Turn, form: Form, text: str) -> Form:
        value, question = one_line(text), form.question
        if value is None or question is None:
            raise Misread(turn.say("ledger_book.form.not_a_value"))
        return form.with_value(question.name, value)


def today_of(turn: Turn) -> date:
    return turn.now.astimezone(CHINA).date()
