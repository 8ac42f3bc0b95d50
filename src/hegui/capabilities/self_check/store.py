"""Tables of the self-check and their queries. Nothing here says who may look: `service` does."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    or_,
    select,
    update,
)

from hegui.capabilities.self_check.model import Evidence, Finding, Run, Snapshot, digest_of
from hegui.foundation.database.metadata import BigInt, Day, Moment, metadata
from hegui.foundation.database.transaction import Transaction

checklist_snapshot = Table(
    "checklist_snapshot",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("enterprise", Text, ForeignKey("enterprise.id")),
    Column("pack", Text, nullable=False),
    Column("source", Text, nullable=False, server_default="questions"),
    Column("rules_digest", Text, nullable=False),
    Column("snapshot", Text, ForeignKey("checklist_snapshot.digest"), nullable=False),
    Column("based_on", Text, ForeignKey("run.id")),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("cursor", Text),
    Column(
        "state",
        Text,
        CheckConstraint("state in ('running', 'finished', 'abandoned')", name="run_state"),
        nullable=False,
    ),
    Index("ix_run_enterprise", "enterprise"),
    sqlite_strict=True,
)
RUNNING = run.c.state == "running"
Index("uq_run_running", run.c.person, run.c.pack, unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)

answer = Table(
    "answer",
    metadata,
    Column("run", Text, ForeignKey("run.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
    sqlite_strict=True,
)

evidence = Table(
    "check_evidence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("run", Text, ForeignKey("run.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("stored", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInt, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("dated", Day),
    UniqueConstraint("run", "question", "sha256"),
    sqlite_strict=True,
)

finding = Table(
    "finding",
    metadata,
    Column("id", Text, primary_key=True),
    Column("run", Text, ForeignKey("run.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state in ('open', 'in_case', 'corrected')", name="finding_state"),
        nullable=False,
    ),
    Column("case", Text),
    Column("enterprise", Text, ForeignKey("enterprise.id")),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    UniqueConstraint("run", "question"),
    Index("ix_finding_case", "case"),
    sqlite_strict=True,
)


async def keep_snapshot(tx: Transaction, snapshot: Snapshot) -> str:
    """Its digest; the same questions are kept once."""
    body = snapshot.body()
    await tx.insert_new(checklist_snapshot, {"digest": digest_of(body), "body": body})
    return digest_of(body)


async def get_snapshot(tx: Transaction, digest: str) -> Snapshot:
    body = await tx.scalar(select(checklist_snapshot.c.body).where(checklist_snapshot.c.digest == digest))
    return Snapshot.model_validate_json(body)


async def add_run(tx: Transaction, new: Run) -> bool:
    """False when the person has an unfinished run of this pack already."""
    return await tx.insert_new(run, new.model_dump())


async def get_run(tx: Transaction, run_id: str, *, to_change: bool = False) -> Run | None:
    """`to_change` keeps others waiting until this transaction is over."""
    asked = select(run).where(run.c.id == run_id)
    row = await tx.one(asked.with_for_update() if to_change else asked)
    return Run.model_validate(row) if row else None


async def unfinished(tx: Transaction, person: str, pack: str) -> Run | None:
    row = await tx.one(select(run).where(run.c.person == person, run.c.pack == pack, RUNNING))
    return Run.model_validate(row) if row else None


async def last_finished(tx: Transaction, person: str, pack: str) -> Run | None:
    row = await tx.one(
        select(run)
        .where(run.c.person == person, run.c.pack == pack, run.c.state == "finished", run.c.source == "questions")
        .order_by(run.c.finished_at.desc(), run.c.id)
        .limit(1)
    )
    return Run.model_validate(row) if row else None


async def runs(
    tx: Transaction, person: str, enterprises: Collection[str], *, most: int | None = None
) -> tuple[Run, ...]:
    """The person's own runs and the finished ones of the enterprises, newest first."""
    colleagues = and_(run.c.enterprise.in_(enterprises), run.c.state == "finished")
    rows = await tx.all(
        select(run)
        .where(or_(run.c.person == person, colleagues), run.c.state != "abandoned")
        .order_by(run.c.started_at.desc(), run.c.id)
        .limit(most)
    )
    return tuple(Run.model_validate(row) for row in rows)


async def move(tx: Transaction, run_id: str, cursor: str | None, now: datetime) -> None:
    await tx.execute(update(run).where(run.c.id == run_id).values(cursor=cursor, updated_at=now))


