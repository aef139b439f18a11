"""Evidence to a calibrated probability, and that to an outcome for this channel.

The probability says: the first document holds the whole answer to what was asked. It is a logistic
regression over a handful of features, fitted and calibrated on labelled questions that are grouped by
document; the fit is data, in calibration.json, with its date and its numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

from embeddings.document import FoundDocument, Hit
from embeddings.ranking import NAME as RANKING
from embeddings.reading import Reading
from embeddings.searching import Searching
from service.answering.answer_type import lacks_what_is_asked
from service.answering.retrieve import Evidence
from service.domain.answer import Certainty, Status
from service.domain.question import Channel

# what people see as a word: of ten texts this sure nine, or six, hold the answer. It promises nothing; what
# is answered by itself follows from the cut-offs.
HIGH_FROM, MEDIUM_FROM = 0.9, 0.6

UNREAD = -6.0  # the reader's logit for a passage that it did not read

PLAIN_FEATURES = frozenset(
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
        "lacks",
    }
)
READER_FEATURES = frozenset({"reader", "reader_second", "reader_lead", "order_lead", "nothing", "evidence"})
NO_RIVAL = 4.0  # the lead in the reader's order where it read no other text: a comfortable one
MODEL_FEATURE = "model"  # what a second reader says: 1 yes, 0 partly, -1 no
FEATURES = PLAIN_FEATURES | READER_FEATURES | {MODEL_FEATURE}


@dataclass(frozen=True)
class Fit:
    """A fitted and calibrated logistic regression, with a cut-off for each channel.

    probability = 1 / (1 + exp(-(intercept + sum of coefficient * (feature - mean) / scale)))

    A cut-off is None where too few labels could prove the promised risk: nothing is answered there by
    itself. Below `no_source_below` we say that there is no text.
    """

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    cut_offs: Mapping[str, float | None]
    no_source_below: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1."""
        total = self.intercept
        for name, mean, scale, coefficient in zip(
            self.features, self.means, self.scales, self.coefficients, strict=True
        ):
            total += coefficient * (features[name] - mean) / scale
        return 0.5 + 0.5 * math.tanh(total / 2)  # the same, and it never overflows

    def lets_through(self, probability: float, channel: str) -> bool:
        """Whether an answer this sure may be given by itself in this channel."""
        cut_off = self.cut_offs[channel]
        return cut_off is not None and probability >= cut_off


@dataclass(frozen=True)
class Calibration:
    """What judging was fitted on, and the fits: `reader` with the reader's features, `plain` without, and
    one for each second reader that it was made with, by `fit_with` its name.

    Bound to the encoder, the reader and the ranking, whose names it holds; not to the texts. `plain`
    serves while somebody types, which never waits for the reader, and where there is no reader.
    """

    encoder: str
    reader: str
    ranking: str
    date: str
    fits: Mapping[str, Fit]

    def mismatches(self, encoder: str, reader: str | None, ranking: str) -> tuple[str, ...]:
        """Why this calibration does not hold here, as `ready` says it; empty when it does.

        A reader that is missing is no mismatch: the plain fit holds without one.
        """
        pairs = (
            ("encoder", encoder, self.encoder),
            ("reader", reader or self.reader, self.reader),
            ("ranking", ranking, self.ranking),
        )
        return tuple(f"calibration_of_another_{what}" for what, here, fitted in pairs if here != fitted)


@dataclass(frozen=True)
class Judgement:
    """How sure, and what that means where it was asked."""

    probability: float
    certainty: Certainty
    status: Status


