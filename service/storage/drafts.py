"""Drafts and every version of them, read and written row by row; what they mean is `duos`'."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from embeddings.document import Document
from service.domain.draft import Assistance, Draft, DraftState
from service.storage.gap_tables import draft_versions, drafts
from service.storage.generated import digests_of

_DOCUMENT = TypeAdapter(Document)
_DRAFT = TypeAdapter(Draft)
_ASSISTANCE = TypeAdapter(Assistance)


@dataclass(frozen=True)
class DraftVersion:
    """A draft as somebody saved it. `aside`: somebody else had saved in the meantime, so it never became
    the draft; it is kept so that nothing typed is lost."""

    version: int
    draft: Draft
    saved_by: uuid.UUID
    saved_at: datetime
    aside: bool = False


class KeptDrafts:
    """Reads the drafts of one municipality. Writes are functions of this module, within a transaction."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def find(self, draft: uuid.UUID) -> Draft | None:
        with self.engine.connect() as connection:
            return by_id(connection, self.collection, draft)

    def of_gap(self, gap: uuid.UUID) -> list[Draft]:
        """The drafts of a gap, the one that was touched last first."""
        query = (
            select(drafts)
            .where(drafts.c.collection == self.collection, drafts.c.gap_id == gap)
            .order_by(drafts.c.updated_at.desc())
        )
        with self.engine.connect() as connection:
            return [_draft_of(row) for row in connection.execute(query)]

    def in_state(self, state: DraftState) -> list[Draft]:
        """Every draft in this state, the one that was touched longest ago first."""
        query = (
            select(drafts)
            .where(drafts.c.collection == self.collection, drafts.c.state == state.value)
            .order_by(drafts.c.updated_at)
        )
        with self.engine.connect() as connection:
            return [_draft_of(row) for row in connection.execute(query)]

    def of_document(self, document_id: str) -> list[Draft]:
        """The drafts of one text, the one that was touched last first."""
        query = (
            select(drafts)
            .where(drafts.c.collection == self.collection, drafts.c.document_id == document_id)
            .order_by(drafts.c.updated_at.desc())
        )
        with self.engine.connect() as connection:
            return [_draft_of(row) for row in connection.execute(query)]

    def versions(self, draft: uuid.UUID) -> list[DraftVersion]:
        """Every version that somebody saved, oldest first."""
        query = (
            select(draft_versions)
            .where(draft_versions.c.collection == self.collection, draft_versions.c.draft_id == draft)
            .order_by(draft_versions.c.version)
        )
        with self.engine.connect() as connection:
            return [_version_of(row) for row in connection.execute(query)]


def begun_with(connection: Connection, collection: str, digests: Collection[str]) -> Assistance | None:
    """What a model did for the draft that one of its sentences, by digest, began; None when it wrote none of
    them."""
    query = select(drafts.c.assistance).where(
        drafts.c.collection == collection, drafts.c.assistance.is_not(None)
    )
    for kept in connection.execute(query.order_by(drafts.c.updated_at)).scalars():
        helped: Assistance = _ASSISTANCE.validate_python(kept)
        if not set(digests).isdisjoint(digests_of([each.text for each in helped.sentences])):
            return helped
    return None


def by_id(connection: Connection, collection: str, draft: uuid.UUID) -> Draft | None:
    """The draft with this id, as this transaction sees it."""
    row = connection.execute(
        select(drafts).where(drafts.c.collection == collection, drafts.c.id == draft)
    ).one_or_none()
    return _draft_of(row) if row else None


def add_draft(connection: Connection, draft: Draft) -> None:
    """Write a new draft, with its first version."""
    connection.execute(insert(drafts).values(**_columns_of(draft)))
    _add_version(connection, draft, draft.version, draft.author, aside=False)


def change_draft(connection: Connection, before: Draft, after: Draft) -> bool:
    """Put `after` in the place of `before`; False, and nothing is written, when that is not stored now."""
    changed = connection.execute(
        update(drafts)
        .where(
            drafts.c.collection == before.collection,
            drafts.c.id == before.id,
            drafts.c.version == before.version,
            drafts.c.state == before.state.value,
            drafts.c.reviewer.is_(None) if before.reviewer is None else drafts.c.reviewer == before.reviewer,
        )
        .values(**_columns_of(after))
    ).rowcount
    return changed == 1


def next_version(connection: Connection, draft: uuid.UUID) -> int:
    """A number that no version of this draft has yet, not even one that was kept aside."""
    query = select(func.max(draft_versions.c.version)).where(draft_versions.c.draft_id == draft)
    return (connection.execute(query).scalar() or 0) + 1


def keep_version(connection: Connection, draft: Draft, saved_by: uuid.UUID, aside: bool = False) -> None:
    """Keep what somebody saved under `draft.version`."""
    _add_version(connection, draft, draft.version, saved_by, aside)


def move_drafts(connection: Connection, collection: str, source: uuid.UUID, target: uuid.UUID) -> int:
    """Put the drafts of a gap under the one that it was merged into; returns how many there were."""
    return connection.execute(
        update(drafts)
        .where(drafts.c.collection == collection, drafts.c.gap_id == source)
        .values(gap_id=target)
    ).rowcount


def _add_version(
    connection: Connection, draft: Draft, version: int, saved_by: uuid.UUID, aside: bool
) -> None:
    connection.execute(
        insert(draft_versions).values(
            draft_id=draft.id,
            version=version,
            collection=draft.collection,
            content={"draft": _DRAFT.dump_python(draft, mode="json"), "aside": aside},
            saved_by=saved_by,
            saved_at=draft.updated_at,
        )
    )


_PLAIN = (
    "id", "collection", "author", "updated_at", "fact", "mends", "mends_digest", "reviewer", "remark",
    "submitted_at", "reviewed_at", "version",
)  # fmt: skip


def _columns_of(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _PLAIN} | {
        "gap_id": draft.gap,
        "document": _DOCUMENT.dump_python(draft.document, mode="json"),
        "document_id": draft.document.id,
        "state": draft.state.value,
        "checks": list(draft.checks),
        "wordings": list(draft.wordings),
        "assistance": _ASSISTANCE.dump_python(draft.assistance, mode="json") if draft.assistance else None,
    }


def _draft_of(row: Row[Any]) -> Draft:
    return Draft(
        **{name: row._mapping[name] for name in _PLAIN},
        gap=row.gap_id,
        document=_DOCUMENT.validate_python(row.document),
        state=DraftState(row.state),
        checks=tuple(row.checks),
        wordings=tuple(row.wordings),
        assistance=_ASSISTANCE.validate_python(row.assistance) if row.assistance else None,
    )


def _version_of(row: Row[Any]) -> DraftVersion:
    draft = _DRAFT.validate_python(row.content["draft"])
    return DraftVersion(row.version, draft, row.saved_by, row.saved_at, bool(row.content["aside"]))
