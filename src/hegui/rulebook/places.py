"""Places (行政区划): codes such as CN-33-06-03, what lies in what, and the names people use (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hegui.rulebook.problem import Problem, RulesProblem
from hegui.rulebook.text import Language

FILE = "divisions.tsv"
CODE = re.compile(r"^CN(-\d{2}){0,3}$")
NATION = "CN"
LAST_WORD = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|特别行政区|省|市|区|县|自治州|地区)$")


@dataclass(frozen=True)
class Place:
    """A division. `english` is empty below the provinces: then the Chinese name is shown."""

    code: str
    name: str
    english: str = ""


@dataclass(frozen=True)
class Places:
    """All divisions that are known, in the order of their codes."""

    listed: tuple[Place, ...] = ()

    def knows(self, code: str) -> bool:
        return code == NATION or code in self._by_code

    def name(self, code: str, language: Language) -> str:
        """The full name, from the province down; empty for the nation."""
        chain = [place for part in wider(code) if (place := self._by_code.get(part))]
        if language == "zh":
            return "".join(place.name for place in chain)
        return ", ".join(place.english or place.name for place in reversed(chain))

    def find(self, said: str) -> tuple[Place, ...]:
        """The places that a person may mean by a name or a code: exact names first; none where nothing fits."""
        plain = said.strip()
        if not plain:
            return ()
        if CODE.match(plain.upper()):
            return tuple(filter(None, [self._by_code.get(plain.upper())]))
        whole = tuple(p for p in self.listed if plain in (self.name(p.code, "zh"), p.name))
        return whole or tuple(p for p in self.listed if plain.lower() in (_short(p.name), p.english.lower()))

    @cached_property
    def _by_code(self) -> Mapping[str, Place]:
        return {place.code: place for place in self.listed}


def read(source: bytes) -> Places:
    """Code, name and English name a line, divided by tabs; lines that begin with # are for people."""
    return Places(tuple(_rows(source.decode("utf-8"))))


def wider(code: str) -> tuple[str, ...]:
    """A place and all that it lies in, the nation first: CN, CN-33, CN-33-06."""
    parts = code.split("-")
    return tuple("-".join(parts[:count]) for count in range(1, len(parts) + 1))


def lies_in(code: str, place: str) -> bool:
    """Whether what holds in `place` holds for `code`."""
    return code == place or code.startswith(f"{place}-")


def _short(name: str) -> str:
    return LAST_WORD.sub("", name)


def _rows(text: str) -> Iterator[Place]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) not in (2, 3) or not CODE.match(cells[0]):
            raise RulesProblem([Problem(FILE, number, "needs a code and a name, divided by tabs")])
        yield Place(*cells)
