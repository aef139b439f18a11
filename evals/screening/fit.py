"""Fits the look by meaning: weights, upper layers, thresholds, and a card with the figures.

One example in six is held out, near copies together: nothing is fitted on those, the thresholds are put
there, and the card's figures are of those. The same examples and the same encoder give the same weights.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from embeddings.encoders.base import Encoded, Encoder, Floats
from embeddings.encoders.upper_layers import UpperLayers
from evals.screening.examples import Example
from evals.screening.measure import Figures, figures_of
from service.answering.screening import meaning
from service.answering.screening.meaning import (
    CARD,
    LAYERS,
    LOOKALIKE,
    NOT_FIRM,
    WEIGHTS,
    SecondLook,
    Weights,
    crisis_chance,
    likeliest_line,
    likeliest_other,
    sentences_of,
    standardised,
)
from service.answering.screening.pieces import PLACES, places_of

PLACE = Path(meaning.__file__).parent
FALSE_ALARMS = 0.01  # of the lookalikes held out, at most: where the threshold is put
STRICTNESS = 10.0  # scikit-learn's C: chosen by cross-validation, 2026-11-21
HELD_OUT = 6  # one in so many
READING = 0.2  # of the work: what the encoder takes of it
NEAR_COPY = 0.6  # share of the pieces; what is nearer stays in one fold
OTHERS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9)

Matrix = Any  # a sparse one of scipy, which brings no types


@dataclass(frozen=True)
class Read:
    """Texts with what the encoder makes of them. `owner`: to which example each belongs; first all
    examples, whole, and then the sentences of those that have several."""

    texts: list[str]
    owner: list[int]
    encoded: list[Encoded]


@dataclass(frozen=True)
class Thresholds:
    """From which chance on something is said: a crisis by the whole, by one sentence, and the rest."""

    crisis: float
    part: float
    other: float


@dataclass
class Chances:
    """Of an example: as a whole, and of its sentence that is likest a crisis, where it has several."""

    whole: dict[str, float]
    worst: dict[str, float]


@dataclass(frozen=True)
class Fitted:
    """The look, the card that goes beside its weights, and its layers as a file, empty when it has none."""

    look: SecondLook
    card: dict[str, Any]
    layers: bytes


def fit(
    examples: Sequence[Example],
    encoder: Encoder,
    on_progress: Callable[[float], None],
    transformer: Path | None = None,
) -> Fitted:
    """Fit on five examples in six, with thresholds from the sixth. `transformer` is the SentenceTransformer
    of this encoder, whose upper layers are trained on; without it the regression stands alone."""
    read = _read(examples, encoder, lambda done: on_progress(READING * done))
    kinds = np.array([example.kind for example in examples])
    vectors = np.stack([each.vector for each in read.encoded[: len(examples)]])
    mean, scale = _spread(vectors)
    table, places = _table(read.texts[: len(examples)], vectors, mean, scale)
    seen, unseen = _parted(table, len(mean), kinds)
    model = _model().fit(table[seen], kinds[seen])
    names = [str(kind) for kind in model.classes_]
    layers = b""
    if transformer is not None:
        wanted = [names.index(kind) for kind in kinds[seen].tolist()]
        shown = [read.encoded[place] for place in seen.tolist()]
        layers = _layers(transformer, shown, wanted, lambda done: on_progress(READING + (1 - READING) * done))
    weights = _weights(model, places, mean, scale)
    untold = SecondLook(weights, layers=UpperLayers(layers) if layers else None)
    chances = _chances(untold, read, unseen.tolist())
    kept = [examples[place] for place in unseen.tolist()]
    thresholds = _thresholds(kept, chances)
    look = replace(
        untold, crisis_from=thresholds.crisis, part_from=thresholds.part, other_from=thresholds.other
    )
    figures = figures_of(kept, [_said(each, thresholds) for each in chances])
    return Fitted(look, _card(examples, encoder.name, look, figures), layers)


def write(fitted: Fitted, folder: Path = PLACE) -> None:
    """Write the weights, the layers and their card where the service reads them."""
    weights = fitted.look.weights
    if weights is None:
        raise ValueError("nothing was fitted")
    names = ("mean", "scale", "dense", "pieces", "intercept")
    arrays = {name: getattr(weights, name).astype(np.float16) for name in names}
    np.savez_compressed(folder / WEIGHTS, **arrays)
    (folder / LAYERS).write_bytes(fitted.layers)
    (folder / CARD).write_text(json.dumps(fitted.card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _read(examples: Sequence[Example], encoder: Encoder, on_progress: Callable[[float], None]) -> Read:
    texts = [example.text for example in examples]
    owner = list(range(len(texts)))
    for place, example in enumerate(examples):
        parts = sentences_of(example.text)
        texts += parts
        owner += [place] * len(parts)
    encoded = []
    for done, text in enumerate(texts, start=1):
        # the states of search are not read here, and there are millions of them
        encoded.append(replace(encoder.encode_query(text), states=np.zeros((0, 0), np.float32)))
        on_progress(done / len(texts))
    return Read(texts, owner, encoded)


def _spread(vectors: Floats) -> tuple[Floats, Floats]:
    """Mean and scale, as they will be read again: stored in half the digits."""
    mean, scale = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), 1e-3)
    return mean.astype(np.float16).astype(np.float32), scale.astype(np.float16).astype(np.float32)


def _table(texts: Sequence[str], vectors: Floats, mean: Floats, scale: Floats) -> tuple[Matrix, list[int]]:
    """A row a text, and which place each column stands for; dimensions come after the places."""
    rows = [
        dict.fromkeys(places := places_of(text), len(places) ** -0.5 if places else 0.0)
        | dict(enumerate(standardised(vector, mean, scale).tolist(), start=PLACES))
        for text, vector in zip(texts, vectors, strict=True)
    ]
    maker = DictVectorizer(dtype=np.float32)
    return maker.fit_transform(rows), list(maker.feature_names_)


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRICTNESS, max_iter=200, tol=1e-3)


def _parted(
    table: Matrix, dimensions: int, kinds: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What is fitted on, and what is held out."""
    groups = _groups(table, dimensions)
    folds = StratifiedGroupKFold(min(HELD_OUT, len(set(groups))), shuffle=True, random_state=0)
    seen, unseen = next(iter(folds.split(kinds, kinds, groups)))
    return seen, unseen


