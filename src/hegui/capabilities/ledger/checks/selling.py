"""To whom (L15), how paid (L16), reported in time (L17), transferred (L19) (pure)."""

from collections.abc import Iterator
from datetime import date, timedelta

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import Ledger, Line
from hegui.capabilities.ledger.checks.missing import is_individual
from hegui.capabilities.ledger.model import Finding

CLASS_1, CLASS_3 = 1, 3
CLOSED_TO_PERSONS = (1, 2)


def to_person(ledger: Ledger) -> Iterator[Finding]:
    """L15."""
    for line in ledger.of("sale"):
        if line.match.grade in CLOSED_TO_PERSONS and is_individual(ledger, line):
            told = {"chemical": line.chemical, "grade": line.match.grade, "buyer": line.text("buyer") or "—"}
            yield ledger.finding("L15", line, "buyer_kind", **told)


def cash(ledger: Ledger) -> Iterator[Finding]:
    """L16. A person's lawful purchase of class 3 may be paid in cash."""
    words, others = ledger.rules.listed("cash"), ledger.rules.listed("not_cash")
    for line in ledger.of("purchase", "sale"):
        payment = line.text("payment").lower()
        if not payment or line.match.grade is None:
            continue
        for other in others:
            payment = payment.replace(other, "")
        allowed = line.match.grade == CLASS_3 and line.entry.kind == "sale" and is_individual(ledger, line)
        if any(word in payment for word in words) and not allowed:
            yield ledger.finding("L16", line, "payment", chemical=line.chemical, payment=line.text("payment"))


def reported(ledger: Ledger) -> Iterator[Finding]:
    """L17."""
    told: set[str] = set()
    for line in ledger.of("sale"):
        if line.match.grade is None:
            continue
        late = lateness(ledger, line, sale_limit(ledger, line))
        if late and not ledger.has_column(line, "reported_on"):
            if line.entry.sheet not in told:
                yield ledger.without_column("L17", line, "reported_on")
            told.add(line.entry.sheet)
        elif late:
            variant, figures = late
            first = line.match.grade == CLASS_1
            figures |= {"chemical": line.chemical} | ({} if first else {"grade": line.match.grade})
            yield ledger.finding("L17", line, "reported_on", f"{variant}_1" if first else variant, **figures)


def sale_limit(ledger: Ledger, line: Line) -> int:
    """Days within which a sale is reported."""
    name = "report_days_class_1" if line.match.grade == CLASS_1 else "report_days_class_2_3"
    return int(ledger.rules.number(name))


def lateness(ledger: Ledger, line: Line, limit: int) -> tuple[str, dict[str, object]] | None:
    """`late` or `never` with its figures; None where it was in time, is not due yet or cannot be told."""
    day, on = sane_day(ledger, line), line.day("reported_on")
    if day is None:
        return None
    due = day + timedelta(days=limit)
    if on is not None:
        return ("late", {"day": day, "reported": on, "days": (on - day).days, "limit": limit}) if on > due else None
    if not line.is_missing("reported_on") or not _is_past(ledger, due):
        return None
    return "never", {"day": day, "due": due, "limit": limit}


def _is_past(ledger: Ledger, due: date) -> bool:
    return ledger.facts.today > due


def transferred(ledger: Ledger) -> Iterator[Finding]:
    """L19."""
    for line in ledger.of("transfer"):
        if line.match.grade and line.is_missing("receiver_number"):
            told = {"chemical": line.chemical, "receiver": line.text("receiver") or "—"}
            yield ledger.finding("L19", line, "receiver_number", **told)
