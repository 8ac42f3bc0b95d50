"""Has an annotated copy written (批注副本) by a process that can do no harm, whole or not at all."""

from dataclasses import replace
from pathlib import Path

from hegui.capabilities.ledger.output.model import Examined
from hegui.capabilities.ledger.output.plan import plan
from hegui.foundation.language.catalogue import Texts
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.limits import MEGABYTE, WRITING
from hegui.foundation.untrusted.recognising import FileKind

TASK = "hegui.capabilities.ledger.output.annotated:annotate"
LEDGERS = frozenset({FileKind.xlsx, FileKind.xls, FileKind.csv})

# A sheet is written unpacked before it is packed: 100,000 rows of 23 columns have 115 MB and take 20 s.
COPYING = replace(WRITING, file_bytes=400 * MEGABYTE, cpu_seconds=60, wall_seconds=90)


async def write_copy(path: Path, examined: Examined, out: Path, texts: Texts, encoding: str | None = None) -> None:
    """Writes the annotated copy of the ledger at `path` to `out`, readable by its owner alone.

    Raises Refusal where the file cannot be opened again or is too heavy; nothing is at `out` then. The caller keeps
    the seat (`seats.py`), as for reading.
    """
    unfinished = out.with_name(f"{out.name}.part")
    try:
        await in_child(TASK, path, plan(examined, unfinished, texts, encoding), limits=COPYING, wanted=LEDGERS)
        unfinished.rename(out)
    finally:
        unfinished.unlink(missing_ok=True)
