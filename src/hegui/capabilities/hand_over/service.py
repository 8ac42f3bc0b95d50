"""Hands a question over, and its answer back."""

from hegui.capabilities.hand_over import store
from hegui.capabilities.hand_over.model import HandOver
from hegui.conversation.reply import Draft, Reply
from hegui.conversation.turn import Turn
from hegui.delivery.outbox import store as outbox
from hegui.delivery.outbox.kinds import LetterKind
from hegui.delivery.outbox.model import NewLetter
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Texts
from hegui.foundation.randomness import Randomness, new_id
from hegui.registry import people
from hegui.registry.model import Person


async def ask(turn: Turn, question: str, randomness: Randomness) -> HandOver:
    """Keeps the question and tells every officer that there is one. Raises Refusal where there is no officer."""
    officers = await people.by_role(turn.tx, "officer")
    if not officers:
        raise Refusal("human.nobody")
    asked = HandOver(
        id=new_id(randomness), person=turn.speaker.person, question=question, state="open", asked_at=turn.now
    )
    await store.add(turn.tx, asked)
    for officer in officers:
        say = Texts(turn.catalogue, officer.language)
        notice = Draft().text(say("human.notice", number=asked.id))
        notice.button(say("human.button.look"), "human", "look", asked.id)
        await _write(turn, officer, f"hand-over:{asked.id}:ask:{officer.id}", f"hand-over:{asked.id}", notice.reply())
    await turn.audit("question handed over", f"hand-over:{asked.id}")
    return asked


async def answer(turn: Turn, which: str, text: str) -> None:
    """Raises Refusal where another officer was quicker."""
    asked = await store.get(turn.tx, which)
    if asked is None or not await store.answer(turn.tx, which, officer=turn.speaker.person, text=text, now=turn.now):
        raise Refusal("human.answered_already")
    person = await people.get(turn.tx, asked.person)
    if person:
        say = Texts(turn.catalogue, person.language)
        letter = Draft().heading(say("human.answer.title")).quote(asked.question).text(text)
        letter.note(say("human.answer.note"))
        letter.button(say("human.button.again"), "human", "ask")
        await _write(turn, person, f"hand-over:{which}:answer", f"hand-over:{which}", letter.reply())
    await turn.audit("question answered", f"hand-over:{which}")


async def _write(turn: Turn, to: Person, key: str, about: str, reply: Reply) -> None:
    reached = (await people.addresses(turn.tx, [to.id])).get(to.id, ())
    letters = [
        NewLetter(
            key=key,
            kind=LetterKind.HAND_OVER,
            person=to.id,
            channel=where.channel,
            address=where.address,
            about=about,
            reply=reply,
            ready_at=turn.now,
        )
        for where in reached[:1]
    ]
    await outbox.queue(turn.tx, letters, now=turn.now)
