"""Tables of the outbox: letters, and the times at which a bot and a chat may send again."""

from sqlalchemy import Column, Index, Integer, Table, Text, and_

from hegui.foundation.database.metadata import BigInt, Moment, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),  # the letter's key: what makes it exactly one
    Column("kind", Text, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replaces", BigInt),
    Column("turn", BigInt),
    Column("state", Text, nullable=False),
    Column("ready_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("message", BigInt),
    Column("reason", Text),
    Column("copy_of", Text),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    sqlite_strict=True,
)
QUEUED = outbox.c.state == "queued"
SENDING = outbox.c.state == "sending"
IN_ORDER = (outbox.c.lane, outbox.c.ready_at, outbox.c.created_at, outbox.c.turn, outbox.c.id)
Index("ix_outbox_in_order", *IN_ORDER, sqlite_where=QUEUED, postgresql_where=QUEUED)
Index("ix_outbox_about", outbox.c.about, sqlite_where=QUEUED, postgresql_where=QUEUED)
Index("ix_outbox_sending", outbox.c.channel, outbox.c.address, sqlite_where=SENDING, postgresql_where=SENDING)
TRIED = and_(QUEUED, outbox.c.reason.is_not(None))  # it was on its way and came back
Index("ix_outbox_tried", outbox.c.channel, outbox.c.address, sqlite_where=TRIED, postgresql_where=TRIED)
Index("ix_outbox_person", outbox.c.person, outbox.c.created_at)

pace = Table(
    "pace",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),  # "" is the whole channel
    Column("next_at", Moment, nullable=False),
    sqlite_strict=True,
)
