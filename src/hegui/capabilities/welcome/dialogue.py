"""/start, /menu, /help and /language. What stands behind /start is an invitation."""

from typing import cast, get_args

from hegui.capabilities.membership.redeeming import redeem
from hegui.conversation.dialogue import Dialogue
from hegui.conversation.reply import Draft
from hegui.conversation.turn import Turn
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Language
from hegui.registry import people

SHOWN_IN_HELP = (
    "check", "file", "cases", "reminders", "ledger", "ask", "place", "human", "language", "leave", "cancel",
)  # fmt: skip


class WelcomeDialogue(Dialogue):
    """Says what this is and offers the ways on."""

    name = "welcome"
    commands = ("start", "menu", "help", "language")

    async def on_command(self, turn: Turn, command: str, rest: str) -> None:
        if command == "language":
            turn.reply(choose_language(turn).reply())
        elif command == "help":
            turn.reply(help_page(turn).reply())
        else:
            turn.release()
            if command == "start" and rest:
                turn.reply((await redeem(turn, rest)).reply())
            turn.reply(first_page(turn).reply())

    async def on_press(self, turn: Turn, action: tuple[str, ...]) -> None:
        match action:
            case ("help",):
                turn.reply(help_page(turn).reply())
            case ("language",):
                turn.reply(choose_language(turn).reply())
            case ("language", chosen) if chosen in get_args(Language):
                await self._set_language(turn, cast("Language", chosen))
            case _:
                raise Refusal("conversation.old_button")

    async def _set_language(self, turn: Turn, language: Language) -> None:
        await people.set_language(turn.tx, turn.speaker.person, language)
        turn.speaker = turn.speaker.model_copy(update={"language": language})
        turn.reply(Draft().text(turn.say("welcome.language.done")).reply())
        turn.reply(first_page(turn).reply())


def first_page(turn: Turn) -> Draft:
    say = turn.say
    draft = Draft().heading(say("welcome.start.title")).text(say("welcome.start.what"))
    for line in ("can_ask", "can_check", "can_remind"):
        draft.item(say(f"welcome.start.{line}"))
    draft.note(say("welcome.start.disclaimer"))
    draft.row((say("welcome.button.check"), ("check", "open")), (say("welcome.button.cases"), ("case", "list")))
    return draft.row(
        (say("welcome.button.human"), ("human", "ask")),
        (say("welcome.button.help"), ("welcome", "help")),
        (say("welcome.button.language"), ("welcome", "language", "en" if turn.language == "zh" else "zh")),
    )


def help_page(turn: Turn) -> Draft:
    say = turn.say
    draft = Draft().heading(say("welcome.help.title")).item(say("welcome.help.free_text"))
    for command in SHOWN_IN_HELP:
        draft.item(say("welcome.help.line", command=command, about=say(f"commands.about.{command}")))
    draft.note(say("welcome.help.note")).note(say("welcome.start.disclaimer"))
    return draft.row((say("welcome.button.check"), ("check", "open")), (say("welcome.button.cases"), ("case", "list")))


def choose_language(turn: Turn) -> Draft:
    say = turn.say
    return (
        Draft()
        .text(say("welcome.language.ask"))
        .row(
            (say("welcome.language.zh"), ("welcome", "language", "zh")),
            (say("welcome.language.en"), ("welcome", "language", "en")),
        )
    )
