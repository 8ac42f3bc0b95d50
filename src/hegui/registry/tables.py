"""Tables of the registry."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text

from hegui.foundation.database.metadata import Flag, Moment, metadata

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("name", Text),
    Column("district", Text),
    Column("created_at", Moment, nullable=False),
    sqlite_strict=True,
)

address = Table(
    "address",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("person", Text, ForeignKey("person.id"), nullable=False),
    Column("on", Flag, nullable=False),
    Column("reason", Text),
    Column("changed_at", Moment, nullable=False),
    Index("ix_address_person", "person"),
    sqlite_strict=True,
)

enterprise = Table(
    "enterprise",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("uscc", Text, nullable=False, unique=True),
    Column("district", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_strict=True,
)

membership = Table(
    "membership",
    metadata,
    Column("enterprise", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("person", Text, ForeignKey("person.id"), primary_key=True),
    Column("role", Text, CheckConstraint("role in ('owner', 'staff')", name="membership_role"), nullable=False),
    Index("ix_membership_person", "person"),
    sqlite_strict=True,
)
