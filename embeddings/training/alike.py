"""Questions in groups that ask the same, in families of groups that nearly do.

One JSON object a line with `question`, `group` and `family`; see evals/datasets/gaps/README.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import torch

from embeddings.training.lines import each_line

_SELF = -1e4


@dataclass(frozen=True)
class Alike:
    """A question and what it belongs to."""

    text: str
    group: str
    family: str


def read_alike(files: Sequence[Path]) -> list[Alike]:
    """The questions of these files. Raises UnusableTexts with the line that is wrong."""
    return [
        each
        for file in files
        for each in each_line(file, lambda line: Alike(line["question"], line["group"], line["family"]))
    ]


def by_family(questions: Iterable[Alike]) -> dict[str, list[Alike]]:
    """The questions of each family."""
    return _by(attrgetter("family"), questions)


def in_groups(questions: Iterable[Alike]) -> dict[str, list[Alike]]:
    """The questions of each group."""
    return _by(attrgetter("group"), questions)


def _by(key: Callable[[Alike], str], questions: Iterable[Alike]) -> dict[str, list[Alike]]:
    found: dict[str, list[Alike]] = {}
    for question in questions:
        found.setdefault(key(question), []).append(question)
    return found


def batches(questions: Sequence[Alike], size: int, chance: random.Random) -> Iterator[list[Alike]]:
    """Whole families, some `size` questions at a time, over and over. Siblings are the hard ones."""
    families = by_family(questions)
    batch: list[Alike] = []
    while families:
        order = sorted(families)
        chance.shuffle(order)
        for family in order:
            batch += families[family]
            if len(batch) >= size:
                yield batch
                batch = []


def contrast(likeness: torch.Tensor, groups: Sequence[str]) -> torch.Tensor:
    """Supervised contrastive loss (Khosla et al. 2020): each question near every other of its group.

    `likeness`: (questions, questions), scaled. Questions without another one of their group only push.
    """
    own = torch.eye(len(groups), dtype=torch.bool, device=likeness.device)
    same = torch.tensor([[one == other for other in groups] for one in groups], device=likeness.device) & ~own
    log_chances = likeness.masked_fill(own, _SELF).log_softmax(1)
    counted = same.any(1)
    summed = (log_chances * same).sum(1)[counted]
    return -(summed / same.sum(1)[counted]).mean()
