"""Fits what tells a wording from a new thing: the weights of service/composers/llm/facts/nearness.py.

On the words that the passages do not have, of right sentences against lies, in what may be read of the sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.languages.base import folded
from evals.llm.halves import may_be_read
from evals.llm.sets import SETS, Case, read_honest, read_lies
from service.composers.llm.facts.checking import is_thing, unknown_words
from service.composers.llm.facts.material import material
from service.composers.llm.facts.nearness import Nearness, commonness
from service.composers.llm.prompting import without_orders

# a lie about another text is far from the passages in all its words: it teaches least
_LESS = {"product": 0.3}
_ROUNDS, _RIDGE, _WORDS = 50, 1.0, 200.0


@dataclass(frozen=True)
class Fitted:
    """The weights, and how many words they were fitted on; `right` and `wrong` are what part of the words of
    right sentences, and of lies, counts as new with them."""

    near: float
    common: float
    thing: float
    bias: float
    words: tuple[int, int]
    right: float
    wrong: float


def fitted(near: Nearness) -> Fitted:
    """A logistic regression, both kinds of words weighing as much."""
    rows = list(_rows(near))
    features = np.array([row[:3] for row in rows])
    lies = np.array([row[3] > 0 for row in rows], dtype=float)
    weights = np.array([abs(row[3]) for row in rows])
    for kind in (0.0, 1.0):
        weights[lies == kind] *= _WORDS / weights[lies == kind].sum()
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    found = _solved(scaled, lies, weights)
    new = scaled @ found > 0
    near_, common, thing = found[:3] / spread
    return Fitted(
        float(near_), float(common), float(thing), float(found[3] - (found[:3] * mean / spread).sum()),
        (int((lies == 0).sum()), int(lies.sum())), float(new[lies == 0].mean()), float(new[lies == 1].mean()),
    )  # fmt: skip


def _solved(
    rows: NDArray[np.float64], lies: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    found = np.zeros(rows.shape[1])
    ridge = np.array([_RIDGE, _RIDGE, _RIDGE, 0.0])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (chance - lies)) + ridge * found
        curve = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge + 1e-6)
        found -= np.linalg.solve(curve, slope)
    return found


def _rows(near: Nearness) -> Iterator[tuple[float, float, float, float]]:
    """Of each unknown word: how near, how common, whether a thing; and its weight, above 0 in a lie."""
    for name in ("honest", "honest_2", "honest_3"):
        for case in read_honest(SETS / f"{name}.jsonl"):
            for sentence in case.sentences:
                yield from ((*row, -1.0) for row in _unknown(near, case, sentence, sentence))
    for name in ("lies", "lies_2", "lies_3"):
        for lie in read_lies(SETS / f"{name}.jsonl"):
            weight = _LESS.get(lie.kind, 1.0)
            yield from ((*row, weight) for row in _unknown(near, lie.case, lie.sentence, lie.what))


def _unknown(near: Nearness, case: Case, sentence: str, within: str) -> Iterator[tuple[float, float, float]]:
    if case.language != "nl" or not may_be_read(case.id, sentence):
        return
    held = material([without_orders(each) for each in case.passages], case.language)
    words = [word for word in unknown_words(sentence, held) if word in folded(within)]
    found = near.of(sentence, held.passages) if words else {}
    for word in words:
        common = commonness(word)
        if word in found and common is not None:
            yield found[word], common, float(is_thing(word, sentence))
