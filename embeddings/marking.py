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
    best = np.stack([_best_inside(similarity, spans, place) for place in located(text, units)])
    return [Marked(unit, float(score)) for unit, score in zip(units, best @ weights, strict=True)]


def mark_by_words(
    text: str, question: Sequence[str], terms_of: Callable[[str], list[str]]
) -> list[Marked]:
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


def _best_inside(similarity: Floats, spans: Sequence[Span], place: Span) -> Floats:
    inside = [i for i, (start, end) in enumerate(spans) if place[0] <= start < place[1] and end > start]
    if not inside:
        return np.zeros(len(similarity), dtype=np.float32)
    best: Floats = similarity[:, inside].max(axis=1)
    return best