@dataclass(frozen=True)
class Judge:
    """`mismatches` say why the calibration does not hold here, if it does not; `doubts` are asked each time,
    for what may change while we run. With any of these nothing is answered by itself, and texts are only
    suggested.

    `second_reader` is the name of the one who may say whether a text answers. Its word counts with the
    calibration that was made with it, and with no other."""

    calibration: Calibration
    mismatches: tuple[str, ...] = ()
    doubts: Callable[[], tuple[str, ...]] = tuple
    second_reader: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the calibration does not hold, in words for `ready`; empty when it does."""
        return (*self.mismatches, *self.doubts())

    @property
    def trusted(self) -> bool:
        return not self.reasons

    @property
    def remarks(self) -> tuple[str, ...]:
        """What `ready` says beside that: why a second reader is not asked."""
        unknown = self.second_reader and self._helped is None
        return ("calibration_without_this_model",) if unknown else ()

    @property
    def _helped(self) -> Fit | None:
        return self.calibration.fits.get(fit_with(self.second_reader)) if self.second_reader else None

    def asks(self, evidence: Evidence) -> bool:
        """Whether the word of the second reader would count."""
        if self._helped is None or not evidence.documents or not evidence.by_meaning or not self.trusted:
            return False
        return evidence.was_read or READER_FEATURES.isdisjoint(self._helped.features)

    def judge(self, evidence: Evidence, channel: Channel, told: float | None = None) -> Judgement:
        """Say how sure we are of the first document. Never raises: no evidence is a judgement too.

        `told` is the word of the second reader, for who it `asks`; without it nothing of it counts.
        """
        if not evidence.documents:
            return Judgement(0.0, Certainty.LOW, Status.NO_SOURCE)
        if not evidence.by_meaning or not self.trusted:
            # keywords alone were never calibrated: texts are shown, nothing is claimed
            return Judgement(0.0, Certainty.LOW, Status.LOW_CONFIDENCE)
        features = features_of(evidence)
        fit = self.calibration.fits["reader" if evidence.was_read else "plain"]
        if told is not None and self._helped is not None:
            fit, features = self._helped, features | {MODEL_FEATURE: told}
        probability = fit.probability(features)
        return Judgement(probability, _certainty(probability), _status(fit, probability, channel))


def _certainty(probability: float) -> Certainty:
    if probability >= HIGH_FROM:
        return Certainty.HIGH
    return Certainty.MEDIUM if probability >= MEDIUM_FROM else Certainty.LOW


def _status(fit: Fit, probability: float, channel: Channel) -> Status:
    if fit.lets_through(probability, channel):
        return Status.ANSWERED
    if probability < fit.no_source_below:
        return Status.NO_SOURCE
    return Status.LOW_CONFIDENCE


def fit_with(second_reader: str) -> str:
    """What the fit is called that was made with this second reader."""
    return f"model {second_reader}"


def judge_for(calibration: Calibration, library: Searching) -> Judge:
    """A judge, trusted only with the encoder, reader and ranking that its calibration was fitted on."""
    encoder = library.encoder.name if library.encoder else ""
    reader = library.reader.name if library.reader else None
    known = all(set(fit.features) <= FEATURES for fit in calibration.fits.values())
    reasons = calibration.mismatches(encoder, reader, RANKING)
    return Judge(calibration, reasons if known else (*reasons, "calibration_of_another_judge"))


def shipped_calibration() -> Calibration:
    """The calibration that comes with this version."""
    text = resources.files("service.answering").joinpath("calibration.json").read_text(encoding="utf-8")
    return read_calibration(json.loads(text))


def read_calibration(content: Mapping[str, Any]) -> Calibration:
    """A calibration out of its JSON form; keys that only people read are left alone.

    Raises KeyError, TypeError or ValueError when something that judging needs is not there.
    """
    names = ("encoder", "reader", "ranking", "date")
    fits = {name: _fit(content["fits"][name]) for name in ("reader", "plain", *content["fits"])}
    return Calibration(**{name: str(content[name]) for name in names}, fits=fits)


def _fit(content: Mapping[str, Any]) -> Fit:
    fit = Fit(
        **{name: tuple(content[name]) for name in ("features", "means", "scales", "coefficients")},
        intercept=float(content["intercept"]),
        cut_offs=dict(content["cut_offs"]),
        no_source_below=float(content["no_source_below"]),
    )
    if len({len(fit.features), len(fit.means), len(fit.scales), len(fit.coefficients)}) != 1:
        raise ValueError("features, means, scales and coefficients differ in number")
    return fit


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
        "lacks": float(lacks_what_is_asked(evidence.text, _found_of(first))),
        **(_reading(evidence) if evidence.was_read else {}),
    }


def _reading(evidence: Evidence) -> dict[str, float]:
    """What the reader says of the first document and of the best other one; -6 where it read none."""
    readings = evidence.readings
    own = [readings[hit.key] for hit in evidence.documents[0].hits if hit.key in readings]
    others = [
        readings[hit.key]
        for document in evidence.documents[1:]
        for hit in document.hits
        if hit.key in readings
    ]
    first = max((reading.answers for reading in own), default=UNREAD)
    second = max((reading.answers for reading in others), default=UNREAD)
    both = own and others
    return {
        "reader": first,
        "reader_second": second,
        "reader_lead": first - second,
        "order_lead": _highest(own) - _highest(others) if both else NO_RIVAL,
        "nothing": min((reading.nothing for reading in own), default=1.0),
        "evidence": max((float(reading.evidence.max(initial=0.0)) for reading in own), default=0.0),
    }


def _highest(readings: Sequence[Reading]) -> float:
    return max(reading.order for reading in readings)


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


def _found_of(document: FoundDocument) -> str:
    """What was found of a document, each passage with what stands above it."""
    return "\n".join(f"{hit.passage.context}\n{hit.passage.text}" for hit in document.hits)


def _score(evidence: Evidence, position: int) -> float:
    documents = evidence.documents
    # with fewer documents than that, the lead counts as a comfortable one
    return documents[position].score if position < len(documents) else documents[0].score - 0.1


def _saturated(keyword: float) -> float:
    return keyword / (keyword + 8.0)
