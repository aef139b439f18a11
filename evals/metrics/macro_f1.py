"""Are the kinds told apart, the rare ones as well as the frequent?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from statistics import fmean


def macro_f1(meant: Sequence[Hashable], told: Sequence[Hashable]) -> float:
    """The mean over the kinds of F1 = 2·both / (meant + told), each kind counting the same.

    The mean of the F1 scores, not the F1 of the means: only the first is hard on a kind that is never told
    (Opitz & Burst, Macro F1 and Macro F1, arXiv:1911.03347, 2019). Over the kinds that occur in either;
    0 when there are none.
    """
    pairs = list(zip(meant, told, strict=True))
    return fmean(_f1(pairs, kind) for kind in {*meant, *told}) if pairs else 0.0


def _f1(pairs: Sequence[tuple[Hashable, Hashable]], kind: Hashable) -> float:
    both = sum(each == (kind, kind) for each in pairs)
    return 2 * both / sum((first == kind) + (second == kind) for first, second in pairs)
