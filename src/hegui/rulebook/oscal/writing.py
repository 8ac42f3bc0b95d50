"""The drafted entries as files of packs: one pack, or several where one file would grow too large (pure)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from hegui.rulebook import reading
from hegui.rulebook.law import Law
from hegui.rulebook.oscal.drafting import Draft, Drafted
from hegui.rulebook.oscal.opening import NotOscal
from hegui.rulebook.oscal.report import Mapped, Report
from hegui.rulebook.oscal.wording import LONGEST, one_line, untranslated
from hegui.rulebook.text import Bilingual

ROOM = 200 * 1024  # of a file, below what the loader refuses
HEAD = "# Drafted from an OSCAL catalog; nothing here was checked. import-report.json says what was left out.\n"
NOT_PACKS = frozenset({"calendar", "leniency", "leniency-lists", "schema"})


class _Dumper(yaml.CSafeDumper):
    """Writes the same thing twice rather than an alias, which the loader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def slug_of(title: str) -> str:
    """A pack's id from a title, of letters that every file system takes."""
    found = re.sub(r"[^a-z0-9]+", "-", title.lower()).lstrip("-0123456789")[:24].strip("-")
    return f"oscal-{found}".strip("-") if len(found) < 2 or found in NOT_PACKS else found


def files_of(draft: Draft, slug: str, today: date) -> tuple[Mapping[str, str], Report]:
    """Every file of the draft by its name below the output folder, and the report; raises NotOscal."""
    found: dict[str, str] = {}
    mapping: list[Mapped] = []
    packs = list(_packs(draft.drafted()))
    if not packs:
        raise NotOscal("The catalog has no control that could be taken over.")
    for number, entries in enumerate(packs, 1):
        pack = slug if number == 1 else f"{slug}-{number}"
        found |= {f"{pack}/{name}": text for name, text in _pack(draft, pack, entries, today)}
        mapping += [_mapped(one, pack) for one in entries]
    for name, text in found.items():
        if len(text.encode()) > reading.MAX_BYTES:
            raise NotOscal(f"A control is so long that {name} would be larger than the loader reads.")
    metadata = draft.catalog.metadata
    names = tuple(dict.fromkeys(one.pack for one in mapping))
    left_out = tuple(draft.left_out)
    report = Report(
        title=one_line(metadata.title),
        version=one_line(metadata.version),
        packs=names,
        mapping=tuple(mapping),
        left_out=left_out,
    )
    return found, report


def _packs(drafted: Iterable[Drafted]) -> Iterator[list[Drafted]]:
    """Consecutive entries, as many as fit into the files of one pack."""
    entries: list[Drafted] = []
    duties = questions = 0
    for one in drafted:
        duty = len(_listed([one.duty]).encode())
        asked = len(_listed(one.questions).encode())
        if entries and (duties + duty > ROOM or questions + asked > ROOM):
            yield entries
            entries, duties, questions = [], 0, 0
        entries.append(one)
        duties, questions = duties + duty, questions + asked
    if entries:
        yield entries


def _pack(draft: Draft, pack: str, entries: list[Drafted], today: date) -> Iterator[tuple[str, str]]:
    title = _title(draft)
    yield "pack.yaml", HEAD + _yaml(_head(pack, title, today, draft.law))
    yield "obligations.yaml", HEAD + _yaml({"obligations": [_dumped(one.duty) for one in entries]})
    questions = [_dumped(question) for one in entries for question in one.questions]
    if questions:
        introduction = untranslated("A draft from the assessment objectives of the catalog; nothing here was checked.")
        checklist = {"id": pack, "title": _dumped(title), "introduction": _dumped(introduction), "questions": questions}
        yield "checklist.yaml", HEAD + _yaml({"checklist": checklist})


def _head(pack: str, title: Bilingual, today: date, law: Law | None) -> dict[str, Any]:
    reads = {law.id: max(one.effective for one in law.versions).isoformat()} if law else {}
    summary = untranslated("A draft from an OSCAL catalog: not translated, not checked against any law.")
    return {
        "id": pack,
        "title": _dumped(title),
        "summary": _dumped(summary),
        "version": f"{today.year}.{today.month}.{today.day}",
        "checked_on": today.isoformat(),
        "reads": reads,
    }


def _title(draft: Draft) -> Bilingual:
    return untranslated(one_line(draft.catalog.metadata.title)[:LONGEST] or "OSCAL catalog")


def _mapped(one: Drafted, pack: str) -> Mapped:
    asked = tuple(question.id for question in one.questions)
    return Mapped(
        control=one.control, label=one.label, section=one.section, entry=one.duty.id, pack=pack, questions=asked
    )


def _dumped(model: Any) -> Any:
    return model.model_dump(mode="json", exclude_none=True, exclude_unset=True)


def _listed(models: Iterable[Any]) -> str:
    return _yaml([_dumped(model) for model in models])


def _yaml(content: Any) -> str:
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
