"""Fit what joining weighs, on the even groups; measure on the odd ones."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression

from embeddings.library import Library
from evals.gaps.run import GapQuestion, look
from evals.metrics.pairwise import Pairwise, pairwise
from service.duos.joining import NEAREST, Joiner, Said, Weights, likeness
from service.storage.askings import Joinable, Meaning

STEPS = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)
FEATURES = ("cosine", "words_met", "words_met_least", "same_text")
SHUFFLED = 3  # times: in the file those that belong together come one after the other


@dataclass(frozen=True)
class Joined:
    """How well questions are joined in the order of the file, and the mean F1 when they come in others."""

    in_order: Pairwise
    shuffled: float


@dataclass(frozen=True)
class Fitted:
    """The weights, with how well they join the groups they were fitted on and the others."""

    weights: Weights
    even: Joined
    odd: Joined


def said_by(library: Library, questions: Sequence[GapQuestion], watch: Callable[[int], None]) -> list[Said]:
    """Each question as joining sees it."""
    said = []
    for done, question in enumerate(questions, start=1):
        short = look(library, question.question)
        first = short.found[0].document if short.found else ""
        said.append(Said(first, Meaning(short.encoder, short.vector, short.states)))
        watch(done)
    return said


def fit(questions: Sequence[GapQuestion], said: Sequence[Said]) -> Fitted:
    """Weights by logistic regression over near pairs of the even groups; where joining begins by what gives
    the best F1 there when the questions come one by one, in the file's order and in others."""
    groups = [question.group for question in questions]
    even = [place for place, group in enumerate(groups) if _number(group) % 2 == 0]
    odd = [place for place, group in enumerate(groups) if _number(group) % 2]
    rows, labels = _pairs(even, groups, said)
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, labels)
    named = dict(zip(FEATURES, map(float, model.coef_[0]), strict=True))
    candidates = [Weights(float(model.intercept_[0]), **named, join_from=step) for step in STEPS]

    told = {weights: _in_orders(even, groups, said, weights) for weights in candidates}
    best = max(candidates, key=lambda weights: told[weights].in_order.f1 + told[weights].shuffled)
    return Fitted(best, told[best], _in_orders(odd, groups, said, best))


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
    return "\n".join(["WEIGHTS = Weights(", *lines, ")"])


def _in_orders(
    places: Sequence[int], groups: Sequence[str], said: Sequence[Said], weights: Weights
) -> Joined:
    others = [random.Random(seed).sample(places, len(places)) for seed in range(SHUFFLED)]
    shuffled = fmean(_joined(order, groups, said, weights).f1 for order in others)
    return Joined(_joined(places, groups, said, weights), shuffled)


def _joined(places: Sequence[int], groups: Sequence[str], said: Sequence[Said], weights: Weights) -> Pairwise:
    told = join_one_by_one([said[place] for place in places], weights)
    return pairwise([groups[place] for place in places], told)


def _pairs(
    places: Sequence[int], groups: Sequence[str], said: Sequence[Said]
) -> tuple[np.ndarray, list[bool]]:
    """The pairs that joining would look at: each question with those nearest to it."""
    vectors = np.stack([np.frombuffer(said[place].meaning.vector, dtype="<f4") for place in places])
    nearest = np.argsort(-(vectors @ vectors.T))[:, : NEAREST + 1]
    pairs = {
        (min(one, int(other)), max(one, int(other)))
        for one, row in enumerate(nearest)
        for other in row
        if one != other
    }
    rows, labels = [], []
    for one, other in sorted(pairs):
        left, right = places[one], places[other]
        features = likeness(said[left], said[right])
        rows.append([features[name] for name in FEATURES])
        labels.append(groups[left] == groups[right])
    return np.array(rows), labels


def _number(group: str) -> int:
    digits = re.sub(r"\D", "", group)
    return int(digits) if digits else 0
