"""Wordings that a language model made, apart from people's; and of which texts it was asked for them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Say of each wording whose it is; those that are there are people's."""
    for column in (
        sa.Column("origin", sa.String(length=10)),
        sa.Column("of_digest", sa.String(length=64)),
        sa.Column("model", sa.String(length=200)),
        sa.Column("prompt", sa.String(length=100)),
        sa.Column("made_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("library_wordings", column)
    op.create_table(
        "library_questioned",
        sa.Column("collection", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=50), nullable=False),
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("prompt", sa.String(length=100), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "source", "id"),
    )
