"""Approvals: which answers agents said were right, by text, without names or words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "service_approvals",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("question_id", sa.Uuid, primary_key=True),
        sa.Column("document", sa.String(400), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("service_approvals_document", "service_approvals", ["collection", "document"])


def downgrade() -> None:
    op.drop_index("service_approvals_document", "service_approvals")
    op.drop_table("service_approvals")