async def close(tx: Transaction, run_id: str, state: str, now: datetime) -> bool:
    """Ends a run that is running; says whether this call did it."""
    finished_at = now if state == "finished" else None
    done = update(run).where(run.c.id == run_id, RUNNING)
    return (
        await tx.execute(done.values(state=state, finished_at=finished_at, cursor=None, updated_at=now))
    ).rowcount == 1


async def answers(tx: Transaction, run_id: str) -> dict[str, str]:
    rows = await tx.all(select(answer.c.question, answer.c.value).where(answer.c.run == run_id))
    return {row.question: row.value for row in rows}


async def put_answer(tx: Transaction, run_id: str, question: str, value: str, now: datetime) -> None:
    await tx.put(answer, [{"run": run_id, "question": question, "value": value, "answered_at": now}])


async def drop_answers(tx: Transaction, run_id: str, questions: Collection[str]) -> None:
    if questions:
        await tx.execute(delete(answer).where(answer.c.run == run_id, answer.c.question.in_(questions)))


async def copy_answers(tx: Transaction, old: str, new: str, values: Mapping[str, str]) -> None:
    """With the moments at which they were given."""
    rows = await tx.all(select(answer).where(answer.c.run == old, answer.c.question.in_(list(values))))
    await tx.insert(
        answer,
        [{"run": new, "question": r.question, "value": r.value, "answered_at": r.answered_at} for r in rows],
    )


async def add_evidence(tx: Transaction, new: Evidence) -> bool:
    """False when the same file stands under the question already."""
    return await tx.insert_new(evidence, new.model_dump())


async def evidence_of(tx: Transaction, run_id: str, question: str | None = None) -> tuple[Evidence, ...]:
    kept: Select[tuple[object, ...]] = select(evidence).where(evidence.c.run == run_id)
    if question:
        kept = kept.where(evidence.c.question == question)
    rows = await tx.all(kept.order_by(evidence.c.received_at, evidence.c.id))
    return tuple(Evidence.model_validate(row) for row in rows)


async def date_evidence(tx: Transaction, run_id: str, evidence_id: str, dated: date) -> None:
    held = update(evidence).where(evidence.c.id == evidence_id, evidence.c.run == run_id)
    await tx.execute(held.values(dated=dated))


async def remove_evidence(tx: Transaction, run_id: str, evidence_id: str) -> None:
    await tx.execute(delete(evidence).where(evidence.c.id == evidence_id, evidence.c.run == run_id))


async def stored_files(tx: Transaction) -> frozenset[str]:
    """Files of the data folder that rows point to: all others may be swept."""
    return frozenset(row.stored for row in await tx.all(select(evidence.c.stored)))


async def add_findings(tx: Transaction, new: Iterable[Finding]) -> None:
    await tx.insert_all_new(finding, [one.model_dump() for one in new])


async def findings(tx: Transaction, runs_of: Sequence[str]) -> tuple[Finding, ...]:
    rows = await tx.all(select(finding).where(finding.c.run.in_(runs_of)).order_by(finding.c.run, finding.c.question))
    return tuple(Finding.model_validate(row) for row in rows)


async def cases_of(tx: Transaction, of: Run) -> dict[str, str]:
    """Question → case that is already open about it, for the same enterprise or, without one, the same person."""
    subject = finding.c.enterprise == of.enterprise
    if of.enterprise is None:
        subject = and_(finding.c.enterprise.is_(None), finding.c.person == of.person)
    rows = await tx.all(
        select(finding.c.question, finding.c.case)
        .join(run, run.c.id == finding.c.run)
        .where(subject, run.c.pack == of.pack, run.c.source == of.source, finding.c.state == "in_case")
        .order_by(finding.c.opened_at)
    )
    return {row.question: row.case for row in rows}


async def mark_in_case(tx: Transaction, finding_ids: Collection[str], case_id: str) -> None:
    """Those that are open, and those of this very case where it is opened again."""
    free = or_(finding.c.state == "open", finding.c.case == case_id)
    chosen = update(finding).where(finding.c.id.in_(finding_ids), free)
    await tx.execute(chosen.values(state="in_case", case=case_id))


async def mark_corrected(tx: Transaction, case_id: str) -> None:
    await tx.execute(update(finding).where(finding.c.case == case_id).values(state="corrected"))
