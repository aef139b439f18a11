"""Answers that helped a visitor; forms that were sent once; and which askings were erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ERASED = sa.text("text = '[gewist]'")


def upgrade() -> None:
    op.create_table(
        "service_helped",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column(
            "question_id",
            sa.Uuid,
            sa.ForeignKey("service_questions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("service_helped_question", "service_helped", ["question_id"])
    op.add_column("service_questions", sa.Column("form", sa.String(43)))
    op.create_index("service_questions_form", "service_questions", ["collection", "form"], unique=True)
    op.create_index(
        "service_askings_erased",
        "service_askings",
        ["collection", "text", "sequence"],
        sqlite_where=_ERASED,
        postgresql_where=_ERASED,
    )


def downgrade() -> None:
    op.drop_index("service_askings_erased", "service_askings")
    op.drop_index("service_questions_form", "service_questions")
    op.drop_column("service_questions", "form")
    op.drop_table("service_helped")
