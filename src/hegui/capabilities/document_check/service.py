"""The document check (文书体检): a file from outside goes through the guard and the child, a report comes back."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hegui.capabilities.document_check.model import Report
from hegui.foundation.errors import Refusal
from hegui.foundation.untrusted.child import in_child
from hegui.foundation.untrusted.guard import DOCUMENTS, glance
from hegui.foundation.untrusted.limits import MEGABYTE, Limits
from hegui.foundation.untrusted.recognising import FileKind
from hegui.rulebook.document import DocumentKind
from hegui.rulebook.document_words import DocumentWords
from hegui.rulebook.pack import Rulebook

TASK = "hegui.capabilities.document_check.task:examine_file"
SCAN_TASK = "hegui.capabilities.document_check.task:examine_scan"
SECOND_TRY = frozenset({"upload.too_heavy", "upload.damaged"})

RECOGNISING = Limits(
    memory_bytes=4096 * MEGABYTE,  # address space: the library reserves far more than the 600 MB it uses
    cpu_seconds=240,
    wall_seconds=240,
    file_bytes=MEGABYTE,
    output_bytes=16 * MEGABYTE,
    open_files=128,
)
"""An A4 page takes about four seconds; the recogniser stops after so many pages as fit."""


@dataclass(frozen=True)
class DocumentBooks:
    """What the rulebook says about one kind of document."""

    kind: DocumentKind
    words: DocumentWords
    laws: tuple[str, ...]

    @classmethod
    def of(cls, rulebook: Rulebook, kind: str) -> "DocumentBooks":
        """Raises Refusal where the rules in use know no such document."""
        laws = tuple(name for law in rulebook.laws for name in (law.title, *law.short))
        for pack in rulebook.packs:
            for one in pack.documents:
                if one.id == kind and pack.document_words:
                    return cls(one, pack.document_words, laws)
        raise Refusal("document.no_rules")


def can_recognise() -> bool:
    """Whether the extra `[ocr]` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


async def check(path: Path, books: DocumentBooks, *, recognise: bool | None = None) -> Report:
    """Examines one file. Raises Refusal with what the person can do where it cannot be read.

    A reader that dies of a PDF is followed by a slower one in a fresh child. Scans are recognised with the extra
    `[ocr]`, unless `recognise` says no.
    """
    given = {
        "document_kind": books.kind.model_dump(mode="json"),
        "words": books.words.model_dump(mode="json"),
        "laws": books.laws,
    }
    report = _report(await _read(path, given))
    if report.scanned and (can_recognise() if recognise is None else recognise):
        return await _recognised(path, given) or report
    return report


async def _recognised(path: Path, given: dict[str, Any]) -> Report | None:
    """None where the recogniser gave up: that it is a scan is known all the same."""
    try:
        return _report(await in_child(SCAN_TASK, path, given, limits=RECOGNISING, wanted=DOCUMENTS))
    except Refusal:
        return None


async def _read(path: Path, given: dict[str, Any]) -> Any:
    try:
        return await in_child(TASK, path, given, wanted=DOCUMENTS)
    except Refusal as refusal:
        if refusal.key not in SECOND_TRY or glance(path, DOCUMENTS) is not FileKind.pdf:
            raise
    return await in_child(TASK, path, given | {"reader": "pypdf"}, wanted=DOCUMENTS)


def _report(told: Any) -> Report:
    from hegui.capabilities.document_check.task import OUTCOME

    return OUTCOME.validate_python(told)
