"""What every vector index does, and what the contract tests hold it to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.base import Floats

Keys = NDArray[np.int64]


class IndexDamaged(Exception):
    """A saved index cannot be read, or is not what its name says."""


class VectorIndex(Protocol):
    """Unit vectors by key. Scores are cosines; equal scores come in the order of their keys.

    `add` replaces a key that is there. `search` looks only at the `allowed` keys, at all when None,
    and gives at most `count` (keys, scores), best first. `save` writes one file; `load` fills an empty
    index from it and raises IndexDamaged when it can't.
    """

    def __len__(self) -> int: ...

    def add(self, keys: Sequence[int] | Keys, vectors: Floats) -> None: ...

    def remove(self, keys: Sequence[int] | Keys) -> None: ...

    def search(self, vector: Floats, count: int, allowed: Keys | None = None) -> tuple[Keys, Floats]: ...

    def save(self, path: Path) -> None: ...

    def load(self, path: Path) -> None: ...


def ranked(keys: Keys, scores: Floats, count: int) -> tuple[Keys, Floats]:
    """The best `count` by score, then by key, negative keys last: those of a trial come after all others."""
    order = np.lexsort((keys.astype(np.uint64), -scores))[: max(count, 0)]
    return keys[order], scores[order]
