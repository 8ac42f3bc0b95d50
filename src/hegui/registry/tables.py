"""Tables of the registry."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Identity, Index, Table, Text

from hegui.foundation.database.metadata import BigInt, Flag, Moment, metadata

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("name", Text),
    Column("district", Text),
    Column("unit", Text),
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

enterprise_tag = Table(
    "enterprise_tag",
    metadata,
    Column("enterprise", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Index("ix_enterprise_tag_key_value", "key", "value"),
    sqlite_strict=True,
)

contact_officer = Table(
    "contact_officer",
    metadata,
    Column("enterprise", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("officer", Text, ForeignKey("person.id"), nullable=False),
    Index("ix_contact_officer_officer", "officer"),
    sqlite_strict=True,
)

affiliation = Table(
    "affiliation",
    metadata,
    Column("lead", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("affiliate", Text, ForeignKey("enterprise.id"), primary_key=True),
    Column("since", Moment, nullable=False),
    Index("ix_affiliation_affiliate", "affiliate"),
    sqlite_strict=True,
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("enterprise", Text, ForeignKey("enterprise.id")),
    Column("role", Text, CheckConstraint("role in ('owner', 'staff')", name="invitation_role")),
    Column("person", Text, ForeignKey("person.id")),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", Text, ForeignKey("person.id")),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index("ix_invitation_enterprise", "enterprise"),
    Index("ix_invitation_person", "person"),
    sqlite_strict=True,
)

wrong_invitation = Table(
    "wrong_invitation",
    metadata,
    Column("seq", BigInt, Identity(), primary_key=True),
    Column("chat", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_wrong_invitation_chat", "chat", "at"),
    Index("ix_wrong_invitation_at", "at"),
    sqlite_strict=True,
)
