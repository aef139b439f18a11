"""Search, read and mark: the same for the library and for a trial, which differ in what is published."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from embeddings.document import (
    Audience,
    Document,
    DocumentKey,
    FoundDocument,
    Hit,
    Marked,
    Scores,
    Visibility,
)
from embeddings.encoders.base import Encoded, Encoder, EncoderFailed, Floats
from embeddings.late_interaction import Readable, TokenMatches, best_matches
from embeddings.marking import Places, mark_by_meaning, mark_by_words
from embeddings.ranking import by_document, rank, reread, to_read
from embeddings.reading import Reader, ReaderMissing, Reading
from embeddings.snapshot import Filter, Snapshot

logger = logging.getLogger(__name__)


class LibraryUnavailable(Exception):
    """The database does not answer: this is a breakdown, never "we have no answer"."""


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


class Tokens:
    """Which token states of a passage are its title's, and where in its text each one begins; remembered."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self.of_title = lru_cache(maxsize=20_000)(self._of_title)
        self.starts = lru_cache(maxsize=4096)(self._starts)

    def _of_title(self, title: str) -> slice:
        """The rows of a passage's token states that are its title's: a title's tokens come first."""
        if self._encoder is None:
            return slice(0, 0)
        own = [row for row, (start, end) in enumerate(self._encoder.token_spans(title)) if end > start]
        return slice(own[0], own[-1] + 1) if own else slice(0, 0)

    def _starts(self, context: str, text: str) -> Places:
        """Where in `text` each token state begins; negative for the title before it and for marks."""
        assert self._encoder is not None
        lead = len(context) + 1
        spans = self._encoder.token_spans(f"{context}\n{text}")
        return np.array([start - lead if end > start else -1 for start, end in spans], dtype=np.int64)


class Searching(ABC):
    """Texts to search: those that are published, or those of a trial.

    `encoder` is None where no model is wanted or to be had: then search goes by keywords alone. Without
    `reader` nothing is read.
    """

    def __init__(self, encoder: Encoder | None, reader: Reader | None, tokens: Tokens) -> None:
        self.encoder = encoder
        self.reader = reader
        self.tokens = tokens
        self._model_fails = False
        self._reader_fails = False

    @abstractmethod
    def document(self, key: DocumentKey) -> Document | None:
        """A whole document as published, internal sections and all; None when it is not published."""

    @abstractmethod
    def conditions(self, collection: str) -> tuple[str, ...]:
        """Why answers are less good than they could be; empty when all is well."""

    @abstractmethod
    def snapshot(self, collection: str) -> Snapshot:
        """What can be found at this moment. Raises LibraryUnavailable."""

    @abstractmethod
    def confirmed(
        self,
        collection: str,
        scored: Mapping[int, Scores],
        visibilities: Sequence[Visibility],
        moment: datetime,
    ) -> dict[int, Hit]:
        """The passages with these keys that may be cited then, by key. Raises LibraryUnavailable."""

    def search(self, search: Search, count: int = 50) -> Found:
        """The `count` passages that fit the question best, those of them that the database confirms.

        Raises LibraryUnavailable when the database does not answer.
        """
        moment = search.moment or datetime.now(UTC)
        snapshot = self.snapshot(search.collection)
        text = snapshot.spelling.mended(search.text)
        encoded = self._encode(text) if snapshot.has_vectors else None
        allowed = snapshot.allowed(Filter(search.visibilities, moment, search.audience))
        ranking = rank(snapshot, text, encoded, allowed, self.tokens.of_title)
        best = ranking.best(count)
        confirmed = self.confirmed(search.collection, best, search.visibilities, moment)
        hits = [
            confirmed[key]
            for key in best
            # the digest too: in a database that was put back, a key can stand for another text
            if key in confirmed and confirmed[key].passage.digest == snapshot.rows[key].digest
        ]
        hits = _preferring(search.language, hits)
        documents = by_document(hits, ranking.earned)
        return Found(tuple(hits), documents, encoded is not None, encoded, ranking.token_weights)

    def read(self, found: Found) -> Found:
        """The same, its first passages read and its documents in the order that follows from that.

        Takes about 5 ms a passage, so it is for a question that was asked, not for typing. As it was
        when there is no reader, or it fails.
        """
        if self.reader is None or found.encoded is None or not found.documents:
            return found
        snapshot = self.snapshot(found.documents[0].key.collection)
        readings = {}
        try:
            for hit in to_read(found.documents):
                states = snapshot.states(hit.key)
                if states is not None and len(states):
                    title = self.tokens.of_title(hit.passage.title)
                    readings[hit.key] = self.reader.read(found.encoded.states, states, title)
        except ReaderMissing as error:
            logger.error("judging goes on without the reader: %s", error)
            self._reader_fails = True
            return found
        self._reader_fails = False
        order = {key: reading.order for key, reading in readings.items()}
        return replace(found, readings=readings, documents=reread(found.documents, order))

    def mark(self, found: Found, hit: Hit, text: str) -> list[Marked]:
        """The quotable units of a hit in their order, with how well each fits the question `text`."""
        snapshot = self.snapshot(hit.passage.document.collection)
        states = snapshot.states(hit.key)
        if self.encoder is None or found.encoded is None or found.token_weights is None or states is None:
            return mark_by_words(hit.passage.text, snapshot.terms_of(text), snapshot.terms_of)
        starts = self.tokens.starts(hit.passage.context, hit.passage.text)[: len(states)]
        return mark_by_meaning(hit.passage.text, found.encoded.states, found.token_weights, states, starts)

    def matches(self, found: Found, hit: Hit) -> TokenMatches | None:
        """How well each token of the question is met by a hit; None when it was found by keywords only."""
        states = self.snapshot(hit.passage.document.collection).states(hit.key)
        if found.encoded is None or found.token_weights is None or states is None:
            return None
        readable = Readable(states, self.tokens.of_title(hit.passage.title))
        passage, title = best_matches(found.encoded.states, [readable])
        return TokenMatches(found.token_weights, passage[:, 0], title[:, 0])

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
