"""Fit the judge: a logistic regression over its features, grouped by document, cut-offs by risk.

Probabilities for choosing cut-offs come from five folds in which no document is in two (grouped by the
first document that was found), so that no text judges itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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

RISK = {Channel.WEBSITE: 0.05, Channel.SIDEBAR: 0.10}
NO_SOURCE_SHARE = 0.02  # of the answerable questions may be told that there is no text at all
FOLDS = 5
STRENGTH = 0.3  # inverse regularisation: chosen once, flat between .1 and 1


def calibrated(
    answering: Answering,
    questions: Sequence[LabelledQuestion],
    name: str,
    on_progress: Callable[[int], None],
) -> str:
    """The calibration as JSON, with the numbers that it was chosen by. Needs 500 labelled questions."""
    rows, right, answerable, groups = _measured(answering, questions, on_progress)
    if len(rows) < 500:
        raise ValueError(f"{len(rows)} labelled questions with evidence: 500 are needed")
    names = list(rows[0])
    table = np.array([[row[feature] for feature in names] for row in rows])
    held_out = _out_of_fold(table, np.array(right), np.array(groups))
    judged = [Judged(*each) for each in zip(map(float, held_out), right, answerable, strict=True)]
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scaler.transform(table), right)
    encoder = answering.library.encoder
    content = {
        "encoder": encoder.name if encoder else "",
        "date": datetime.now(UTC).date().isoformat(),
        "reason": "first judge: plain features of ranking; a reader of near misses is to follow",
        "questions": {"name": name, "labelled": len(rows), "answered right by the first text": sum(right)},
        "out of fold": _figures(judged),
        "features": names,
        "means": _numbers(scaler.mean_),
        "scales": _numbers(scaler.scale_),
        "coefficients": _numbers(model.coef_[0]),
        "intercept": round(float(model.intercept_[0]), 6),
        "cut_offs": {channel.value: _cut_off(judged, risk) for channel, risk in RISK.items()},
        "no_source_below": _no_source(judged),
    }
    return json.dumps(content, indent=1) + "\n"


def _measured(
    answering: Answering, questions: Sequence[LabelledQuestion], on_progress: Callable[[int], None]
) -> tuple[list[Mapping[str, float]], list[bool], list[bool], list[str]]:
    rows, right, answerable, groups = [], [], [], []
    for done, question in enumerate(questions, start=1):
        evidence = _evidence(answering, question)
        if evidence.documents and question.answerable is not None:
            first = evidence.documents[0].key.id
            rows.append(features_of(evidence))
            right.append(question.answerable and first in question.gold)
            answerable.append(question.answerable)
            groups.append(first)
        on_progress(done)
    return rows, right, answerable, groups


def _evidence(answering: Answering, question: LabelledQuestion) -> Evidence:
    text = whole(question.turns[-1], question.turns[:-1])
    return retrieve(answering.library, answering.collection, text, "nl", VISITOR)


def _out_of_fold(
    table: NDArray[np.float64], right: NDArray[np.bool_], groups: NDArray[np.str_]
) -> NDArray[np.float64]:
    probabilities = np.zeros(len(table))
    for train, test in GroupKFold(FOLDS).split(table, right, groups):
        scaler = StandardScaler().fit(table[train])
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scaler.transform(table[train]), right[train])
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
