"""How else could it have come out? The same questions, drawn again with replacement.

The bootstrap (Efron & Tibshirani, An Introduction to the Bootstrap, 1993). Questions about the same text
rise and fall together: with groups whole groups are drawn, the cluster bootstrap (Davison & Hinkley,
Bootstrap Methods and their Application, 1997, section 3.8). The draws are seeded: the same questions give
the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")
Found = TypeVar("Found")

DRAWS = 200
SEED = 20261121  # the day on which it was chosen; any number does


def bootstrap(
    items: Sequence[Item],
    statistic: Callable[[Sequence[Item]], Found],
    groups: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
) -> list[Found]:
    """The statistic of each draw. `groups` names the group of each item; without, each is its own."""
    return [statistic([items[place] for place in drawn]) for drawn in _drawn(len(items), groups, draws)]


def _drawn(count: int, groups: Sequence[Hashable] | None, draws: int) -> Iterator[list[int]]:
    """The places that each draw holds."""
    members: dict[Hashable, list[int]] = {}
    for place, group in zip(range(count), range(count) if groups is None else groups, strict=True):
        members.setdefault(group, []).append(place)
    whole = list(members.values())
    random = np.random.default_rng(SEED)
    for _ in range(draws if whole else 0):
        yield [place for chosen in random.integers(len(whole), size=len(whole)) for place in whole[chosen]]
