"""Controls as duties, objectives of assessment as questions: a draft for people to finish, never law (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from hegui.rulebook.checks.yes_no import YesNo
from hegui.rulebook.law import Citation, Law
from hegui.rulebook.obligation import Obligation
from hegui.rulebook.oscal import parts
from hegui.rulebook.oscal.model import Catalog, Control, Group, Parameter, labelled
from hegui.rulebook.oscal.opening import NotOscal
from hegui.rulebook.oscal.report import LeftOut, Reason
from hegui.rulebook.oscal.wording import Wording, one_line, untranslated
from hegui.rulebook.text import Status

MOST_QUESTIONS = 60  # of one control
MOST_DUTIES = 999 * 27
LETTERS = ("", *"abcdefghijklmnopqrstuvwxyz")
ARTICLE = re.compile(r"^(?:Art(?:icle|\.)?\s*)?(\d{1,4})(?:\.[\d.]+)?$", re.IGNORECASE)
BINDS = "To be filled in: whom it binds."
CYCLE = "To be filled in: by when or how often."
NEXT_STEP = "To be filled in: the first practical step."


@dataclass(frozen=True, slots=True)
class Drafted:
    """A control with the duty and the questions drafted from it."""

    control: str
    section: str
    label: str
    duty: Obligation
    questions: tuple[YesNo, ...]


@dataclass
class Draft:
    """One catalog on its way to a pack. `law` is the law of the register that it may cite, where one was named."""

    catalog: Catalog
    prefix: str
    on: date
    law: Law | None = None
    left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wording = Wording(_parameters(self.catalog))
        self.asked = 0

    def drafted(self) -> Iterator[Drafted]:
        """Every control that is not withdrawn, in the order of the file."""
        seen: set[str] = set()
        count = 0
        for section, above, control in _controls(self.catalog):
            if not self._taken(control, seen):
                continue
            seen.add(control.id)
            count += 1
            if count > MOST_DUTIES:
                raise NotOscal(f"The catalog has more than {MOST_DUTIES} controls.")
            yield self._control(control, section, above, _entry_id(self.prefix, count))
        for group in _groups(self.catalog):
            for part in parts.every(group.parts):
                reason: Reason = "guidance" if part.name in parts.GUIDANCE else "part of unknown name"
                self._note(reason, group.id or group.title, part.id or part.name)
        for resource in self.catalog.back_matter.resources:
            self._note("resource of the back matter", "back-matter", resource.title or resource.uuid)

    def _taken(self, control: Control, seen: set[str]) -> bool:
        if (labelled(control.props, "status") or "").lower() == "withdrawn":
            self._note("withdrawn control", control.id, control.title)
            return False
        if control.id in seen:
            self._note("control of an id that stands twice", control.id, control.title)
            return False
        return True

    def _control(self, control: Control, section: str, above: str | None, entry: str) -> Drafted:
        def note(reason: Reason, what: str) -> None:
            self._note(reason, control.id, what)

        self._not_taken(control)
        title = self.wording.plain(control.title, note) or control.id
        label = one_line(labelled(control.props, "label") or control.id)
        says = parts.statement(control, self.wording, note)
        if not says:
            note("control without a statement", title)
        duty = Obligation(
            id=entry,
            title=untranslated(title),
            duty=untranslated(self.wording.plain(says, note) or title),
            binds=untranslated(BINDS),
            cycle=untranslated(CYCLE),
            next_step=untranslated(NEXT_STEP),
            citations=self._citations(control, label),
            status=Status.UNVERIFIED,
            effective=self.on,
            note=untranslated(self.wording.plain(_origin(self.catalog, section, above, label), note)),
        )
        note("no Chinese text", entry)
        return Drafted(one_line(control.id), one_line(section), label, duty, tuple(self._questions(control, entry)))

    def _questions(self, control: Control, entry: str) -> Iterator[YesNo]:
        def note(reason: Reason, what: str) -> None:
            self._note(reason, control.id, what)

        told = list(parts.objectives(control, self.wording, note))
        shown = parts.evidence(control, self.wording, note)
        if not told:
            note("control without an objective of assessment", entry)
        for text in told[MOST_QUESTIONS:]:
            note("question beyond the limit of a control", text[:80])
        for text in told[:MOST_QUESTIONS]:
            self.asked += 1
            yield YesNo(
                id=_question_id(self.asked),
                kind="yes_no",
                text=untranslated(self.wording.plain(f"Is this so: {text.rstrip(' ;.,:')}?", note)),
                obligations=(entry,),
                evidence=untranslated(shown) if shown else None,
            )

    def _not_taken(self, control: Control) -> None:
        """Parts that say nothing a duty or a question holds, and links, which lead out of the rules."""
        for part in control.parts:
            if part.name in parts.ITEMS | parts.OBJECTS:  # they belong into a statement or a method
                self._note("part of unknown name", control.id, f"{part.name} {part.id or ''}")
        for part in parts.every(control.parts):
            named = part.id or part.title or part.name
            if part.name in parts.GUIDANCE:
                self._note("guidance", control.id, named)
            elif part.name not in parts.KNOWN:
                self._note("part of unknown name", control.id, f"{part.name} {named}")
            for link in part.links:
                self._note("link", control.id, link.href)
        for link in control.links:
            self._note("link", control.id, link.href)

    def _citations(self, control: Control, label: str) -> tuple[Citation, ...]:
        """An article of the law that was named, where the control's own label is its number; never a guess."""
        found = ARTICLE.match(label)
        version = max(self.law.versions, key=lambda one: one.effective) if self.law else None
        if self.law and version and found and 1 <= int(found[1]) <= (version.last or int(found[1])):
            article = int(found[1])
            return (Citation(law=self.law.id, article=article, status=Status.UNVERIFIED),)
        self._note("no citation in the register", control.id, label)
        return ()

    def _note(self, reason: Reason, where: str, what: str) -> None:
        self.left_out.append(LeftOut(reason=reason, where=one_line(where), what=one_line(what)[:200]))


