"""The ledger checks of a pack as a chapter of its rule book: what each says, under which article, with what numbers."""

from collections.abc import Iterator

from hegui.rulebook import citing
from hegui.rulebook.law import Citation
from hegui.rulebook.ledger_rules import LedgerCheck, LedgerRules, Setting, Variant
from hegui.rulebook.printing_entries import EntryWriter


def ledger_lines(writer: EntryWriter, rules: LedgerRules) -> Iterator[str]:
    """The chapter: the checks in their order, then the numbers they use."""
    yield from (f"## {writer.say('heading.ledger')}", "")
    for check in rules.checks:
        yield from _check(writer, check)
    yield from (f"### {writer.say('heading.settings')}", "")
    yield from (_setting(writer, one) for one in rules.settings)
    yield ""


def _check(writer: EntryWriter, check: LedgerCheck) -> Iterator[str]:
    yield from (f"### {check.id} {check.title.say(writer.language)}", "")
    yield writer.field("severity", writer.say(f"severity.{check.severity}"))
    if check.citations:
        yield writer.cited(check.citations)
    yield from (writer.cited(local.citations) for local in check.local)
    yield from (_variant(writer, check, one) for one in check.variants.values())
    yield from (writer.field("mend", check.mend.say(writer.language)), "")


def _variant(writer: EntryWriter, check: LedgerCheck, one: Variant) -> str:
    """One sentence of the check, with what differs from the check itself."""
    severity = writer.say(f"severity.{one.severity}") if one.severity not in (None, check.severity) else ""
    cited = _cited(writer, one.citations) if one.citations is not None else ""
    about = writer.say("say.semicolon").join(filter(None, (severity, cited)))
    said = f"- “{one.sentence.say(writer.language)}”"
    return writer.say("say.chemical", named=said, about=about) if about else said


def _cited(writer: EntryWriter, citations: tuple[Citation, ...]) -> str:
    return citing.cite_all(writer.rulebook, citations, writer.language)


def _setting(writer: EntryWriter, one: Setting) -> str:
    cited = _cited(writer, one.citations) if one.citations else ""
    before = [
        writer.say("say.before", until=past.until.isoformat(), value=past.value, cited=_cited(writer, past.citations))
        for past in one.earlier
    ]
    note = one.note.say(writer.language) if one.note else ""
    told = (writer.say(f"basis_of_number.{one.basis}"), cited, *before, note)
    about = writer.say("say.semicolon").join(filter(None, told))
    return writer.say(
        "say.chemical",
        named=f"- {one.name.say(writer.language)}: {one.value} {one.unit.say(writer.language)}",
        about=about,
    )
