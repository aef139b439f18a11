"""The words and word parts of a question as places in a table: cheap, and without a list of words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from .reading import read

PLACES = 1 << 15  # that two pieces now and then share a place costs less than a table twice as large
_SHORTEST, _LONGEST = 3, 5


def places_of(text: str) -> tuple[int, ...]:
    """Where the pieces of a text stand in a table of PLACES rows: each once, in order."""
    # crc32 gives the same on every machine; Python's own hash does not
    return tuple(sorted({crc32(piece.encode()) % PLACES for piece in _pieces(read(text).split())}))


def _pieces(words: list[str]) -> Iterator[str]:
    """Words, neighbours, and parts of three to five letters: "geslaagen" shares most of "geslagen"."""
    yield from (f"w{word}" for word in words)
    yield from (f"b{one} {other}" for one, other in pairwise(["^", *words, "$"]))
    for word in words:
        whole = f"<{word}>"
        for length in range(_SHORTEST, _LONGEST + 1):
            yield from (f"c{whole[i : i + length]}" for i in range(len(whole) - length + 1))
