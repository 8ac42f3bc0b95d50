"""Reads the folder `rules/` into one Rulebook, or raises all problems of all files together."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hegui.rulebook import article_shapes, files, known_titles, places, reading
from hegui.rulebook.law import Law
from hegui.rulebook.leniency import LeniencyTable
from hegui.rulebook.leniency_list import LeniencyList
from hegui.rulebook.locating import located
from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.problem import Problem, RulesProblem
from hegui.rulebook.references import broken_references
from hegui.rulebook.working_days import CalendarYear

CALENDAR, LENIENCY, LISTS, HEAD = "calendar", "leniency", "leniency-lists", "pack.yaml"
TABLES = (known_titles.FILE, places.FILE, article_shapes.FILE)
SHARED = (
    "laws.yaml",
    "glossary.yaml",
    "decoys.yaml",
    "ledger_headers.yaml",
    "reminders.yaml",
    "answering.yaml",
    "facts.yaml",
    "signatures.yaml",
    *TABLES,
)

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


def default_folder() -> Path:
    """The rules that came with the program: inside the package, or beside `src` when it runs from its sources."""
    package = Path(__file__).parents[1]
    shipped = package / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def load(folder: Path) -> Rulebook:
    """Everything in the folder, read and cross-checked; raises RulesProblem."""
    collecting = gc.isenabled()
    gc.disable()  # thousands of small objects that all stay: looking for garbage would only cost time
    try:
        return _Folder(folder).rulebook()
    finally:
        if collecting:
            gc.enable()


def source_files(folder: Path) -> dict[str, bytes]:
    """The bytes of the files of a folder by their names, as `load` reads them; raises RulesProblem."""
    reading_of = _Folder(folder)
    found = dict(reading_of.read_files())
    reading_of.stop_at_problems()
    return found


@dataclass
class _Folder:
    """One reading of a folder: the bytes of its files, and the problems met so far."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def rulebook(self) -> Rulebook:
        sources = dict(self.read_files())
        laws = self._validated(files.Laws, sources, "laws.yaml")
        newest = _newest(laws.laws if laws else ())
        glossary = self._validated(files.Glossary, sources, "glossary.yaml")
        decoys = self._validated(files.Decoys, sources, "decoys.yaml")
        headers = self._validated(files.Headers, sources, "ledger_headers.yaml")
        reminders = self._validated(files.Reminders, sources, "reminders.yaml")
        answering = self._validated(files.Answering, sources, "answering.yaml")
        facts = self._validated(files.Facts, sources, "facts.yaml")
        signatures = self._validated(files.Signatures, sources, "signatures.yaml")
        titles = self._noting(lambda: known_titles.read(sources.get(known_titles.FILE, b"")))
        shapes = self._noting(lambda: article_shapes.read(sources.get(article_shapes.FILE, b"")))
        divisions = self._noting(lambda: places.read(sources.get(places.FILE, b"")))
        years = [self._validated(CalendarYear, sources, name) for name in _inside(sources, CALENDAR)]
        tables = [self._validated(LeniencyTable, sources, name, newest) for name in _inside(sources, LENIENCY)]
        lists = [self._validated(LeniencyList, sources, name, newest) for name in _inside(sources, LISTS)]
        packs = [self._pack(sources, name) for name in self._pack_names(sources)]
        if not packs and not self.problems:
            self.problems.append(Problem(str(self.folder), None, "there is no pack in this folder"))
        self.stop_at_problems()
        rulebook = Rulebook(
            laws=laws.laws if laws else (),
            packs=tuple(sorted(_all(packs), key=lambda pack: (pack.position, pack.id))),
            leniency=_all(tables),
            leniency_lists=_all(lists),
            calendar=_all(years),
            glossary=glossary.terms if glossary else (),
            decoys=decoys.decoys if decoys else (),
            ledger_headers=headers.ledger_headers if headers else None,
            reminder_ladders=reminders.ladders if reminders else (),
            answering=answering.answering if answering else None,
            facts=facts.facts if facts else (),
            signatures=signatures.signatures if signatures else (),
            known_titles=titles or {},
            places=divisions or places.Places(),
            article_shapes=shapes or {},
            digest=_digest(sources),
        )
        self.problems.extend(dict.fromkeys(located(problem, sources) for problem in broken_references(rulebook)))
        self.stop_at_problems()
        return rulebook

    def read_files(self) -> Iterator[tuple[str, bytes]]:
        if not self.folder.is_dir():
            raise RulesProblem([Problem(str(self.folder), None, "no such folder")])
        for file in sorted([*self.folder.rglob("*.y*ml"), *self.folder.glob("*.tsv")]):
            name = file.relative_to(self.folder).as_posix()
            if (source := self._noting(partial(reading.source, file, name))) is not None:
                yield name, source

    def _pack_names(self, sources: Mapping[str, bytes]) -> list[str]:
        """Every folder but the shared ones is a pack; what lies anywhere else is told."""
        names = sorted({name.split("/")[0] for name in sources if name.count("/") == 1} - {CALENDAR, LENIENCY, LISTS})
        for name in sources:
            if name.count("/") > 1 or ("/" not in name and name not in SHARED):
                self.problems.append(Problem(name, None, "no such file is known"))
        for name in names:
            if f"{name}/{HEAD}" not in sources:
                self.problems.append(Problem(name, None, f"a pack needs a {HEAD}"))
        return [name for name in names if f"{name}/{HEAD}" in sources]

    def _pack(self, sources: Mapping[str, bytes], folder: str) -> Pack | None:
        head = self._validated(files.PackHead, sources, f"{folder}/{HEAD}")
        if head is None:
            return None
        reads = {law: version.isoformat() for law, version in head.reads.items()}
        inside = {name: sources[name] for name in _inside(sources, folder)}
        parts: dict[str, Any] = {}
        for name in inside:
            if name != f"{folder}/{HEAD}" and (part := self._part(sources, name, reads)):
                parts |= {key: getattr(part, key) for key in part.model_fields_set}
        try:
            return Pack(**dict(head), **parts, digest=_digest(inside))
        except ValidationError as error:
            said = (f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
            self.problems.extend(Problem(f"{folder}/{HEAD}", None, message) for message in said)
            return None

    def _part(self, sources: Mapping[str, bytes], name: str, reads: Mapping[str, str]) -> files.PackParts | None:
        stem = Path(name).stem
        content = self._noting(lambda: reading.parse(sources[name], name))
        if content is None:
            return None
        if not isinstance(content, dict) or set(content) != {stem}:
            self.problems.append(Problem(name, 1, f"must hold one key, {stem!r}"))
            return None
        return self._validated(files.PackParts, sources, name, reads, content)

    def _validated(
        self,
        model: type[M],
        sources: Mapping[str, bytes],
        name: str,
        reads: Mapping[str, str] | None = None,
        content: Any = None,
    ) -> M | None:
        if name not in sources:
            return None
        source = sources[name]

        def build() -> M:
            told = reading.parse(source, name) if content is None else content
            if reads is not None:
                _fill_versions(told, reads)
            return reading.validate(model, told, source, name)

        return self._noting(build)

    def _noting(self, work: Callable[[], T]) -> T | None:
        """The result; or None, with its problems kept for the end."""
        try:
            return work()
        except RulesProblem as found:
            self.problems.extend(found.problems)
            return None

    def stop_at_problems(self) -> None:
        if self.problems:
            raise RulesProblem(self.problems)


def _inside(sources: Mapping[str, bytes], folder: str) -> list[str]:
    return [name for name in sources if name.startswith(f"{folder}/") and name.count("/") == 1]


def _all(found: list[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)


def _newest(laws: tuple[Law, ...]) -> dict[str, str]:
    """What tables outside a pack read: the newest version of each law."""
    return {law.id: max(version.effective for version in law.versions).isoformat() for law in laws}


def _fill_versions(content: Any, reads: Mapping[str, str]) -> None:
    """Gives each citation that names no version the one that the pack reads."""
    if isinstance(content, dict):
        if "law" in content and "article" in content and isinstance(content["law"], str):
            content.setdefault("version", reads.get(content["law"]))
        for value in content.values():
            _fill_versions(value, reads)
    elif isinstance(content, list):
        for value in content:
            _fill_versions(value, reads)


def _digest(sources: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(sources):
        digest.update(f"{name}\0{len(sources[name])}\0".encode())
        digest.update(sources[name])
    return digest.hexdigest()
