"""Questions that ask the same are drawn together, and apart from those that nearly do."""

from __future__ import annotations

import json
import random
from itertools import islice
from pathlib import Path

import pytest
import torch

from embeddings.training.alike import Alike, batches, contrast, read_alike
from embeddings.training.lines import UnusableTexts

QUESTIONS = [
    Alike(f"vraag {family} {group} {number}", f"{family}{group}", family)
    for family in "abcdef"
    for group in "xy"
    for number in range(3)
]


def test_reads_questions_with_their_groups(tmp_path: Path) -> None:
    file = tmp_path / "alike.jsonl"
    file.write_text(json.dumps({"id": "1", "question": "pas kwijt", "group": "g", "family": "f"}) + "\n")
    assert read_alike([file]) == [Alike("pas kwijt", "g", "f")]


@pytest.mark.parametrize("line", ["{", '{"question": "pas kwijt", "group": "g"}', "[]"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "alike.jsonl"
    file.write_text(f"\n{line}\n")
    with pytest.raises(UnusableTexts, match=r"alike\.jsonl:2"):
        read_alike([file])


def test_a_batch_holds_whole_families_and_each_comes_as_often() -> None:
    drawn = list(islice(batches(QUESTIONS, 12, random.Random(1)), 6))
    for batch in drawn:
        families = {each.family for each in batch}
        assert len(batch) == 12
        assert batch == [each for family in dict.fromkeys(e.family for e in batch) for each in QUESTIONS
                         if each.family == family]  # fmt: skip
        assert len(families) == 2
    seen = [each.family for batch in drawn for each in batch]
    assert {seen.count(family) for family in "abcdef"} == {12}


def test_without_questions_there_is_no_batch() -> None:
    assert list(batches([], 12, random.Random(1))) == []


def test_the_loss_is_that_of_the_paper() -> None:
    likeness = torch.tensor([[9.0, 2.0, 0.0], [2.0, 9.0, 1.0], [0.0, 1.0, 9.0]])
    # by hand: questions 1 and 2 are one group; each is compared with the two others, never with itself
    wanted = (-torch.log_softmax(torch.tensor([2.0, 0.0]), 0)[0]
              - torch.log_softmax(torch.tensor([2.0, 1.0]), 0)[0]) / 2  # fmt: skip
    assert torch.isclose(contrast(likeness, ["a", "a", "b"]), wanted)


def test_the_loss_falls_when_a_group_draws_together() -> None:
    apart = torch.zeros(4, 4)
    together = apart.clone()
    together[0, 1] = together[1, 0] = together[2, 3] = together[3, 2] = 5.0
    groups = ["a", "a", "b", "b"]
    assert contrast(together, groups) < contrast(apart, groups)
