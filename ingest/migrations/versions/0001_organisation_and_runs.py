"""Departments, members, duos with their products, and runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the first tables."""
    _make_organisation()
    op.create_table(
        "ingest_runs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("source", sa.String(50), nullable=False),
        sa.Column("started", _MOMENT, nullable=False),
        sa.Column("ended", _MOMENT),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
    )
    op.create_index("ingest_runs_latest", "ingest_runs", ["collection", "number"])


def downgrade() -> None:
    """Remove them; the library is not touched."""
    for table in ("runs", "duo_products", "duos", "members", "departments"):
        op.drop_table(f"ingest_{table}")


def _make_organisation() -> None:
    op.create_table("ingest_departments", *_named("email"))
    op.create_table(
        "ingest_members", *_named("email", "function"), sa.Column("departments", sa.JSON, nullable=False)
    )
    op.create_table(
        "ingest_duos",
        *_named("department"),
        sa.Column("kcc_member", sa.String(200), nullable=False),
        sa.Column("specialist", sa.String(200), nullable=False),
    )
    op.create_table(
        "ingest_duo_products",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("product", sa.String(500), primary_key=True),
        sa.Column("duo", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["collection", "duo"], ["ingest_duos.collection", "ingest_duos.id"]),
    )


def _named(*texts: str) -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", *texts)),
    ]
