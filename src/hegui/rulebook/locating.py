"""Where in the files of `rules/` an entry stands, by its id: so that people find what a message is about (pure)."""

import re
from collections.abc import Mapping
from dataclasses import replace

from hegui.rulebook.problem import Problem

Sources = Mapping[str, bytes]

STATED = rb"""^[ \t]*(?:-[ \t]+)?\{?[ \t]*%s:[ \t]*["']?%s["']?[ \t]*(?:[,}#\r]|$)"""
ASKED_AS = "asked_as.yaml"  # names entries that stand elsewhere


def places(sources: Sources, entry: str, under: str = "") -> list[tuple[str, int]]:
    """File and line of every entry with this id, in the files whose names begin with `under`."""
    key = b"entry" if under.endswith(ASKED_AS) else b"id"
    stated = re.compile(STATED % (key, re.escape(entry.encode())), re.MULTILINE)
    found = []
    for name in sorted(name for name in sources if name.startswith(under) and not name.endswith(".tsv")):
        source = sources[name]
        found += [(name, source.count(b"\n", 0, match.start()) + 1) for match in stated.finditer(source)]
    return found


def located(problem: Problem, sources: Sources) -> Problem:
    """The problem with the file and line of its entry; where an id stands several times all places are told."""
    if problem.line is not None or problem.entry is None:
        return problem
    found = places(sources, problem.entry, _under(problem.file, sources))
    if not found:
        return problem
    (file, line), others = found[0], found[1:]
    also = f" (also {', '.join(f'{name}:{number}' for name, number in others)})" if others else ""
    return replace(problem, file=file, line=line, message=problem.message + also)


def of_fault(where: str, sources: Sources) -> tuple[str, int] | None:
    """File and line of what a lint fault calls `demo N01`, `law tea-law` or `leniency A1`; None where not known."""
    first, *rest = where.split()
    under = "laws.yaml" if first == "law" else f"{first}/"
    for word in reversed(rest):
        if found := places(sources, word, under):
            return found[0]
    return (f"{under}pack.yaml", 1) if f"{under}pack.yaml" in sources else None


def _under(file: str, sources: Sources) -> str:
    """The file itself, the folder of a pack, or everything."""
    if file in sources:
        return file
    return f"{file}/" if any(name.startswith(f"{file}/") for name in sources) else ""
