"""How plain a text is, in figures that can be computed again by hand.

There is no official figure for B1. Two measures stand in for it:

- mean words a sentence;
- LIX (Björnsson, *Läsbarhet*, 1968): words a sentence + 100 × share of words of more than six letters. About
  25 is easy, 35 a newspaper, above 50 hard; made for Swedish, used for Dutch as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.sentences import sentences

LONG = 6  # letters; a longer word is a long one
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")


@dataclass(frozen=True)
class Plainness:
    """`long_words` is a share."""

    words: int
    sentences: int
    long_words: float

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        return self.words_a_sentence + 100 * self.long_words


def plainness(texts: Sequence[str]) -> Plainness:
    """The figures of some texts together."""
    parts = [part for text in texts for part in sentences(text)]
    words = [word for part in parts for word in _WORD.findall(part)]
    long = sum(len(word) > LONG for word in words)
    return Plainness(len(words), len(parts), long / len(words) if words else 0.0)
