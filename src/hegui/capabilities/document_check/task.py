"""What the child process does with a document: read it, judge it, hand back JSON. It touches nothing else."""

import gc
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from hegui.capabilities.document_check.judging.deciding import examine
from hegui.capabilities.document_check.model import Document, Report
from hegui.capabilities.document_check.reading.whole import read_document
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.document import DocumentKind
from hegui.rulebook.document_words import DocumentWords

OUTCOME = TypeAdapter(Report)


class Order(BaseModel):
    """What the child is told. The guard adds `kind`, which it knows from the content. `laws` are names of laws."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_kind: DocumentKind
    words: DocumentWords
    laws: tuple[str, ...] = ()
    reader: str = "pdfium"
    kind: FileKind | None = None


def examine_file(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Reads and judges one file. Raises Refusal where it cannot be read."""
    order = _order(given)
    return _told(order, read_document(path, order.kind or FileKind.unknown, order.words.contents, order.reader))


def examine_scan(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """As `examine_file`, with the text of scanned pages recognised from their pictures."""
    from hegui.capabilities.document_check.reading.recognition import read_scan

    order = _order(given)
    return _told(order, read_scan(path, order.kind or FileKind.unknown, order.words.contents))


def _order(given: dict[str, Any]) -> Order:
    gc.disable()  # a short life full of small objects that all stay
    return Order.model_validate(given)


def _told(order: Order, document: Document) -> dict[str, Any]:
    report = examine(document, order.document_kind, order.words, order.laws)
    told: dict[str, Any] = OUTCOME.dump_python(report, mode="json")
    return told
