"""What the parts of a control are: its statement, the objectives by which it is assessed, and what is looked at."""

from collections.abc import Iterator

from hegui.rulebook.oscal.model import Control, Part, labelled
from hegui.rulebook.oscal.wording import Note, Wording

STATEMENT = frozenset({"statement"})
ITEMS = frozenset({"item"})
OBJECTIVE = frozenset({"assessment-objective", "objective"})
METHOD = frozenset({"assessment-method", "assessment"})
OBJECTS = frozenset({"assessment-objects", "objects"})
GUIDANCE = frozenset({"guidance", "supplemental-guidance", "overview", "discussion", "purpose", "example"})
KNOWN = STATEMENT | ITEMS | OBJECTIVE | METHOD | OBJECTS | GUIDANCE


def statement(control: Control, wording: Wording, note: Note) -> str:
    """The statement with its items, each after its label."""
    said = [_with_items(part, wording, note) for part in control.parts if part.name in STATEMENT]
    return " ".join(filter(None, said))


def objectives(control: Control, wording: Wording, note: Note) -> Iterator[str]:
    """One sentence for each objective that has none below it, after what stands above it."""
    for part in control.parts:
        if part.name in OBJECTIVE:
            yield from _leaves(part, "", wording, note)


def evidence(control: Control, wording: Wording, note: Note) -> str:
    """What is examined, whom one asks, what is tested."""
    said = []
    for part in control.parts:
        if part.name in METHOD:
            method = (labelled(part.props, "method") or part.title or "").capitalize()
            objects = "; ".join(filter(None, (wording.plain(inner.prose, note) for inner in (part, *part.parts))))
            said.append(f"{method}: {objects}" if method and objects else method or objects)
    return wording.plain(". ".join(filter(None, said)), note)


def every(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from every(part.parts)


def _with_items(part: Part, wording: Wording, note: Note) -> str:
    label = labelled(part.props, "label") if part.name in ITEMS else None
    inner = [_with_items(item, wording, note) for item in part.parts if item.name in ITEMS]
    return " ".join(filter(None, [label, wording.plain(part.prose, note), *inner]))


def _leaves(part: Part, above: str, wording: Wording, note: Note) -> Iterator[str]:
    own = wording.plain(part.prose, note)
    said = " ".join(filter(None, [above, own]))
    inner = [one for one in part.parts if one.name in OBJECTIVE]
    for one in inner:
        yield from _leaves(one, said, wording, note)
    if not inner and own:
        yield said
