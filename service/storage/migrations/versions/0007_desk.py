"""Work at the desk: pinned news, people to call back, and how practising went, without names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "service_pinned",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("readers", sa.String(20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinned_by", sa.Text, nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("service_pinned_ends", "service_pinned", ["collection", "ends_at"])
    op.create_table(
        "service_callbacks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("question_id", sa.Uuid),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("telephone", sa.Text, nullable=False),
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("moment", sa.String(20), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("reporter", sa.Uuid),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("service_callbacks_list", "service_callbacks", ["collection", "state", "due_at"])
    op.create_index("service_callbacks_left", "service_callbacks", ["collection", "left_at"])
    op.create_index("service_callbacks_reporter", "service_callbacks", ["collection", "reporter", "told_at"])
    op.create_table(
        "service_practice_counts",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("product", sa.String(500), primary_key=True),
        sa.Column("verdict", sa.String(20), primary_key=True),
        sa.Column("answers", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("service_practice_counts")
    op.drop_index("service_callbacks_reporter", "service_callbacks")
    op.drop_index("service_callbacks_left", "service_callbacks")
    op.drop_index("service_callbacks_list", "service_callbacks")
    op.drop_table("service_callbacks")
    op.drop_index("service_pinned_ends", "service_pinned")
    op.drop_table("service_pinned")
