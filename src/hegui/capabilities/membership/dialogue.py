"""/leave: a person ends a membership by their own word, after a look at what follows."""

from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.registry import enterprises
from hegui.registry.model import Enterprise


class LeaveDialogue(Dialogue):
    """Asks before it acts. From the next act on the person sees nothing of the enterprise any more."""

    name = "leave"
    commands = ("leave",)

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        mine = await enterprises.of_person(turn.tx, turn.speaker.person)
        if not mine:
            raise Refusal("membership.in_none")
        if len(mine) == 1:
            self._ask(turn, mine[0])
            return
        draft = Draft().text(turn.say("membership.leave.which"))
        for enterprise in mine:
            draft.button(enterprise.name, self.name, "ask", enterprise.id)
        turn.reply(draft.reply())

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("ask", which):
                self._ask(turn, await self._mine(turn, which))
            case ("do", which):
                await self._leave(turn, await self._mine(turn, which))
            case ("stay",):
                turn.reply(Draft().text(turn.say("membership.leave.stayed")).reply(panel=True))
            case _:
                raise Refusal("conversation.old_button")

    async def _mine(self, turn: Turn, which: str) -> Enterprise:
        """Raises the same Refusal for what is not the person's and for what does not exist."""
        mine = await enterprises.of_person(turn.tx, turn.speaker.person)
        found = next((enterprise for enterprise in mine if enterprise.id == which), None)
        if found is None:
            raise Refusal("conversation.old_button")
        return found

    def _ask(self, turn: Turn, enterprise: Enterprise) -> None:
        say = turn.say
        draft = Draft().text(say("membership.leave.ask", enterprise=enterprise.name)).note(say("membership.leave.what"))
        turn.reply(
            draft.row(
                (say("membership.leave.yes"), (self.name, "do", enterprise.id)),
                (say("membership.leave.no"), (self.name, "stay")),
            ).reply()
        )

    async def _leave(self, turn: Turn, enterprise: Enterprise) -> None:
        await enterprises.leave(turn.tx, enterprise.id, turn.speaker.person)
        await turn.audit("membership ended", f"enterprise:{enterprise.id}", enterprise=enterprise.id)
        text = turn.say("membership.leave.done", enterprise=enterprise.name)
        turn.release()
        turn.reply(Draft().text(text).reply(panel=True))
