"""Which packs are signed as they are now, and what the file of signatures says after another one (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import yaml

from hegui.rulebook.pack import Pack, Rulebook
from hegui.rulebook.problem import Problem, RulesProblem
from hegui.rulebook.signature import Signature

FILE = "signatures.yaml"
HEAD = "# Who read which pack, and the hash of what was read. Written by `hegui rules sign`.\n"
NONE_LEFT = (
    "none of the packs is signed as it stands (rules.require_signed); `hegui rules sign PACK --by NAME` signs one"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A pack with its signature. stale: the pack changed since; gone: there is no such pack any more."""

    pack: str
    state: Literal["signed", "stale", "unsigned", "gone"]
    by: str | None = None
    on: date | None = None


def standings(rulebook: Rulebook) -> Iterator[Standing]:
    """Every pack with each of its signatures, then signatures of packs that are gone."""
    for pack in rulebook.packs:
        signatures = [one for one in rulebook.signatures if one.pack == pack.id]
        if not signatures:
            yield Standing(pack.id, "unsigned")
        for one in signatures:
            yield Standing(pack.id, "signed" if one.digest == pack.digest else "stale", one.by, one.on)
    for one in rulebook.signatures:
        if rulebook.pack(one.pack) is None:
            yield Standing(one.pack, "gone", one.by, one.on)


def signed(rulebook: Rulebook, pack: Pack, by: str, on: date) -> tuple[Signature, ...]:
    """All signatures with a new one, which takes the place of what the same person signed of the same pack before."""
    fresh = Signature(pack=pack.id, digest=pack.digest, by=by, on=on)
    kept = [one for one in rulebook.signatures if (one.pack, one.by) != (fresh.pack, fresh.by)]
    return tuple(sorted([*kept, fresh], key=lambda one: (one.pack, one.on, one.by)))


def as_file(signatures: tuple[Signature, ...]) -> str:
    """What stands in `signatures.yaml`."""
    content = {"signatures": [one.model_dump(mode="json") for one in signatures]}
    return HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def only_signed(rulebook: Rulebook) -> Rulebook:
    """The rulebook without packs that nobody signed as they are; raises RulesProblem where none is left."""
    packs = tuple(pack for pack in rulebook.packs if rulebook.is_signed(pack.id))
    if not packs:
        raise RulesProblem([Problem(FILE, None, NONE_LEFT)])
    return Rulebook(**{**dict(rulebook), "packs": packs})