def _layers(
    transformer: Path, shown: Sequence[Encoded], kinds: Sequence[int], on_progress: Callable[[float], None]
) -> bytes:
    # imported here: torch takes seconds, and the rest does without
    from evals.screening.network import packed, train

    states = [each.halfway for each in shown if each.halfway is not None]
    return packed(train(transformer, states, kinds, on_progress))


def _chances(look: SecondLook, read: Read, places: Sequence[int]) -> list[Chances]:
    """The chances of each of these examples."""
    found = {place: Chances(look.chances(read.texts[place], read.encoded[place]), {}) for place in places}
    for place in range(len(set(read.owner)), len(read.texts)):  # the sentences come after the wholes
        if read.owner[place] in found:
            of = found[read.owner[place]]
            of.worst = max(of.worst, look.chances(read.texts[place], read.encoded[place]), key=crisis_chance)
    return list(found.values())


def _groups(table: Matrix, dimensions: int) -> list[int]:
    """A number for each row; near copies of each other, also by way of others, share theirs.

    The last columns are the dimensions of the vector: only pieces say what was written alike.
    """
    parent = list(range(table.shape[0]))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    pieces = table[:, :-dimensions]
    near = (pieces @ pieces.T).tocoo()
    close = near.data > NEAR_COPY
    for one, other in zip(near.row[close].tolist(), near.col[close].tolist(), strict=True):
        parent[root(one)] = root(other)
    return [root(place) for place in range(len(parent))]


def _thresholds(examples: Sequence[Example], chances: Sequence[Chances]) -> Thresholds:
    """The lowest at which few enough lookalikes would be taken for a crisis; a sentence has a third of those.

    What is neither a crisis nor a lookalike may raise no more alarms than they.
    """
    told = list(zip(chances, examples, strict=True))
    rest = [each for each, example in told if not example.crisis and example.label != LOOKALIKE]
    alike = [each for each, example in told if example.label == LOOKALIKE] or rest
    others = rest or alike
    allowed = int(FALSE_ALARMS * len(alike))
    part_from = max(
        _allowing(allowed // 3, [crisis_chance(each.worst) for each in some]) for some in (alike, others)
    )
    crisis_from = max(
        _allowing(allowed - allowed // 3, [crisis_chance(each.whole) for each in some])
        for some in (alike, others)
    )
    return Thresholds(crisis_from, part_from, _other_from(examples, chances))


def _allowing(count: int, scores: Sequence[float]) -> float:
    """The lowest threshold that no more than so many reach, rounded up as the card holds it."""
    return math.ceil(sorted(scores, reverse=True)[count] * 1e6 + 1) / 1e6


def _other_from(examples: Sequence[Example], chances: Sequence[Chances]) -> float:
    """The threshold that tells personal case, other authority, out of scope and ordinary apart best."""
    kept = [
        (example, each)
        for example, each in zip(examples, chances, strict=True)
        if not example.crisis and example.label != LOOKALIKE
    ]
    apart = [example for example, _ in kept]

    def macro(threshold: float) -> float:
        only = Thresholds(2.0, 2.0, threshold)
        return figures_of(apart, [_said(each, only) for _, each in kept]).macro_f1

    return max(OTHERS, key=macro)


def _said(chances: Chances, thresholds: Thresholds) -> str:
    if crisis_chance(chances.whole) >= thresholds.crisis:
        return likeliest_line(chances.whole)
    if crisis_chance(chances.worst) >= thresholds.part:
        return likeliest_line(chances.worst)
    kind, chance = likeliest_other(chances.whole)
    return kind if kind in NOT_FIRM and chance >= thresholds.other else meaning.ORDINARY


def _weights(model: LogisticRegression, places: Sequence[int], mean: Floats, scale: Floats) -> Weights:
    rows = np.zeros((PLACES + len(mean), len(model.classes_)), dtype=np.float32)
    rows[list(places)] = model.coef_.T
    kinds = tuple(str(kind) for kind in model.classes_)
    intercept = np.asarray(model.intercept_, dtype=np.float32)
    return Weights(kinds, mean, scale, rows[PLACES:], rows[:PLACES], intercept)


def _card(examples: Sequence[Example], encoder: str, look: SecondLook, figures: Figures) -> dict[str, Any]:
    return {
        "encoder": encoder,
        "date": date.today().isoformat(),
        "reason": "rules know words; this knows what is like them",
        "examples": {"all": len(examples), **dict(sorted(Counter(each.kind for each in examples).items()))},
        "on the part held out, without the rules": figures.as_record(),
        "kinds": list(look.weights.kinds) if look.weights else [],
        "crisis_from": look.crisis_from,
        "part_from": look.part_from,
        "other_from": look.other_from,
    }
