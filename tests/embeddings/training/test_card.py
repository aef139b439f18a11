"""What each shipped part was trained on stands in the card, part by part."""

from __future__ import annotations

import json
from pathlib import Path

from embeddings.document import Section
from embeddings.training.card import NAME, digest, note, texts_of
from embeddings.training.examples import ANSWERED, Question, Text


def text(id: str, question: str = "wat kost het") -> Text:
    asked = Question(question, "kort", ANSWERED, ("Het kost 8 euro.",))
    return Text(id, "ergens", id, "Titel", "vac", (Section("", "Het kost 8 euro."),), (asked,))


def test_one_part_leaves_what_the_card_says_of_another(tmp_path: Path) -> None:
    note(tmp_path, "late_interaction", [text("b"), text("a")], {"steps": 3})
    note(tmp_path, "reader", [text("c")], {"epochs": 2})
    note(tmp_path, "reader", [text("c"), text("d")], {"epochs": 4})
    card = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert (card["late_interaction"]["steps"], card["reader"]["epochs"], card["reader"]["texts"]) == (3, 4, 2)
    assert card["texts"] == {"late_interaction": ["a", "b"], "reader": ["c", "d"]}
    assert sorted(texts_of(tmp_path, "reader")) == ["c", "d"]
    assert not texts_of(tmp_path, "other")
    assert not texts_of(tmp_path / "nothing", "reader")


def test_the_digest_is_of_the_texts_whatever_their_order() -> None:
    assert digest([text("a"), text("b")]) == digest([text("b"), text("a")])
    assert digest([text("a")]) != digest([text("a", "hoe duur is het")])


def test_the_shipped_reader_learned_from_no_text_that_the_encoder_learned_from() -> None:
    weights = Path("embeddings/training/weights")
    read, encoded = (texts_of(weights, part) for part in ("reader", "late_interaction"))
    assert read
    assert encoded
    assert read.isdisjoint(encoded)
