"""Tags, contact officers and affiliates of enterprises, units of people, invitations."""

import sqlalchemy as sa
from alembic import op

from hegui.foundation.database.metadata import BigInt, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wrong_invitation",
        sa.Column("seq", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_wrong_invitation")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("wrong_invitation", schema=None) as batch_op:
        batch_op.create_index("ix_wrong_invitation_at", ["at"], unique=False)
        batch_op.create_index("ix_wrong_invitation_chat", ["chat", "at"], unique=False)

    op.create_table(
        "affiliation",
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("affiliate", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["affiliate"], ["enterprise.id"], name=op.f("fk_affiliation_affiliate")),
        sa.ForeignKeyConstraint(["lead"], ["enterprise.id"], name=op.f("fk_affiliation_lead")),
        sa.PrimaryKeyConstraint("lead", "affiliate", name=op.f("pk_affiliation")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.create_index("ix_affiliation_affiliate", ["affiliate"], unique=False)

    op.create_table(
        "contact_officer",
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprise.id"], name=op.f("fk_contact_officer_enterprise")),
        sa.ForeignKeyConstraint(["officer"], ["person.id"], name=op.f("fk_contact_officer_officer")),
        sa.PrimaryKeyConstraint("enterprise", name=op.f("pk_contact_officer")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contact_officer", schema=None) as batch_op:
        batch_op.create_index("ix_contact_officer_officer", ["officer"], unique=False)

    op.create_table(
        "enterprise_tag",
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprise.id"], name=op.f("fk_enterprise_tag_enterprise")),
        sa.PrimaryKeyConstraint("enterprise", "key", "value", name=op.f("pk_enterprise_tag")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("enterprise_tag", schema=None) as batch_op:
        batch_op.create_index("ix_enterprise_tag_key_value", ["key", "value"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.CheckConstraint("role in ('owner', 'staff')", name="invitation_role"),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprise.id"], name=op.f("fk_invitation_enterprise")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_invitation_person")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invitation_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_invitation_token_sha256")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_enterprise", ["enterprise"], unique=False)
        batch_op.create_index("ix_invitation_person", ["person"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit", sa.Text(), nullable=True))
