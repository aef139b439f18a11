"""People: accounts, sessions, keys that work once, tries to sign in, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _sessions()
    _tries()
    _audit()


def _accounts() -> None:
    op.create_table(
        "service_accounts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(320), nullable=False),
        sa.Column("display_name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("member", sa.String(200), nullable=False),
        sa.Column("departments", sa.JSON, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("code_secret", sa.String(64)),
        sa.Column("code_step", sa.Integer, nullable=False),
        sa.Column("recovery", sa.JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.UniqueConstraint("collection", "issuer", "subject", name="service_accounts_identity"),
    )


def _sessions() -> None:
    op.create_table(
        "service_sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column(
            "account_id", sa.Uuid, sa.ForeignKey("service_accounts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_index("service_sessions_account", "service_sessions", ["account_id"])
    op.create_index("service_sessions_opened", "service_sessions", ["collection", "opened_at"])
    op.create_table(
        "service_one_time_keys",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("service_accounts.id", ondelete="CASCADE")),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("service_one_time_keys_expiry", "service_one_time_keys", ["collection", "expires_at"])


def _tries() -> None:
    op.create_table(
        "service_sign_in_tries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("bucket", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("service_sign_in_tries_bucket", "service_sign_in_tries", ["collection", "bucket", "at"])
    op.create_index("service_sign_in_tries_at", "service_sign_in_tries", ["collection", "at"])


def _audit() -> None:
    op.create_table(
        "service_audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(50), nullable=False),
        sa.Column("request_id", sa.String(50), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("collection", "number", name="service_audit_number"),
    )
    op.create_table(
        "service_audit_heads",
        sa.Column("collection", sa.String(100), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER service_audit_no_{change.lower()} BEFORE {change} ON service_audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
            )


def downgrade() -> None:
    for table in (
        "service_audit_heads", "service_audit", "service_sign_in_tries", "service_one_time_keys",
        "service_sessions", "service_accounts",
    ):  # fmt: skip
        op.drop_table(table)
