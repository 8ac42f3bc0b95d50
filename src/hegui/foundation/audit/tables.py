"""Tables of the audit log: rows that are only ever added, signed checkpoints, and the keys of personal detail."""

from sqlalchemy import Column, Identity, Index, Table, Text

from hegui.foundation.database.metadata import BigInt, Flag, Moment, metadata

audit_log = Table(
    "audit_log",
    metadata,
    Column("seq", BigInt, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("enterprise", Text),
    Column("subject", Text),
    Column("sealed", Text),
    Column("salt", Text, nullable=False, server_default=""),
    Column("algorithm", Text, nullable=False, server_default=""),
    Column("hash", Text, nullable=False, server_default=""),
    Index("ix_audit_log_enterprise", "enterprise"),
    sqlite_strict=True,
)

audit_checkpoint = Table(
    "audit_checkpoint",
    metadata,
    Column("size", BigInt, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("frontier", Text, nullable=False),
    Column("outside", Flag, nullable=False),
    sqlite_strict=True,
)

audit_key = Table(
    "audit_key",
    metadata,
    Column("person", Text, primary_key=True),
    Column("wrapped", Text, nullable=False),
    sqlite_strict=True,
)
