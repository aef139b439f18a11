"""The library: the only door for ingest and service.

Publish and withdraw write the database; `search` reads an index that follows it. The index proposes,
the database confirms: nothing is found that may not be cited at this moment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from embeddings import catalogue
from embeddings.document import (
    Audience,
    Document,
    DocumentKey,
    FoundDocument,
    Hit,
    Marked,
    Passage,
    Scores,
    Visibility,
)
from embeddings.encoders.base import Encoded, Encoder, EncoderFailed, Floats
from embeddings.follower import Follower
from embeddings.late_interaction import Readable, TokenMatches, best_matches
from embeddings.marking import Places, mark_by_meaning, mark_by_words
from embeddings.passages import passages
from embeddings.ranking import by_document, rank, reread, to_read
from embeddings.reading import Reader, ReaderMissing, Reading
from embeddings.snapshot import Filter, Snapshot
from embeddings.store import documents as store
from embeddings.store import vectors
from embeddings.store.database import empty_journal, open_engine, writing
from embeddings.store.documents import Edition
from embeddings.store.migrating import migrate

TOMBSTONE_DAYS = 90
# empty rows of removed passages stay this many changes: every process polls twice a second, and one
# that slept through them all still asks the database before it cites anything
KEPT_REVISIONS = 100
_BATCH = 32  # passages encoded between two short writes

logger = logging.getLogger(__name__)


class LibraryUnavailable(Exception):
    """The database does not answer: this is a breakdown, never "we have no answer"."""


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


@dataclass(frozen=True)
class Search:
    """A question to the library. `language` is a preference, everything else a filter."""

    text: str
    collection: str
    visibilities: Sequence[Visibility] = (Visibility.PUBLIC,)
    audience: Audience | None = None
    language: str | None = None
    moment: datetime | None = None


@dataclass(frozen=True)
class Found:
    """Confirmed hits, best first, and the same by document. `by_meaning` is False when only keywords
    could be used.

    `encoded` is the question as the encoder read it and `token_weights` how much each of its tokens
    told the passages apart: for steps that compare sentences with it. `readings` are the reader's, by
    key of the passage; empty when it was not asked, or is not there.
    """

    hits: tuple[Hit, ...]
    documents: tuple[FoundDocument, ...]
    by_meaning: bool
    encoded: Encoded | None = None
    token_weights: Floats | None = None
    readings: Mapping[int, Reading] = field(default_factory=dict)


class Library:
    """The texts of many municipalities in one database, searchable by meaning and by word.

    `encoder` is None where no model is wanted or to be had: then search goes by keywords alone. Without
    `reader` nothing is read; `reader_missing` says that there should have been one.
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
        self.engine = engine
        self.encoder = encoder
        self.reader = reader
        self._indexes = indexes
        self._index = index
        self._followers: dict[str, Follower] = {}
        self._titles: dict[str, slice] = {}
        self._token_starts = lru_cache(maxsize=4096)(self._read_token_starts)
        self._lock = threading.Lock()
        self._model_fails = False
        self._reader_missing = reader_missing
        self._reader_fails = False

    # -- what is published ---------------------------------------------------------------------

    def published(self, collection: str, source: str) -> dict[str, Edition]:
        """The live documents of a source, by id."""
        with self.engine.connect() as connection:
            stored = store.editions(connection, collection, source)
        return {id: edition for id, edition in stored.items() if not edition.withdrawn}

    def document(self, key: DocumentKey) -> Document | None:
        """A whole document as published, internal sections and all; None when it is not published."""
        with self.engine.connect() as connection:
            return store.document(connection, key)

    def version(self, collection: str) -> int:
        """Grows with every change of the collection."""
        with self.engine.connect() as connection:
            return store.revision(connection, collection)

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
        pieces = {
            (document.id, document.digest): passages(document)
            for document in publish
            if _is_news(document, stored.get(document.id))
        }
        embedded, missing = self._embed(collection, pieces.values(), on_progress)
        with writing(self.engine).begin() as connection:
            change = _Change(connection, collection, source)
            for document in publish:
                change.publish(document, pieces)
            versions = withdraw if isinstance(withdraw, Mapping) else dict.fromkeys(withdraw)
            for id, version in versions.items():
                change.withdraw(id, version)
        self._follow_up(collection)
        return replace(change.applied, embedded=embedded, unembedded=missing)

    def _embed(
        self,
        collection: str,
        documents: Iterable[Sequence[Passage]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> tuple[int, int]:
        """Make the vectors that are not there yet; how many were made, how many could not be."""
        wanted = {piece.digest: (piece.context, piece.text) for pieces in documents for piece in pieces}
        return self._make_vectors(collection, wanted, on_progress)

    def _make_vectors(
        self,
        collection: str,
        wanted: Mapping[str, tuple[str, str]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> tuple[int, int]:
        if self.encoder is None or not wanted:
            return 0, len(wanted)
        with self.engine.connect() as connection:
            known = vectors.known(connection, collection, self.encoder.name, wanted)
        fresh = [digest for digest in wanted if digest not in known]
        for start in range(0, len(fresh), _BATCH):
            batch = fresh[start : start + _BATCH]
            try:
                encoded = self.encoder.encode_passages(["\n".join(wanted[digest]) for digest in batch])
            except EncoderFailed as error:
                logger.error("texts stay without vectors, search goes by keywords: %s", error)
                return start, len(fresh) - start
            with writing(self.engine).begin() as connection:
                vectors.save(
                    connection, collection, self.encoder.name, dict(zip(batch, encoded, strict=True))
                )
            if on_progress:
                on_progress(min(start + _BATCH, len(fresh)), len(fresh))
        return len(fresh), 0

    # -- search --------------------------------------------------------------------------------

    def search(self, search: Search, count: int = 50) -> Found:
        """The `count` passages that fit the question best, those of them that the database confirms.

        Raises LibraryUnavailable when the database does not answer.
        """
        moment = search.moment or datetime.now(UTC)
        snapshot = self._snapshot(search.collection)
        encoded = self._encode(search.text) if snapshot.has_vectors else None
        allowed = snapshot.allowed(Filter(search.visibilities, moment, search.audience))
        ranking = rank(snapshot, search.text, encoded, allowed, self._title_rows)
        confirmed = self._confirmed(search, dict(ranking.scored[:count]), moment)
        hits = [
            confirmed[key]
            for key, _ in ranking.scored[:count]
            # the digest too: in a database that was put back, a key can stand for another text
            if key in confirmed and confirmed[key].passage.digest == snapshot.rows[key].digest
        ]
        hits = _preferring(search.language, hits)
        return Found(tuple(hits), by_document(hits), encoded is not None, encoded, ranking.token_weights)

    def read(self, found: Found) -> Found:
        """The same, its first passages read and its documents in the order that follows from that.

        Takes about 5 ms a passage, so it is for a question that was asked, not for typing. As it was
        when there is no reader, or it fails.
        """
        if self.reader is None or found.encoded is None or not found.documents:
            return found
        snapshot = self._snapshot(found.documents[0].key.collection)
        readings = {}
        try:
            for hit in to_read(found.documents):
                states = snapshot.states(hit.key)
                if states is not None and len(states):
                    title = self._title_rows(hit.passage.title)
                    readings[hit.key] = self.reader.read(found.encoded.states, states, title)
        except ReaderMissing as error:
            logger.error("judging goes on without the reader: %s", error)
            self._reader_fails = True
            return found
        self._reader_fails = False
        answers = {key: reading.answers for key, reading in readings.items()}
        return replace(found, readings=readings, documents=reread(found.documents, answers))

    def mark(self, found: Found, hit: Hit, text: str) -> list[Marked]:
        """The quotable units of a hit in their order, with how well each fits the question `text`."""
        snapshot = self.follower(hit.passage.document.collection).snapshot()
        states = snapshot.states(hit.key)
        if self.encoder is None or found.encoded is None or found.token_weights is None or states is None:
            return mark_by_words(hit.passage.text, snapshot.terms_of(text), snapshot.terms_of)
        starts = self._token_starts(hit.passage.context, hit.passage.text)[: len(states)]
        return mark_by_meaning(hit.passage.text, found.encoded.states, found.token_weights, states, starts)

    def matches(self, found: Found, hit: Hit) -> TokenMatches | None:
        """How well each token of the question is met by a hit; None when it was found by keywords only."""
        states = self._snapshot(hit.passage.document.collection).states(hit.key)
        if found.encoded is None or found.token_weights is None or states is None:
            return None
        readable = Readable(states, self._title_rows(hit.passage.title))
        passage, title = best_matches(found.encoded.states, [readable])
        return TokenMatches(found.token_weights, passage[:, 0], title[:, 0])

    def _read_token_starts(self, context: str, text: str) -> Places:
        """Where in `text` each token state begins; negative for the title before it and for marks."""
        assert self.encoder is not None
        lead = len(context) + 1
        spans = self.encoder.token_spans(f"{context}\n{text}")
        return np.array([start - lead if end > start else -1 for start, end in spans], dtype=np.int64)

    def _title_rows(self, title: str) -> slice:
        """The rows of a passage's token states that are its title's: a title's tokens come first."""
        if title not in self._titles and self.encoder is not None:
            own = [row for row, (start, end) in enumerate(self.encoder.token_spans(title)) if end > start]
            self._titles[title] = slice(own[0], own[-1] + 1) if own else slice(0, 0)
        return self._titles.get(title, slice(0, 0))

    def _snapshot(self, collection: str) -> Snapshot:
        try:
            return self.follower(collection).snapshot()
        except SQLAlchemyError as error:
            raise LibraryUnavailable(str(error)) from error

    def _encode(self, text: str) -> Encoded | None:
        if self.encoder is None:
            return None
        try:
            encoded = self.encoder.encode_query(text)
        except EncoderFailed as error:
            logger.error("search goes by keywords: %s", error)
            self._model_fails = True
            return None
        self._model_fails = False
        return encoded

    def _confirmed(self, search: Search, scored: Mapping[int, Scores], moment: datetime) -> dict[int, Hit]:
        try:
            with self.engine.connect() as connection:
                return store.confirmed(connection, search.collection, scored, search.visibilities, moment)
        except SQLAlchemyError as error:
            raise LibraryUnavailable(str(error)) from error

    # -- following the database ----------------------------------------------------------------

    def follower(self, collection: str) -> Follower:
        """What keeps the index of one collection in step with the database."""
        with self._lock:
            if collection not in self._followers:
                self._followers[collection] = Follower(
                    self.engine, collection, self.encoder, self._indexes / collection, self._index
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
            counts["embedded"] += self._embed_missing(collection)
            with writing(self.engine).begin() as connection:
                passed = store.revision(connection, collection) - KEPT_REVISIONS
                counts["removed"] += store.purge_removed(connection, collection, passed)
                kept = store.live_digests(connection, collection)
                before = now - timedelta(days=1)
                counts["vectors"] += vectors.purge(connection, collection, kept, before)
        empty_journal(self.engine)
        return counts

    def _embed_missing(self, collection: str) -> int:
        if self.encoder is None:
            return 0
        with self.engine.connect() as connection:
            live = store.live_digests(connection, collection)
            missing = live - vectors.known(connection, collection, self.encoder.name, live)
            texts = store.live_passages(connection, collection, missing)
        made, _ = self._make_vectors(collection, texts)
        if made:
            with writing(self.engine).begin() as connection:
                store.next_revision(connection, collection)  # tells every process to look again
        return made


class _Change:
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
        elif not _is_news(document, edition):
            self.lists["unchanged"].append(document.id)
        else:
            own = pieces.get((document.id, document.digest))
            if own is None:
                own = passages(document)
            store.put(self._connection, document, own, self._next())
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
            if version is None or (edition and edition.version == version):
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


def _is_news(document: Document, edition: Edition | None) -> bool:
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


def _preferring(language: str | None, hits: list[Hit]) -> list[Hit]:
    """The same hits; of one document's translations the asker's language first."""
    if language is None:
        return hits
    translations: dict[tuple[str, str], set[str]] = {}
    for hit in hits:
        translations.setdefault(_original(hit), set()).add(hit.language)
    return [hit for hit in hits if hit.language == language or language not in translations[_original(hit)]]


def _original(hit: Hit) -> tuple[str, str]:
    """A translation's id is its original's with "-en" or the like behind it."""
    key = hit.passage.document
    return key.source, key.id.removesuffix(f"-{hit.language}")


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
    "Scores",
    "Search",
    "open_library",
]
