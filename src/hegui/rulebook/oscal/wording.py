"""Prose of OSCAL as plain sentences of bounded length, with its parameters filled in (pure)."""

import re
from collections.abc import Callable, Iterable, Mapping

from hegui.rulebook.oscal.model import Parameter
from hegui.rulebook.oscal.report import Reason
from hegui.rulebook.text import UNTRANSLATED, Bilingual

Note = Callable[[Reason, str], None]

LONGEST = 1900  # a sentence may have 2000 characters, the mark of what is not translated included
INSERT = re.compile(r"\{\{\s*(?:insert:\s*param\s*,\s*)?([\w.:-]+)\s*\}\}")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Wording:
    """Knows the parameters of one catalog. Each is resolved once, so that none can grow by naming others."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._parameters: Mapping[str, Parameter] = {one.id: one for one in parameters}
        self._resolved: dict[str, str] = {}
        self._open: set[str] = set()

    def plain(self, prose: str | None, note: Note) -> str:
        """The prose in one line. What could not be filled in or does not fit is noted."""
        filled = INSERT.sub(lambda found: self._insert(found.group(1), note), prose or "")
        text = one_line(LINK.sub(r"\1", filled))
        if len(text) <= LONGEST:
            return text
        note("text cut to length", f"{len(text)} characters")
        return f"{text[: LONGEST - 1].rstrip()}…"

    def _insert(self, name: str, note: Note) -> str:
        parameter = self._parameters.get(name)
        if parameter is None:
            note("parameter that is not defined", name)
            return f"[{name}]"
        if not parameter.values:
            note("parameter without a value", name)
        return self._text(parameter)

    def _text(self, parameter: Parameter) -> str:
        if parameter.id in self._open:
            return f"[{parameter.id}]"
        if parameter.id not in self._resolved:
            self._open.add(parameter.id)
            said = INSERT.sub(self._nested, _said(parameter))
            self._open.discard(parameter.id)
            self._resolved[parameter.id] = said[:LONGEST]
        return self._resolved[parameter.id]

    def _nested(self, found: "re.Match[str]") -> str:
        inner = self._parameters.get(found.group(1))
        return self._text(inner) if inner else f"[{found.group(1)}]"


def untranslated(text: str) -> Bilingual:
    """English that waits for its Chinese, marked so that the lint lists it."""
    return Bilingual(zh=f"{UNTRANSLATED} {text}", en=text)


def _said(parameter: Parameter) -> str:
    """The values; else what there is to choose from; else what kind of value is wanted."""
    if parameter.values:
        return ", ".join(parameter.values)
    if parameter.select and parameter.select.choice:
        many = " (one or more)" if parameter.select.how_many == "one-or-more" else ""
        return f"[Selection{many}: {'; '.join(parameter.select.choice)}]"
    return f"[Assignment: {parameter.label or parameter.id}]"


def one_line(text: str) -> str:
    """Without line breaks and without characters that nobody sees."""
    return " ".join(UNSEEN.sub(" ", text).split())
