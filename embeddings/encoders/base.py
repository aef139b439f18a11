"""What an encoder gives: one vector for a text, and one state for each of its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]
Span = tuple[int, int]
STATE_SCALE = 127.0


class EncoderFailed(Exception):
    """The model cannot be loaded or gives no usable vectors: search by keywords goes on."""


@dataclass(frozen=True)
class Encoded:
    """`vector`: float32, shape (dimensions,), unit length. `states`: float32, shape (tokens,
    dimensions), each row of unit length; read by late interaction. `halfway`: of a question, where the model
    gives them, the states of all its tokens after the lower layers, shape (all tokens, dimensions)."""

    vector: Floats
    states: Floats
    halfway: Floats | None = None


class Encoder(Protocol):
    """Two calls, because e5-like models read a question and a text differently.

    `name` holds model and revision: vectors with different names are never compared.
    A question's states leave out what says nothing: prompt, marks, punctuation. Both calls raise
    EncoderFailed when the model is not usable.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode_query(self, text: str) -> Encoded: ...

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]: ...

    def token_spans(self, text: str) -> list[Span]:
        """Where each state of a passage stands in its text, (0, 0) for marks the model adds itself.

        As long as the states that `encode_passages([text])` gives.
        """
        ...


def unit(rows: NDArray[Any]) -> Floats:
    """The rows at unit length, float32. Raises EncoderFailed on zeros, NaN or infinity."""
    rows = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    if not np.all(np.isfinite(lengths)) or np.any(lengths == 0):
        raise EncoderFailed("the model gave a vector without direction")
    return np.asarray(rows / lengths, dtype=np.float32)


def pack_states(states: Floats) -> bytes:
    """Unit rows as int8 bytes: a quarter of the size; R@1 moved by less than .01 (DECISIONS.md)."""
    return np.round(states * STATE_SCALE).astype(np.int8).tobytes()


def unpack_states(packed: bytes, dimensions: int) -> Bytes:
    """The int8 rows out of `pack_states`, shape (tokens, dimensions)."""
    return np.frombuffer(packed, dtype=np.int8).reshape(-1, dimensions)
