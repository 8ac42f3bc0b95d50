"""The checks over a ledger (台账体检): one function each, pure and linear, gathered here by their ids."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from hegui.capabilities.ledger.checks import (
    amounts,
    balance,
    certificates,
    days,
    explosives,
    losses,
    measures,
    missing,
    records,
    selling,
    transport,
    using,
)
from hegui.capabilities.ledger.checks.lines import Ledger
from hegui.capabilities.ledger.chemicals import Chemicals
from hegui.capabilities.ledger.facts import Facts
from hegui.capabilities.ledger.model import Book, Finding, Severity
from hegui.capabilities.ledger.units import Units
from hegui.rulebook.ledger_rules import FactQuestion, LedgerRules

Check = Callable[[Ledger], Iterator[Finding]]

SEVERITIES: tuple[Severity, ...] = ("A", "B", "C")

CHECKS: Mapping[str, Check] = {
    "L01": balance.adds_up,
    "L02": balance.negative,
    "L03": measures.mixed,
    "L04": measures.unlike_density,
    "L05": days.out_of_order,
    "L06": days.impossible,
    "L07": balance.paused,
    "L08": missing.fields,
    "L09": missing.buyer,
    "L10": certificates.absent,
    "L11": certificates.outside_validity,
    "L12": certificates.over_permitted,
    "L13": certificates.used_again,
    "L14": certificates.of_another,
    "L15": selling.to_person,
    "L16": selling.cash,
    "L17": selling.reported,
    "L18": explosives.reported,
    "L19": selling.transferred,
    "L20": transport.papers,
    "L21": using.exceeds,
    "L22": using.not_put_back,
    "L23": losses.stock_take,
    "L24": losses.unreported,
    "L25": missing.supplier_number,
    "L26": amounts.statements,
    "L27": amounts.consumption,
    "L28": amounts.jumps,
    "L29": records.duplicates,
    "L30": using.too_even,
    "L31": records.retention,
    "L32": records.annual_report,
    "L33": amounts.annual,
    "L34": records.one_person,
    "L35": records.names,
    "L36": explosives.only_precursor,
    "L37": records.edited,
}


def examine(book: Book, rules: LedgerRules, chemicals: Chemicals, facts: Facts) -> tuple[Finding, ...]:
    """Everything that the checks find, the worst first, then by place in the file."""
    ledger = Ledger(book, rules, chemicals, Units(rules), facts)
    found = [finding for rule in rules.checks for finding in CHECKS[rule.id](ledger)]
    order = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    return tuple(sorted(found, key=lambda one: (one.severity, order.get(one.sheet, 0), one.row or 0, one.check)))


def counted(findings: tuple[Finding, ...]) -> Mapping[Severity, int]:
    """How many there are of each severity, A first."""
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in SEVERITIES}


def unasked(rules: LedgerRules, facts: Facts) -> tuple[FactQuestion, ...]:
    """Questions that are still open, and with them the checks that could not be made; the first ones matter most."""
    return tuple(question for question in rules.questions if not facts.knows(question.fact))
