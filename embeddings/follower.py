"""Keeps one collection's index in step with the database, in this process.

Every refresh reads only what changed since the last one. When much has changed, a new base is written
beside the old one and swapped in; a base that is damaged is rebuilt from the vectors in SQL.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from embeddings import catalogue
from embeddings.encoders.base import Encoder
from embeddings.generations import Contents, Generation, Generations
from embeddings.indexes.base import IndexDamaged
from embeddings.snapshot import Snapshot, delta_of
from embeddings.store import documents as store
from embeddings.store import vectors
from embeddings.store import wordings as known_wordings
from embeddings.store.documents import PassageRow
from embeddings.store.wordings import Wording
from embeddings.wordings import KnownWordings, readable

COMPACT_AT = 200  # passages outside the base (`Follower.compact_at`), or …
COMPACT_SHARE = 0.1  # … this share of them, whichever is more
POLL_SECONDS = 0.5

logger = logging.getLogger(__name__)


class Follower:
    """One collection's snapshots. `snapshot()` gives the newest; `watch` keeps it new."""

    def __init__(
        self,
        engine: Engine,
        collection: str,
        encoder: Encoder | None,
        folder: Path,
        index: str,
        with_made: Callable[[], bool] = lambda: False,
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._encoder = encoder
        self._folder = folder / _safe(encoder.name if encoder else "keywords")
        self._generations = Generations(self._folder, index)
        self._with_made = with_made  # whether the wordings that a language model made are searched now
        self.compact_at = COMPACT_AT
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._behind = False
        self._rebuilt = 0

    def snapshot(self) -> Snapshot:
        """The newest snapshot; the first call loads it."""
        if self._snapshot is None:
            self.refresh()
        if self._snapshot is None:
            raise RuntimeError("refresh leaves a snapshot behind or raises")
        return self._snapshot

    def conditions(self) -> tuple[str, ...]:
        """Why the index is less than it could be: `missing_vectors`, `database_away`."""
        reasons = []
        if self._encoder and self._snapshot and (self._snapshot.missing or self._snapshot.known.missing):
            reasons.append("missing_vectors")
        if self._behind:
            reasons.append("database_away")
        return tuple(reasons)

    @property
    def rebuilt(self) -> int:
        """How often a damaged base was rebuilt in this process."""
        return self._rebuilt

    def refresh(self) -> None:
        """Read what changed since the last snapshot. One thread at a time; searches go on meanwhile."""
        with self._lock:
            base = self._snapshot.base if self._snapshot else self._opened_base()
            self._snapshot = self._next(base)
            self._snapshot.spelling.prepare()  # here, so that no question waits for it
            if self._wants_base(self._snapshot):
                self._snapshot = self._compacted(self._snapshot)

    def watch(self) -> None:
        """Look for changes by other processes every half second, until `stop`."""
        self._thread = threading.Thread(target=self._watch, name=f"follow-{self._collection}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _watch(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            try:
                if self._is_behind():
                    self.refresh()
                self._behind = False
            except Exception as error:  # whatever it is: a thread that dies would leave old texts for good
                self._behind = True
                logger.error("the index cannot follow the database: %s", error)

    def _is_behind(self) -> bool:
        with self._engine.connect() as connection:
            now = store.revision(connection, self._collection)
        before = self._snapshot
        return before is None or now != before.revision or self._with_made() is not before.known.with_made

    def _opened_base(self) -> Generation | None:
        if self._encoder is None:
            return None
        self._sweep()
        try:
            return self._generations.current(self._collection, self._encoder.name)
        except IndexDamaged as error:
            self._rebuilt += 1
            logger.error("the index is damaged and is rebuilt from the database: %s", error)
            return None

    def _sweep(self) -> None:
        """Clear away what a killed process left, unless one is writing now."""
        try:
            with _only_writer(self._folder) as alone:
                if alone:
                    self._generations.sweep()
        except OSError as error:
            logger.error("strays stay in the folder of the index: %s", error)

    def _next(self, base: Generation | None) -> Snapshot:
        before = self._snapshot
        with self._engine.connect() as connection:
            revision = store.revision(connection, self._collection)
            if before and revision < before.revision:
                before = None  # the database was put back to an earlier day: start afresh
            known_until = before.revision if before else 0
            added, removed = store.rows_since(connection, self._collection, known_until)
            rows = _merged(before.rows if before else {}, added, removed)
            base = base if base and _is_of(base, rows) else None
            outside = {key: row.digest for key, row in rows.items() if not base or key not in base.places}
            stored = self._vectors(connection, outside)
            known = self._known(connection, before, rows)
        terms_before = before.terms if before else {}
        terms = {
            key: terms_before[key] if key in terms_before else terms_of(row) for key, row in rows.items()
        }
        by_key = {key: stored[digest] for key, digest in outside.items() if digest in stored}
        return Snapshot(revision, rows, terms, base, delta_of(by_key, self._dimensions), known)

    def _known(
        self, connection: Connection, before: Snapshot | None, rows: Mapping[int, PassageRow]
    ) -> KnownWordings:
        """The wordings of this moment; only vectors that the last snapshot did not have are read."""
        revision = before.revision if before else 0
        added, removed = known_wordings.since(connection, self._collection, revision)
        wordings: dict[int, Wording] = {**(before.known.wordings if before else {}), **added}
        for id in removed:
            wordings.pop(id, None)
        stored, with_made = before.known.stored if before else {}, self._with_made()
        wanted = {id: piece.digest for id, piece in readable(wordings, rows, with_made).items()}
        fresh = {id: digest for id, digest in wanted.items() if digest not in stored}
        if fresh:
            stored = {**stored, **self._vectors(connection, fresh)}
        return KnownWordings(wordings, rows, stored, self._dimensions, with_made)

    @property
    def _dimensions(self) -> int:
        return self._encoder.dimensions if self._encoder else 1

    def _vectors(self, connection: Connection, digests: Mapping[int, str]) -> dict[str, vectors.StoredVector]:
        if self._encoder is None:
            return {}
        return vectors.load(
            connection, self._collection, self._encoder.name, digests.values(), self._dimensions
        )

    def _wants_base(self, snapshot: Snapshot) -> bool:
        if self._encoder is None:
            return False
        outside = len(snapshot.delta.stored)
        gone = len(snapshot.base.places.keys() - snapshot.rows.keys()) if snapshot.base else 0
        return max(outside, gone) > max(self.compact_at, COMPACT_SHARE * len(snapshot)) or (
            snapshot.base is None and outside > 0
        )

    def _compacted(self, snapshot: Snapshot) -> Snapshot:
        """The same moment on a new base; another process that is already writing one goes first."""
        try:
            with _only_writer(self._folder) as alone:
                if not alone or self._encoder is None:
                    return snapshot
                base = self._generations.write(self._contents(snapshot, self._encoder.name))
        except OSError as error:  # a full disk: the texts are in SQL and in memory, so search goes on
            logger.error("no new base could be written: %s", error)
            return snapshot
        delta = delta_of({}, self._dimensions)
        return Snapshot(snapshot.revision, snapshot.rows, snapshot.terms, base, delta, snapshot.known)

    def _contents(self, snapshot: Snapshot, encoder: str) -> Contents:
        digests = {key: row.digest for key, row in snapshot.rows.items()}
        with self._engine.connect() as connection:
            stored = self._vectors(connection, digests)
        return Contents(
            collection=self._collection,
            encoder=encoder,
            dimensions=self._dimensions,
            revision=snapshot.revision,
            digests={key: digest for key, digest in digests.items() if digest in stored},
            stored=stored,
        )


def _merged(
    before: Mapping[int, PassageRow], added: list[PassageRow], removed: list[int]
) -> dict[int, PassageRow]:
    gone = set(removed)
    rows = {key: row for key, row in before.items() if key not in gone}
    return rows | {row.key: row for row in added}


def terms_of(row: PassageRow) -> list[str]:
    """The terms that BM25 counts of a passage."""
    return catalogue.language(row.language).terms(row.words)


def _is_of(base: Generation, rows: Mapping[int, PassageRow]) -> bool:
    """Whether the base is of this database: a key means the same text in both."""
    return all(rows[key].digest == place[0] for key, place in base.places.items() if key in rows)


def _safe(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in name)[-120:]


@contextmanager
def _only_writer(folder: Path) -> Iterator[bool]:
    """True for the one process that may write a base now; the lock goes with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
