"""What a person has chosen so far on the way to a case or a new deadline; kept on the floor of the chat."""

from typing import Literal

from pydantic import Field

from hegui.capabilities.rectification.model import Due, RectificationModel
from hegui.conversation.turn import Floor, Turn
from hegui.foundation.errors import Refusal

NAME = "case"
Step = Literal["pick", "source", "day", "order_day", "order_period", "confirm"]


class Proposal(RectificationModel):
    """`kind` run: a case about `findings` of run `id`. `kind` case: another deadline for case `id`."""

    kind: Literal["run", "case"]
    id: str
    findings: tuple[str, ...] = ()
    order_day: str = Field(default="", description="ISO date")
    due: Due | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """As it stands in buttons."""
        return (self.kind[0], self.id)

    def toggled(self, finding: str) -> "Proposal":
        rest = tuple(f for f in self.findings if f != finding)
        return self.model_copy(update={"findings": rest if finding in self.findings else (*rest, finding)})


def hold(turn: Turn, step: Step, proposal: Proposal) -> None:
    turn.hold(NAME, step, proposal=proposal.model_dump_json(exclude_defaults=True))


def held(floor: Floor | None) -> Proposal | None:
    if floor is None or floor.dialogue != NAME:
        return None
    return Proposal.model_validate_json(floor.data["proposal"])


def of_run(turn: Turn, run: str) -> Proposal:
    """The proposal about this run, begun anew where the chat has gone on to something else."""
    found = held(turn.floor)
    return found if found and found.subject == ("r", run) else Proposal(kind="run", id=run)


def of_subject(turn: Turn, kind: str, its_id: str) -> Proposal:
    """As the button says. A run's needs the findings chosen before; without them the button leads nowhere."""
    found = held(turn.floor)
    if found and found.subject == (kind, its_id):
        return found
    if kind == "c":
        return Proposal(kind="case", id=its_id)
    raise Refusal("case.choose_again")
