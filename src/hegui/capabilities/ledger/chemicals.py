"""Which chemical a ledger means (品名查对): by name, other name and CAS number, however it is written (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from hegui.rulebook.catalogue import Chemical, ChemicalCatalogue
from hegui.rulebook.ledger_rules import Density, LedgerRules

BRACKETS = re.compile(r"[\[【{(][^\[\]【】{}()]*[\]】})]")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[^\w\s%.]\s*(\d+(?:\.\d+)?))?\s*%")
CAS = re.compile(r"\d{2,7}-\d{2}-\d")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
How = Literal["name", "cas", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name and a CAS number were taken for.

    `grade` is the class of the precursor, None for what is not one. `explosive` says that the item is an explosive
    precursor at the concentration written (False where a limit applies and none is written). `key` is one for all
    ways of writing a chemical. `others` are the items between which a name could not choose; `contrary` is the item
    that the CAS number means where the name means another.
    """

    key: str
    how: How
    item: Chemical | None = None
    grade: int | None = None
    explosive: bool = False
    others: tuple[Chemical, ...] = ()
    contrary: Chemical | None = None


class Chemicals:
    """The lists that a ledger's names are looked up in: the precursors, and the explosive precursors."""

    def __init__(self, precursors: ChemicalCatalogue, explosives: ChemicalCatalogue | None, rules: LedgerRules) -> None:
        self._explosives = explosives.chemicals if explosives else ()
        self._names: dict[str, list[Chemical]] = {}
        self._by_cas: dict[str, Chemical] = {}
        self._rules = rules
        for chemical in (*precursors.chemicals, *self._explosives):
            self._take(chemical)
        self._explosive_cas = {cas: one for one in self._explosives for cas in one.cas}
        self._explosive_names = {name: one for one in self._explosives for name in _names(one)}
        self._qualifiers = sorted(rules.listed("qualifier"), key=len, reverse=True)
        self._sizes = _sizes(rules)
        self._before, self._after = rules.listed("salt_before"), rules.listed("salt_after")
        self._met: dict[tuple[str, str, str], Match] = {}

    def _take(self, chemical: Chemical) -> None:
        for name in _names(chemical):
            known = self._names.setdefault(name, [])
            if not any(_same(one, chemical) for one in known):
                known.append(chemical)
        for cas in chemical.cas:
            self._by_cas.setdefault(cas, chemical)

    def match(self, name: str, cas: str = "", concentration: str = "") -> Match:
        """The chemical of a row; the same object for the same words."""
        key = (name, cas, concentration)
        if key not in self._met:
            self._met[key] = self._find(name, cas, concentration)
        return self._met[key]

    def same(self, one: str, other: str) -> bool | None:
        """Whether two names mean one chemical; None where that cannot be told."""
        if plain(one) == plain(other):
            return True
        first, second = self.match(one), self.match(other)
        if first.item and second.item:
            return first.key == second.key
        return None if first.item is None or plain(one) in plain(other) or plain(other) in plain(one) else False

    def density(self, match: Match, concentration: str, name: str) -> Density | None:
        """Density data of a chemical at its concentration (the usual one where none is written)."""
        of_it = [one for one in self._rules.densities if match.item and one.cas in match.item.cas]
        percent = percent_of(concentration) or percent_of(name, bare=False)
        if percent is None:
            return next((one for one in of_it if one.usual), None)
        return next((one for one in of_it if one.above <= percent <= one.up_to), None)

    def _find(self, name: str, cas: str, concentration: str) -> Match:
        found = self._by_name(name)
        number = CAS.search(unicodedata.normalize("NFKC", cas))
        meant = self._by_cas.get(number.group()) if number else None
        percent = percent_of(concentration) or percent_of(name, bare=False)
        if len(found) == 1:
            item = found[0]
            contrary = meant if meant and item.cas and not _same(meant, item) else None
            return self._matched(item, "name", percent, contrary)
        if meant:
            return self._matched(meant, "cas", percent, None)
        return Match(key=f"?{plain(name)}", how="none", others=tuple(found))

    def _matched(self, item: Chemical, how: How, percent: Decimal | None, contrary: Chemical | None) -> Match:
        explosive = self._as_explosive(item)
        listed = explosive is not None and (
            explosive.above_percent is None or (percent is not None and percent > explosive.above_percent)
        )
        key = item.cas[0] if item.cas else item.name.zh
        return Match(key, how, item, item.grade, listed, contrary=contrary)

    def _as_explosive(self, item: Chemical) -> Chemical | None:
        by_cas = (self._explosive_cas.get(cas) for cas in item.cas)
        return next((one for one in by_cas if one), None) or self._explosive_names.get(plain(item.name.zh))

    def _by_name(self, name: str) -> list[Chemical]:
        for spelling in self._spellings(name):
            if spelling in self._names:
                return self._names[spelling]
            if salt := self._base_of_salt(spelling):
                return [salt]
        return []

    def _spellings(self, name: str) -> Iterator[str]:
        """From the name as written to its bare core: without brackets, contents, sizes and qualities."""
        whole = unicodedata.normalize("NFKC", name).lower().strip()
        yield plain(whole)
        bare = self._sizes.sub("", PERCENT.sub("", BRACKETS.sub("", whole)))
        yield plain(bare)
        yield from self._without_qualifiers(plain(bare))
        inside = [plain(one[1:-1]) for one in BRACKETS.findall(whole)]
        yield from (one for one in inside if one in self._names)

    def _without_qualifiers(self, core: str) -> Iterator[str]:
        changed = True
        while changed and core:
            changed = False
            for word in map(plain, self._qualifiers):
                if core != word and (core.startswith(word) or core.endswith(word)):
                    core = core.removeprefix(word).removesuffix(word)
                    changed = True
                    yield core
                    break

    def _base_of_salt(self, spelling: str) -> Chemical | None:
        """The item of class 1 or 2 whose salt this is: their salts are controlled as well."""
        cores = [spelling.removeprefix(word) for word in self._before if spelling.startswith(word)]
        cores += [spelling.removesuffix(plain(word)) for word in self._after if spelling.endswith(plain(word))]
        for core in cores:
            for chemical in self._names.get(core, ()):
                if chemical.salts:
                    return chemical
        return None


