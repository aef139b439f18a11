"""Runs the migrations on the connection that `ingest.records.migrate` hands over."""

from __future__ import annotations

from alembic import context

from ingest.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="ingest_version",
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
