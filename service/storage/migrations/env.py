"""Alembic's entry: `upgrade` hands over the connection, which holds the write lock."""

from alembic import context

from service.storage.tables import metadata

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    version_table=attributes["version_table"],
    target_metadata=metadata,
)
context.run_migrations()
