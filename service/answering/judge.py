"""Evidence to a calibrated probability, and that to an outcome for this channel.

The probability says: the first document holds the whole answer to what was asked. It is a logistic
regression over a handful of features, fitted and calibrated on labelled questions that are grouped by
document; the fit is data, in calibration.json, with its date and its numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np

from embeddings.document import Hit
from service.answering.retrieve import Evidence
from service.domain.answer import Certainty, Status
from service.domain.question import Channel

FEATURES = frozenset(
    {
        "matched",
        "matched_worst",
        "matched_title",
        "sentence",
        "lead",
        "lead_over_fifth",
        "dense",
        "keyword",
        "keyword_best",
    }
)


@dataclass(frozen=True)
class Calibration:
    """A fitted judge. `encoder` is the model whose scores it was fitted on; `cut_offs` by channel.

    probability = 1 / (1 + exp(-(intercept + sum of coefficient * (feature - mean) / scale)))
    """

    encoder: str
    date: str
    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    cut_offs: Mapping[str, float]
    no_source_below: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1."""
        total = self.intercept
        for name, mean, scale, coefficient in zip(
            self.features, self.means, self.scales, self.coefficients, strict=True
        ):
            total += coefficient * (features[name] - mean) / scale
        return 0.5 + 0.5 * math.tanh(total / 2)  # the same, and it never overflows


@dataclass(frozen=True)
class Judgement:
    """How sure, and what that means where it was asked."""

    probability: float
    certainty: Certainty
    status: Status


@dataclass(frozen=True)
class Judge:
    """`trusted` is False when the calibration was made for another encoder: then nothing is answered
    by itself, and texts are only suggested."""

    calibration: Calibration
    trusted: bool = True

    def judge(self, evidence: Evidence, channel: Channel) -> Judgement:
        """Say how sure we are of the first document. Never raises: no evidence is a judgement too."""
        if not evidence.documents:
            return Judgement(0.0, Certainty.LOW, Status.NO_SOURCE)
        if not evidence.by_meaning or not self.trusted:
            # keywords alone were never calibrated: texts are shown, nothing is claimed
            return Judgement(0.0, Certainty.LOW, Status.LOW_CONFIDENCE)
        probability = self.calibration.probability(features_of(evidence))
        return Judgement(probability, self._certainty(probability), self._status(probability, channel))

    def _certainty(self, probability: float) -> Certainty:
        if probability >= self.calibration.cut_offs[Channel.WEBSITE]:
            return Certainty.HIGH
        if probability >= self.calibration.cut_offs[Channel.SIDEBAR]:
            return Certainty.MEDIUM
        return Certainty.LOW

    def _status(self, probability: float, channel: Channel) -> Status:
        if probability >= self.calibration.cut_offs[channel]:
            return Status.ANSWERED
        if probability < self.calibration.no_source_below:
            return Status.NO_SOURCE
        return Status.LOW_CONFIDENCE


def judge_for(calibration: Calibration, encoder: str) -> Judge:
    """A judge, trusted only with the encoder and the features that its calibration was fitted on."""
    fits = encoder == calibration.encoder and set(calibration.features) <= FEATURES
    return Judge(calibration, trusted=fits)


def shipped_calibration() -> Calibration:
    """The calibration that comes with this version."""
    text = resources.files("service.answering").joinpath("calibration.json").read_text(encoding="utf-8")
    return read_calibration(json.loads(text))


def read_calibration(content: Mapping[str, object]) -> Calibration:
    """A calibration out of its JSON form; keys that only people read are left alone."""
    names = Calibration.__dataclass_fields__
    known = {name: value for name, value in content.items() if name in names}
    return Calibration(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}  # type: ignore[arg-type]
    )


def features_of(evidence: Evidence) -> dict[str, float]:
    """What the judge looks at; demands at least one document, found by meaning."""
    first = evidence.documents[0]
    return {
        **_matching(evidence, first.hits[0]),
        "lead": first.score - _score(evidence, 1),
        "lead_over_fifth": first.score - _score(evidence, 4),
        "dense": first.hits[0].scores.dense,
        "keyword": _saturated(first.hits[0].scores.keyword),
        "keyword_best": _saturated(max(hit.scores.keyword for hit in evidence.found.hits)),
    }


def _matching(evidence: Evidence, hit: Hit) -> dict[str, float]:
    """How well the question's words are met: on the whole, the worst tenth, in the title, in a sentence."""
    matches = evidence.library.matches(evidence.found, hit)
    if matches is None:
        return {"matched": 0.0, "matched_worst": 0.0, "matched_title": 0.0, "sentence": 0.0}
    return {
        "matched": float(matches.passage.mean()),
        "matched_worst": float(np.quantile(matches.passage, 0.1)),
        "matched_title": float(matches.title.mean()),
        "sentence": max((mark.score for mark in evidence.marks(hit)), default=0.0),
    }


def _score(evidence: Evidence, position: int) -> float:
    documents = evidence.documents
    # with fewer documents than that, the lead counts as a comfortable one
    return documents[position].score if position < len(documents) else documents[0].score - 0.1


def _saturated(keyword: float) -> float:
    return keyword / (keyword + 8.0)
