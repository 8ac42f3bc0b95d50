"""Runs migrations on the connection that `migrate.upgrade` hands over."""

from alembic import context

from hegui.foundation.database.metadata import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=context.config.attributes.get("render_item"),
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
