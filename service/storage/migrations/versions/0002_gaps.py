"""Gaps with their askings and history, drafts, proofs, and what was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "service_gaps",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("duo", sa.String(200), nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("product", sa.String(500), nullable=False),
        sa.Column("document", sa.String(400), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("urgency", sa.String(10), nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("first_asked_at", MOMENT, nullable=False),
        sa.Column("last_asked_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("merged_into", sa.Uuid),
        sa.Column("reopened", sa.Integer, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("collection", "number", name="service_gaps_number"),
    )
    op.create_index("service_gaps_list", "service_gaps", ["collection", "duo", "state", "weight"])
    op.create_index(
        "service_gaps_department", "service_gaps", ["collection", "department", "state", "weight"]
    )
    op.create_index("service_gaps_state", "service_gaps", ["collection", "state", "weight"])
    op.create_index("service_gaps_due", "service_gaps", ["collection", "state", "due_at"])
    op.create_index("service_gaps_first", "service_gaps", ["collection", "first_asked_at"])
    op.create_index("service_gaps_closed", "service_gaps", ["collection", "closed_at"])
    op.create_table(
        "service_askings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("gap_id", sa.Uuid, sa.ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
        sa.Column("question_id", sa.Uuid),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("fault", sa.String(20), nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("reporter", sa.Uuid),
        sa.Column("told_at", MOMENT),
        sa.Column("encoder", sa.String(200), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("states", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("collection", "sequence", name="service_askings_sequence"),
    )
    op.create_index("service_askings_gap", "service_askings", ["gap_id", "asked_at"])
    op.create_index("service_askings_asked", "service_askings", ["collection", "asked_at"])
    op.create_index("service_askings_question", "service_askings", ["collection", "question_id"])
    op.create_index("service_askings_reporter", "service_askings", ["collection", "reporter", "told_at"])
    op.create_table(
        "service_addresses",
        sa.Column(
            "asking_id", sa.Uuid, sa.ForeignKey("service_askings.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("left_at", MOMENT, nullable=False),
    )
    op.create_table(
        "service_gap_events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("gap_id", sa.Uuid, sa.ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("service_gap_events_gap", "service_gap_events", ["gap_id", "number"])
    op.create_index("service_gap_events_at", "service_gap_events", ["collection", "at"])
    op.create_table(
        "service_drafts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("gap_id", sa.Uuid, sa.ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("document_id", sa.String(400), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("author", sa.Uuid, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
        sa.Column("wordings", sa.JSON, nullable=False),
        sa.Column("mends", sa.String(400), nullable=False),
        sa.Column("mends_digest", sa.String(64), nullable=False),
        sa.Column("reviewer", sa.Uuid),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("submitted_at", MOMENT),
        sa.Column("reviewed_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("service_drafts_gap", "service_drafts", ["gap_id", "updated_at"])
    op.create_index("service_drafts_state", "service_drafts", ["collection", "state", "updated_at"])
    op.create_index("service_drafts_document", "service_drafts", ["collection", "document_id"])
    op.create_table(
        "service_draft_versions",
        sa.Column(
            "draft_id", sa.Uuid, sa.ForeignKey("service_drafts.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("saved_by", sa.Uuid, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
    )
    op.create_table(
        "service_proofs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("gap_id", sa.Uuid, sa.ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
        sa.Column("document", sa.String(400), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("solved", sa.Boolean, nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
    )
    op.create_index("service_proofs_gap", "service_proofs", ["gap_id", "at"])
    op.create_table(
        "service_regression_questions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("document", sa.String(400), nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("gap_id", sa.Uuid),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("holds", sa.Boolean),
        sa.Column("checked_at", MOMENT),
        sa.UniqueConstraint("collection", "question", "document", name="service_regression_once"),
    )
    op.create_table(
        "service_choices",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(300), primary_key=True),
        sa.Column("value", sa.JSON),
        sa.Column("chosen_by", sa.Text, nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("service_choices")
    op.drop_table("service_regression_questions")
    op.drop_table("service_proofs")
    op.drop_table("service_draft_versions")
    op.drop_table("service_drafts")
    op.drop_table("service_gap_events")
    op.drop_table("service_addresses")
    op.drop_table("service_askings")
    op.drop_table("service_gaps")
