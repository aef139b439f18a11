"""Vectors in SQL, by encoder and passage digest: written once, read by every index that is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.engine import Connection

from embeddings.encoders.base import Bytes, Encoded, Floats, pack_states, unpack_states
from embeddings.store.tables import vectors

_AT_ONCE = 400


@dataclass(frozen=True)
class StoredVector:
    """A passage as an index keeps it: float32 unit vector and int8 token states."""

    vector: Floats
    states: Bytes


def known(connection: Connection, collection: str, encoder: str, digests: Iterable[str]) -> set[str]:
    """Which of these digests have a vector of this encoder."""
    found: set[str] = set()
    for some in _chunks(sorted(set(digests))):
        query = select(vectors.c.digest).where(*_of(collection, encoder), vectors.c.digest.in_(some))
        found |= set(connection.execute(query).scalars())
    return found


def save(connection: Connection, collection: str, encoder: str, encoded: Mapping[str, Encoded]) -> None:
    """Keep vectors by digest; those already there (another writer was first) stay."""
    fresh = set(encoded) - known(connection, collection, encoder, encoded)
    now = datetime.now(UTC)
    rows = [
        {
            "collection": collection,
            "encoder": encoder,
            "digest": digest,
            "vector": encoded[digest].vector.astype("<f4").tobytes(),
            "states": pack_states(encoded[digest].states),
            "created_at": now,
        }
        for digest in sorted(fresh)
    ]
    if rows:
        connection.execute(insert(vectors), rows)


def load(
    connection: Connection, collection: str, encoder: str, digests: Iterable[str], dimensions: int
) -> dict[str, StoredVector]:
    """The vectors that are there for these digests."""
    found = {}
    for some in _chunks(sorted(set(digests))):
        query = select(vectors.c.digest, vectors.c.vector, vectors.c.states).where(
            *_of(collection, encoder), vectors.c.digest.in_(some)
        )
        for row in connection.execute(query):
            vector = np.frombuffer(row.vector, dtype="<f4")
            found[row.digest] = StoredVector(vector, unpack_states(row.states, dimensions))
    return found


def purge(connection: Connection, collection: str, kept: set[str], before: datetime) -> int:
    """Delete vectors made before `before` whose digest is not `kept`; how many.

    Young ones stay: a sync that is under way writes its vectors before its texts.
    """
    query = select(vectors.c.encoder, vectors.c.digest).where(
        vectors.c.collection == collection, vectors.c.created_at < before
    )
    unused = [(row.encoder, row.digest) for row in connection.execute(query) if row.digest not in kept]
    for encoder, digest in unused:
        connection.execute(delete(vectors).where(*_of(collection, encoder), vectors.c.digest == digest))
    return len(unused)


def _of(collection: str, encoder: str) -> tuple[ColumnElement[bool], ...]:
    return vectors.c.collection == collection, vectors.c.encoder == encoder


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
