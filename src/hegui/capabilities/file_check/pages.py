"""What a person sees of the check of a file."""

from collections.abc import Sequence

from hegui.capabilities.file_check.model import Examiner, Fact, FileTask, UploadedFile, Work
from hegui.conversation.reply import Draft, OutgoingFile, Reply
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Texts

FILE = "file"
UNKNOWN = "unknown"


def what_to_send(say: Texts, held: Sequence[UploadedFile]) -> Draft:
    draft = Draft().heading(say("file.welcome.heading")).text(say("file.welcome.text"))
    for each in ("ledger", "documents"):
        draft.item(say(f"file.welcome.{each}"))
    draft.note(say("file.welcome.kept"))
    for file in held:
        draft.button(say("file.button.earlier", name=short(file.name)), FILE, "open", file.id)
    return draft


def choose_kind(say: Texts, file: UploadedFile, kinds: Sequence[str]) -> Draft:
    """Which of its kinds a document is cannot be told from outside."""
    draft = Draft().text(say("file.choose.text", name=file.name))
    for number, kind in enumerate(kinds):
        draft.button(say(f"file.kind.{kind}"), FILE, "as", file.id, str(number))
    return draft.button(say("file.button.drop"), FILE, "drop", file.id)


def begun(say: Texts, file: UploadedFile, kind: str) -> Draft:
    return Draft().text(say("file.begun", name=file.name, kind=say(f"file.kind.{kind}")))


def making(say: Texts, work: Work) -> Draft:
    return Draft().text(say("file.making", what=say(f"file.work.{work}")))


def summary(say: Texts, examiner: Examiner, file: UploadedFile, found: FileTask) -> Draft:
    """The worst first, short enough for a phone, and the way on."""
    draft = examiner.page(say, file, found, None)
    if examiner.pages(found):
        draft.button(say("file.button.all"), FILE, "all", found.id, "0")
    return _ways_on(say, draft, examiner, file, found)


def whole(say: Texts, examiner: Examiner, file: UploadedFile, found: FileTask, number: int) -> Draft:
    """One page of everything that was found."""
    draft = examiner.page(say, file, found, number)
    last = examiner.pages(found) - 1
    turns = [(say("file.button.before"), (FILE, "all", found.id, str(number - 1)))] if number else []
    if number < last:
        turns.append((say("file.button.next"), (FILE, "all", found.id, str(number + 1))))
    if turns:
        draft.row(*turns)
    return draft.button(say("file.button.back"), FILE, "open", file.id)


def _ways_on(say: Texts, draft: Draft, examiner: Examiner, file: UploadedFile, found: FileTask) -> Draft:
    if examiner.facts(say, found):
        draft.button(say("file.button.facts"), FILE, "ask", found.id)
    if examiner.faults(say, found):
        draft.button(say("file.button.cases"), FILE, "case", found.id)
    makes = [(say(f"file.button.{work}"), (FILE, "make", found.id, work)) for work in examiner.offers(found)]
    if makes:
        draft.row(*makes)
    return draft.button(say("file.button.drop"), FILE, "drop", file.id)


def made(say: Texts, work: Work, file: OutgoingFile) -> Reply:
    return Draft().text(say(f"file.made.{work}")).reply(file=file)


def refused(say: Texts, file: UploadedFile | None, refusal: Refusal) -> Draft:
    draft = Draft()
    if file:
        draft.heading(file.name)
    return draft.text(say(refusal.key, **refusal.params))


def ask_fact(say: Texts, found: FileTask, fact: Fact, number: int, left: int) -> Draft:
    """One of the few questions that the file itself cannot answer; `number` is its place among them."""
    draft = Draft().heading(say("file.fact.heading", left=left)).text(fact.text)
    for value, label in fact.answers:
        draft.button(label, FILE, "fact", found.id, str(number), value)
    if not fact.answers:
        draft.note(say("file.fact.date"))
    return draft.button(say("file.fact.unknown"), FILE, "fact", found.id, str(number), UNKNOWN)


def drop(say: Texts, file: UploadedFile) -> Draft:
    draft = Draft().text(say("file.drop.sure", name=file.name))
    return draft.row((say("file.drop.yes"), (FILE, "gone", file.id)), (say("file.drop.no"), (FILE, "open", file.id)))


def gone(say: Texts) -> Draft:
    return Draft().text(say("file.drop.gone"))


def short(name: str, longest: int = 24) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
