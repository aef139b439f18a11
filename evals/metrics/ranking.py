"""Is the right text on top?"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def rank_of_first(ranked: Sequence[str], gold: Collection[str]) -> int | None:
    """The place, from 1, of the first relevant document; None when none was ranked."""
    return next((place for place, id in enumerate(ranked, start=1) if id in gold), None)


def recall_at(ranks: Sequence[int | None], depth: int) -> float:
    """R@k: the share of questions with a relevant document among the first `depth`.

    (With several relevant documents some call this success@k or hit rate.) 0 without questions.
    """
    return sum(rank is not None and rank <= depth for rank in ranks) / max(len(ranks), 1)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """MRR: the mean of 1 / rank, 0 where nothing relevant was ranked (Voorhees 1999)."""
    return sum(1 / rank for rank in ranks if rank) / max(len(ranks), 1)
