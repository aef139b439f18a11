"""Keyword and vector rankings to one: both propose, late interaction decides; for a question that was
asked, the reader looks at what came first.

The numbers below were fitted, see DECISIONS.md.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from embeddings.document import DocumentKey, FoundDocument, Hit, Scores
from embeddings.encoders.base import Encoded, Floats
from embeddings.indexes.base import Keys
from embeddings.late_interaction import Readable, TokenMatches, match
from embeddings.snapshot import Snapshot

SECOND_STAGE = 50  # passages that late interaction reads
PROPOSED = 100  # passages that each first-stage ranking proposes


@dataclass(frozen=True)
class Weights:
    """A passage's total = late + title * match with the title + keyword * BM25 / (BM25 + keyword_half).

    A document's = its best passage's + second * its next best's, or its best minus `alone` when it has one;
    for one of those that were read, + reader * the chance that it answers, as the reader sees it.
    `ordinary` and `floor` weigh the question's tokens, see late_interaction.match.
    Fitted on 2026-11-21 on training and demo questions (R@1 .58 to .62 and .56 to .60), checked on the
    development set (.573 to .653, R@3 .80 to .84; all with int8 questions and passages).
    """

    title: float = 0.1
    keyword: float = 0.02
    keyword_half: float = 8.0
    ordinary: float = 0.25
    floor: float = 0.01
    second: float = 0.1
    alone: float = 0.03
    reader: float = 0.0


WEIGHTS = Weights()
WINDOWS = 5  # passages that the reader reads: the best of three documents, and the next of the first two
# a calibration is bound to this: other numbers, another name
NAME = "ranking-" + hashlib.sha256(f"{WEIGHTS} {SECOND_STAGE} {WINDOWS}".encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Ranking:
    """Passage keys with their scores, best first, and what each token of the question weighed."""

    scored: tuple[tuple[int, Scores], ...]
    token_weights: Floats | None = None


def rank(
    snapshot: Snapshot,
    text: str,
    encoded: Encoded | None,
    allowed: Keys,
    title_rows: Callable[[str], slice],
    weights: Weights = WEIGHTS,
) -> Ranking:
    """The best SECOND_STAGE passages. Without `encoded` (no model) keywords alone rank.

    `title_rows` says which token states of a passage are those of this title before it.
    """
    keyword = _by_key(snapshot.with_words(text, PROPOSED, allowed))
    if encoded is None:
        return _by_keyword(keyword)
    dense = _by_key(snapshot.nearest(encoded.vector, PROPOSED, allowed))
    keys = _second_stage(dense, keyword)
    read = [_readable(snapshot, key, title_rows) for key in keys]
    matches, token_weights = match(encoded.states, read, weights.ordinary, weights.floor)
    scored = [
        (key, _scores(dense.get(key, 0.0), keyword.get(key, 0.0), found, weights))
        for key, found in zip(keys, matches, strict=True)
    ]
    best_first = sorted(scored, key=lambda pair: (-pair[1].total, pair[0]))
    return Ranking(tuple(best_first), token_weights)


def _readable(snapshot: Snapshot, key: int, title_rows: Callable[[str], slice]) -> Readable | None:
    states = snapshot.states(key)
    if states is None or not len(states):
        return None
    return Readable(states, title_rows(snapshot.rows[key].title))


def by_document(hits: Sequence[Hit], weights: Weights = WEIGHTS) -> tuple[FoundDocument, ...]:
    """The hits' documents, best first, each with its hits, best first."""
    grouped: dict[DocumentKey, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.passage.document, []).append(hit)
    found = [FoundDocument(key, _document_score(own, weights), tuple(own)) for key, own in grouped.items()]
    return tuple(sorted(found, key=lambda document: -document.score))


def to_read(documents: Sequence[FoundDocument]) -> list[Hit]:
    """The passages that the reader reads, WINDOWS at most."""
    first = [document.hits[0] for document in documents[:3]]
    return [*first, *(document.hits[1] for document in documents[:2] if len(document.hits) > 1)]


def reread(
    documents: Sequence[FoundDocument], answers: Mapping[int, float], weights: Weights = WEIGHTS
) -> tuple[FoundDocument, ...]:
    """The documents in the order that the reader's logits, by key of the passage, give them."""
    read = [replace(each, score=each.score + _read_score(each, answers, weights)) for each in documents]
    return tuple(sorted(read, key=lambda document: -document.score))


def _read_score(document: FoundDocument, answers: Mapping[int, float], weights: Weights) -> float:
    logits = [answers[hit.key] for hit in document.hits if hit.key in answers]
    return weights.reader / (1 + math.exp(-max(logits))) if logits else 0.0


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


def _scores(dense: float, keyword: float, found: TokenMatches, weights: Weights) -> Scores:
    saturated = keyword / (keyword + weights.keyword_half)
    late, title = found.late, float(found.title.sum()) / len(found.title)
    return Scores(dense, keyword, late, late + weights.title * title + weights.keyword * saturated)
