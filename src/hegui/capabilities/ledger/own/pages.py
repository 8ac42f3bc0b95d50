"""What the screens of the ledger say: menu, lists, balances, totals. They take values and touch nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hegui.capabilities.ledger.own.decisions import standing
from hegui.capabilities.ledger.own.forms import Form
from hegui.capabilities.ledger.own.model import KINDS, Balance, Certificate, LedgerEntry, Quota, YearTotals
from hegui.capabilities.ledger.own.units import shown
from hegui.conversation.reply import Draft
from hegui.foundation.language.catalogue import Texts
from hegui.registry.model import Enterprise

LEDGER = "ledger"
PAGE = 6


def choose(say: Texts, mine: Sequence[Enterprise]) -> Draft:
    draft = Draft().text(say("ledger_book.menu.choose"))
    for enterprise in mine:
        draft.button(enterprise.name, LEDGER, "m", enterprise.id)
    return draft


def menu(say: Texts, enterprise: Enterprise, count: int, begun: Form | None) -> Draft:
    draft = (
        Draft().heading(say("ledger_book.menu.heading")).text(say("ledger_book.menu.of", enterprise=enterprise.name))
    )
    draft.text(say("ledger_book.menu.entries", count=count) if count else say("ledger_book.menu.empty"))
    draft.note(say("ledger_book.menu.privacy")).text(say("ledger_book.menu.what"))
    if begun:
        told = {"kind": say(f"ledger_book.kind.{begun.kind}"), "of": len(begun.questions)}
        step = min(begun.at + 1, len(begun.questions))
        draft.button(say("ledger_book.menu.resume", step=step, **told), LEDGER, "go", begun.id)
    its = enterprise.id
    kinds = [(say(f"ledger_book.kind.{kind}"), (LEDGER, "new", its, kind)) for kind in KINDS]
    draft.row(*kinds[:3]).row(*kinds[3:])
    draft.row((say("ledger_book.button.balance"), (LEDGER, "bal", its)), _button(say, "totals", "tot", its))
    draft.row(_button(say, "correct", "list", its), _button(say, "certificates", "cert", its))
    return draft.row(_button(say, "export", "exp", its))


def _button(say: Texts, label: str, act: str, *rest: str) -> tuple[str, tuple[str, ...]]:
    return say(f"ledger_book.button.{label}"), (LEDGER, act, *rest)


def to_menu(draft: Draft, say: Texts, enterprise: str) -> Draft:
    return draft.row(_button(say, "menu", "m", enterprise))


def balance(say: Texts, enterprise: str, held: Sequence[Balance], quotas: Sequence[Quota], today: date) -> Draft:
    draft = Draft().heading(say("ledger_book.balance.heading"))
    if not held:
        draft.text(say("ledger_book.balance.none"))
    for one in held:
        unit = one.account.unit
        draft.item(say("ledger_book.line.balance", name=one.name, amount=shown(one.amount), unit=unit))
    if held:
        draft.note(say("ledger_book.balance.note"))
    if quotas:
        draft.heading(say("ledger_book.certificates.heading"))
    for quota in quotas:
        draft.item(quota_line(say, quota, today))
    return to_menu(draft, say, enterprise)


def quota_line(say: Texts, quota: Quota, today: date) -> str:
    held = quota.certificate
    told = {
        "number": held.number,
        "name": held.name,
        "permitted": shown(held.permitted),
        "unit": held.unit,
        "kind": _state(say, quota, today),
        "day": held.valid_to,
    }
    if quota.left is None or quota.bought is None:
        return say("ledger_book.line.quota_unknown", **told)
    key = "ledger_book.line.quota" if quota.left >= 0 else "ledger_book.line.quota_over"
    return say(key, left=shown(abs(quota.left)), bought=shown(quota.bought), **told)


def _state(say: Texts, quota: Quota, today: date) -> str:
    if quota.certificate.valid_to < today:
        return say("ledger_book.line.expired")
    if quota.certificate.kind == "once" and quota.purchases:
        return say("ledger_book.line.used")
    return say(f"ledger_book.value.kind.{quota.certificate.kind}")


def certificates(say: Texts, enterprise: str, quotas: Sequence[Quota], today: date) -> Draft:
    draft = Draft().heading(say("ledger_book.certificates.heading"))
    if not quotas:
        draft.text(say("ledger_book.certificates.none"))
    for quota in quotas:
        draft.item(quota_line(say, quota, today))
        held = quota.certificate
        draft.button(f"{held.number} · {held.name}", LEDGER, "show", f"c.{held.id}")
    draft.row(_button(say, "add_certificate", "new", enterprise, "certificate"))
    return to_menu(draft, say, enterprise)


def certificate(say: Texts, quota: Quota, today: date) -> Draft:
    held = quota.certificate
    draft = Draft().heading(say("ledger_book.kind.certificate")).item(quota_line(say, quota, today))
    draft.row(_button(say, "withdraw", "wd", held.id))
    return to_menu(draft.row(_button(say, "certificates", "cert", held.enterprise)), say, held.enterprise)


def line(say: Texts, entry: LedgerEntry, every: Iterable[LedgerEntry]) -> str:
    """An entry in two lines, marked where it was taken back."""
    if entry.is_counter:
        wrong = next((one.reference for one in every if one.id == entry.cancels), "")
        return say("ledger_book.line.counter", number=entry.reference, cancelled=wrong, why=entry.why)
    cancelled = any(one.cancels == entry.id for one in every)
    return say(
        "ledger_book.line.entry_cancelled" if cancelled else "ledger_book.line.entry",
        number=entry.reference,
        day=entry.day,
        kind=say(f"ledger_book.kind.{entry.kind}"),
        name=entry.name,
        amount=shown(entry.amount),
        unit=entry.unit,
    )


def latest(say: Texts, enterprise: str, every: Sequence[LedgerEntry], page: int) -> Draft:
    """Everything as it was recorded, the newest first; what still stands has a button."""
    shown_here = every[::-1][page * PAGE : (page + 1) * PAGE]
    draft = Draft().heading(say("ledger_book.entries.heading"))
    if not shown_here:
        draft.text(say("ledger_book.entries.none"))
    held = {entry.id for entry in standing(every)}
    for entry in shown_here:
        draft.item(line(say, entry, every))
    for entry in shown_here:
        if entry.id in held:
            label = f"{entry.reference} {say(f'ledger_book.kind.{entry.kind}')} {entry.name}"
            draft.button(label, LEDGER, "e", entry.id)
    if len(every) > (page + 1) * PAGE:
        draft.row(_button(say, "more", "list", enterprise, str(page + 1)))
    return to_menu(draft, say, enterprise)


def entry(say: Texts, held: LedgerEntry, every: Sequence[LedgerEntry]) -> Draft:
    draft = Draft().heading(say("ledger_book.entry.heading", number=held.reference)).text(line(say, held, every))
    values(draft, say, held.fields)
    draft.note(say("ledger_book.line.recorded", at=held.recorded_at))
    draft.row(_button(say, "wrong", "why", held.id))
    return to_menu(draft, say, held.enterprise)


def values(draft: Draft, say: Texts, fields: Mapping[str, str]) -> None:
    """Every column that has a name on the screens."""
    for name, text in fields.items():
        key = f"ledger_book.label.{name}"
        if say.catalogue.has(key):
            draft.item(say("ledger_book.form.line", label=say(key), value=text))


def totals(say: Texts, enterprise: str, year: int, found: Sequence[YearTotals], years: Sequence[int]) -> Draft:
    draft = Draft().heading(say("ledger_book.totals.heading", year=year))
    if not found:
        draft.text(say("ledger_book.totals.none", year=year))
    for one in found:
        figures = {name: shown(getattr(one, name)) for name in YearTotals._fields[2:]}
        key = "ledger_book.totals.line_counted" if one.counted else "ledger_book.totals.line"
        given = {**figures, "name": one.name, "unit": one.account.unit}
        draft.item(say(key, **given))
    others = [
        (say("ledger_book.button.show_year", year=other), (LEDGER, "tot", enterprise, str(other)))
        for other in years
        if other != year
    ]
    if others:
        draft.row(*others[:4])
    return draft


def left_of(quotas: Sequence[Quota], held: Certificate) -> Quota:
    """The line of one certificate; a withdrawn one has no quota any more."""
    return next((one for one in quotas if one.certificate.id == held.id), Quota(held, None, None, 0))
