"""Which sentences of a passage answer: late interaction, sentence by sentence.

A token of the question weighs as much as it tells sentences apart: "gemeente" fits every sentence of
a municipal text, "bril" fits one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.document import Marked
from embeddings.encoders.base import STATE_SCALE, Bytes, Floats, Span
from embeddings.sentences import sentences

Places = NDArray[np.int64]


def mark_by_meaning(
    text: str, question: Floats, weights: Floats, states: Bytes, starts: Places
) -> list[Marked]:
    """The units of `text` in order. `starts` says where in the text each of the states begins; what is not
    of the text itself (the title before it) is negative."""
    units = sentences(text)
    if not units:
        return []
    similarity = question @ states.astype(np.float32).T / STATE_SCALE
    places = located(text, units)
    scores = [_score(similarity[:, (starts >= begin) & (starts < end)], weights) for begin, end in places]
    return [Marked(unit, score) for unit, score in zip(units, scores, strict=True)]


def mark_by_words(text: str, question: Sequence[str], terms_of: Callable[[str], list[str]]) -> list[Marked]:
    """The units of `text` with the share of the question's terms that each holds."""
    wanted = set(question)
    return [Marked(unit, len(wanted & set(terms_of(unit))) / max(len(wanted), 1)) for unit in sentences(text)]


def located(text: str, units: Sequence[str]) -> list[Span]:
    """Where each unit stands in the text; units come in the order of the text."""
    places, position = [], 0
    for unit in units:
        start = text.index(unit, position)
        position = start + len(unit)
        places.append((start, position))
    return places


def _score(similarity: Floats, weights: Floats) -> float:
    """The weighted mean of each question token's best cosine in one unit; 0 for a unit without tokens."""
    return float(similarity.max(axis=1) @ weights) if similarity.shape[1] else 0.0
