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


async def refuse_without_officers(turn: Turn) -> None:
    """Said before somebody types a question that nobody would read."""
    if not await people.by_role(turn.tx, "officer"):
        raise Refusal("human.nobody")


async def ask(turn: Turn, question: str, randomness: Randomness) -> HandOver:
    """Keeps the question and tells every officer that there is one. Raises Refusal where none can be reached."""
    asked = HandOver(
        id=new_id(randomness), person=turn.speaker.person, question=question, state="open", asked_at=turn.now
    )
    await store.add(turn.tx, asked)
    reached = 0
    for officer in await people.by_role(turn.tx, "officer"):
        say = Texts(turn.catalogue, officer.language)
        notice = Draft().text(say("human.notice", number=asked.id))
        notice.button(say("human.button.look"), "human", "look", asked.id)
        key = f"hand-over:{asked.id}:ask:{officer.id}"
        reached += await _write(turn, officer, key, f"hand-over:{asked.id}", notice.reply())
    if not reached:
        raise Refusal("human.nobody")  # which undoes what was kept
    await turn.audit("question handed over", f"hand-over:{asked.id}")
    return asked


async def answer(turn: Turn, which: str, text: str) -> None:
    """Raises Refusal where another officer was quicker."""
    asked = await store.get(turn.tx, which)
    if asked is None or not await store.answer(turn.tx, which, officer=turn.speaker.person, text=text, now=turn.now):
        raise Refusal("human.answered_already")
    reached = 0
    if person := await people.get(turn.tx, asked.person):
        say = Texts(turn.catalogue, person.language)
        letter = Draft().heading(say("human.answer.title")).quote(asked.question).text(text)
        letter.note(say("human.answer.note"))
        letter.button(say("human.button.again"), "human", "ask")
        reached = await _write(turn, person, f"hand-over:{which}:answer", f"hand-over:{which}", letter.reply())
    await turn.audit("question answered", f"hand-over:{which}", outcome="done" if reached else "no address")


async def _write(turn: Turn, to: Person, key: str, about: str, reply: Reply) -> int:
    """Queues a letter to the address of a person; says to how many there is one."""
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
    return len(letters)
