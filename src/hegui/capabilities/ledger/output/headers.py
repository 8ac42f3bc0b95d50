"""Finds the column of a finding by the header that it names (栏目定位)."""

from collections.abc import Sequence

MOST_LINES = 2  # a header may have a line of groups above it


class Headers:
    """The headers in effect while the rows of a sheet go by."""

    def __init__(self, rows: Sequence[int]) -> None:
        self._rows = frozenset(rows)
        self._before: list[str] = []
        self._lines: list[list[str]] = []

    def pass_by(self, row: int, cells: Sequence[object]) -> None:
        """Takes note of a row of the file, counted from 1."""
        if row in self._rows:
            own = _plain(cells)
            self._lines = [own, self._before, _joined(self._before, own)]
        if not self._lines or row in self._rows:
            self._before = _plain(cells)

    def place(self, column: str) -> int | None:
        """Where the column is, from 0; None where no header says so."""
        wanted = _bare(column)
        if not wanted:
            return None
        for line in self._lines:
            if wanted in line:
                return line.index(wanted)
        near = [
            (len(text), place) for line in self._lines[:1] for place, text in enumerate(line) if text and text in wanted
        ]
        return max(near)[1] if near else None


def _joined(groups: Sequence[str], names: Sequence[str]) -> list[str]:
    """Names with the group above them, which stands over its first column only: 入库 over 数量 is 入库数量."""
    group, found = "", []
    for place, name in enumerate(names):
        group = (groups[place] if place < len(groups) else "") or group
        found.append(f"{group}{name}" if name else "")
    return found


def _plain(cells: Sequence[object]) -> list[str]:
    return [_bare(cell) if isinstance(cell, str) else "" for cell in cells]


def _bare(text: str) -> str:
    return "".join(text.split())
