"""Figures: counts per day, and indexes that hold what counting needs of askings and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "service_daily_counts",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("product", sa.String(500), primary_key=True),
        sa.Column("status", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("certain", sa.Boolean, primary_key=True),
        sa.Column("questions", sa.Integer, nullable=False),
    )
    op.create_index(
        "service_askings_counted", "service_askings", ["collection", "asked_at", "gap_id", "origin"]
    )
    op.create_index(
        "service_gap_events_counted", "service_gap_events", ["collection", "action", "at", "gap_id"]
    )


def downgrade() -> None:
    op.drop_index("service_gap_events_counted", "service_gap_events")
    op.drop_index("service_askings_counted", "service_askings")
    op.drop_table("service_daily_counts")
