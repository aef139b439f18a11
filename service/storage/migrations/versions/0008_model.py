"""What a language model may spend in a day, and digests of what it wrote (guards S22, A3)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "service_model_tokens",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("site", sa.String(100), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("tokens", sa.Integer, nullable=False),
    )
    op.create_table(
        "service_generated",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column(
            "question_id",
            sa.Uuid,
            sa.ForeignKey("service_questions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("service_generated_question", "service_generated", ["question_id"])


def downgrade() -> None:
    op.drop_table("service_generated")
    op.drop_table("service_model_tokens")
