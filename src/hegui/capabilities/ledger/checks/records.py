"""The book: duplicates (L29), retention (L31), annual report (L32), custody (L34), names (L35), edits (L37) (pure)."""

from collections.abc import Iterator, Mapping
from datetime import date

from hegui.capabilities.ledger.checks.days import sane_day
from hegui.capabilities.ledger.checks.lines import Ledger, Line, same_text
from hegui.capabilities.ledger.chemicals import plain
from hegui.capabilities.ledger.model import Field, Finding, LedgerKind

PAIRS: Mapping[LedgerKind, tuple[Field, Field]] = {
    "purchase": ("handler", "reviewer"),
    "use": ("issuer", "taker"),
    "stock": ("keeper", "reviewer"),
}
GRACE_DAYS = 31  # a first dealing may come some weeks after the beginning


def duplicates(ledger: Ledger) -> Iterator[Finding]:
    """L29. One invoice may cover several chemicals of one purchase."""
    for line, before in ledger.repeated.items():
        yield ledger.finding("L29", line, "day", "row", before=before.entry.row)
    first: dict[str, Line] = {}
    for line in ledger.of("purchase"):
        invoice = plain(line.text("invoice"))
        if not invoice or line in ledger.repeated:
            continue
        before = first.setdefault(invoice, line)
        if before is not line and not _is_one_purchase(before, line):
            yield ledger.finding("L29", line, "invoice", "invoice", invoice=invoice, before=before.entry.row)


def _is_one_purchase(one: Line, other: Line) -> bool:
    if one.day() != other.day() or not same_text(one.text("supplier"), other.text("supplier")):
        return False
    return one.match.key != other.match.key or one.text("specification") != other.text("specification")


def retention(ledger: Ledger) -> Iterator[Finding]:
    """L31: once the unit has said since when it deals."""
    since = ledger.facts.dealing_since
    if since is None:
        return
    days = [(day, line) for line in ledger.lines if (day := sane_day(ledger, line))]
    if days:
        yield from _all_kept(ledger, since, days)


def _all_kept(ledger: Ledger, since: date, days: list[tuple[date, Line]]) -> Iterator[Finding]:
    yield from _too_young(ledger, "default", since, days, _back(ledger, "keep_years"))
    sold = [(day, line) for day, line in days if line.match.explosive and line.entry.kind == "sale"]
    if sold:
        yield from _too_young(ledger, "explosive", since, sold, _back(ledger, "keep_years_explosive"))


def _back(ledger: Ledger, setting: str) -> tuple[date, int]:
    """The day back to which records are kept; what a shorter period had let go before the law changed is not owed."""
    rule, today = ledger.rules.setting(setting), ledger.facts.today
    back = _years_before(today, int(rule.value))
    owed = [_years_before(one.until, int(one.value)) for one in rule.earlier]
    return max([back, *owed]), int(rule.value)


def _years_before(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def _too_young(
    ledger: Ledger, variant: str, since: date, days: list[tuple[date, Line]], kept: tuple[date, int]
) -> Iterator[Finding]:
    back, years = kept
    oldest, line = min(days, key=lambda one: one[0])
    if (oldest - max(since, back)).days > GRACE_DAYS:
        told: dict[str, object] = {"day": oldest, "since": since, "years": years, "back": max(since, back)}
        if variant == "explosive":
            told["chemical"] = line.chemical
        yield ledger.of_file("L31", line.entry.sheet, variant, **told)


def annual_report(ledger: Ledger) -> Iterator[Finding]:
    """L32: once the unit has said that it did not report."""
    today = ledger.facts.today
    month, day = ledger.rules.number("annual_report_month"), ledger.rules.number("annual_report_day")
    due = date(today.year, int(month), int(day))
    since = ledger.facts.dealing_since
    dealt = since is None or since.year < today.year
    if ledger.facts.annual_report_filed is False and today > due and dealt and ledger.book.sheets:
        yield ledger.of_file("L32", ledger.book.sheets[0].name, year=today.year - 1, due=due)


def one_person(ledger: Ledger) -> Iterator[Finding]:
    """L34."""
    variant = "custody" if ledger.facts.two_person_custody else "default"
    for kind, pair in PAIRS.items():
        for line in ledger.of(kind):
            first, second = (line.text(name) for name in pair)
            if first and second and same_text(first, second):
                yield ledger.finding("L34", line, pair[1], variant, person=first, fields=",".join(pair))


def names(ledger: Ledger) -> Iterator[Finding]:
    """L35: each name of a table once."""
    told: set[tuple[str, str, str]] = set()
    for line in ledger.lines:
        match, name = line.match, line.chemical
        if not name or (match.how == "name" and match.contrary is None):
            continue
        key = (line.entry.sheet, name, line.text("cas"))
        if key not in told:
            told.add(key)
            yield _name(ledger, line)


def _name(ledger: Ledger, line: Line) -> Finding:
    match, name = line.match, line.chemical
    if match.contrary:
        item = match.contrary.name.zh
        return ledger.finding("L35", line, "cas", "cas_differs", name=name, cas=line.text("cas"), item=item)
    if match.item:
        return ledger.finding("L35", line, "chemical", "by_cas", name=name, item=match.item.name.zh)
    if match.others:
        item = " / ".join(other.name.zh for other in match.others)
        return ledger.finding("L35", line, "chemical", "ambiguous", name=name, item=item)
    return ledger.finding("L35", line, "chemical", "unknown", name=name)


def edited(ledger: Ledger) -> Iterator[Finding]:
    """L37: where a log of changes was given."""
    lines = {(line.entry.sheet, line.entry.row): line for line in ledger.lines} if ledger.facts.changes else {}
    for change in ledger.facts.changes or ():
        line = lines.get((change.sheet, change.row))
        day = sane_day(ledger, line) if line else None
        if line and day and change.changed_on > day:
            yield ledger.finding("L37", line, _quantity(line), day=day, changed=change.changed_on)


def _quantity(line: Line) -> Field:
    fields: tuple[Field, ...] = ("quantity", "taken", "used", "closing")
    return next((name for name in fields if name in line.entry.values), "quantity")
