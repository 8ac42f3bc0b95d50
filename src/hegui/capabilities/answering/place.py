"""/place: where a person's enterprise is, so that answers follow the rules of that place."""

from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.registry import places
from hegui.rulebook.pack import Rulebook

MOST_CHOICES = 8


class PlaceDialogue(Dialogue):
    """Shows and sets the place. That of an officer is given by the office and is not changed here."""

    name = "place"
    commands = ("place",)

    def __init__(self, rulebook: Rulebook) -> None:
        self._places = rulebook.places

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        if not rest:
            await self._show(turn)
            return
        if rest.lower() in turn.catalogue.words(turn.language, "answering.place.nowhere"):
            await self._set(turn, None)
            return
        found = self._places.find(rest)
        if not found:
            raise Refusal("answering.place.unknown", said=rest[:40])
        if len(found) == 1:
            await self._set(turn, found[0].code)
            return
        draft = Draft().text(turn.say("answering.place.several"))
        for place in found[:MOST_CHOICES]:
            draft.button(self._places.name(place.code, turn.language), self.name, "set", place.code)
        turn.reply(draft.reply())

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("set", code) if self._places.knows(code):
                await self._set(turn, code)
            case _:
                raise Refusal("conversation.old_button")

    async def _show(self, turn: Turn) -> None:
        code = await places.of_person(turn.tx, turn.speaker.person)
        key = "answering.place.now" if code else "answering.place.unset"
        turn.reply(Draft().text(turn.say(key, place=self._places.name(code or "", turn.language))).reply())

    async def _set(self, turn: Turn, code: str | None) -> None:
        if turn.speaker.role != "member":
            raise Refusal("answering.place.given_by_office")
        await places.set_place(turn.tx, turn.speaker.person, code)
        await turn.audit("place set", f"person:{turn.speaker.person}", place=code or "")
        key = "answering.place.set" if code else "answering.place.cleared"
        turn.reply(Draft().text(turn.say(key, place=self._places.name(code or "", turn.language))).reply())
