"""Keyword and vector rankings to one: both propose, late interaction decides.

Late interaction (MaxSim, Khattab & Zaharia 2020): each token of the question takes its best cosine
among the passage's tokens. Here a token weighs as much as it tells the proposed passages apart:
"gemeente" fits them all, "bril" fits one. The numbers below were fitted, see DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.document import DocumentKey, FoundDocument, Hit, Scores
from embeddings.encoders.base import STATE_SCALE, Bytes, Encoded, Floats
from embeddings.indexes.base import Keys
from embeddings.snapshot import Snapshot

SECOND_STAGE = 50  # passages that late interaction reads
PROPOSED = 100  # passages that each first-stage ranking proposes


@dataclass(frozen=True)
class Weights:
    """total = late + keyword * BM25 / (BM25 + keyword_half), a document's: best + second * next best.

    A token's weight is the distance between its best cosine over the passages and the quantile
    `ordinary` of them, plus `floor`. A document with one passage gets its best minus `alone` as next.
    Fitted on 2026-11-21 on the 1,728 answerable training questions (R@1 .580 to .624, R@3 .752 to .789),
    checked on the development set (.573 to .627, .800 to .827).
    """

    keyword: float = 0.02
    keyword_half: float = 8.0
    ordinary: float = 0.25
    floor: float = 0.01
    second: float = 0.1
    alone: float = 0.08


WEIGHTS = Weights()


@dataclass(frozen=True)
class Ranking:
    """Passage keys with their scores, best first, and what each token of the question weighed."""

    scored: tuple[tuple[int, Scores], ...]
    token_weights: Floats | None = None


def rank(
    snapshot: Snapshot, text: str, encoded: Encoded | None, allowed: Keys, weights: Weights = WEIGHTS
) -> Ranking:
    """The best SECOND_STAGE passages. Without `encoded` (no model) keywords alone rank."""
    keyword = _by_key(snapshot.with_words(text, PROPOSED, allowed))
    if encoded is None:
        return _by_keyword(keyword)
    dense = _by_key(snapshot.nearest(encoded.vector, PROPOSED, allowed))
    keys = _second_stage(dense, keyword)
    late, token_weights = _late_interaction(encoded.states, [snapshot.states(key) for key in keys], weights)
    scored = [
        (key, _scores(dense.get(key, 0.0), keyword.get(key, 0.0), float(score), weights))
        for key, score in zip(keys, late, strict=True)
    ]
    best_first = sorted(scored, key=lambda pair: (-pair[1].total, pair[0]))
    return Ranking(tuple(best_first), token_weights)


def by_document(hits: Sequence[Hit], weights: Weights = WEIGHTS) -> tuple[FoundDocument, ...]:
    """The hits' documents, best first, each with its hits, best first."""
    grouped: dict[DocumentKey, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.passage.document, []).append(hit)
    found = [FoundDocument(key, _document_score(own, weights), tuple(own)) for key, own in grouped.items()]
    return tuple(sorted(found, key=lambda document: -document.score))


def _document_score(hits: list[Hit], weights: Weights) -> float:
    best = hits[0].scores.total
    following = hits[1].scores.total if len(hits) > 1 else best - weights.alone
    return best + weights.second * following


def _by_key(found: tuple[Keys, Floats]) -> dict[int, float]:
    keys, scores = found
    return {int(key): float(score) for key, score in zip(keys, scores, strict=True)}


def _by_keyword(keyword: dict[int, float]) -> Ranking:
    best = list(keyword.items())[:SECOND_STAGE]
    return Ranking(tuple((key, Scores(keyword=score, total=score)) for key, score in best))


def _second_stage(dense: dict[int, float], keyword: dict[int, float]) -> list[int]:
    """Two from the vectors for one from the keywords: alone, vectors find the right text more often."""
    chosen: dict[int, None] = {}
    by_dense, by_keyword = iter(dense), iter(keyword)
    for position in range(3 * SECOND_STAGE):
        source = by_keyword if position % 3 == 2 else by_dense
        key = next(source, None)
        if key is not None:
            chosen[key] = None
        if len(chosen) == SECOND_STAGE:
            break
    return list(chosen)


def _scores(dense: float, keyword: float, late: float, weights: Weights) -> Scores:
    saturated = keyword / (keyword + weights.keyword_half)
    return Scores(dense, keyword, late, late + weights.keyword * saturated)


def _late_interaction(
    question: Floats, passages: Sequence[Bytes | None], weights: Weights
) -> tuple[Floats, Floats]:
    """A score for each passage (0 for one without states) and a weight for each question token."""
    best = np.zeros((len(question), len(passages)), dtype=np.float32)
    present = [i for i, states in enumerate(passages) if states is not None and len(states)]
    if present:
        best[:, present] = _best_matches(question, [passages[i] for i in present])
    if not passages:
        return np.empty(0, dtype=np.float32), np.ones(len(question), dtype=np.float32)
    importance = best.max(axis=1) - np.quantile(best, weights.ordinary, axis=1) + weights.floor
    importance = np.asarray(importance / importance.sum(), dtype=np.float32)
    return np.asarray(importance @ best, dtype=np.float32), importance


def _best_matches(question: Floats, passages: Sequence[Bytes | None]) -> Floats:
    """Shape (question tokens, passages): the best cosine of each token in each passage."""
    rows = [np.asarray(states) for states in passages]
    starts = np.cumsum([0, *(len(states) for states in rows[:-1])])
    similarity = question @ np.concatenate(rows).astype(np.float32).T
    return np.asarray(np.maximum.reduceat(similarity, starts, axis=1) / STATE_SCALE, dtype=np.float32)


def worst_match(question: Floats, token_weights: Floats, passage: Bytes) -> float:
    """The largest weight * (1 - best cosine) over the question's tokens, weights averaging to one."""
    distance = 1.0 - _best_matches(question, [passage])[:, 0]
    return float(np.max(token_weights * distance) * len(token_weights))
