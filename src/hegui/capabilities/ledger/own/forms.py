"""The guided forms: which columns are asked for each kind of entry, in which order, and which may be left out. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from pydantic import Field

from hegui.capabilities.ledger.own.model import NewCertificate, NewEntry, OwnKind, OwnModel

FormKind = Literal["purchase", "use", "sale", "transfer", "loss", "stock_take", "certificate"]
Asks = Literal["chemical", "amount", "counted", "day", "choice", "certificate", "text", "amount_of_unit", "past_day"]


class Question(NamedTuple):
    """One step. `name` is the column, or chemical, amount, day; `choices` are keys under `ledger_book.value`."""

    name: str
    asks: Asks
    optional: bool = False
    choices: tuple[str, ...] = ()


CHEMICAL, AMOUNT, DAY = Question("chemical", "chemical"), Question("amount", "amount"), Question("day", "past_day")
PAYMENT = Question("payment", "choice", choices=("payment.bank", "payment.cash", "payment.otherwise"))

FORMS: Mapping[FormKind, tuple[Question, ...]] = {
    "purchase": (
        CHEMICAL,
        AMOUNT,
        DAY,
        Question("supplier", "text"),
        Question("supplier_number", "text", optional=True),
        Question("certificate", "certificate", optional=True),
        PAYMENT,
    ),
    "use": (
        CHEMICAL,
        AMOUNT,
        DAY,
        Question("purpose", "text"),
        Question("taker", "text"),
        Question("issuer", "text", optional=True),
        Question("returned", "amount_of_unit", optional=True),
    ),
    "sale": (
        CHEMICAL,
        AMOUNT,
        DAY,
        Question("buyer", "text"),
        Question("buyer_kind", "choice", choices=("buyer_kind.unit", "buyer_kind.person")),
        Question("buyer_code", "text", optional=True),
        Question("buyer_number", "text", optional=True),
        Question("handler", "text", optional=True),
        Question("handler_identity", "text", optional=True),
        PAYMENT,
    ),
    "transfer": (
        CHEMICAL,
        AMOUNT,
        DAY,
        Question("receiver", "text"),
        Question("receiver_number", "text", optional=True),
        Question("reason", "text"),
    ),
    "loss": (
        CHEMICAL,
        AMOUNT,
        DAY,
        Question("difference_reason", "text"),
        Question("reported_on", "past_day", optional=True),
    ),
    "stock_take": (
        CHEMICAL,
        Question("amount", "counted"),
        DAY,
        Question("difference_reason", "text", optional=True),
        Question("keeper", "text", optional=True),
    ),
    "certificate": (
        CHEMICAL,
        Question("number", "text"),
        Question("amount", "amount"),
        Question("valid_from", "day"),
        Question("valid_to", "day"),
        Question("kind", "choice", choices=("kind.once", "kind.many")),
    ),
}


class Form(OwnModel):
    """What a person has filled in so far; kept on the floor of the chat.

    `id` becomes the id of the entry, so that a second confirmation changes nothing. `options` are the values behind
    the buttons of the present step. `corrects` and `why`: the entry is to stand for one that was wrong, and `before`
    holds what that one said. `warned`: the checks told before the confirmation. `at` may be one past the last step:
    then everything is to be confirmed.
    """

    id: str
    enterprise: str
    kind: FormKind
    at: int = 0
    chemical: str = ""
    name: str = ""
    unit: str = ""
    amount: str = ""
    values: Mapping[str, str] = Field(default={})
    options: tuple[str, ...] = ()
    corrects: str = ""
    why: str = ""
    before: Mapping[str, str] = Field(default={})
    warned: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return FORMS[self.kind]

    @property
    def question(self) -> Question | None:
        return self.questions[self.at] if self.at < len(self.questions) else None

    def answered(self, **changes: object) -> "Form":
        """With the answer to the present question, at the next one."""
        return self.model_copy(update={**changes, "at": self.at + 1, "options": ()})

    def with_value(self, name: str, value: str) -> "Form":
        """The answer to the present question, kept under its column; an empty one is left out."""
        rest = {key: text for key, text in self.values.items() if key != name}
        return self.answered(values={**rest, name: value} if value else rest)

    def back(self) -> "Form":
        return self.model_copy(update={"at": max(0, self.at - 1), "options": ()})


def entry_of(form: Form) -> NewEntry:
    """The entry of a form that is filled in."""
    kind = cast("OwnKind", form.kind)  # a certificate's form is read by certificate_of
    return NewEntry(
        id=form.id,
        kind=kind,
        chemical=form.chemical,
        name=form.name,
        unit=form.unit,
        amount=Decimal(form.amount),
        day=date.fromisoformat(form.values["day"]),
        fields={name: value for name, value in form.values.items() if name != "day"},
    )


def certificate_of(form: Form, once: str) -> NewCertificate:
    """The certificate of a form that is filled in. `once` is the word for one that serves a single purchase."""
    return NewCertificate(
        id=form.id,
        number=form.values["number"],
        chemical=form.chemical,
        name=form.name,
        permitted=Decimal(form.amount),
        unit=form.unit,
        valid_from=date.fromisoformat(form.values["valid_from"]),
        valid_to=date.fromisoformat(form.values["valid_to"]),
        kind="once" if form.values["kind"] == once else "many",
    )
