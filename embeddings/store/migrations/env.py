"""Alembic's entry: the connection and the version table come from migrating.py."""

from alembic import context

from embeddings.store.tables import metadata

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=metadata,
    version_table=attributes["version_table"],
)
context.run_migrations()
