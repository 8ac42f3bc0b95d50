"""The acts of a self-check: load, decide, save. All of them may be repeated without doing anything twice."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from hegui.capabilities.self_check import access, decisions, store
from hegui.capabilities.self_check.model import Difference, Fault, Finding, Run, Sheet, Snapshot
from hegui.foundation.database.transaction import Transaction
from hegui.foundation.errors import Refusal
from hegui.foundation.randomness import Randomness, new_id
from hegui.rulebook import flow
from hegui.rulebook.checklist import AnyQuestion, Checklist
from hegui.rulebook.checks.base import SKIPPED, UNKNOWN
from hegui.rulebook.flow import Judged
from hegui.rulebook.pack import Pack

MOST_RUNS_SHOWN = 8
NO = "no"


async def start(
    tx: Transaction,
    pack: Pack,
    person: str,
    enterprise: str | None,
    *,
    now: datetime,
    randomness: Randomness,
    based_on: str | None = None,
) -> Sheet:
    """Begins a run, or gives the unfinished one: a person has one of a pack at a time.

    `based_on` names a finished run of the person, whose answers are taken over where they still stand.
    """
    await access.taking_part(tx, person)
    if enterprise is not None and enterprise not in await access.enterprises_of(tx, person):
        raise Refusal(access.NO_SUCH_RUN)
    old = await access.own(tx, based_on, person) if based_on else None
    if pack.checklist is None or (old and (old.run.state != "finished" or old.run.pack != pack.id)):
        raise Refusal(access.NO_SUCH_RUN)
    snapshot = Snapshot.of(pack, pack.checklist)
    new = Run(
        id=new_id(randomness),
        person=person,
        enterprise=enterprise,
        pack=pack.id,
        rules_digest=pack.digest,
        snapshot=await store.keep_snapshot(tx, snapshot),
        based_on=based_on,
        started_at=now,
        updated_at=now,
    )
    if await store.add_run(tx, new):
        if old:
            await store.copy_answers(tx, old.run.id, new.id, decisions.carried_over(old, snapshot))
        return await access.sheet_of(tx, new)
    unfinished = await store.unfinished(tx, person, pack.id)
    if unfinished is None:
        raise Refusal(access.NO_SUCH_RUN)
    return await access.sheet_of(tx, unfinished)


async def abandon(tx: Transaction, sheet: Sheet, now: datetime) -> bool:
    """Lays an unfinished run aside to make room for a new one. Its answers stay where they are."""
    return await store.close(tx, sheet.run.id, "abandoned", now)


async def answer(tx: Transaction, sheet: Sheet, question_id: str, value: str, now: datetime) -> Sheet:
    """Keeps an answer, or changes one; answers that it makes pointless go. The same answer again changes nothing."""
    question = _asked(sheet, question_id)
    if not flow.accepts(question, value):
        raise Refusal(access.NO_SUCH_RUN)
    if sheet.answers.get(question_id) == value:
        return await _leave_as_it_is(tx, sheet, question, now)
    answers = flow.with_answer(sheet.snapshot.checklist, sheet.answers, question_id, value)
    await store.put_answer(tx, sheet.run.id, question_id, value, now)
    await store.drop_answers(tx, sheet.run.id, sheet.answers.keys() - answers.keys())
    await store.move(tx, sheet.run.id, None, now)
    return Sheet(sheet.run.model_copy(update={"cursor": None, "updated_at": now}), sheet.snapshot, answers)


async def unsure(tx: Transaction, sheet: Sheet, question_id: str, now: datetime) -> Sheet:
    """The person does not know: stays open, never counts as done."""
    return await answer(tx, sheet, question_id, UNKNOWN, now)


async def skip(tx: Transaction, sheet: Sheet, question_id: str, now: datetime) -> Sheet:
    """Goes on without an answer. One that was given stays: a skip never erases."""
    question = _asked(sheet, question_id)
    if question_id not in sheet.answers:
        return await answer(tx, sheet, question_id, SKIPPED, now)
    return await _leave_as_it_is(tx, sheet, question, now)


async def back(tx: Transaction, sheet: Sheet, question_id: str, now: datetime) -> Sheet:
    """To the question before the one that the person saw; at the first one it stays."""
    before = decisions.before(sheet, _asked(sheet, question_id))
    return await _move(tx, sheet, before.id, now) if before else sheet


async def jump(tx: Transaction, sheet: Sheet, question_id: str, now: datetime) -> Sheet:
    """To any question that is asked."""
    question = _asked(sheet, question_id)
    return sheet if sheet.current == question else await _move(tx, sheet, question.id, now)


async def finish(tx: Transaction, sheet: Sheet, *, now: datetime, randomness: Randomness) -> Sheet:
    """Judges the answers and opens a finding for each fault. Finishing twice gives the same findings."""
    if sheet.run.state == "finished":
        return sheet
    if flow.next_question(sheet.snapshot.checklist, sheet.answers):
        raise Refusal("check.unanswered_left")
    if not await store.close(tx, sheet.run.id, "finished", now):
        raise Refusal(access.NO_SUCH_RUN)
    run = sheet.run.model_copy(update={"state": "finished", "finished_at": now, "updated_at": now, "cursor": None})
    finished = replace(sheet, run=run)
    await _open_findings(tx, finished, now, randomness)
    return finished


async def _open_findings(tx: Transaction, finished: Sheet, now: datetime, randomness: Randomness) -> None:
    run, cases = finished.run, await store.cases_of(tx, finished.run)
    shown = (one for one in finished.judged(now) if one.severity)
    await store.add_findings(tx, [_finding(run, one, cases.get(one.question.id), now, randomness) for one in shown])


async def record(
    tx: Transaction,
    run_id: str,
    checklist: Checklist,
    *,
    pack: Pack,
    person: str,
    enterprise: str | None,
    now: datetime,
    randomness: Randomness,
) -> Sheet:
    """Keeps what a file showed as a finished run, so that it is followed up like any other finding.

    The questions are the faults, each with the answer "no"; `run_id` makes a repetition the same run.
    """
    await access.taking_part(tx, person)
    if enterprise is not None and enterprise not in await access.enterprises_of(tx, person):
        raise Refusal(access.NO_SUCH_RUN)
    snapshot = Snapshot.of(pack, checklist)
    new = Run(
        id=run_id,
        person=person,
        enterprise=enterprise,
        pack=pack.id,
        source="file",
        rules_digest=pack.digest,
        snapshot=await store.keep_snapshot(tx, snapshot),
        started_at=now,
        updated_at=now,
        finished_at=now,
        state="finished",
    )
    if await store.add_run(tx, new):
        for question in checklist.questions:
            await store.put_answer(tx, run_id, question.id, NO, now)
        await _open_findings(tx, await access.own(tx, run_id, person), now, randomness)
    return await access.own(tx, run_id, person)


def _finding(run: Run, judged: Judged, case: str | None, now: datetime, randomness: Randomness) -> Finding:
    """A fault that a case is open about already goes to that case: nobody is asked to correct it twice."""
    return Finding(
        id=new_id(randomness),
        run=run.id,
        question=judged.question.id,
        severity=judged.severity or "advice",
        opened_at=now,
        state="in_case" if case else "open",
        case=case,
        enterprise=run.enterprise,
        person=run.person,
    )


async def last_answers(tx: Transaction, person: str, pack: str) -> dict[str, str]:
    """What the person answered in its last finished self-check of a pack; nothing where there is none."""
    last = await store.last_finished(tx, person, pack)
    return await store.answers(tx, last.id) if last else {}


async def runs_of(tx: Transaction, person: str) -> tuple[Run, ...]:
    """What the person may see again: its own runs and the finished ones of its enterprises, newest first."""
    await access.taking_part(tx, person)
    return await store.runs(tx, person, await access.enterprises_of(tx, person), most=MOST_RUNS_SHOWN)


async def findings_of(tx: Transaction, run_id: str, person: str) -> tuple[Fault, ...]:
    """Findings of a run with question and articles, the worst first."""
    return await faults_on(tx, await access.readable(tx, run_id, person))


async def faults_on(tx: Transaction, sheet: Sheet) -> tuple[Fault, ...]:
    questions = {question.id: question for question in sheet.snapshot.checklist.questions}
    order = list(questions)
    found = sorted(
        await store.findings(tx, [sheet.run.id]),
        key=lambda one: (decisions.GRAVITY[one.severity], order.index(one.question)),
    )
    return tuple(Fault(one, questions[one.question], sheet.snapshot.citations[one.question]) for one in found)


async def open_findings(tx: Transaction, person: str) -> tuple[Finding, ...]:
    """Faults nobody works on yet, from the newest finished run of each pack and enterprise that the person sees."""
    await access.taking_part(tx, person)
    visible = await store.runs(tx, person, await access.enterprises_of(tx, person))
    newest: dict[tuple[str, str], Run] = {}
    for run in sorted((run for run in visible if run.state == "finished"), key=lambda run: run.updated_at):
        newest[f"{run.source}:{run.pack}", run.enterprise or run.person] = run
    found = await store.findings(tx, [run.id for run in newest.values()])
    return tuple(sorted((f for f in found if f.state == "open"), key=lambda f: decisions.GRAVITY[f.severity]))


async def mark_in_case(tx: Transaction, finding_ids: Collection[str], case_id: str) -> None:
    """From now on the case follows them, or again, where it is reopened. Findings of another case stay with theirs."""
    await store.mark_in_case(tx, finding_ids, case_id)


async def mark_corrected(tx: Transaction, case_id: str) -> None:
    await store.mark_corrected(tx, case_id)


async def differences_of(tx: Transaction, sheet: Sheet, person: str, now: datetime) -> tuple[Difference, ...]:
    """Against the run that this one started from; nothing when it started from none."""
    if sheet.run.based_on is None:
        return ()
    return decisions.differences(await access.readable(tx, sheet.run.based_on, person), sheet, now)


def _asked(sheet: Sheet, question_id: str) -> AnyQuestion:
    """Answers of a run that is over never change."""
    if sheet.run.state != "running":
        raise Refusal(access.NO_SUCH_RUN)
    return access.asked(sheet, question_id)


async def _leave_as_it_is(tx: Transaction, sheet: Sheet, question: AnyQuestion, now: datetime) -> Sheet:
    """From an answered question on to the one after it; a second press on an earlier panel leads nowhere."""
    if sheet.run.cursor != question.id:
        return sheet
    following = decisions.after(sheet, question)
    return await _move(tx, sheet, following.id if following and following.id in sheet.answers else None, now)


async def _move(tx: Transaction, sheet: Sheet, cursor: str | None, now: datetime) -> Sheet:
    if cursor != sheet.run.cursor:
        await store.move(tx, sheet.run.id, cursor, now)
    return replace(sheet, run=sheet.run.model_copy(update={"cursor": cursor}))