def _controls(catalog: Catalog) -> Iterator[tuple[str, str | None, Control]]:
    """Every control with its section and the control that it enhances."""
    for group in catalog.groups:
        yield from _of_group(group, "")
    for control in catalog.controls:
        yield from _with_enhancements(control, "", None)


def _of_group(group: Group, above: str) -> Iterator[tuple[str, str | None, Control]]:
    section = f"{above} / {group.title}" if above else group.title
    for control in group.controls:
        yield from _with_enhancements(control, section, None)
    for inner in group.groups:
        yield from _of_group(inner, section)


def _with_enhancements(control: Control, section: str, above: str | None) -> Iterator[tuple[str, str | None, Control]]:
    yield section, above, control
    for inner in control.controls:
        yield from _with_enhancements(inner, section, control.id)


def _groups(catalog: Catalog) -> Iterator[Group]:
    waiting = list(catalog.groups)
    while waiting:
        group = waiting.pop(0)
        yield group
        waiting.extend(group.groups)


def _parameters(catalog: Catalog) -> Iterator[Parameter]:
    yield from catalog.params
    for group in _groups(catalog):
        yield from group.params
    for _, _, control in _controls(catalog):
        yield from control.params


def _origin(catalog: Catalog, section: str, above: str | None, label: str) -> str:
    said = [f"Draft from {catalog.metadata.title} {catalog.metadata.version}".strip(), f"control {label}"]
    said += [f"section {section}"] if section else []
    said += [f"enhances {above}"] if above else []
    return " ".join(f"{', '.join(said)}.".split())


def _entry_id(prefix: str, count: int) -> str:
    """OC001 to OC999, then OC001a and so on."""
    round_, number = divmod(count - 1, 999)
    return f"{prefix}{number + 1:03}{LETTERS[round_]}"


def _question_id(count: int) -> str:
    """QA01 to QZ99, then QA01a and so on."""
    round_, place = divmod(count - 1, 26 * 99)
    letter, number = divmod(place, 99)
    if round_ >= len(LETTERS):
        raise NotOscal("The catalog has more objectives of assessment than a pack can ask.")
    return f"Q{chr(ord('A') + letter)}{number + 1:02}{LETTERS[round_]}"
