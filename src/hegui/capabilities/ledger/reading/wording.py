"""Words in cells: names, numbers of papers and people. A number that the spreadsheet ruined is said, never repaired.

Texts come half-width and trimmed.
"""

import math
import re
from datetime import date, datetime, time

from hegui.capabilities.ledger.reading.found import Cut, Fault

RUINED_FROM = 1e15
"""A spreadsheet keeps fifteen digits; what had more has lost its end."""
MOST_CHARACTERS = 2000
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "####", "########"})

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?(1[4-9]|2\d)")
_NUMBER_OF_PERSON = re.compile(r"\d{17}[\dXx]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"

Read = str | Cut | Fault


def words_of(cell: object) -> Read:
    """The words in a cell that is not empty; whole numbers without a point."""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def identity_of(cell: object) -> Read:
    """The number of a person or a unit, in capital letters."""
    found = words_of(cell)
    if not isinstance(found, str):
        return found
    number = found.replace(" ", "").upper()
    return Fault("ledger.unread.ruined") if _lost_its_end(number) else number


def _text(text: str) -> Read:
    if text[:1] == "#" and text in ERRORS:
        return Fault("ledger.unread.error_value")
    if "E" in text.upper() and _SCIENTIFIC.fullmatch(text):
        return Fault("ledger.unread.ruined")
    return text if len(text) <= MOST_CHARACTERS else Cut(text[:MOST_CHARACTERS])


def _number(number: float) -> Read:
    if math.isnan(number):
        return Fault("ledger.unread.error_value")
    if abs(number) >= RUINED_FROM:
        return Fault("ledger.unread.ruined")
    return str(int(number)) if number == int(number) else str(number)


def _lost_its_end(number: str) -> bool:
    """Ends with noughts where a spreadsheet put them: the check digit of GB 11643 does not fit."""
    if not number.endswith("000") or not _NUMBER_OF_PERSON.fullmatch(number):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[weighed % 11] != number[-1]
