"""The document check on documents that a reader has labelled (tests/documents)."""

from pathlib import Path

import pytest
import yaml
from tests.documents import labelled
from tests.unit.document_check.judging import against, books, judge, judged, state

from hegui.capabilities.document_check.model import Report
from hegui.capabilities.document_check.reading.whole import read_document
from hegui.foundation.untrusted.recognising import FileKind

DOCUMENTS = labelled.every()
GOAL = 0.92
IN_ONE_DOCUMENT = 0.9
SENTENCES = yaml.safe_load((labelled.FOLDER / "sentences.yaml").read_text(encoding="utf-8"))
PRINTED = ("m1-full-plain", "m5-tables-boxes-tracked", "e4-table-tracked")


def _report(document: labelled.Labelled, file: Path, kind: FileKind) -> Report:
    letter = document.name[0].upper()
    return judged(read_document(file, kind, books(letter).words.contents), letter)


def _right(document: labelled.Labelled, report: Report) -> float:
    right = [(one.state == "found") == (one.element in document.found) for one in report.judged]
    return sum(right) / len(right)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    folder = tmp_path_factory.mktemp("documents")
    return {
        one.name: _report(one, labelled.as_docx(one, folder / f"{one.name}.docx"), FileKind.docx) for one in DOCUMENTS
    }


def test_there_are_enough_documents_of_both_kinds() -> None:
    assert len(DOCUMENTS) >= 14
    assert {document.kind for document in DOCUMENTS} == {"security-management-system", "emergency-plan"}


def test_nearly_every_element_is_judged_as_a_reader_judged_it(reports: dict[str, Report]) -> None:
    shares = [_right(document, reports[document.name]) for document in DOCUMENTS]
    assert sum(shares) / len(shares) >= GOAL


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_each_document_is_judged_well(document: labelled.Labelled, reports: dict[str, Report]) -> None:
    assert _right(document, reports[document.name]) >= IN_ONE_DOCUMENT


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_what_goes_against_the_law_is_said_and_nothing_else(
    document: labelled.Labelled, reports: dict[str, Report]
) -> None:
    assert against(reports[document.name]) == document.contradictions


@pytest.mark.parametrize("name", PRINTED)
def test_a_page_says_the_same_as_the_text_it_was_printed_from(name: str, tmp_path: Path) -> None:
    document = next(one for one in DOCUMENTS if one.name == name)
    report = _report(document, labelled.as_pdf(document, tmp_path / "printed.pdf"), FileKind.pdf)
    assert _right(document, report) >= IN_ONE_DOCUMENT
    assert against(report) == document.contradictions
    assert all(one.shown.place.page for one in report.judged if one.shown)


@pytest.mark.parametrize("element", SENTENCES)
def test_a_statement_shows_its_element(element: str) -> None:
    wrong = [said for said in SENTENCES[element]["says"] if state(judge(said, letter=element[0]), element) != "found"]
    assert wrong == []


@pytest.mark.parametrize("element", SENTENCES)
def test_what_only_sounds_like_an_element_does_not_show_it(element: str) -> None:
    told = SENTENCES[element]["says_not"]
    assert [said for said in told if state(judge(said, letter=element[0]), element) != "missing"] == []
