"""The vectors by which joining knows that two questions ask the same: how they are trained and shipped."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from embeddings.alike import AskingVectors
from embeddings.document import Section
from embeddings.encoders.base import Encoded, EncoderFailed, Floats
from embeddings.training import askings
from embeddings.training.alike import Alike
from embeddings.training.askings import AskingNetwork, Progress, asked_of, export, train, vectors_of
from embeddings.training.examples import ANSWERED, Question, Text

WIDTH = 16
GROUPS = [
    Alike(f"{family} {group} {number}", f"{family} {group}", family)
    for family in "abcdef"
    for group in "xyz"
    for number in range(3)
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small encoder of twelve layers, untrained."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("model")
    config = BertConfig(
        vocab_size=10, hidden_size=WIDTH, num_hidden_layers=12, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder)
    return folder


def halfway(question: str) -> Floats:
    """Noise that says a little of the group: three to six tokens."""
    family, group, *_ = question.split()
    own = np.random.default_rng(abs(sum(map(ord, question)) * 7919) % 2**32)
    shared = np.random.default_rng(ord(family[0]) * 31 + ord(group[0])).standard_normal(WIDTH)
    rows = own.standard_normal((3 + sum(map(ord, question)) % 4, WIDTH)) + 0.5 * shared
    return rows.astype(np.float16)


def read(questions: Sequence[str]) -> list[Floats]:
    return [halfway(question) for question in questions]


def trained(model: Path, seen: list[Progress], steps: int = 30) -> AskingNetwork:
    return train(model, read, GROUPS, [], steps, 7, seen.append, every=10)


def apart(vectors: Floats) -> float:
    """How much nearer those of one group lie than others, in cosine."""
    cosines = vectors @ vectors.T
    same = np.array([[one.group == other.group for other in GROUPS] for one in GROUPS])
    same_but_self = same & ~np.eye(len(GROUPS), dtype=bool)
    return float(cosines[same_but_self].mean() - cosines[~same].mean())


def test_training_draws_together_what_asks_the_same_and_is_the_same_each_time(model: Path) -> None:
    seen: list[Progress] = []
    untrained = AskingNetwork(model)
    before = apart(vectors_of(untrained, read([each.text for each in GROUPS])))
    first, second = trained(model, seen), trained(model, [])
    rows = vectors_of(first, read([each.text for each in GROUPS]))
    assert np.array_equal(rows, vectors_of(second, read([each.text for each in GROUPS])))
    assert [progress.step for progress in seen] == [10, 20, 30]
    assert apart(rows) > before
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_what_is_shipped_reads_as_what_was_trained(model: Path, tmp_path: Path) -> None:
    network = trained(model, [], steps=10)
    file = tmp_path / "askings.onnx"
    export(network, "some-encoder", file)
    shipped = AskingVectors(file)
    assert shipped.encoder == "some-encoder"
    for each in GROUPS[:5]:
        states = halfway(each.text).astype(np.float32)
        own = shipped.vector(Encoded(np.ones(2, np.float32), np.ones((1, 2), np.float32), states))
        assert own is not None
        assert float(own @ vectors_of(network, [states])[0]) > 0.98


def test_without_states_halfway_there_is_no_vector(model: Path, tmp_path: Path) -> None:
    export(AskingNetwork(model), "some-encoder", tmp_path / "askings.onnx")
    shipped = AskingVectors(tmp_path / "askings.onnx")
    assert shipped.vector(Encoded(np.ones(2, np.float32), np.ones((1, 2), np.float32))) is None


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(EncoderFailed, match="layers for askings"):
        AskingVectors(tmp_path / "away.onnx")
    (tmp_path / "broken.onnx").write_bytes(b"nothing")
    with pytest.raises(EncoderFailed, match="upper layers"):
        AskingVectors(tmp_path / "broken.onnx")


def test_questions_that_the_same_words_of_a_text_answer_are_a_group() -> None:
    def asked(text: str, kind: str, *spans: str) -> Question:
        return Question(text, "kort", kind, spans)

    text = Text(
        "paspoort", "ergens", "paspoort", "Paspoort", "vac",
        (Section("", "Het kost 8 euro. U wacht 5 dagen."),),
        (asked("prijs", ANSWERED, "Het kost 8 euro."), asked("hoe duur", ANSWERED, "Het kost 8 euro."),
         asked("hoe lang", ANSWERED, "U wacht 5 dagen."), asked("foto", "absent"), asked("kind", "absent")),
    )  # fmt: skip
    groups = [each.group for each in asked_of([text])]
    assert groups[0] == groups[1]
    assert len(set(groups)) == 4
    assert {each.family for each in asked_of([text])} == {"paspoort"}


def test_a_batch_is_as_large_as_it_should_be_and_holds_no_question_twice() -> None:
    families = {
        f"f{n}": [Alike(f"v{n} {k}", f"g{n} {k // 5}", f"f{n}") for k in range(15)] for n in range(60)
    }
    near = [[name, *list(families)[:5]] for name in families]
    batch = askings._of_families(families, near, random.Random(1))
    assert askings.BATCH <= len(batch) < askings.BATCH + 15
    assert len({each.text for each in batch}) == len(batch)
    assert (
        max(map([each.group for each in batch].count, {each.group for each in batch})) <= askings.OF_A_GROUP
    )
