"""Takes in rows of a list of enterprises: each row whole or not at all, some hundred rows in a transaction."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from hegui.bootstrap.program import Program
from hegui.foundation import audit
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.language.catalogue import Texts
from hegui.foundation.randomness import new_id
from hegui.registry import credit_codes, enterprises, people
from hegui.registry.enterprise_rows import Known, Row, Wanted, wanted
from hegui.registry.model import Enterprise
from hegui.registry.tags import Tags

Given = dict[str, Any]


class Step(NamedTuple):
    """What is to be done about one row. `id` is None for a new enterprise while nothing is written."""

    row: int
    want: Wanted
    change: Literal["added", "updated", "unchanged"]
    id: str | None


class Plan(NamedTuple):
    """Every row is in one of the two."""

    steps: tuple[Step, ...]
    refused: Mapping[int, Refusal]


async def take_in(program: Program, given: Given) -> Given:
    """Adds enterprises that are new and brings the others up to date; with `dry_run` only says what it would do."""
    rows = [Row.model_validate(row) for row in given["rows"]]
    if given.get("dry_run"):
        async with program.database.read() as tx:
            plan = await _plan(tx, program, rows)
    else:
        async with program.database.write() as tx:
            plan = await _carried_out(tx, program, await _plan(tx, program, rows))
            await _note(tx, program, plan, str(given["os_user"]))
    return _told(plan, Texts(program.catalogue, given.get("language") or program.settings.language))


async def _plan(tx: Transaction, program: Program, rows: Sequence[Row]) -> Plan:
    """Decides about every row before anything is written."""
    known = Known(program.rulebook.places, program.rulebook.facts, await people.by_role(tx, "officer"))
    registered = await enterprises.by_codes(tx, filter(None, map(_code, rows)))
    ids = [one.id for one in registered.values()]
    tags, officers = await enterprises.tags_of(tx, ids), await enterprises.officers_of(tx, ids)
    steps: list[Step] = []
    refused: dict[int, Refusal] = {}
    for row in rows:
        now = registered.get(_code(row) or "")
        try:
            want = wanted(row, now, known)
        except Refusal as refusal:
            refused[row.row] = refusal
            continue
        if now is None:
            steps.append(Step(row.row, want, "added", None))
        else:
            same = _is(now, want, tags.get(now.id, ()), officers.get(now.id))
            steps.append(Step(row.row, want, "unchanged" if same else "updated", now.id))
    return Plan(tuple(steps), refused)


def _code(row: Row) -> str | None:
    try:
        return credit_codes.read(row.uscc)
    except Refusal:
        return None


def _is(now: Enterprise, want: Wanted, tags: Tags, officer: str | None) -> bool:
    """Whether an enterprise is as a row wants it. Tags of other keys than those named do not matter."""
    keys = {key for key, _ in want.tags}
    told = tuple(tag for tag in tags if tag[0] in keys)
    return (now.name, now.district, told, officer) == (
        want.name,
        want.district,
        want.tags,
        want.officer or officer,
    )


async def _carried_out(tx: Transaction, program: Program, plan: Plan) -> Plan:
    """The plan with the ids of what was added. A row whose code another process took meanwhile is refused."""
    now = program.clock.now()
    new = [
        Enterprise(id=new_id(program.randomness), name=w.name, uscc=w.uscc, district=w.district, created_at=now)
        for w in (step.want for step in plan.steps if step.change == "added")
    ]
    landed = {one.uscc: one.id for one in await enterprises.add_all(tx, new)}
    steps: list[Step] = []
    refused = dict(plan.refused)
    for step in plan.steps:
        its = step.id or landed.get(step.want.uscc)
        if its is None:
            refused[step.row] = Refusal("registry.uscc_taken")
            continue
        if step.change == "updated":
            await enterprises.change(tx, its, name=step.want.name, district=step.want.district)
        steps.append(step._replace(id=its))
    changed = {step.id: step.want for step in steps if step.id and step.change != "unchanged"}
    await enterprises.set_tags(tx, {its: want.tags for its, want in changed.items()})
    await enterprises.set_officers(tx, {its: want.officer for its, want in changed.items() if want.officer})
    return Plan(tuple(steps), refused)


async def _note(tx: Transaction, program: Program, plan: Plan, user: str) -> None:
    changed = {change: [step.id for step in plan.steps if step.change == change] for change in ("added", "updated")}
    await audit.record(
        tx,
        "enterprises imported",
        at=program.clock.now(),
        actor=f"os:{user}",
        about="enterprises",
        door="command",
        refused=len(plan.refused),
        added=changed["added"],
        updated=changed["updated"],
    )


def _told(plan: Plan, say: Texts) -> Given:
    """`updated` counts all that were registered before, `unchanged` those of them that were the same already."""
    refused = [{"row": row, "why": say(one.key, **one.params)} for row, one in sorted(plan.refused.items())]
    return {
        "added": sum(step.change == "added" for step in plan.steps),
        "updated": sum(step.change != "added" for step in plan.steps),
        "unchanged": sum(step.change == "unchanged" for step in plan.steps),
        "refused": refused,
        "enterprises": [{"uscc": step.want.uscc, "enterprise": step.id} for step in plan.steps],
    }
