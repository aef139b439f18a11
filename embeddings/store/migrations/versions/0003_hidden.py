"""Texts that may not be found, though their source publishes them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of hidden texts."""
    op.create_table(
        "library_hidden",
        sa.Column("collection", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=50), nullable=False),
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("collection", "source", "id", "why"),
    )
