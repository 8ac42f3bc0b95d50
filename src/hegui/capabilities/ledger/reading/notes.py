"""What was not understood or was left out, gathered while a file is read."""

from dataclasses import dataclass, field

from hegui.capabilities.ledger.model import Unread

MOST = 1500
LONGEST_TEXT = 60


@dataclass(slots=True)
class Notes:
    """Keeps the first fifteen hundred notes and counts the rest, so that a broken column does not fill the answer."""

    kept: list[Unread] = field(default_factory=list)
    more: int = 0
    _said: set[tuple[str, str, str]] = field(default_factory=set)

    def say(self, key: str, sheet: str, row: int | None = None, column: str = "", **given: str) -> None:
        """Adds a note; `key` names a text of the catalogue."""
        if len(self.kept) >= MOST:
            self.more += 1
            return
        short = {name: text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…" for name, text in given.items()}
        self.kept.append(Unread(sheet, row, column, key, short))

    def say_once(self, key: str, sheet: str, column: str = "", **given: str) -> None:
        """For what is the same in many rows of a column: it is said of the sheet."""
        if (key, sheet, column) not in self._said:
            self._said.add((key, sheet, column))
            self.say(key, sheet, None, column, **given)

    def all(self) -> tuple[Unread, ...]:
        if self.more:
            return (*self.kept, Unread("", None, "", "ledger.unread.more", {"count": str(self.more)}))
        return tuple(self.kept)
