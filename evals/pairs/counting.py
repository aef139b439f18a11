"""What judges said of pairs, counted: who won, and how far they agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.metrics.clopper_pearson import around
from evals.metrics.interval import Interval
from evals.metrics.kappa import kappa
from evals.metrics.sign_test import sign_test
from evals.pairs.sides import A, B, UnusableFile, reworded_side

KIND = "antwoordduo-pairs"
REWORDED, QUOTED, EVEN = "reworded", "quoted", "even"


@dataclass(frozen=True)
class Judgement:
    """What one judge said of one pair: which is better, and which of the two is not right."""

    better: str
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judged:
    """The file of one judge."""

    judge: str
    results: str
    pairs: Mapping[str, Judgement]


@dataclass(frozen=True)
class Tally:
    """Wins are of the reworded answers; a share is of the pairs that were no tie."""

    wins: int
    losses: int
    ties: int
    wrong_reworded: int
    wrong_quoted: int

    @property
    def judged(self) -> int:
        return self.wins + self.losses + self.ties

    @property
    def share(self) -> float | None:
        decided = self.wins + self.losses
        return self.wins / decided if decided else None

    @property
    def interval(self) -> Interval:
        return around(self.wins, self.wins + self.losses)

    @property
    def chance(self) -> float:
        """The p-value of the sign test."""
        return sign_test(self.wins, self.losses)


@dataclass(frozen=True)
class Agreement:
    """Two judges over the pairs that both judged; `kappa` is None where it says nothing."""

    judges: tuple[str, str]
    pairs: int
    same: int
    kappa: float | None


def read_judged(paths: Sequence[Path]) -> list[Judged]:
    """The files that judges saved from the page. Raises UnusableFile."""
    found = [_judged(path) for path in paths]
    if len({one.results for one in found}) > 1:
        raise UnusableFile("these are judgements of different results: count them apart")
    return found


def tally(judgements: Iterable[Judgement]) -> Tally:
    """Judgements counted, each as one pair."""
    told = list(judgements)
    better = Counter(one.better for one in told)
    wrong = Counter(side for one in told for side in one.wrong)
    return Tally(better[REWORDED], better[QUOTED], better[EVEN], wrong[REWORDED], wrong[QUOTED])


def together(judged: Sequence[Judged]) -> list[Judgement]:
    """One judgement a pair: what most judges said, even when as many said either. One who calls an answer
    wrong is enough.
    """
    ids = dict.fromkeys(id for one in judged for id in one.pairs)
    return [_together([one.pairs[id] for one in judged if id in one.pairs]) for id in ids]


def agreements(judged: Sequence[Judged]) -> list[Agreement]:
    """Every two judges that have pairs in common."""
    found = []
    for one, other in combinations(judged, 2):
        both = [id for id in one.pairs if id in other.pairs]
        mine, theirs = ([judge.pairs[id].better for id in both] for judge in (one, other))
        same = sum(each == told for each, told in zip(mine, theirs, strict=True))
        if both:
            found.append(Agreement((one.judge, other.judge), len(both), same, kappa(mine, theirs)))
    return found


def _together(told: Sequence[Judgement]) -> Judgement:
    votes = Counter(one.better for one in told)
    lead = votes[REWORDED] - votes[QUOTED]
    better = REWORDED if lead > 0 else QUOTED if lead < 0 else EVEN
    return Judgement(better, frozenset(side for one in told for side in one.wrong))


def _judged(path: Path) -> Judged:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["kind"] != KIND:
            raise ValueError(f"kind {content['kind']!r}")
        seed = str(content["seed"])
        pairs = {id: _judgement(seed, id, said) for id, said in content["pairs"].items()}
        return Judged(str(content["judge"]) or path.stem, str(content["results"]), pairs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableFile(f"{path}: not a file of a judge ({error!r})") from error


def _judgement(seed: str, id: str, said: Mapping[str, Any]) -> Judgement:
    side = reworded_side(seed, id)
    names = {side: REWORDED, (B if side == A else A): QUOTED, EVEN: EVEN}
    return Judgement(names[said["better"]], frozenset(names[one] for one in said["wrong"] if one != EVEN))
