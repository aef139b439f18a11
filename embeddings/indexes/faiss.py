"""FAISS's flat inner-product index: the exact answer, in C++, with the filter inside the search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np

from embeddings.encoders.base import Floats
from embeddings.indexes.base import IndexDamaged, Keys, ranked


class FaissIndex:
    """IndexFlatIP behind an id map. FAISS breaks ties as it likes, so more are asked and sorted."""

    def __init__(self, dimensions: int) -> None:
        faiss.omp_set_num_threads(1)  # one thread a worker: threads of several workers fight
        self._dimensions = dimensions
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, keys: Sequence[int] | Keys, vectors: Floats) -> None:
        fresh = np.asarray(keys, dtype=np.int64)
        self.remove(fresh)
        rows = np.ascontiguousarray(vectors, dtype=np.float32).reshape(len(fresh), self._dimensions)
        self._index.add_with_ids(rows, fresh)

    def remove(self, keys: Sequence[int] | Keys) -> None:
        gone = np.asarray(keys, dtype=np.int64)
        if len(gone) and len(self):
            self._index.remove_ids(faiss.IDSelectorBatch(gone))

    def search(self, vector: Floats, count: int, allowed: Keys | None = None) -> tuple[Keys, Floats]:
        if count <= 0 or len(self) == 0 or (allowed is not None and len(allowed) == 0):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        only = _only(allowed)
        asked = min(count + _TIES, len(self))
        keys, scores = self._best(query, asked, only)
        while asked < len(self) and len(keys) == asked and scores[count - 1] == scores[-1]:
            # the same text in many documents: the tie may go on beyond what was asked
            asked = min(4 * asked, len(self))
            keys, scores = self._best(query, asked, only)
        return ranked(keys, scores, count)

    def _best(self, query: Floats, count: int, only: faiss.SearchParameters | None) -> tuple[Keys, Floats]:
        scores, keys = self._index.search(query, count, params=only)
        found = keys[0] >= 0
        return keys[0][found], scores[0][found]

    def save(self, path: Path) -> None:
        # through Python: a full disk is then an OSError like any other
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def load(self, path: Path) -> None:
        try:
            index = faiss.read_index(str(path))
        except (RuntimeError, MemoryError) as error:  # a damaged length asks for the memory of a planet
            raise IndexDamaged(f"{path.name}: {error}") from error
        if not isinstance(index, faiss.IndexIDMap2) or index.d != self._dimensions:
            raise IndexDamaged(f"{path.name} holds another kind of index, or vectors of another size")
        self._index = index


_TIES = 16


def _only(allowed: Keys | None) -> faiss.SearchParameters | None:
    if allowed is None:
        return None
    selector = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg] # the stubs lack it
