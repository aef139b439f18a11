"""The library: the only door for ingest and service.

Publish and withdraw write the database; `search` reads an index that follows it. The index proposes,
the database confirms: nothing is found that may not be cited at this moment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from embeddings import catalogue
from embeddings.changing import Applied, Change, is_news
from embeddings.document import Document, DocumentKey, Hit, Scores, Visibility
from embeddings.encoders.base import Encoder, EncoderFailed
from embeddings.encoding import Encoding
from embeddings.follower import Follower
from embeddings.made_wordings import MadeWordings
from embeddings.passages import passages
from embeddings.reading import Reader, ReaderMissing
from embeddings.searching import Found, LibraryUnavailable, Search, Searching, Tokens
from embeddings.snapshot import Snapshot
from embeddings.store import documents as store
from embeddings.store import hiding, questioned, vectors
from embeddings.store import wordings as known_wordings
from embeddings.store.database import empty_journal, open_engine, writing
from embeddings.store.documents import Edition
from embeddings.store.migrating import migrate
from embeddings.store.wordings import Wording
from embeddings.trial import DraftVectors, Supposed, Trial

TOMBSTONE_DAYS = 90
# empty rows of removed passages stay this many changes: every process polls twice a second, and one
# that slept through them all still asks the database before it cites anything
KEPT_REVISIONS = 100

logger = logging.getLogger(__name__)


class NotPublished(Exception):
    """There is no such document now, so that nothing can be linked to it."""


class Library(Searching):
    """The texts of many municipalities in one database, searchable by meaning and by word.

    `encoder` is None where no model is wanted or to be had: then search goes by keywords alone. Without
    `reader` nothing is read; `reader_missing` says that there should have been one. `made` are the wordings
    that a language model made.
    """

    def __init__(
        self,
        engine: Engine,
        encoder: Encoder | None,
        indexes: Path,
        index: str = "faiss",
        reader: Reader | None = None,
        reader_missing: bool = False,
    ) -> None:
        super().__init__(encoder, reader, Tokens(encoder))
        self.engine = engine
        self._indexes = indexes
        self._index = index
        self._followers: dict[str, Follower] = {}
        self._encoding = Encoding(engine, encoder)
        self._drafts = DraftVectors(engine, encoder)
        self.made = MadeWordings(engine, self._encoding, self._follow_up)
        self._lock = threading.Lock()
        self._reader_missing = reader_missing

    # -- what is published ---------------------------------------------------------------------

    def published(self, collection: str, source: str) -> dict[str, Edition]:
        """The live documents of a source, by id."""
        with self.engine.connect() as connection:
            stored = store.editions(connection, collection, source)
        return {id: edition for id, edition in stored.items() if not edition.withdrawn}

    def document(self, key: DocumentKey) -> Document | None:
        """A whole document as published, internal sections and all; None when it is not, or hidden."""
        with self.engine.connect() as connection:
            return None if hiding.reasons(connection, key) else store.document(connection, key)

    def version(self, collection: str) -> int:
        """Grows with every change of the collection."""
        with self.engine.connect() as connection:
            return store.revision(connection, collection)

    def changed_since(self, collection: str, revision: int) -> tuple[int, int]:
        """How many passages are new, mended or gone since an earlier `version`, and how many there are.

        What went more than KEPT_REVISIONS changes ago may have been tidied away, and is then left out.
        """
        with self.engine.connect() as connection:
            return store.changed_since(connection, collection, revision)

    def apply(
        self,
        collection: str,
        source: str,
        publish: Sequence[Document] = (),
        withdraw: Sequence[str] | Mapping[str, int | None] = (),
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Applied:
        """Publish and withdraw documents of one source: all of it or nothing.

        `withdraw` names ids, or ids with the version at which the source withdrew them: then what is
        newer stays, and what is older cannot come back, in whatever order they are delivered. An id
        without a version (None) was merely absent: the same text may come back.

        Vectors are made first, outside the transaction, and kept by digest: a run that is cut off
        leaves the old texts in force and does not repeat that work. Delivering the same again changes
        nothing; an older version than the stored one is ignored.
        """
        with self.engine.connect() as connection:
            stored = store.editions(connection, collection, source)
            wordings = known_wordings.of_source(connection, collection, source).values()
        fresh = [document for document in publish if is_news(document, stored.get(document.id))]
        pieces = {(document.id, document.digest): passages(document) for document in fresh}
        titles = {document.id: document.title for document in fresh}
        # under a new title a wording is another text to an encoder
        renamed = [each.passage(titles[each.document.id]) for each in wordings if each.document.id in titles]
        embedded, missing = self._encoding.make(collection, chain(*pieces.values(), renamed), on_progress)
        with writing(self.engine).begin() as connection:
            change = Change(connection, collection, source)
            for document in publish:
                change.publish(document, pieces)
            versions = withdraw if isinstance(withdraw, Mapping) else dict.fromkeys(withdraw)
            for id, version in versions.items():
                change.withdraw(id, version)
        self._follow_up(collection)
        return replace(change.applied, embedded=embedded, unembedded=missing)

    # -- known wordings ------------------------------------------------------------------------

    def add_wording(self, key: DocumentKey, text: str, language: str = "nl") -> int:
        """Link a question to a document: who asks nearly that is led to it. The wording's id.

        It is never shown or cited. It stays when the source publishes the document again, rests while the
        document is withdrawn, and goes when the document's tombstone does. The same again has the same id.
        Raises NotPublished, and ValueError for an empty text.
        """
        wording = Wording(key, text.strip(), language)
        if not wording.text:
            raise ValueError("a wording without words leads nowhere")
        self._encoding.make(key.collection, [wording.passage(self._title(key))])
        with writing(self.engine).begin() as connection:
            of_source = known_wordings.of_source(connection, key.collection, key.source)
            for id, known in of_source.items():
                if known == wording:
                    return id
            if store.document(connection, key) is None:
                raise NotPublished(key)  # withdrawn while the vector was made
            id = known_wordings.add(connection, wording, store.next_revision(connection, key.collection))
        self._follow_up(key.collection)
        return id

    def _title(self, key: DocumentKey) -> str:
        document = self.document(key)
        if document is None:
            raise NotPublished(key)
        return document.title

    def remove_wording(self, collection: str, id: int) -> None:
        """Forget a wording, its text included; one that is not there is forgotten already."""
        with writing(self.engine).begin() as connection:
            if id not in known_wordings.live(connection, collection):
                return
            known_wordings.remove(connection, collection, id, store.next_revision(connection, collection))
        self._follow_up(collection)

    def wordings(self, collection: str) -> dict[int, Wording]:
        """People's wordings by id, those that rest included."""
        with self.engine.connect() as connection:
            return known_wordings.live(connection, collection)

    # -- as if ---------------------------------------------------------------------------------

    def trial(
        self,
        publish: Sequence[Document] = (),
        withdraw: Collection[DocumentKey] = (),
        with_wordings: Sequence[Wording] = (),
        without_wordings: Collection[int] = (),
    ) -> Trial:
        """The library as if these were so: nothing is written, and nobody else finds any of it.

        A published document takes the place of the live one with its key, whatever their versions.
        """
        return Trial(self, self._drafts, Supposed(publish, withdraw, with_wordings, without_wordings))

    # -- what can be found ---------------------------------------------------------------------

    def snapshot(self, collection: str) -> Snapshot:
        """What can be found at this moment. Raises LibraryUnavailable."""
        try:
            return self.follower(collection).snapshot()
        except SQLAlchemyError as error:
            raise LibraryUnavailable(str(error)) from error

    def confirmed(
        self,
        collection: str,
        scored: Mapping[int, Scores],
        visibilities: Sequence[Visibility],
        moment: datetime,
    ) -> dict[int, Hit]:
        """The passages with these keys that the database lets be cited then. Raises LibraryUnavailable."""
        try:
            with self.engine.connect() as connection:
                return store.confirmed(connection, collection, scored, visibilities, moment)
        except SQLAlchemyError as error:
            raise LibraryUnavailable(str(error)) from error

    # -- following the database ----------------------------------------------------------------

    def follower(self, collection: str) -> Follower:
        """What keeps the index of one collection in step with the database."""
        with self._lock:
            if collection not in self._followers:
                self._followers[collection] = Follower(
                    self.engine,
                    collection,
                    self.encoder,
                    self._indexes / collection,
                    self._index,
                    with_made=self.made.are_searched,
                )
            return self._followers[collection]

    def refresh(self, collection: str) -> None:
        """Bring the index in step with the database now."""
        self.follower(collection).refresh()

    def conditions(self, collection: str) -> tuple[str, ...]:
        """Why answers are less good than they could be; empty when all is well."""
        reasons = [] if self.encoder else ["no_model"]
        if self._model_fails:
            reasons.append("model_fails")
        if self._reader_missing:
            reasons.append("no_reader")
        if self._reader_fails:
            reasons.append("reader_fails")
        return (*reasons, *self.follower(collection).conditions())

    def _follow_up(self, collection: str) -> None:
        with self._lock:
            follower = self._followers.get(collection)
        if follower:
            follower.refresh()

    # -- housekeeping --------------------------------------------------------------------------

    def tidy(self, now: datetime | None = None) -> dict[str, int]:
        """Delete what nothing needs any more and embed what was published without a model."""
        now = now or datetime.now(UTC)
        counts = {"tombstones": 0, "removed": 0, "vectors": 0, "embedded": 0}
        with self.engine.connect() as connection:
            collections = store.live_collections(connection)
        with writing(self.engine).begin() as connection:
            counts["tombstones"] = store.purge_tombstones(connection, now - timedelta(days=TOMBSTONE_DAYS))
        for collection in collections:
            counts["embedded"] += self._encoding.make_missing(collection)
            with writing(self.engine).begin() as connection:
                for id in known_wordings.orphans(connection, collection):
                    revision = store.next_revision(connection, collection)
                    known_wordings.remove(connection, collection, id, revision)
                passed = store.revision(connection, collection) - KEPT_REVISIONS
                counts["removed"] += store.purge_removed(connection, collection, passed)
                counts["removed"] += known_wordings.purge_removed(connection, collection, passed)
                counts["tombstones"] += questioned.forget_gone(connection, collection)
                kept = store.live_digests(connection, collection)
                kept |= {piece.digest for piece in known_wordings.readable(connection, collection)}
                before = now - timedelta(days=1)
                counts["vectors"] += vectors.purge(connection, collection, kept, before)
        empty_journal(self.engine)
        return counts


def open_library(
    database_url: str,
    *,
    encoder: str = catalogue.BUNDLED,
    index: str = "faiss",
    models: Path = Path("data/models"),
    indexes: Path = Path("data/indexes"),
) -> Library:
    """The library in a database, migrated, with the encoder that a name means.

    A model that is not there is logged, and the library then works by keywords alone; without the
    reader it works as well, and less is known of how sure an answer is.
    """
    engine = open_engine(database_url)
    migrate(engine)
    try:
        chosen: Encoder | None = catalogue.encoder(encoder, models)
    except EncoderFailed as error:
        logger.error("no model, search goes by keywords: %s", error)
        chosen = None
    if encoder != catalogue.BUNDLED:
        return Library(engine, chosen, indexes, index)  # the reader knows the states of that one alone
    try:
        return Library(engine, chosen, indexes, index, Reader())
    except ReaderMissing as error:
        logger.error("no reader, answers are judged without one: %s", error)
        return Library(engine, chosen, indexes, index, reader_missing=True)


__all__ = [
    "Applied",
    "Edition",
    "Found",
    "Library",
    "LibraryUnavailable",
    "NotPublished",
    "Scores",
    "Search",
    "Searching",
    "Trial",
    "Wording",
    "open_library",
]
