"""A second look at a question, by meaning, where the rules say nothing: they know words, people do not
all use those.

Two readers say how likely each kind is, and are averaged: a multinomial logistic regression over the
question's vector, which search makes anyway, and its words and word parts (meaning.npz); and the upper
layers of the encoder, trained on to tell the kinds apart, which read the question's states halfway
(meaning.onnx). Both are data, with a card, meaning.json. They belong to one encoder; with another one this
look is off and the rules go on alone. `python -m evals screening fit` makes the three files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from embeddings.encoders.base import Encoded, EncoderFailed, Floats
from embeddings.encoders.upper_layers import UpperLayers
from service.domain.answer import Status

from .pieces import places_of
from .verdict import Verdict

CARD, WEIGHTS, LAYERS = "meaning.json", "meaning.npz", "meaning.onnx"
CRISIS = "crisis."  # how the kinds that ask for a help line begin: each is a hint
LOOKALIKE, ORDINARY = "lookalike", "ordinary"
NOT_FIRM = {
    "personal_case": Verdict(Status.PERSONAL_CASE, "", firm=False),
    "other_authority": Verdict(Status.OTHER_AUTHORITY, "", firm=False),
    "out_of_scope": Verdict(Status.OUT_OF_SCOPE, "", firm=False),
}
VECTOR_WEIGHT = 0.03  # of a standardised dimension beside a piece: chosen by cross-validation, 2026-11-21
LAYERS_SHARE = 0.5  # of the upper layers in the mean with the regression: chosen on the part held out
PARTS = 4  # sentences that are also looked at one by one

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")

Read = Callable[[str], Encoded]


@dataclass(frozen=True)
class Weights:
    """What was fitted. `mean` and `scale` standardise a vector; `dense` has a row a dimension, `pieces` a
    row a place, both a column a kind."""

    kinds: tuple[str, ...]
    mean: Floats
    scale: Floats
    dense: Floats
    pieces: Floats
    intercept: Floats

    def chances(self, text: str, vector: Floats) -> dict[str, float]:
        """How likely each kind is, together 1."""
        places = list(places_of(text))
        total = standardised(vector, self.mean, self.scale) @ self.dense + self.intercept
        if places:
            total = total + self.pieces[places].sum(axis=0) / np.sqrt(len(places))
        grown = np.exp(total - total.max())
        return dict(zip(self.kinds, (grown / grown.sum()).tolist(), strict=True))


@dataclass(frozen=True)
class SecondLook:
    """`crisis_from`, `part_from` (of one sentence among others) and `other_from`: from which chance on
    something is said. Without weights nothing is, and `reason` says why, in a word for /ready.

    `layers` go with an encoder that gives states halfway; with another the regression stands alone.
    """

    weights: Weights | None
    crisis_from: float = 1.0
    part_from: float = 1.0
    other_from: float = 1.0
    reason: str = ""
    layers: UpperLayers | None = None

    def verdict(self, text: str, encoded: Encoded | None, read: Read | None = None) -> Verdict | None:
        """What the rules would have said, had they known these words; None for an ordinary question.

        `encoded` is the text; `read` encodes one sentence: a cry for help between two questions about a
        passport hardly moves the vector of the whole.
        """
        if self.weights is None or encoded is None:
            return None
        whole = self.chances(text, encoded)
        if crisis_chance(whole) >= self.crisis_from:
            return Verdict(Status.CRISIS, likeliest_line(whole), firm=True)
        # one sentence says less than it seems to: "mijn broer heeft zelfmoord gepleegd" may ask for a deed
        worst = max(self._parts(text, read), key=crisis_chance, default={})
        if crisis_chance(worst) >= self.part_from:
            return Verdict(Status.CRISIS, likeliest_line(worst), firm=True)
        kind, chance = likeliest_other(whole)
        return NOT_FIRM.get(kind) if chance >= self.other_from else None

    def chances(self, text: str, encoded: Encoded) -> dict[str, float]:
        """How likely each kind is, together 1; nothing without weights."""
        if self.weights is None:
            return {}
        by_words = self.weights.chances(text, encoded.vector)
        if self.layers is None or encoded.halfway is None:
            return by_words
        try:
            by_layers = self.layers.chances(encoded.halfway).tolist()
        except EncoderFailed:
            return by_words  # half a look is better than none
        return {
            kind: LAYERS_SHARE * layers + (1 - LAYERS_SHARE) * words
            for (kind, words), layers in zip(by_words.items(), by_layers, strict=True)
        }

    def _parts(self, text: str, read: Read | None) -> list[dict[str, float]]:
        if self.weights is None or read is None:
            return []
        try:
            return [self.chances(part, read(part)) for part in sentences_of(text)]
        except EncoderFailed:
            return []  # the whole was read; search has its own way to say that the model failed


NO_LOOK = SecondLook(None)


def sentences_of(text: str) -> list[str]:
    """The first sentences of a text that has several; none where the sentence is the text."""
    parts = [part for part in _SENTENCE_END.split(text) if any(sign.isalnum() for sign in part)]
    return parts[:PARTS] if len(parts) > 1 else []


def standardised(vector: Floats, mean: Floats, scale: Floats) -> Floats:
    return np.asarray((vector - mean) / scale * VECTOR_WEIGHT, dtype=np.float32)


def crisis_chance(chances: Mapping[str, float]) -> float:
    return sum((chance for kind, chance in chances.items() if kind.startswith(CRISIS)), 0.0)


def likeliest_line(chances: Mapping[str, float]) -> str:
    """The hint of the help line that fits best."""
    return max((kind for kind in chances if kind.startswith(CRISIS)), key=lambda kind: chances[kind])


def likeliest_other(chances: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest of what is no crisis, and its share; a lookalike is an ordinary question."""
    others = {kind: chance for kind, chance in chances.items() if not kind.startswith(CRISIS)}
    others[ORDINARY] = others.get(ORDINARY, 0.0) + others.pop(LOOKALIKE, 0.0)
    kind = max(others, key=lambda each: others[each])
    return kind, others[kind] / max(sum(others.values()), 1e-12)


def look_for(encoder: str) -> SecondLook:
    """The look that comes with this version; off when its weights belong to another encoder than this."""
    if card()["encoder"] != encoder:
        return SecondLook(None, reason="screening_of_another_model")
    here = files(__package__)
    return read_look(card(), (here / WEIGHTS).read_bytes(), (here / LAYERS).read_bytes())


def card() -> dict[str, Any]:
    """The card of the weights that come with this version."""
    content: dict[str, Any] = json.loads(_card_text())
    return content


@cache
def _card_text() -> str:
    return (files(__package__) / CARD).read_text(encoding="utf-8")


def read_look(content: Mapping[str, Any], packed: bytes, layers: bytes = b"") -> SecondLook:
    """A look out of its card, its weights and its layers, if any. Raises EncoderFailed on unusable layers."""
    with np.load(BytesIO(packed), allow_pickle=False) as stored:
        arrays = {name: np.asarray(stored[name], dtype=np.float32) for name in stored.files}
    weights = Weights(kinds=tuple(content["kinds"]), **arrays)
    thresholds = (content["crisis_from"], content["part_from"], content["other_from"])
    return SecondLook(weights, *thresholds, layers=UpperLayers(layers) if layers else None)
