"""Vectors for what is published: made outside every transaction, kept by digest, made once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Engine

from embeddings.document import Passage
from embeddings.encoders.base import Encoder, EncoderFailed
from embeddings.store import documents as store
from embeddings.store import vectors
from embeddings.store import wordings as known_wordings
from embeddings.store.database import writing

_BATCH = 32  # passages encoded between two short writes

logger = logging.getLogger(__name__)


class Encoding:
    """Makes the vectors that are not in the database yet; none without an encoder."""

    def __init__(self, engine: Engine, encoder: Encoder | None) -> None:
        self._engine = engine
        self._encoder = encoder

    def make(
        self,
        collection: str,
        pieces: Iterable[Passage],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> tuple[int, int]:
        """How many vectors of these passages were made, and how many could not be."""
        wanted = {piece.digest: (piece.context, piece.text) for piece in pieces}
        return self._make(collection, wanted, on_progress)

    def make_missing(self, collection: str) -> int:
        """Make those of all that was published without a model; how many."""
        if self._encoder is None:
            return 0
        with self._engine.connect() as connection:
            wordings = {
                piece.digest: (piece.context, piece.text)
                for piece in known_wordings.readable(connection, collection)
            }
            live = store.live_digests(connection, collection) | wordings.keys()
            missing = live - vectors.known(connection, collection, self._encoder.name, live)
            texts = store.live_passages(connection, collection, missing)
            texts |= {digest: wordings[digest] for digest in missing & wordings.keys()}
        made, _ = self._make(collection, texts)
        if made:
            with writing(self._engine).begin() as connection:
                store.next_revision(connection, collection)  # tells every process to look again
        return made

    def _make(
        self,
        collection: str,
        wanted: Mapping[str, tuple[str, str]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> tuple[int, int]:
        if self._encoder is None or not wanted:
            return 0, len(wanted)
        with self._engine.connect() as connection:
            known = vectors.known(connection, collection, self._encoder.name, wanted)
        fresh = [digest for digest in wanted if digest not in known]
        for start in range(0, len(fresh), _BATCH):
            batch = fresh[start : start + _BATCH]
            try:
                encoded = self._encoder.encode_passages(["\n".join(wanted[digest]) for digest in batch])
            except EncoderFailed as error:
                logger.error("texts stay without vectors, search goes by keywords: %s", error)
                return start, len(fresh) - start
            with writing(self._engine).begin() as connection:
                vectors.save(
                    connection, collection, self._encoder.name, dict(zip(batch, encoded, strict=True))
                )
            if on_progress:
                on_progress(min(start + _BATCH, len(fresh)), len(fresh))
        return len(fresh), 0
