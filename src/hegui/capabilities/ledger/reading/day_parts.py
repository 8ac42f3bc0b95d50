"""A day in columns of its own for month and day, as account books have it; what is blank is as above."""

from collections.abc import Mapping
from datetime import date

from hegui.capabilities.ledger.reading.cells import Reader
from hegui.capabilities.ledger.reading.context import Context
from hegui.capabilities.ledger.reading.found import AsAbove, Fault

LONGEST_NUMBER = 4
CENTURY = 2000


class DayInParts:
    """Puts the day together, row after row. `columns` names the places of "month" and "day", and perhaps of "year"."""

    def __init__(self, columns: Mapping[str, int], read: Reader) -> None:
        self._columns = columns
        self._read = read
        self._above: dict[str, int] = {}

    def read(self, cells: list[object], context: Context) -> date | Fault | None:
        """The day of a row; None where all its parts are blank."""
        told = {part: self._read(cells[index]) for part, index in self._columns.items() if cells[index] != ""}
        if not told:
            return None
        for part, found in told.items():
            if isinstance(found, str) and len(found) <= LONGEST_NUMBER and found.isascii() and found.isdigit():
                self._above[part] = int(found)
            elif found is not None and not isinstance(found, AsAbove):
                return Fault("ledger.unread.day")
        return self._day(context)

    def _day(self, context: Context) -> date | Fault:
        year = self._above.get("year") or context.year
        if year is None:
            return Fault("ledger.unread.no_year")
        try:
            return date(year if year > 99 else CENTURY + year, self._above["month"], self._above["day"])
        except KeyError:
            return Fault("ledger.unread.day")
        except ValueError:
            return Fault("ledger.unread.no_such_day")
