"""Fit what joining weighs on some questions in groups; measure on others."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression

from embeddings.library import Library
from evals.gaps.run import GapQuestion, look
from evals.metrics.pairwise import Pairwise, pairwise
from service.duos.joining import NEAREST, Joiner, Said, Weights, likeness
from service.duos.meanings import meanings_of
from service.storage.askings import Joinable

STEPS = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)
FEATURES = ("cosine", "words_met", "words_met_least", "same_text")
SHUFFLED = 3  # times: in the file those that belong together come one after the other


@dataclass(frozen=True)
class Joined:
    """How well questions are joined in the order of the file, and the mean F1 when they come in others."""

    in_order: Pairwise
    shuffled: float


@dataclass(frozen=True)
class Part:
    """Questions that come to one list: the group of each, and how joining sees it. Questions of two parts
    are never compared: nobody said whether they ask the same."""

    name: str
    groups: Sequence[str]
    said: Sequence[Said]


@dataclass(frozen=True)
class Fitted:
    """The weights, with how well they join in each part by its name: those they were fitted on, and those
    they were not."""

    weights: Weights
    joined: Mapping[str, Joined]


def said_by(
    library: Library, questions: Sequence[GapQuestion], on_progress: Callable[[], None]
) -> list[Said]:
    """Each question as joining sees it."""
    meanings = meanings_of(library.encoder.name if library.encoder else "")
    said = []
    for question in questions:
        short = look(library, question.question)
        first = short.found[0].document if short.found else ""
        said.append(Said(first, meanings.of(short.encoded)))
        on_progress()
    return said


def halves(name: str, questions: Sequence[GapQuestion], said: Sequence[Said]) -> tuple[Part, Part]:
    """The even groups and the odd ones."""

    def half(called: str, left: int) -> Part:
        places = [place for place, each in enumerate(questions) if _number(each.group) % 2 == left]
        return Part(
            f"{name}, {called} groups",
            [questions[place].group for place in places],
            [said[place] for place in places],
        )

    return half("even", 0), half("odd", 1)


def fit(fitted_on: Sequence[Part], checked_on: Sequence[Part]) -> Fitted:
    """Weights by logistic regression over the near pairs of each part; where joining begins by what gives the
    best F1 when the questions come one by one, in the file's order and in others."""
    rows, labels = map(np.concatenate, zip(*(_pairs(part) for part in fitted_on), strict=True))
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, labels)
    named = dict(zip(FEATURES, map(float, model.coef_[0]), strict=True))
    candidates = [Weights(float(model.intercept_[0]), **named, join_from=step) for step in STEPS]

    told = {weights: [_in_orders(part, weights) for part in fitted_on] for weights in candidates}
    sums = [sum(each.in_order.f1 + each.shuffled for each in told[weights]) for weights in candidates]
    best = candidates[best_among_neighbours(sums)]
    joined = {part.name: each for part, each in zip(fitted_on, told[best], strict=True)}
    return Fitted(best, joined | {part.name: _in_orders(part, best) for part in checked_on})


def best_among_neighbours(sums: Sequence[float]) -> int:
    """Which step, not the first or the last, is best together with the one before and after it: one step
    alone is a matter of luck."""
    return max(range(1, len(sums) - 1), key=lambda step: fmean(sums[step - 1 : step + 2]))


class Kept:
    """Askings in memory, as a database would keep them."""

    def __init__(self) -> None:
        self._all: list[Joinable] = []
        self._of: dict[uuid.UUID, list[Joinable]] = {}

    def add(self, asking: Joinable) -> None:
        self._all.append(asking)
        self._of.setdefault(asking.gap, []).append(asking)

    def joinable_now(self, sequences: Sequence[int]) -> list[Joinable]:
        return [self._all[sequence - 1] for sequence in sequences]

    def newest_of(self, gaps: Collection[uuid.UUID], count: int) -> list[Joinable]:
        return [asking for gap in gaps for asking in self._of[gap][-count:]]


def join_one_by_one(said: Sequence[Said], weights: Weights) -> list[uuid.UUID]:
    """The signal that each question gets to when they come in this order."""
    kept = Kept()
    joiner = Joiner(said[0].meaning.encoder, kept, weights)
    told = []
    for number, one in enumerate(said, start=1):
        best = joiner.best(one)
        gap = best[0] if best else uuid.uuid4()
        told.append(gap)
        asking = Joinable(number, gap, one.document, one.meaning)
        kept.add(asking)
        joiner.learn([asking])
    return told


def as_source(weights: Weights) -> str:
    """The weights as joining.py has them."""
    lines = [f"    {name}={value:.4g}," for name, value in asdict(weights).items()]
    return "\n".join(["BY_ASKING = Weights(", *lines, ")"])


def _in_orders(part: Part, weights: Weights) -> Joined:
    places = range(len(part.groups))
    others = [random.Random(seed).sample(places, len(places)) for seed in range(SHUFFLED)]
    shuffled = fmean(_joined(part, order, weights).f1 for order in others)
    return Joined(_joined(part, places, weights), shuffled)


def _joined(part: Part, places: Sequence[int], weights: Weights) -> Pairwise:
    told = join_one_by_one([part.said[place] for place in places], weights)
    return pairwise([part.groups[place] for place in places], told)


def _pairs(part: Part) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that joining would look at: each question with those nearest to it."""
    vectors = np.stack([np.frombuffer(each.meaning.vector, dtype="<f4") for each in part.said])
    nearest = np.argsort(-(vectors @ vectors.T))[:, : NEAREST + 1]
    pairs = {
        (min(one, int(other)), max(one, int(other)))
        for one, row in enumerate(nearest)
        for other in row
        if one != other
    }
    rows, labels = [], []
    for one, other in sorted(pairs):
        features = likeness(part.said[one], part.said[other])
        rows.append([features[name] for name in FEATURES])
        labels.append(part.groups[one] == part.groups[other])
    return np.array(rows), np.array(labels)


def _number(group: str) -> int:
    digits = re.sub(r"\D", "", group)
    return int(digits) if digits else 0
