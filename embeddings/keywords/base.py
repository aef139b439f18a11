"""What every keyword index does."""

from __future__ import annotations

from typing import Protocol

from embeddings.encoders.base import Floats
from embeddings.indexes.base import Keys


class KeywordIndex(Protocol):
    """`search` gives at most `count` (keys, scores) that share a term with the question, best first.

    Only `allowed` keys, all when None; scores are positive and comparable within one index only.
    """

    def __len__(self) -> int: ...

    def search(self, terms: list[str], count: int, allowed: Keys | None = None) -> tuple[Keys, Floats]: ...
