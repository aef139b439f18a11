"""Fitting the look by meaning again, and counting how good screening is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoders.hashing import HashingEncoder
from embeddings.encoders.onnx import HALFWAY
from evals.screening.examples import Example, UnusableExamples, fitting_examples, read_examples
from evals.screening.fit import fit, write
from evals.screening.measure import figures_of, measured
from service.answering.screening.meaning import CARD, WEIGHTS, SecondLook, read_look
from tests.ingest.deliveries import write_lines


def test_a_set_may_say_status_or_label(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "set.jsonl",
        {"text": "help", "status": "signposted_crisis", "hint": "crisis.112"},
        {"text": "crematie", "label": "lookalike"},
        {"text": "paspoort", "status": "", "hint": ""},
    )
    examples = read_examples(tmp_path / "set.jsonl")
    assert [example.kind for example in examples] == ["crisis.112", "lookalike", "ordinary"]
    assert [example.crisis for example in examples] == [True, False, False]


@pytest.mark.parametrize("line", [{"text": "x", "label": "nonsense"}, {"label": "crisis"}, {"text": "x"}])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: dict[str, str]) -> None:
    write_lines(tmp_path / "set.jsonl", line)
    with pytest.raises(UnusableExamples, match=r"set\.jsonl:1"):
        read_examples(tmp_path / "set.jsonl")


def test_the_fitting_examples_are_many_varied_and_each_once() -> None:
    examples = fitting_examples()
    assert len({example.text.casefold() for example in examples}) == len(examples) > 9000
    assert sum(example.crisis for example in examples) >= 1100 + 1100 + 347
    assert sum(example.label == "lookalike" for example in examples) >= 900 + 1400 + 600
    assert all(example.hint for example in examples if example.crisis)
    assert {example.label for example in examples} == {
        "crisis", "lookalike", "ordinary", "personal_case", "other_authority", "out_of_scope",
    }  # fmt: skip


def test_counts_are_of_crises_alarms_and_what_was_told_apart() -> None:
    examples = [
        Example("a", "crisis", "crisis.113"),
        Example("b", "crisis", "crisis.112"),
        Example("c", "lookalike"),
        Example("d", "ordinary"),
        Example("e", "personal_case"),
        Example("f", "personal_case"),
    ]
    figures = figures_of(
        examples, ["crisis.113", "ordinary", "crisis.112", "ordinary", "personal_case", "ordinary"]
    )
    assert (figures.recognised, figures.right_line, figures.crises) == (1, 1, 2)
    assert (figures.alarms, figures.others, figures.lookalike_alarms) == (1, 4, 1)
    assert figures.f1("personal_case") == pytest.approx(2 / 3)
    assert figures.f1("ordinary") == pytest.approx(2 / 3)
    assert figures.macro_f1 == pytest.approx(2 / 3)


SMALL = [
    *(
        Example(f"vlammen {word}", "crisis", "crisis.112")
        for word in "hier daar nu buiten boven onder".split()
    ),
    *(Example(f"crematie {word}", "lookalike") for word in "prijs tijd plek duur graf urn".split()),
    *(Example(f"paspoort {word}", "ordinary") for word in "kosten kind halen foto duur verlengen".split()),
    *(Example(f"aanvraag {word}", "personal_case") for word in "mijn waar hoe status stand zaak".split()),
]


def test_the_same_examples_give_the_same_weights_and_they_can_be_read_again(tmp_path: Path) -> None:
    encoder = HashingEncoder(16)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        made = fit(SMALL, encoder, lambda done: None)
        write(made, folder)
    first, second = ((folder / WEIGHTS).read_bytes() for folder in folders)
    assert first == second
    assert (folders[0] / CARD).read_text() == (folders[1] / CARD).read_text()
    assert made.card["encoder"] == encoder.name
    again = read_look(made.card, first)
    assert isinstance(again, SecondLook)
    assert again.crisis_from == made.look.crisis_from
    said = measured(SMALL[:1], again, encoder)
    assert set(said) == {"rules", "meaning", "both"}


def test_the_layers_are_trained_on_and_give_the_same_as_a_file() -> None:
    """On a transformer of twelve layers so small that it learns nothing: only how things fit is tested."""
    import torch
    from transformers import BertConfig, BertModel

    from embeddings.encoders.upper_layers import UpperLayers
    from evals.screening.network import chances, packed, train

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=10,
        hidden_size=16,
        num_hidden_layers=12,
        num_attention_heads=2,
        intermediate_size=16,
    )
    states = [np.random.default_rng(n).standard_normal((3 + n % 4, 16)).astype(np.float32) for n in range(12)]
    with tempfile.TemporaryDirectory() as folder:
        BertModel(config).save_pretrained(folder)
        seen: list[float] = []
        first = train(Path(folder), states, [n % 3 for n in range(12)], seen.append, epochs=2)
        second = train(Path(folder), states, [n % 3 for n in range(12)], seen.append, epochs=2)
    assert len(first.layers) == 12 - HALFWAY
    assert chances(first, states[0]) == pytest.approx(chances(second, states[0]))
    assert seen == sorted(seen[: len(seen) // 2]) * 2
    shipped = UpperLayers(packed(first))
    for each in states:
        told = shipped.chances(each)
        assert told.shape == (3,)
        assert told == pytest.approx(chances(first, each), abs=0.05)
