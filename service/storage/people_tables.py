"""The tables of people: accounts, sessions, keys that work once, tries to sign in, and the audit."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from embeddings.store.tables import Moment
from service.storage.tables import metadata

accounts = Table(
    "service_accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    # who says who this is: "" is our own password, "demo" a click, else the address of an identity provider
    Column("issuer", String(500), nullable=False),
    # the e-mail address in small letters; of an identity provider its `sub`, which never changes
    Column("subject", String(320), nullable=False),
    Column("display_name", String(200), nullable=False),
    Column("email", String(320), nullable=False),
    Column("roles", JSON, nullable=False),
    # a member of the organisation, by its id: ties the account to duos
    Column("member", String(200), nullable=False),
    Column("departments", JSON, nullable=False),
    # argon2id; none until the owner has chosen a password
    Column("password_hash", Text),
    # the secret of the second step, and the last 30 seconds for which a code was taken
    Column("code_secret", String(64)),
    Column("code_step", Integer, nullable=False),
    # SHA-256 of the recovery codes that are left
    Column("recovery", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    UniqueConstraint("collection", "issuer", "subject", name="service_accounts_identity"),
)

sessions = Table(
    "service_sessions",
    metadata,
    # SHA-256 of the reference: who reads this table opens nothing
    Column("digest", String(64), primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("account_id", Uuid, ForeignKey("service_accounts.id", ondelete="CASCADE"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    # written once a minute at most
    Column("seen_at", Moment, nullable=False),
    Index("service_sessions_account", "account_id"),
    Index("service_sessions_opened", "collection", "opened_at"),
)

one_time_keys = Table(
    "service_one_time_keys",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("account_id", Uuid, ForeignKey("service_accounts.id", ondelete="CASCADE")),
    Column("data", JSON, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("service_one_time_keys_expiry", "collection", "expires_at"),
)

sign_in_tries = Table(
    "service_sign_in_tries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    # SHA-256 of an address or a name, never the thing itself
    Column("bucket", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("service_sign_in_tries_bucket", "collection", "bucket", "at"),
    Index("service_sign_in_tries_at", "collection", "at"),
)

audit = Table(
    "service_audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    # counts from 1 without a gap within the collection
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(100), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("outcome", String(50), nullable=False),
    Column("request_id", String(50), nullable=False),
    Column("details", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("collection", "number", name="service_audit_number"),
)

# the last line of each chain: without it nobody would miss a line cut off at the end
audit_heads = Table(
    "service_audit_heads",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
