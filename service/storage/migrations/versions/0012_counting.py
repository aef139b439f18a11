"""Indexes that hold all that counting needs of signals, and of the askings of one signal."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

_COUNTED = [
    "collection", "duo", "department", "state", "opened_at", "due_at", "closed_at", "first_asked_at",
    "last_asked_at", "reopened", "asked", "id",
]  # fmt: skip


def upgrade() -> None:
    op.drop_index("service_askings_gap", "service_askings")
    op.create_index("service_askings_gap", "service_askings", ["gap_id", "asked_at", "origin"])
    op.create_index("service_gaps_counted", "service_gaps", _COUNTED)


def downgrade() -> None:
    op.drop_index("service_gaps_counted", "service_gaps")
    op.drop_index("service_askings_gap", "service_askings")
    op.create_index("service_askings_gap", "service_askings", ["gap_id", "asked_at"])
