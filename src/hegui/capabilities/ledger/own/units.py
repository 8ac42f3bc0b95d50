"""Units of amounts: kg and its like, L and its like, exactly; every other unit stands by itself. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from hegui.foundation.language.catalogue import LANGUAGES, Catalogue

FACTORS: Mapping[str, tuple[str, Decimal]] = {
    "mg": ("kg", Decimal("0.000001")),
    "g": ("kg", Decimal("0.001")),
    "kg": ("kg", Decimal(1)),
    "t": ("kg", Decimal(1000)),
    "mL": ("L", Decimal("0.001")),
    "L": ("L", Decimal(1)),
    "m3": ("L", Decimal(1000)),
}
"""The unit of its account, and how many of those it is."""

MOST = Decimal(10) ** 9
MOST_PLACES = 6
LONGEST_UNIT = 10
AMOUNT = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*(.*)")


class Units:
    """Recognises units by the words that people use for them, in both languages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known = {name.lower(): name for name in FACTORS}
        for name in FACTORS:
            for language in LANGUAGES:
                words = catalogue.words(language, f"ledger_book.unit.{name}")
                self._known |= {word.lower(): name for word in words}

    def read(self, typed: str) -> str | None:
        """The unit in one spelling: kg for 公斤; another word as it is; None where it cannot be one."""
        word = unicodedata.normalize("NFKC", typed).strip()
        if known := self._known.get(word.lower()):
            return known
        is_word = bool(word) and len(word) <= LONGEST_UNIT and all(c.isalpha() for c in word)
        return word if is_word else None


def of_account(unit: str) -> str:
    """The unit in which amounts of it are added up."""
    return FACTORS[unit][0] if unit in FACTORS else unit


def converted(amount: Decimal, unit: str) -> Decimal:
    """The amount in the unit of its account."""
    return amount * FACTORS[unit][1] if unit in FACTORS else amount


def in_unit(amount: Decimal, unit: str) -> Decimal:
    """An amount of the account, in `unit` again."""
    return amount / FACTORS[unit][1] if unit in FACTORS else amount


def read_amount(typed: str, *, zero: bool = False) -> tuple[Decimal, str] | None:
    """A number and what follows it: `25 kg`, `１，０００公斤`. None where it is no amount, or a senseless one."""
    found = AMOUNT.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    amount = decimal_of(found[1], zero=zero)
    return None if amount is None else (amount, found[2].strip())


def decimal_of(text: str, *, zero: bool = False) -> Decimal | None:
    """An amount above zero (or zero, where that is allowed) of at most six places; None for anything else."""
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount > MOST or amount < 0 or (amount == 0 and not zero):
        return None
    exponent = amount.normalize().as_tuple().exponent
    return plain(amount) if isinstance(exponent, int) and -exponent <= MOST_PLACES else None


def plain(amount: Decimal) -> Decimal:
    """The same amount without trailing zeros and without an exponent."""
    return Decimal(shown(amount))


def shown(amount: Decimal) -> str:
    """As people write it: 1200, 0.5."""
    return f"{amount.normalize():f}" if amount else "0"
