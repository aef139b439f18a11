"""Fit the judge: a logistic regression over its features, grouped by document, cut-offs by risk.

Probabilities for choosing cut-offs come from five folds in which no document is in two (grouped by the
first document that was found), so that no text judges itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from evals.answers.questions import LabelledQuestion
from evals.metrics.selective import Judged, auroc, brier, coverage_at
from service.answering.followup import whole
from service.answering.judge import features_of
from service.answering.pipeline import Answering
from service.answering.retrieve import Evidence, retrieve
from service.domain.question import VISITOR, Channel

RISK = {Channel.WEBSITE: 0.10, Channel.SIDEBAR: 0.25}
NO_SOURCE_SHARE = 0.02  # of the answerable questions may be told that there is no text at all
FOLDS = 5
FEWEST = 500
LEAVE_OUT_EVERY = 3
STRENGTH = 0.3  # inverse regularisation: chosen once, flat between .1 and 1


@dataclass
class Measured:
    """Labelled cases: features, whether the first text was right, whether there is an answer, and the set.

    The group, the first text of the whole library, keeps both askings of a question in one fold.
    """

    rows: list[Mapping[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    answerable: list[bool] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)

    @property
    def weights(self) -> NDArray[np.float64]:
        """Each set counts the same, however many questions it has; the mean weight is one."""
        sizes = Counter(self.sets)
        return np.array([len(self.sets) / (len(sizes) * sizes[name]) for name in self.sets])

    def add(
        self, evidence: Evidence, question: LabelledQuestion, has_answer: bool, group: str, name: str
    ) -> None:
        """One more case; `evidence` holds at least one document."""
        first = evidence.documents[0].key.id
        self.rows.append(features_of(evidence))
        self.right.append(has_answer and first in question.gold)
        self.answerable.append(has_answer)
        self.groups.append(group)
        self.sets.append(name)


def measure(
    measured: Measured,
    answering: Answering,
    questions: Sequence[LabelledQuestion],
    name: str,
    on_progress: Callable[[int], None],
) -> None:
    """Add the cases of one set of questions, called `name`, over its library."""
    for done, question in enumerate(questions, start=1):
        text = whole(question.turns[-1], question.turns[:-1])
        evidence = retrieve(answering.library, answering.collection, text, "nl", VISITOR)
        for seen, has_answer in _cases(evidence, question, done):
            measured.add(seen, question, has_answer, evidence.documents[0].key.id, name)
        on_progress(done)


def calibrated(measured: Measured, encoder: str) -> str:
    """The calibration as JSON, with the numbers that it was chosen by.

    Raises ValueError with fewer than 500 cases: cut-offs would rest on a handful.
    """
    if len(measured.rows) < FEWEST:
        raise ValueError(f"{len(measured.rows)} labelled cases with evidence: {FEWEST} are needed")
    features = list(measured.rows[0])
    table = np.array([[row[feature] for feature in features] for row in measured.rows])
    right = np.array(measured.right)
    weights = measured.weights
    judged = _judged(measured, _out_of_fold(table, right, np.array(measured.groups), weights))
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scaler.transform(table), right, weights)
    content = {
        "encoder": encoder,
        "date": datetime.now(UTC).date().isoformat(),
        "reason": "first judge: plain features of ranking; a reader of near misses is to follow",
        "cases": {
            "sets": dict(Counter(measured.sets)),
            "labelled": len(table),
            "right text first": int(right.sum()),
        },
        "out of fold": _figures(judged),
        "features": features,
        "means": _numbers(scaler.mean_),
        "scales": _numbers(scaler.scale_),
        "coefficients": _numbers(model.coef_[0]),
        "intercept": round(float(model.intercept_[0]), 6),
        "cut_offs": {channel.value: _cut_off(judged, risk) for channel, risk in RISK.items()},
        "no_source_below": _no_source(judged),
    }
    return json.dumps(content, indent=1) + "\n"


def _judged(measured: Measured, probabilities: NDArray[np.float64]) -> list[Judged]:
    cases = zip(probabilities.tolist(), measured.right, measured.answerable, strict=True)
    return [Judged(*case) for case in cases]


def _cases(evidence: Evidence, question: LabelledQuestion, number: int) -> Iterator[tuple[Evidence, bool]]:
    """The question as it is, and every third answerable one again with its answer left out of the library.

    The labelled sets hold few questions about subjects that no text is about; residents ask many.
    """
    if question.answerable is None or not evidence.documents:
        return
    yield evidence, question.answerable
    without = evidence.without(question.gold)
    if question.answerable and number % LEAVE_OUT_EVERY == 0 and without.documents:
        yield without, False


def _out_of_fold(
    table: NDArray[np.float64],
    right: NDArray[np.bool_],
    groups: NDArray[np.str_],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    probabilities = np.zeros(len(table))
    for train, test in GroupKFold(FOLDS).split(table, right, groups):
        scaler = StandardScaler().fit(table[train])
        model = LogisticRegression(C=STRENGTH, max_iter=1000)
        model.fit(scaler.transform(table[train]), right[train], weights[train])
        probabilities[test] = model.predict_proba(scaler.transform(table[test]))[:, 1]
    return probabilities


def _cut_off(judged: Sequence[Judged], risk: float) -> float:
    return round(coverage_at(judged, risk).cut_off, 4)


def _no_source(judged: Sequence[Judged]) -> float:
    """Below this probability "we have no text" is said: seldom of a question whose answer came first."""
    right = sorted(each.probability for each in judged if each.right)
    return round(right[int(NO_SOURCE_SHARE * len(right))], 4) if right else 0.0


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    return {
        "AUROC answerable": round(auroc(judged), 4),
        "Brier": round(brier(judged), 4),
        "coverage at 2 % wrong": round(coverage_at(judged, 0.02).coverage, 4),
        "coverage at 5 % wrong": round(coverage_at(judged, 0.05).coverage, 4),
        "coverage at 10 % wrong": round(coverage_at(judged, 0.10).coverage, 4),
        "coverage at 20 % wrong": round(coverage_at(judged, 0.20).coverage, 4),
    }


def _numbers(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 6) for value in values]