def _sizes(rules: LedgerRules) -> re.Pattern[str]:
    """Contents of a package in a name: `500ml/bottle`, `25 kg`."""
    words = sorted((plain(word) for unit in rules.units for word in unit.words), key=len, reverse=True)
    every = "|".join(map(re.escape, words))
    return re.compile(rf"\d+(?:\.\d+)?\s*(?:{every})(?:\s*[/*x×]\s*(?:{every}|\d+))?(?![a-z])")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name in one spelling: half-width, lower case, without blanks, hyphens of all kinds as one."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"[\s·・'\u2019,，、.。;；:：]+", "", re.sub(r"[\u2010-\u2015\u2212—]", "-", folded))


def percent_of(text: str, *, bare: bool = True) -> Decimal | None:
    """The content in percent: the lower end of a range; with `bare`, a number alone counts, and a fraction of one."""
    folded = unicodedata.normalize("NFKC", text)
    if found := PERCENT.search(folded):
        return Decimal(found.group(1))
    if not bare or not (number := NUMBER.fullmatch(folded.strip())):
        return None
    value = Decimal(number.group())
    return value * 100 if value <= 1 else value


def _names(chemical: Chemical) -> Iterable[str]:
    every = (chemical.name.zh, chemical.name.en, *chemical.aliases.zh, *chemical.aliases.en)
    parts = (part for name in every for part in name.split("、"))
    return dict.fromkeys(plain(name) for name in (*every, *parts) if plain(name))


def _same(one: Chemical, other: Chemical) -> bool:
    return one is other or bool(set(one.cas) & set(other.cas)) or one.name.zh == other.name.zh
