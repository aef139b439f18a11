"""Which sentences of a passage answer: late interaction, sentence by sentence.

A token of the question weighs as much as it tells sentences apart: "gemeente" fits every sentence of
a municipal text, "bril" fits one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from embeddings.document import Marked
from embeddings.encoders.base import STATE_SCALE, Bytes, Floats, Span
from embeddings.sentences import sentences


def mark_by_meaning(
    text: str, question: Floats, weights: Floats, states: Bytes, spans: Sequence[Span]
) -> list[Marked]:
    """The units of `text` in order. `spans` are the places of `states` in `text`; those outside it
    (the title before it) are negative or empty."""
    units = sentences(text)
    if not units:
        return []
    similarity = question @ states.astype(np.float32).T / STATE_SCALE
    # a mark that the model adds itself has an empty place: before everything, it falls in no unit
    starts = np.array([start if end > start else -1 for start, end in spans])
    scores = [
        _score(similarity[:, (starts >= begin) & (starts < end)], weights)
        for begin, end in located(text, units)
    ]
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
