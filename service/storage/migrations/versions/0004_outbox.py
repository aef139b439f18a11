"""Outbox and leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "service_outbox",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("leased_by", sa.String(100)),
        sa.Column("sent_at", MOMENT),
        sa.Column("receipt", sa.Text),
        sa.Column("given_up_at", MOMENT),
        sa.Column("payload", sa.JSON),
        sa.Column("sensitive", sa.Boolean, nullable=False),
        sa.UniqueConstraint("collection", "key", name="service_outbox_once"),
    )
    op.create_index("service_outbox_due", "service_outbox", ["collection", "sent_at", "not_before"])
    op.create_index("service_outbox_about", "service_outbox", ["collection", "about"])
    op.create_table(
        "service_leases",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("held_until", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("service_leases")
    op.drop_table("service_outbox")
