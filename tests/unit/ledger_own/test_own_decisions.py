"""Balances, quotas, totals: whatever is recorded and taken back, the book adds up and is never below zero."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hegui.capabilities.ledger.own import decisions
from hegui.capabilities.ledger.own.model import Account, Certificate, LedgerEntry, OwnKind
from hegui.rulebook.obligation import YearlyDate

START = date(2025, 11, 1)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
TOLUENE = Account("3-1", "kg")
MARCH = YearlyDate(month=3, day=31)


def entry(number: int, kind: OwnKind, amount: str, *, unit: str = "kg", days: int = 0, **more: object) -> LedgerEntry:
    return LedgerEntry.model_validate(
        {
            "id": f"e{number}",
            "number": number,
            "enterprise": "firm",
            "kind": kind,
            "chemical": "3-1",
            "name": "甲苯",
            "unit": unit,
            "amount": Decimal(amount),
            "day": START + timedelta(days=days),
            "recorded_by": "ann",
            "recorded_at": NOW,
            **more,
        }
    )


def counter(number: int, wrong: LedgerEntry) -> LedgerEntry:
    return wrong.model_copy(update={"id": f"e{number}", "number": number, "cancels": wrong.id, "why": "记错"})


KINDS: Sequence[OwnKind] = ("purchase", "use", "sale", "transfer", "loss", "stock_take")
AMOUNTS = st.decimals(min_value="0.001", max_value=500, places=3)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(KINDS), AMOUNTS, st.sampled_from(["g", "kg", "t"]), st.integers(0, 500)),
        st.integers(0, 30),
    ),
    max_size=25,
)


def played(acts: Sequence[tuple[OwnKind, Decimal, str, int] | int]) -> list[LedgerEntry]:
    """A book as the service lets it grow: what would lead below zero is not added. A number takes an entry back."""
    book: list[LedgerEntry] = []
    for act in acts:
        number = len(book) + 1
        if isinstance(act, int):
            held = decisions.standing(book)
            if not held:
                continue
            new = counter(number, held[act % len(held)])
        else:
            kind, amount, unit, days = act
            new = entry(number, kind, str(amount), unit=unit, days=days)
        if decisions.shortage([*book, new]) is None:
            book.append(new)
    return book


@given(ACTS)
def test_the_book_is_never_below_zero_on_any_day(acts: list[object]) -> None:
    book = played(acts)  # type: ignore[arg-type]
    assert all(step.after >= 0 for step in decisions.steps(book))
    for days in range(0, 501, 50):
        assert all(one.amount >= 0 for one in decisions.balances(book, START + timedelta(days=days)))


@given(ACTS)
def test_what_is_taken_back_counts_as_if_it_had_never_been(acts: list[object]) -> None:
    book = played(acts)  # type: ignore[arg-type]
    cancelled = {one.cancels for one in book if one.cancels}
    clean = [one for one in book if not one.is_counter and one.id not in cancelled]
    assert decisions.balances(book) == decisions.balances(clean)
    assert decisions.totals(book, 2026) == decisions.totals(clean, 2026)


@given(ACTS)
def test_the_totals_of_a_year_add_up_and_join_the_next_year(acts: list[object]) -> None:
    book = played(acts)  # type: ignore[arg-type]
    of = {year: {one.account: one for one in decisions.totals(book, year)} for year in (2025, 2026, 2027)}
    for year in (2025, 2026, 2027):
        for one in of[year].values():
            outgoing = one.used + one.sold + one.transferred + one.lost
            assert one.opening + one.bought - outgoing + one.counted == one.closing
    for account, one in of[2026].items():
        assert one.opening == (of[2025][account].closing if account in of[2025] else 0)


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["mg", "g", "kg", "t"])), min_size=1, max_size=20))
def test_purchases_in_any_unit_of_mass_add_up_exactly(amounts: list[tuple[Decimal, str]]) -> None:
    factor = {"mg": Decimal("0.000001"), "g": Decimal("0.001"), "kg": Decimal(1), "t": Decimal(1000)}
    book = [entry(n, "purchase", str(amount), unit=unit) for n, (amount, unit) in enumerate(amounts, 1)]
    assert decisions.balance_of(book, TOLUENE) == sum(amount * factor[unit] for amount, unit in amounts)


def test_litres_and_bottles_stand_apart_from_kilograms() -> None:
    book = [entry(1, "purchase", "5"), entry(2, "purchase", "500", unit="mL"), entry(3, "purchase", "3", unit="瓶")]
    assert {one.account.unit: one.amount for one in decisions.balances(book)} == {
        "kg": 5,
        "L": Decimal("0.5"),
        "瓶": 3,
    }


def test_a_late_entry_that_empties_the_stock_before_a_later_use_is_seen_at_that_use() -> None:
    book = [entry(1, "purchase", "10"), entry(2, "use", "8", days=5), entry(3, "use", "4", days=2)]
    short = decisions.shortage(book)
    assert short is not None
    assert (short.day, short.held, short.leaving) == (START + timedelta(days=5), 6, 8)


def test_what_replaces_a_mistake_stands_where_the_mistake_stood() -> None:
    """The purchase is put right after its use of the same day was recorded; the use still comes after it."""
    wrong = entry(1, "purchase", "10")
    right = entry(4, "purchase", "9", replaces="e1", why="称错")
    book = [wrong, entry(2, "use", "8"), counter(3, wrong), right]
    assert decisions.shortage(book) is None
    assert decisions.balance_of(book, TOLUENE) == 1


def test_what_came_back_is_not_used() -> None:
    book = [entry(1, "purchase", "10"), entry(2, "use", "4", fields={"returned": "1"})]
    assert decisions.balance_of(book, TOLUENE) == 7
    assert decisions.totals(book, 2025)[0].used == 3


def test_a_stock_take_sets_the_stock_and_shows_what_it_changed() -> None:
    book = [entry(1, "stock_take", "20"), entry(2, "use", "5", days=1), entry(3, "stock_take", "14.5", days=2)]
    (line,) = decisions.totals(book, 2025)
    assert (line.counted, line.used, line.closing) == (Decimal("19.5"), 5, Decimal("14.5"))


def certificate(permitted: str = "100", **more: object) -> Certificate:
    told = {
        "id": "c1",
        "number": "BA-1",
        "chemical": "3-1",
        "name": "甲苯",
        "permitted": Decimal(permitted),
        "unit": "kg",
        "valid_from": START,
        "valid_to": START + timedelta(days=90),
        "kind": "many",
        "enterprise": "firm",
        "recorded_by": "ann",
        "recorded_at": NOW,
    }
    return Certificate.model_validate(told | more)


def test_what_is_left_on_a_certificate_counts_only_purchases_that_name_it_and_stand() -> None:
    on_it = {"fields": {"certificate": "BA-1"}}
    wrong = entry(3, "purchase", "30", **on_it)
    book = [
        entry(1, "purchase", "25000", unit="g", **on_it),
        entry(2, "purchase", "40"),
        wrong,
        counter(4, wrong),
    ]
    (quota,) = decisions.quotas([certificate()], book)
    assert (quota.bought, quota.left, quota.purchases) == (25, 75, 1)


def test_purchases_in_another_measure_leave_the_quota_unknown() -> None:
    book = [entry(1, "purchase", "25", unit="L", fields={"certificate": "BA-1"})]
    (quota,) = decisions.quotas([certificate()], book)
    assert (quota.left, quota.purchases) == (None, 1)


def test_a_withdrawn_certificate_has_no_quota() -> None:
    assert decisions.quotas([certificate(withdrawn_at=NOW)], []) == ()


def test_the_report_that_comes_next_is_of_last_year_while_it_is_due_and_not_handed_in() -> None:
    book = [entry(1, "purchase", "1")]  # 2025
    nothing: frozenset[int] = frozenset()
    assert decisions.next_report(book, nothing, date(2026, 2, 1), MARCH) == 2025
    assert decisions.next_report(book, frozenset({2025}), date(2026, 2, 1), MARCH) == 2026
    assert decisions.next_report(book, nothing, date(2026, 4, 1), MARCH) == 2026
    assert decisions.next_report([], nothing, date(2026, 2, 1), MARCH) == 2026
    assert decisions.report_due(2025, MARCH) == date(2026, 3, 31)
