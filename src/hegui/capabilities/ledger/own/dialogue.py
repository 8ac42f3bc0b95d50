"""/ledger: the program's own ledger in chat. Finds whose ledger it is, shows it, and hands forms to `form_talk`."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from hegui.capabilities.ledger.own import access, decisions, export, pages, reminding, service, store
from hegui.capabilities.ledger.own.access import NOT_YOURS
from hegui.capabilities.ledger.own.bookkeeping import Bookkeeping, By
from hegui.capabilities.ledger.own.form_talk import FormTalk, held
from hegui.capabilities.ledger.own.forms import FORMS, FormKind
from hegui.capabilities.ledger.own.model import LedgerEntry
from hegui.capabilities.ledger.own.pages import LEDGER
from hegui.capabilities.ledger.own.typed import folded, one_line
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft, OutgoingFile
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.files import FileFolder
from hegui.foundation.language.catalogue import CHINA, LANGUAGES
from hegui.registry import enterprises
from hegui.registry.model import Enterprise
from hegui.rulebook import citing

WHY, HOW, WITHDRAW = "why", "how", "withdraw"  # steps of the floor beside the form
MOST_EXPORTED = 5000
LARGEST_PAGE = 3  # digits
YEAR = 4  # digits
REPORT, CERTIFICATE = "y.", "c."


class LedgerDialogue(Dialogue):
    """Talks about the enterprise's own ledger (台账)."""

    name = LEDGER
    commands = ("ledger",)

    def __init__(self, keeping: Bookkeeping, files: FileFolder) -> None:
        self._keeping = keeping
        self._files = files
        self._forms = FormTalk(keeping)
        self._pages: Mapping[str, Callable[[Turn, Enterprise], Awaitable[None]]] = {
            "m": self._menu,
            "bal": self._balance,
            "cert": self._certificates,
            "exp": self._export,
        }

    # ---- Ways in ---------------------------------------------------------------------------------------------------

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        mine = await enterprises.of_person(turn.tx, turn.speaker.person)
        if not mine:
            raise Refusal("ledger_book.not_bound")
        kind = self._kind_called(rest)
        if len(mine) > 1:
            turn.reply(pages.choose(turn.say, mine).reply())
        elif kind:
            await self._forms.begin(turn, mine[0].id, kind)
        else:
            await self._menu(turn, mine[0])

    def _kind_called(self, typed: str) -> FormKind | None:
        """`/ledger 购进` begins at once."""
        for kind in FORMS:
            words = {self._keeping.catalogue.say(to, f"ledger_book.kind.{kind}") for to in LANGUAGES}
            if typed and folded(typed) in {kind, *map(folded, words)}:
                return kind
        return None

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case (page, whose) if page in self._pages:
                await self._pages[page](turn, await self._mine(turn, whose))
            case ("o" | "skip" | "back" | "leave" | "go" | "yes" as act, form_id, *rest):
                await self._forms.press(turn, act, form_id, tuple(rest))
            case ("new", whose, kind) if found := self._kind_called(kind):
                await self._forms.begin(turn, (await self._mine(turn, whose)).id, found)
            case ("tot", whose, *year):
                await self._totals(turn, await self._mine(turn, whose), year)
            case ("list", whose, *page):
                await self._latest(turn, await self._mine(turn, whose), page)
            case _:
                await self._press_on_one(turn, action)

    async def _press_on_one(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("show", its) if its.startswith(REPORT):
                await self._totals(turn, await self._mine(turn, its.removeprefix(REPORT)), [])
            case ("show", its) if its.startswith(CERTIFICATE):
                await self._certificate(turn, its.removeprefix(CERTIFICATE))
            case ("e", entry_id):
                await self._entry(turn, entry_id)
            case ("why", entry_id):
                await self._ask_why(turn, entry_id)
            case ("only" | "redo" as act, entry_id):
                await self._correct(turn, entry_id, act)
            case ("wd", certificate_id):
                await self._ask_withdraw(turn, certificate_id)
            case ("rep", whose, year):
                await self._reported(turn, await self._mine(turn, whose), year)
            case _:
                raise Refusal("conversation.old_button")

    async def on_text(self, turn: Turn, text: str) -> None:
        match turn.floor.step if turn.floor else "":
            case "form":
                await self._forms.text(turn, text)
            case "why":
                await self._told_why(turn, text)
            case "withdraw":
                await self._withdraw(turn, text)
            case _:
                raise Refusal("conversation.press_a_button")

    async def on_cancel(self, turn: Turn) -> None:
        turn.reply(Draft().text(turn.say("ledger_book.form.dropped")).reply())

    async def _mine(self, turn: Turn, whose: str) -> Enterprise:
        found = {one.id: one for one in await enterprises.of_person(turn.tx, turn.speaker.person)}
        if whose not in found:
            raise Refusal(NOT_YOURS)
        return found[whose]

    # ---- Looking ---------------------------------------------------------------------------------------------------

    async def _menu(self, turn: Turn, enterprise: Enterprise) -> None:
        every = await store.entries(turn.tx, enterprise.id)
        form = held(turn)
        begun = form if form and form.enterprise == enterprise.id else None
        turn.reply(pages.menu(turn.say, enterprise, len(every), begun).reply(panel=turn.incoming.kind == "press"))

    async def _balance(self, turn: Turn, enterprise: Enterprise) -> None:
        every = await store.entries(turn.tx, enterprise.id)
        quotas = await access.quotas(turn.tx, enterprise.id, turn.speaker.person)
        draft = pages.balance(turn.say, enterprise.id, decisions.balances(every), quotas, _today(turn))
        turn.reply(draft.reply(panel=True))

    async def _certificates(self, turn: Turn, enterprise: Enterprise) -> None:
        quotas = await access.quotas(turn.tx, enterprise.id, turn.speaker.person)
        turn.reply(pages.certificates(turn.say, enterprise.id, quotas, _today(turn)).reply(panel=True))

    async def _certificate(self, turn: Turn, certificate_id: str) -> None:
        one = await access.get_certificate(turn.tx, certificate_id, turn.speaker.person)
        if one.withdrawn_at:
            raise Refusal("ledger_book.certificate_withdrawn")
        quotas = await access.quotas(turn.tx, one.enterprise, turn.speaker.person)
        turn.reply(pages.certificate(turn.say, pages.left_of(quotas, one), _today(turn)).reply(panel=True))

    async def _totals(self, turn: Turn, enterprise: Enterprise, which: list[str]) -> None:
        every = await store.entries(turn.tx, enterprise.id)
        due = await service.report_due(turn.tx, self._keeping, enterprise.id)
        years = decisions.years(every)
        usual = due.year - 1 if due and due.year - 1 in years else years[0] if years else _today(turn).year
        year = _number(which[0], YEAR) if which else usual
        draft = pages.totals(turn.say, enterprise.id, year, decisions.totals(every, year), years)
        reported = year in await store.reported(turn.tx, enterprise.id)
        self._on_report(turn, draft, enterprise, year, reported=reported)
        turn.reply(pages.to_menu(draft, turn.say, enterprise.id).reply(panel=True))

    def _on_report(self, turn: Turn, draft: Draft, enterprise: Enterprise, year: int, *, reported: bool) -> None:
        """When the report on the year is due, by which article; or that it was handed in."""
        say, yearly = turn.say, reminding.yearly_date(self._keeping.rulebook)
        period = self._keeping.rulebook.period(reminding.PERIOD)
        if reported:
            draft.note(say("ledger_book.totals.reported", year=year))
        elif yearly and period:
            article = citing.cite_all(self._keeping.rulebook, period.citations, say.language)
            draft.note(
                say("ledger_book.totals.due", year=year, due=decisions.report_due(year, yearly), article=article)
            )
            if year < _today(turn).year:
                label = say("ledger_book.button.reported", year=year)
                draft.button(label, LEDGER, "rep", enterprise.id, str(year))

    async def _reported(self, turn: Turn, enterprise: Enterprise, which: str) -> None:
        year, by = _number(which, YEAR), By(turn.speaker.person, turn.speaker.channel)
        due = await service.mark_reported(
            turn.tx, self._keeping, enterprise.id, year, by=by, say=turn.say, now=turn.now
        )
        draft = Draft().text(turn.say("ledger_book.totals.reported", year=year))
        if due:
            draft.note(turn.say("ledger_book.done.report", due=due))
        turn.reply(pages.to_menu(draft, turn.say, enterprise.id).reply(panel=True))

    async def _export(self, turn: Turn, enterprise: Enterprise) -> None:
        every = await store.entries(turn.tx, enterprise.id)
        if len(every) > MOST_EXPORTED:
            raise Refusal("ledger_book.too_many", most=MOST_EXPORTED)
        certificates = await store.certificates(turn.tx, enterprise.id)
        kept = await self._files.keep(export.writing(self._keeping, every, certificates))
        await turn.audit("ledger exported", f"enterprise:{enterprise.id}", enterprise=enterprise.id, entries=len(every))
        name = turn.say("ledger_book.export.file", enterprise=enterprise.name, day=_today(turn).isoformat())
        file = OutgoingFile(path=str(self._files.path(kept.name)), name=name.replace("/", "-"))
        turn.reply(Draft().text(turn.say("ledger_book.export.done", count=len(every))).reply(file=file))

    # ---- Correcting ------------------------------------------------------------------------------------------------

    async def _latest(self, turn: Turn, enterprise: Enterprise, which: list[str]) -> None:
        every = await store.entries(turn.tx, enterprise.id)
        page = _number(which[0], LARGEST_PAGE) if which else 0
        turn.reply(pages.latest(turn.say, enterprise.id, every, page).reply(panel=True))

    async def _entry(self, turn: Turn, entry_id: str) -> None:
        one = await access.get(turn.tx, entry_id, turn.speaker.person)
        turn.reply(pages.entry(turn.say, one, await store.entries(turn.tx, one.enterprise)).reply(panel=True))

    async def _ask_why(self, turn: Turn, entry_id: str) -> None:
        one = await access.get(turn.tx, entry_id, turn.speaker.person)
        turn.hold(LEDGER, WHY, entry=one.id)
        draft = Draft().text(turn.say("ledger_book.ask.why", number=one.reference))
        turn.reply(pages.to_menu(draft, turn.say, one.enterprise).reply(panel=True))

    async def _told_why(self, turn: Turn, text: str) -> None:
        why, one = one_line(text), await self._on_floor(turn)
        if why is None:
            raise Refusal("ledger_book.why")
        turn.hold(LEDGER, HOW, entry=one.id, why=why)
        say = turn.say
        draft = Draft().heading(say("ledger_book.entry.how", number=one.reference))
        draft.text(say("ledger_book.form.correcting", number=one.reference, why=why))
        draft.text(say("ledger_book.entry.cancel_ask", number=one.reference))
        draft.button(say("ledger_book.button.replace"), LEDGER, "redo", one.id)
        draft.button(say("ledger_book.button.only_cancel"), LEDGER, "only", one.id)
        turn.reply(pages.to_menu(draft, say, one.enterprise).reply(panel=True))

    async def _on_floor(self, turn: Turn) -> LedgerEntry:
        entry_id = turn.floor.data.get("entry", "") if turn.floor else ""
        return await access.get(turn.tx, entry_id, turn.speaker.person)

    async def _correct(self, turn: Turn, entry_id: str, act: str) -> None:
        floor = turn.floor
        if floor is None or (floor.dialogue, floor.step) != (LEDGER, HOW) or floor.data["entry"] != entry_id:
            raise Refusal("ledger_book.old_step")
        one, why = await self._on_floor(turn), floor.data["why"]
        if act == "redo":
            await self._forms.begin(turn, one.enterprise, one.kind, wrong=one, why=why)
            return
        by = By(turn.speaker.person, turn.speaker.channel)
        (counter,) = await service.correct(turn.tx, self._keeping, one.id, why, by=by, say=turn.say, now=turn.now)
        turn.release()
        said = turn.say("ledger_book.done.cancelled", number=one.reference, counter=counter.reference)
        turn.reply(pages.to_menu(Draft().text(said), turn.say, one.enterprise).reply(panel=True))

    async def _ask_withdraw(self, turn: Turn, certificate_id: str) -> None:
        one = await access.get_certificate(turn.tx, certificate_id, turn.speaker.person)
        turn.hold(LEDGER, WITHDRAW, certificate=one.id)
        draft = Draft().text(turn.say("ledger_book.ask.withdraw_why", number=one.number))
        turn.reply(pages.to_menu(draft, turn.say, one.enterprise).reply(panel=True))

    async def _withdraw(self, turn: Turn, text: str) -> None:
        certificate_id = turn.floor.data.get("certificate", "") if turn.floor else ""
        by = By(turn.speaker.person, turn.speaker.channel)
        one = await service.withdraw_certificate(
            turn.tx, self._keeping, certificate_id, one_line(text) or "", by=by, now=turn.now
        )
        turn.release()
        draft = Draft().text(turn.say("ledger_book.done.withdrawn", number=one.number))
        turn.reply(pages.to_menu(draft, turn.say, one.enterprise).reply())


def _today(turn: Turn) -> date:
    return turn.now.astimezone(CHINA).date()


def _number(part: str, digits: int) -> int:
    if not part.isdecimal() or len(part) > digits:
        raise Refusal("conversation.old_button")
    return int(part)
