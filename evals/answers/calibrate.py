"""Fit the judge: logistic regressions over its features, grouped by document, cut-offs for a promised risk.

Probabilities for choosing cut-offs come from five folds in which no document is in two (grouped by the
text that the question was written about), so that no text judges itself. A logistic regression is its own
sigmoid calibration (Platt 1999).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from embeddings.library import Library
from embeddings.ranking import NAME as RANKING
from evals.answers.questions import LabelledQuestion
from evals.metrics.certified import certified
from evals.metrics.selective import Judged, auroc, brier, coverage_at, risk_coverage
from service.answering.assistance import SecondReader
from service.answering.followup import whole
from service.answering.judge import MODEL_FEATURE, features_of, fit_with
from service.answering.pipeline import Answering, readable
from service.answering.retrieve import Evidence, retrieve
from service.domain.question import VISITOR, Channel

RISK = {Channel.WEBSITE: 0.02, Channel.SIDEBAR: 0.10}
NO_SOURCE_SHARE = 0.02  # of the answerable questions may be told that there is no text at all
FOLDS = 5
FEWEST = 500
NEAR_MISSES = ("near_miss", "other_group", "outdated")
LEAVE_OUT_EVERY = 4
NEAR_MISS_LEFT_OUT = 3  # of so many one does not count: then they are one in six, as in ../shared/eval
STRENGTH = 0.3  # inverse regularisation: chosen once, flat between .1 and 1
EVEN = 0.5
POINTS = 40  # of the curve that is written down
SITE = "evals"  # whose budget pays: nobody's


@dataclass
class Cases:
    """Labelled cases: features, whether the first text was right, whether there is an answer at all.

    The group keeps all questions about one text in one fold.
    """

    rows: list[Mapping[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    answerable: list[bool] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def add(
        self,
        evidence: Evidence,
        gold: Sequence[str],
        has_answer: bool,
        group: str,
        told: Mapping[str, float] | None = None,
    ) -> None:
        """One more case; `evidence` holds at least one document. `told` is what was told beside it."""
        self.rows.append(features_of(evidence) | dict(told or {}))
        self.right.append(has_answer and evidence.documents[0].key.id in gold)
        self.answerable.append(has_answer)
        self.groups.append(group)


@dataclass
class Measured:
    """The same cases before the reader looked and after it; alike when there is no reader. `digests`
    of the questions by set.

    `helped` are those of which the second reader said something, if there is one, with their sets.
    """

    plain: Cases = field(default_factory=Cases)
    read: Cases = field(default_factory=Cases)
    sets: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    second_reader: SecondReader | None = None
    helped: Cases = field(default_factory=Cases)
    helped_sets: list[str] = field(default_factory=list)

    def ask(self, evidence: Evidence, gold: Sequence[str], has_answer: bool, group: str, name: str) -> None:
        """Add a case to `helped`, unless the second reader says nothing of it: it is judged without."""
        helps = self.second_reader
        told = helps.reads(evidence.text, readable(evidence), SITE) if helps else None
        if told is not None:
            self.helped.add(evidence, gold, has_answer, group, {MODEL_FEATURE: told})
            self.helped_sets.append(name)


def measure(
    measured: Measured,
    answering: Answering,
    questions: Sequence[LabelledQuestion],
    name: str,
    on_progress: Callable[[int], None],
) -> None:
    """Add the cases of one set of questions, called `name`, over its library."""
    told = "\n".join(f"{each.id} {each.turns} {each.gold}" for each in questions)
    measured.digests[name] = hashlib.sha256(told.encode()).hexdigest()[:16]
    for done, question in enumerate(questions, start=1):
        text = whole(question.turns[-1], question.turns[:-1])
        evidence = retrieve(answering.library, answering.collection, text, "nl", VISITOR)
        # the text it is about, by whichever set it is asked: "<text>/<number>" or the first that answers
        group = question.id.rpartition("/")[0] or next(iter(question.gold), question.id)
        for seen, has_answer in _cases(evidence, question, done):
            read = seen.read()
            measured.plain.add(seen, question.gold, has_answer, group)
            measured.read.add(read, question.gold, has_answer, group)
            measured.sets.append(name)
            measured.ask(read, question.gold, has_answer, group, name)
        on_progress(done)


def calibrated(measured: Measured, library: Library) -> str:
    """The calibration as JSON, with the numbers that it was chosen by.

    Raises ValueError with fewer than 500 cases, or fewer of which the second reader said something: cut-offs
    would rest on a handful.
    """
    count, told = len(measured.sets), len(measured.helped_sets)
    if count < FEWEST:
        raise ValueError(f"{count} labelled cases with evidence: {FEWEST} are needed")
    if measured.second_reader and told < FEWEST:
        raise ValueError(f"the model judged {told} of {count} cases: {FEWEST} are needed")
    content: dict[str, Any] = {
        "encoder": library.encoder.name if library.encoder else "",
        "reader": library.reader.name if library.reader else "",
        "ranking": RANKING,
        "data": measured.digests,
        "date": datetime.now(UTC).date().isoformat(),
        "cases": {
            "sets": dict(Counter(measured.sets)),
            "labelled": count,
            "answerable": sum(measured.plain.answerable),
            "documents": len(set(measured.plain.groups)),
        },
        "fits": {"plain": fit(measured.plain, measured.sets), "reader": fit(measured.read, measured.sets)},
    }
    if measured.second_reader:
        name = measured.second_reader.name
        content["second reader"] = {"name": name, "asked": count, "said": told}
        content["fits"][fit_with(name)] = fit(measured.helped, measured.helped_sets)
    return json.dumps(content, indent=1) + "\n"


def fit(cases: Cases, sets: Sequence[str]) -> dict[str, Any]:
    """A fit as the calibration holds it, with its promises, figures and curve, all out of fold.

    `sets` names the set of each case: in the fit each set weighs the same, in the promises each case.
    """
    features = list(cases.rows[0])
    table = np.array([[row[feature] for feature in features] for row in cases.rows])
    labels, weights = np.array(cases.right), _weights(sets)
    chances = _out_of_fold(table, labels, np.array(cases.groups), weights).tolist()
    judged = [Judged(*case) for case in zip(chances, cases.right, cases.answerable, strict=True)]
    scaler = _scaler(table)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(scaler.transform(table), labels, sample_weight=weights)
    promises = {channel.value: _promise(judged, risk) for channel, risk in RISK.items()}
    return {
        "features": features,
        "means": _numbers(scaler.mean_),
        "scales": _numbers(scaler.scale_),
        "coefficients": _numbers(model.coef_[0]),
        "intercept": round(float(model.intercept_[0]), 6),
        "cut_offs": {channel: promise["cut_off"] for channel, promise in promises.items()},
        "no_source_below": _no_source(judged),
        "promises": promises,
        "right text first": sum(cases.right),
        "out of fold": _figures(judged),
        "curve": _curve(judged),
    }


def _weights(sets: Sequence[str]) -> NDArray[np.float64]:
    """One over the size of its set, 1 in the mean: the author who wrote most is not the only one asked."""
    sizes = Counter(sets)
    weights = np.array([1 / sizes[name] for name in sets])
    return np.asarray(weights / weights.mean(), dtype=np.float64)


def _promise(judged: Sequence[Judged], risk: float) -> dict[str, Any]:
    """The cut-off under which at most `risk` is wrong, proven at 95 %; None with what is missing for it."""
    found = certified(judged, risk)
    return {
        "risk": risk,
        "cut_off": None if found.cut_off is None else round(found.cut_off, 4),
        "answered": found.answered,
        "wrong": found.wrong,
        "bound": round(found.bound, 4),
        "missing": found.missing,
    }


def _cases(evidence: Evidence, question: LabelledQuestion, number: int) -> Iterator[tuple[Evidence, bool]]:
    """The question as it is, in about the mix that is asked: see evals/README.md.

    Of the near misses, which the labelled texts are rich in, every third is left out. Every fourth
    answerable question is asked again with its answer left out of the library: the sets hold few questions
    about subjects that no text is about, and residents ask many.
    """
    if question.answerable is None or not evidence.documents:
        return
    if not question.answerable and question.kind in NEAR_MISSES and number % NEAR_MISS_LEFT_OUT == 0:
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
        scaler = _scaler(table[train])
        model = LogisticRegression(C=STRENGTH, max_iter=2000)
        model.fit(scaler.transform(table[train]), right[train], sample_weight=weights[train])
        probabilities[test] = model.predict_proba(scaler.transform(table[test]))[:, 1]
    return probabilities


def _scaler(table: NDArray[np.float64]) -> StandardScaler:
    """Numbers to a standard deviation of one; a yes or no to the .5 of an even one, however rare it is.

    So that a rare sign weighs what its few cases can bear: Gelman et al., "A weakly informative default
    prior distribution for logistic and other regression models", Annals of Applied Statistics 2, 2008.
    """
    scaler = StandardScaler().fit(table)
    scaler.scale_ = np.where(np.isin(table, (0.0, 1.0)).all(axis=0), EVEN, scaler.scale_)
    return scaler


def _no_source(judged: Sequence[Judged]) -> float:
    """Below this probability "we have no text" is said: seldom of a question whose answer came first."""
    right = sorted(each.probability for each in judged if each.right)
    return round(right[int(NO_SOURCE_SHARE * len(right))], 4) if right else 0.0


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    return {
        "AUROC answerable": round(auroc(judged), 4),
        "Brier": round(brier(judged), 4),
        **{
            f"coverage at {risk:.0%} wrong": round(coverage_at(judged, risk).coverage, 4)
            for risk in (0.02, 0.05, 0.10, 0.20)
        },
    }


def _curve(judged: Sequence[Judged]) -> list[list[float]]:
    """[cut-off, coverage, risk], strictest first, thinned out."""
    points = risk_coverage(judged)
    chosen = points[:: max(1, len(points) // POINTS)]
    return [[round(each.cut_off, 4), round(each.coverage, 4), round(each.risk, 4)] for each in chosen]


def _numbers(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 6) for value in values]
