"""One moment of a collection, ready to search: never changed, only replaced by the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from embeddings import catalogue
from embeddings.document import Audience, Visibility
from embeddings.encoders.base import Bytes, Floats
from embeddings.generations import Generation
from embeddings.indexes.base import Keys, ranked
from embeddings.indexes.exact import ExactIndex
from embeddings.keywords.bm25 import Bm25Index
from embeddings.spelling import Spelling
from embeddings.store.documents import PassageRow
from embeddings.store.vectors import StoredVector
from embeddings.wordings import NO_WORDINGS, KnownWordings


@dataclass(frozen=True)
class Filter:
    """What may be found: these visibilities, for this audience (None: everybody's), at this moment."""

    visibilities: Sequence[Visibility]
    moment: datetime
    audience: Audience | None = None


@dataclass(frozen=True)
class Delta:
    """Passages that came after the base: their vectors and token states, from SQL."""

    vectors: ExactIndex
    stored: Mapping[int, StoredVector]


class Snapshot:
    """Live passages at `revision`, searchable by vector and by keyword.

    `missing` counts the live passages without a vector: those are found by keywords only. `known` are the
    wordings that lead to documents. `spelling` mends a question by the words of the passages.
    """

    def __init__(
        self,
        revision: int,
        rows: Mapping[int, PassageRow],
        terms: Mapping[int, list[str]],
        base: Generation | None,
        delta: Delta,
        known: KnownWordings = NO_WORDINGS,
    ) -> None:
        self.revision = revision
        self.rows = rows
        self.terms = terms
        self.base = base
        self.delta = delta
        self.known = known
        self._keys: Keys = np.array(sorted(rows), dtype=np.int64)
        self._columns = _Columns([rows[key] for key in self._keys])
        self._keywords = Bm25Index(self._keys, [terms[key] for key in self._keys])
        self.spelling = Spelling(lambda: (row.words for row in rows.values()))
        self._in_base = set(base.places) & set(rows) if base else set()
        self.missing = len(rows) - len(self._in_base) - len(delta.stored)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_vectors(self) -> bool:
        """Whether search can go by meaning: False when there are passages, and none has a vector."""
        return self.missing < len(self.rows) or not self.rows

    def allowed(self, wanted: Filter) -> Keys:
        """Keys of the passages that the filter lets through."""
        chosen: Keys = self._keys[self._columns.mask(wanted)]
        return chosen

    def nearest(self, vector: Floats, count: int, allowed: Keys) -> tuple[Keys, Floats]:
        """The best by cosine, over base and delta together."""
        found = [self.delta.vectors.search(vector, count, allowed)]
        if self.base:
            found.append(self.base.vectors.search(vector, count, allowed))
        keys = np.concatenate([part[0] for part in found])
        scores = np.concatenate([part[1] for part in found])
        return ranked(keys, scores, count)

    def with_words(self, text: str, count: int, allowed: Keys) -> tuple[Keys, Floats]:
        """The best by BM25: the question read in each language that the texts are in."""
        return self._keywords.search(self.terms_of(text), count, allowed)

    def terms_of(self, text: str) -> list[str]:
        terms: dict[str, None] = {}
        for code in self._columns.languages:
            terms |= dict.fromkeys(catalogue.language(code).terms(text))
        return list(terms)

    def states(self, key: int) -> Bytes | None:
        """Token states of a passage; None when it has no vector yet."""
        if key in self._in_base and self.base:
            return self.base.states_of(key)
        stored = self.delta.stored.get(key)
        return stored.states if stored else None


class _Columns:
    """The rows' filter fields as arrays, in the order of the keys."""

    def __init__(self, rows: Sequence[PassageRow]) -> None:
        self.languages = sorted({row.language for row in rows})
        self._internal = np.array([row.visibility is Visibility.INTERNAL for row in rows], dtype=bool)
        self._audiences = np.array([row.audience.value for row in rows], dtype="U10")
        self._from = np.array([_seconds(row.valid_from, -np.inf) for row in rows], dtype=np.float64)
        self._until = np.array([_seconds(row.valid_until, np.inf) for row in rows], dtype=np.float64)

    def mask(self, wanted: Filter) -> NDArray[np.bool_]:
        moment = wanted.moment.timestamp()
        chosen = (self._from <= moment) & (moment < self._until)
        if Visibility.INTERNAL not in wanted.visibilities:
            chosen &= ~self._internal
        if Visibility.PUBLIC not in wanted.visibilities:
            chosen &= self._internal
        if wanted.audience is not None:
            chosen &= np.isin(self._audiences, [wanted.audience.value, Audience.EVERYONE.value])
        return np.asarray(chosen, dtype=bool)


def _seconds(moment: datetime | None, otherwise: float) -> float:
    return moment.timestamp() if moment else otherwise


def delta_of(stored: Mapping[int, StoredVector], dimensions: int) -> Delta:
    """A delta out of vectors by passage key."""
    vectors = ExactIndex(dimensions)
    if stored:
        vectors.add(list(stored), np.stack([each.vector for each in stored.values()]))
    return Delta(vectors, stored)
