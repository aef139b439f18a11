"""Conversations and questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "service_conversations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
    )
    op.create_index("service_conversations_started", "service_conversations", ["collection", "started_at"])
    op.create_table(
        "service_questions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column(
            "conversation_id",
            sa.Uuid,
            sa.ForeignKey("service_conversations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("removed", sa.JSON, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("for_staff", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("certainty", sa.String(10), nullable=False),
        sa.Column("degraded", sa.Boolean, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.UniqueConstraint("conversation_id", "position", name="service_questions_turn"),
    )
    op.create_index("service_questions_asked", "service_questions", ["collection", "asked_at"])


def downgrade() -> None:
    op.drop_table("service_questions")
    op.drop_table("service_conversations")
