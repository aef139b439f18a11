"""Tables of what still has to be told to people and systems outside, and of who works on what."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, Uuid

from embeddings.store.tables import Moment
from service.storage.tables import metadata

outbox = Table(
    "service_outbox",
    metadata,
    # makes the Message-ID and the Idempotency-Key: a repeat is known as a repeat
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    # what happened, to whom: the same key is one notice, however often it is put
    Column("key", Text, nullable=False),
    # the signal that it is about, so that its page can show what was sent; empty when there is none
    Column("about", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    # a code and a word, never an address or a text
    Column("last_error", Text),
    # the other side said that it never will: people should look at it
    Column("refused", Boolean, nullable=False),
    Column("leased_until", Moment),
    Column("leased_by", String(100)),
    Column("sent_at", Moment),
    # what the other side gave back: the address of an internal task
    Column("receipt", Text),
    # a person saw that it cannot arrive and ended it
    Column("given_up_at", Moment),
    # null once it is erased
    Column("payload", JSON(none_as_null=True)),
    # holds an address that a visitor left: erased as soon as it is sent
    Column("sensitive", Boolean, nullable=False),
    UniqueConstraint("collection", "key", name="service_outbox_once"),
    Index("service_outbox_due", "collection", "sent_at", "not_before"),
    Index("service_outbox_about", "collection", "about"),
)

leases = Table(
    "service_leases",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("held_until", Moment, nullable=False),
)
