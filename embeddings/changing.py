"""One transaction's worth of publishing and withdrawing: what is news, what is too old, what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from embeddings.document import Document, DocumentKey, Passage
from embeddings.passages import passages
from embeddings.store import documents as store
from embeddings.store import wordings as known_wordings
from embeddings.store.documents import Edition


@dataclass(frozen=True)
class Applied:
    """What a change did, by document id. `ignored` says why; `unembedded` passages wait for a model."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    unembedded: int = 0


class Change:
    """One transaction's worth of changes of one source, with the account of what was done."""

    def __init__(self, connection: Connection, collection: str, source: str) -> None:
        self._connection = connection
        self._collection = collection
        self._source = source
        # read inside the transaction: another writer may have been first
        self._stored = store.editions(connection, collection, source)
        self._revision: int | None = None
        self._passages = 0
        self.lists: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": [], "withdrawn": []}
        self._ignored: list[tuple[str, str]] = []

    @property
    def applied(self) -> Applied:
        return Applied(
            added=self.lists["added"],
            changed=self.lists["changed"],
            unchanged=self.lists["unchanged"],
            withdrawn=self.lists["withdrawn"],
            ignored=self._ignored,
            passages=self._passages,
        )

    def publish(self, document: Document, pieces: Mapping[tuple[str, str], Sequence[Passage]]) -> None:
        edition = self._stored.get(document.id)
        if _is_older(document.version, edition):
            self._ignored.append((document.id, f"version {document.version} is older than the stored one"))
        elif not is_news(document, edition):
            self.lists["unchanged"].append(document.id)
        else:
            own = pieces.get((document.id, document.digest))
            if own is None:
                own = passages(document)
            store.put(self._connection, document, own, self._next())
            key = DocumentKey(self._collection, self._source, document.id)
            # a model's questions are about the text as it was; people's are about what they meant
            known_wordings.remove_made(
                self._connection, self._collection, self._next(), of=key, but=document.digest
            )
            self._passages += len(own)
            self.lists["changed" if edition and not edition.withdrawn else "added"].append(document.id)
            self._stored[document.id] = Edition(document.version, document.digest)

    def withdraw(self, id: str, version: int | None = None) -> None:
        edition = self._stored.get(id)
        if _is_older(version, edition):
            self._ignored.append((id, f"withdrawn at version {version}, older than the stored one"))
            return
        if edition is None or edition.withdrawn:
            self._ignored.append((id, "is not published"))
            if version is None or (edition and edition.version == version and not edition.digest):
                return  # nothing to remember
        else:
            self.lists["withdrawn"].append(id)
        key = DocumentKey(self._collection, self._source, id)
        store.withdraw(self._connection, key, version, self._next(), datetime.now(UTC))
        known = edition or Edition(None, "")
        self._stored[id] = (
            replace(known, withdrawn=True) if version is None else Edition(version, "", withdrawn=True)
        )

    def _next(self) -> int:
        if self._revision is None:
            self._revision = store.next_revision(self._connection, self._collection)
        return self._revision


def _is_older(version: int | None, edition: Edition | None) -> bool:
    return (
        edition is not None
        and version is not None
        and edition.version is not None
        and version < edition.version
    )


def is_news(document: Document, edition: Edition | None) -> bool:
    if edition is None:
        return True
    if _is_older(document.version, edition):
        return False
    if edition.withdrawn and document.version is not None and edition.version is not None:
        # a text that was merely absent may come back as it was; one that its source withdrew at this
        # version, and whose tombstone therefore has no digest, may not
        return document.version > edition.version or bool(edition.digest)
    if edition.withdrawn:
        return True
    return document.digest != edition.digest or document.version != edition.version
