"""An encoder without a model: words and their trigrams hashed to directions.

For tests and for a first look. It finds shared words and shared word parts, nothing more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from embeddings.encoders.base import Encoded, Floats, Span, unit

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Deterministic on every machine: directions come from BLAKE2, not from Python's own hash."""

    def __init__(self, dimensions: int = 256) -> None:
        self.dimensions = dimensions
        self.name = f"hashing-{dimensions}"
        self._known: dict[str, Floats] = {}

    def encode_query(self, text: str) -> Encoded:
        return self._encode(text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._encode(text) for text in texts]

    def token_spans(self, text: str) -> list[Span]:
        return [match.span() for match in _WORD.finditer(text)] or [(0, 0)]

    def _encode(self, text: str) -> Encoded:
        words = [word.casefold() for word in _WORD.findall(text)] or [""]
        states = np.stack([self._state(word) for word in words])
        return Encoded(unit(states.sum(axis=0)), states)

    def _state(self, word: str) -> Floats:
        if word not in self._known:
            padded = f"^{word}$"
            parts = [padded, *(padded[i : i + 3] for i in range(len(padded) - 2))]
            self._known[word] = unit(np.sum([self._direction(part) for part in parts], axis=0))
        return self._known[word]

    def _direction(self, part: str) -> Floats:
        seed = int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(self.dimensions).astype(np.float32)
