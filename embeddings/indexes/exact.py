"""Every vector compared: the yardstick for the others, and quick enough for small sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.encoders.base import Floats
from embeddings.indexes.base import IndexDamaged, Keys, ranked


class ExactIndex:
    """One matrix, one product. Saved as .npz without pickles."""

    def __init__(self, dimensions: int) -> None:
        self._keys: Keys = np.empty(0, dtype=np.int64)
        self._vectors: Floats = np.empty((0, dimensions), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, keys: Sequence[int] | Keys, vectors: Floats) -> None:
        fresh = np.asarray(keys, dtype=np.int64)
        self.remove(fresh)
        self._keys = np.concatenate([self._keys, fresh])
        rows = np.asarray(vectors, dtype=np.float32).reshape(len(fresh), self._vectors.shape[1])
        self._vectors = np.concatenate([self._vectors, rows])

    def remove(self, keys: Sequence[int] | Keys) -> None:
        kept = ~np.isin(self._keys, np.asarray(keys, dtype=np.int64))
        self._keys, self._vectors = self._keys[kept], self._vectors[kept]

    def search(self, vector: Floats, count: int, allowed: Keys | None = None) -> tuple[Keys, Floats]:
        chosen = slice(None) if allowed is None else np.isin(self._keys, allowed)
        # not `@`: BLAS rounds a row by its place in the matrix, and equal texts must score equal
        scores = np.einsum("ij,j->i", self._vectors[chosen], np.asarray(vector, dtype=np.float32))
        return ranked(self._keys[chosen], scores, count)

    def save(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez(file, keys=self._keys, vectors=self._vectors)

    def load(self, path: Path) -> None:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
                keys, vectors = saved["keys"], saved["vectors"]
        except Exception as error:  # numpy and zipfile raise many kinds for a damaged file
            raise IndexDamaged(f"{path.name}: {error}") from error
        if vectors.ndim != 2 or vectors.shape != (len(keys), self._vectors.shape[1]):
            raise IndexDamaged(f"{path.name} holds vectors of another size")
        self._keys, self._vectors = keys, vectors
