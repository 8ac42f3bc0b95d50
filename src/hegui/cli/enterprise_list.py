"""Takes in a list of enterprises: read in a child process, handed over in parts, refused rows written beside it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.ordering import order_in_parts
from hegui.foundation.language.catalogue import LANGUAGES, Catalogue, Texts
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.guard import TABLES
from hegui.foundation.untrusted.limits import MEGABYTE, READING
from hegui.registry.enterprise_rows import Row, repeated
from hegui.registry.list_reading import TASK

if TYPE_CHECKING:
    from hegui.bootstrap.handing_over import Hand

LIST = replace(READING, cpu_seconds=60, wall_seconds=90, output_bytes=128 * MEGABYTE)  # the operator's own, and long
FIELDS = tuple(field for field in Row.model_fields if field != "row")
Read = dict[str, Any]


async def read_list(file: Path, catalogue: Catalogue) -> Read:
    """The list as it is written. Raises Refusal for a file that cannot be read or has no headers."""
    read: Read = await in_child(TASK, file, {"headers": headers(catalogue)}, limits=LIST, wanted=TABLES)
    return read


async def take_in(hand: "Hand", file: Path, read: Read, say: Texts, *, dry_run: bool) -> dict[str, Any]:
    """What became of every row of a list that was read from a file."""
    rows = [_row(row) for row in read["rows"]]
    again = repeated(rows)
    first = [row.model_dump(exclude_defaults=True) for row in rows if row.row not in again]
    done: dict[str, Any] = {"added": 0, "updated": 0, "unchanged": 0, "refused": [], "enterprises": []}
    done["refused"] += [{"row": row, "why": say("registry.repeated_row", first=one)} for row, one in again.items()]
    asked = {"dry_run": dry_run, "language": say.language}
    async for part in order_in_parts(hand, "enterprise.import", "rows", first, **asked):
        for key, value in part.items():
            done[key] += value
    done["refused"].sort(key=lambda one: one["row"])
    if done["refused"] and not dry_run:
        done["error_sheet"] = str(write_error_sheet(file, read, done["refused"], say("registry.reason")))
    return done


def headers(catalogue: Catalogue) -> Mapping[str, Sequence[str]]:
    """What each column may be called, in every language."""
    return {
        field: [word for language in LANGUAGES for word in catalogue.words(language, f"registry.headers.{field}")]
        for field in FIELDS
    }


def _row(told: Read) -> Row:
    """Longer cells than any that can be right are cut: they are refused all the same."""
    return Row(row=told["row"], **{field: text[:4000] for field, text in told["fields"].items()})


# ---- the rows that were refused ----------------------------------------------------------------------------------


def write_error_sheet(file: Path, read: Read, refused: Sequence[Mapping[str, Any]], reason: str) -> Path:
    """The refused rows as they were, with a column that says why, in a new file of the same kind beside the list."""
    why = {one["row"]: one["why"] for one in refused}
    table = [[*read["header"], reason]]
    table += [
        [*_padded(row["cells"], len(read["header"])), why[row["row"]]] for row in read["rows"] if row["row"] in why
    ]
    kind = ".csv" if file.suffix.lower() == ".csv" else ".xlsx"
    beside = _new_file(file, kind)
    (_write_csv if kind == ".csv" else _write_workbook)(beside, table)
    return beside


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _new_file(file: Path, kind: str) -> Path:
    """A name that is free: an error sheet may be half corrected already."""
    number = 1
    while True:
        name = f"{file.stem}.errors{'' if number == 1 else f'-{number}'}{kind}"
        if not (found := file.with_name(name)).exists():
            return found
        number += 1


def _write_csv(file: Path, table: Sequence[Sequence[str]]) -> None:
    from hegui.capabilities.ledger.output.cells import safe_text

    with file.open("x", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([safe_text(cell) for cell in row] for row in table)


def _write_workbook(file: Path, table: Sequence[Sequence[str]]) -> None:
    import xlsxwriter

    from hegui.capabilities.ledger.output.cells import safe_text

    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(table[0]) - 1, 22, text)
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, safe_text(cell), text)
