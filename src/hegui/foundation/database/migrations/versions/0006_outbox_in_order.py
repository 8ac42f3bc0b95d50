"""the index of queued letters holds their whole order."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    op.drop_index("ix_outbox_queued", table_name="outbox")
    order = ["lane", "ready_at", "created_at", "turn", "id"]
    op.create_index("ix_outbox_in_order", "outbox", order, sqlite_where=QUEUED, postgresql_where=QUEUED)
