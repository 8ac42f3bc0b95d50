"""Days in every shape that people write them in."""

import re
from datetime import date, datetime, timedelta

from hegui.capabilities.ledger.reading.found import Fault, PartOfDay
from hegui.capabilities.ledger.reading.words import tidy

FIRST_1900, FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
SERIALS = range(18_000, 80_000)
"""Day numbers of spreadsheets from 1949 to 2119; smaller numbers are something else."""
LONGEST = 60
ROLLS_OVER_MONTHS = 6

_TAIL = r"(?:[\sT]+\d{1,2}[:时点].*|\s*\(?(?:周|星期)[一二三四五六日天]\)?|\s*[上下]午.*)?"
_YMD = re.compile(rf"(\d{{4}}|\d{{2}})\s*[-./年\\·、\s]\s*(\d{{1,2}})\s*[-./月\\·、\s]\s*(\d{{1,2}})\s*[日号]?{_TAIL}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})\s*[日号]?{_TAIL}")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_ENGLISH = re.compile(r"(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{4})|([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")
_WHOLE_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|(?<!\d)(?:19|20)\d{6}(?!\d)")
_TITLE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年度?|[-./](?=\d))\s*(?:(\d{1,2})\s*(?:月(?!\s*\d)|$|\s))?")
_IN_WORDS = re.compile(r"[〇零○一二三四五六七八九十廿]+(?=[年月日号])")
_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_DIGITS = {**{digit: n for n, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0}

Read = date | PartOfDay | Fault


def day_of(cell: object, first: date) -> Read:
    """The day that a cell means; `first` is day nought of the workbook's numbers."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        return _number(cell, first)
    if isinstance(cell, str):
        return _text(cell, first)
    return Fault("ledger.unread.day")


def both_days(text: str) -> tuple[date, date] | None:
    """From when and until when, where a cell names both."""
    if len(text) > LONGEST or len(found := _WHOLE_DAY.findall(tidy(text))) != 2:
        return None
    start, end = (_text(one, FIRST_1900) for one in found)
    return (start, end) if isinstance(start, date) and isinstance(end, date) else None


def month_in(text: str) -> tuple[int, int | None] | None:
    """The year, and perhaps the month, that a title names: 2026年1月."""
    found = _TITLE.search(text)
    month = int(found[2]) if found and found[2] else None
    return (int(found[1]), month if month in range(1, 13) else None) if found else None


def completed(part: PartOfDay, year: int, month: int | None, before: date | None) -> Read:
    """The whole day, from the year (and month) that the title or the neighbours tell.

    A month much smaller than the one above means that a new year has begun.
    """
    if part.tenth:
        return Fault("ledger.unread.tenth")
    named = part.month or month
    if named is None:
        return Fault("ledger.unread.day")
    if before is not None and part.month is not None and before.month - named >= ROLLS_OVER_MONTHS:
        year += 1
    return _day(year, named, part.day)


def _number(number: float, first: date) -> Read:
    if not abs(number) < 1e9:  # not a number is not smaller either
        return Fault("ledger.unread.day")
    if int(number) in SERIALS:
        return first + timedelta(days=int(number))
    if number == int(number):
        return _text(str(int(number)), first)
    month, _, day = str(round(number, 2)).partition(".")
    # 1.1 stands for 1 January as well as for the tenth: a number loses its last nought
    return _part(int(month), int(day), tenth=len(day) == 1 and int(day) <= 3)


def _text(text: str, first: date) -> Read:
    if len(text) > LONGEST:
        return Fault("ledger.unread.day")
    if not text[:1].isdigit() and not text[:1].isascii():
        text = _IN_WORDS.sub(lambda found: _from_words(found[0]), text)
    if found := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        year = int(found[1])
        return _day(year if year > 99 else 2000 + year, int(found[2]), int(found[3]))
    return _rarer(text, first)


def _rarer(text: str, first: date) -> Read:
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(text):
        return _part(int(found[1]), int(found[2]))
    if found := _DAY.fullmatch(text):
        return PartOfDay(None, int(found[1])) if 1 <= int(found[1]) <= 31 else Fault("ledger.unread.day")
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in SERIALS:
        return first + timedelta(days=int(found[1]))
    if found := _ENGLISH.fullmatch(text.lower()):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        return _day(int(year), _MONTHS.get(month, 0), int(day))
    return Fault("ledger.unread.day")


def _year_last(one: int, other: int, year: int) -> Read:
    """6/1/2026: which is the month can be told only where the other number is none, or both are the same."""
    if one > 12:
        return _day(year, other, one)
    return _day(year, one, other) if other > 12 or one == other else Fault("ledger.unread.day_or_month")


def _part(month: int, day: int, *, tenth: bool = False) -> Read:
    return PartOfDay(month, day, tenth) if 1 <= month <= 12 and 1 <= day <= 31 else Fault("ledger.unread.day")


def _day(year: int, month: int, day: int) -> Read:
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("ledger.unread.no_such_day")


def _from_words(words: str) -> str:
    """二〇二六 digit by digit, 二十六 as a number."""
    if len(words) > 3 or not set(words) & {"十", "廿"}:
        return "".join(str(_DIGITS[word]) for word in words if word in _DIGITS)
    tens, _, ones = words.replace("廿", "二十").partition("十")
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
