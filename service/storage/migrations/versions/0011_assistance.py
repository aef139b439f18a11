"""What a language model did for a draft."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("service_drafts", sa.Column("assistance", sa.JSON))


def downgrade() -> None:
    op.drop_column("service_drafts", "assistance")
