"""Fine-tuning on a small model of the same build: it learns, the same way each time, and only what it may."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel

from embeddings.document import Section
from embeddings.encoders.base import STATE_SCALE
from embeddings.encoders.bundled import QUERY_PROMPT
from embeddings.encoders.onnx import telling_tokens
from embeddings.late_interaction import Readable, match
from embeddings.ranking import WEIGHTS
from embeddings.training.alike import Alike
from embeddings.training.backbone import FROZEN, Backbone, Reading
from embeddings.training.examples import Question, Text
from embeddings.training.late import LateInteraction, Progress, max_sim, rate

SUBJECTS = "paspoort rijbewijs grofvuil bruiloft hond boom steiger container parkeren belasting".split()
ASPECTS = {"kost": "veertig euro", "duurt": "zes dagen", "mag": "achttien jaar"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A BERT of five small layers and a tokenizer of whole words."""
    words = [
        *SUBJECTS,
        *ASPECTS,
        "wat",
        "wie",
        "het",
        "een",
        "query:",
        "passage:",
        *"veertig euro zes".split(),
    ]
    words += "dagen achttien jaar balie pas vergunning .".split()
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *dict.fromkeys(words)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=FROZEN + 1, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=300,
    )  # fmt: skip
    BertModel(config).save_pretrained(tmp_path)
    return tmp_path


def text(subject: str, home: str = "a") -> Text:
    spans = {verb: f"{subject} {verb} {answer} ." for verb, answer in ASPECTS.items()}
    questions = [
        *(Question(f"wat {verb} een {subject}", "kort", "answered", (span,)) for verb, span in spans.items()),
        Question(f"wie {subject} balie", "kort", "near_miss", ()),
    ]
    sections = tuple(Section(heading=verb, text=f"{span} het is een pas .") for verb, span in spans.items())
    return Text(subject + home, home, subject, subject, "vac", sections, tuple(questions))


def trained(directory: Path, steps: int = 12) -> tuple[LateInteraction, list[Progress]]:
    torch.manual_seed(3)
    training = LateInteraction(Backbone(directory), [text(subject) for subject in SUBJECTS], seed=3)
    seen: list[Progress] = []
    training.train(steps, seen.append, every=4)
    return training, seen


def test_it_learns(directory: Path) -> None:
    _, seen = trained(directory, steps=40)
    assert [progress.step for progress in seen] == list(range(4, 41, 4))
    assert seen[-1].contrastive < seen[0].contrastive
    assert seen[-1].yes_no < seen[0].yes_no
    assert 0 <= seen[-1].first <= 1


def test_the_same_seed_gives_the_same_weights(directory: Path) -> None:
    first, second = (trained(directory)[0].backbone.weights() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_questions_that_ask_the_same_come_together(directory: Path) -> None:
    torch.manual_seed(3)
    alike = [
        Alike(f"{opening} {verb} een {subject}", f"{subject}{verb}", subject)
        for subject in SUBJECTS for verb in ASPECTS for opening in ("wat", "wie")
    ]  # fmt: skip
    training = LateInteraction(Backbone(directory), [text(subject) for subject in SUBJECTS], 3, alike)
    seen: list[Progress] = []
    training.train(40, seen.append, every=4)
    assert seen[-1].alike < seen[0].alike
    assert seen[-1].contrastive < seen[0].contrastive


def test_goes_on_from_weights_that_were_trained_before(directory: Path) -> None:
    first, _ = trained(directory)
    weights = {name: value.numpy() for name, value in first.backbone.weights().items()}
    again = Backbone(directory, start=weights)
    assert all(torch.equal(value, first.backbone.weights()[name]) for name, value in again.weights().items())


def test_only_the_upper_layers_change(directory: Path) -> None:
    before = {name: value.clone() for name, value in Backbone(directory).model.state_dict().items()}
    training, _ = trained(directory)
    changed = {
        name for name, value in training.backbone.model.state_dict().items()
        if not torch.equal(value, before[name])
    }  # fmt: skip
    assert changed
    assert all(name.startswith(f"encoder.layer.{FROZEN}.") for name in changed)
    assert changed <= set(training.backbone.weights())


def test_texts_of_two_municipalities_are_never_in_one_batch(directory: Path) -> None:
    texts = [text(subject, home) for home in "ab" for subject in SUBJECTS]
    training = LateInteraction(Backbone(directory), texts, seed=5)
    for batch in training._epoch():
        homes = {training._examples[place].text.municipality for place in batch}
        assert len(homes) == 1
    assert {place for batch in training._epoch() for place in batch} == set(range(len(texts)))


def test_the_states_of_a_text_do_not_depend_on_its_neighbours(directory: Path) -> None:
    backbone = Backbone(directory)
    short, long = Reading("wat kost een hond", query=True), Reading("een boom " * 30)
    alone = backbone.states([short])[0]
    together = backbone.states([long, short])[1]
    assert alone.shape == together.shape
    assert torch.allclose(alone, together, atol=1e-3)  # the lower layers are kept as float16


def test_max_sim_is_the_mean_of_each_tokens_best_cosine() -> None:
    question = torch.eye(3)[:2]
    passages = [torch.eye(3)[[0]], torch.eye(3)[[0, 1]], -torch.eye(3)[[2, 2, 2]]]
    assert max_sim([question], passages).tolist() == [[0.5, 1.0, 0.0]]


def test_a_token_weighs_in_training_what_it_weighs_in_search() -> None:
    question = torch.eye(3)
    passages = [torch.eye(3)[[0, 1]], torch.eye(3)[[0, 2]], torch.eye(3)[[0]]]
    kept = [Readable((passage * STATE_SCALE).numpy().astype(np.int8), slice(0, 0)) for passage in passages]
    found, weights = match(question.numpy(), kept, WEIGHTS.ordinary, WEIGHTS.floor)
    assert weights[0] < weights[1]  # all three hold the first token
    searched = torch.tensor([each.late for each in found])
    trained = max_sim([question], passages, torch.tensor([True, True, True]))[0]
    assert torch.allclose(trained, searched, atol=1e-3)


def test_the_telling_tokens_of_a_question_are_its_words(directory: Path) -> None:
    backbone = Backbone(directory)
    encoding = backbone.encoding(Reading("wat kost . een hond", query=True))
    assert [encoding.tokens[place] for place in telling_tokens(encoding, QUERY_PROMPT)] == [
        "wat",
        "kost",
        "een",
        "hond",
    ]


def test_the_rate_rises_and_then_falls() -> None:
    rates = [rate(step / 100) for step in range(101)]
    top = rates.index(max(rates))
    assert 0 < top < 10
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] > 0


def test_the_base_has_the_form_that_the_test_assumes(directory: Path) -> None:
    assert json.loads((directory / "config.json").read_text())["num_hidden_layers"] > FROZEN
