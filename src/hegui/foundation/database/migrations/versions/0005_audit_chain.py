"""audit chain: rows that are there already are numbered without gaps and linked, then nothing can change them."""

import os

import sqlalchemy as sa
from alembic import op

from hegui.foundation.audit import chain
from hegui.foundation.database import dialect
from hegui.foundation.database.metadata import BigInt, Flag, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        for name in ("enterprise", "subject", "sealed"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        for name in ("salt", "algorithm", "hash"):
            batch_op.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
        batch_op.create_index("ix_audit_log_enterprise", ["enterprise"], unique=False)
    op.create_table(
        "audit_checkpoint",
        sa.Column("size", BigInt, autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("frontier", sa.Text(), nullable=False),
        sa.Column("outside", Flag(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoint")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_key",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_audit_key")),
        sqlite_strict=True,
    )
    link_all(op.get_bind())
    for statement in dialect.append_only(op.get_bind(), "audit_log"):
        op.execute(statement)


def link_all(connection: sa.Connection) -> None:
    """Numbers go down only, in order, so none is taken twice."""
    log = sa.table("audit_log", *(sa.column(name) for name in (*chain.FIELDS, "sealed", "hash")))
    change = (
        sa.update(log)
        .where(log.c.seq == sa.bindparam("old"))
        .values({name: sa.bindparam(f"to_{name}") for name in ("seq", "salt", "algorithm", "hash")})
    )
    seen, seq, previous = -1, 0, chain.BEGINNING
    while rows := connection.execute(sa.select(log).where(log.c.seq > seen).order_by(log.c.seq).limit(BATCH)).all():
        changes = []
        for row in rows:
            seq += 1
            new = {**row._mapping, "seq": seq, "salt": os.urandom(8).hex(), "algorithm": "sha256"}  # noqa: SLF001  its public name is odd
            previous = chain.link(previous, new)
            changes.append(
                {
                    "old": row.seq,
                    "to_seq": seq,
                    "to_salt": new["salt"],
                    "to_algorithm": new["algorithm"],
                    "to_hash": previous.hex(),
                }
            )
        connection.execute(change, changes)
        seen = rows[-1].seq
