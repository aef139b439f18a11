"""Labelled texts as training reads them: where the answer is, and what is left without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from embeddings.training.examples import (
    Place,
    Question,
    Text,
    new_and_some_again,
    pieces_of,
    places,
    read_texts,
    without_answer,
)
from embeddings.training.lines import UnusableTexts

RECORD: dict[str, Any] = {
    "id": "grofvuil",
    "municipality": "ergens",
    "product": "grofvuil",
    "title": "Grofvuil",
    "form": "vac",
    "sections": [
        {
            "heading": "Ophalen",
            "text": "Wij halen het op maandag op. Een rit kost € 25. Bel ons twee dagen ervoor.",
        },
        {"heading": "Kosten", "text": "Soort\tPrijs\nBank\t€ 10\nKast\t€ 12"},
    ],
    "questions": [
        {"question": "wat kost dat", "style": "kort", "kind": "answered", "spans": ["Een rit kost € 25."]},
        {"question": "prijs kast", "style": "kort", "kind": "answered", "spans": ["Kast\t€ 12"]},
        {
            "question": "ook op zondag?",
            "style": "chat",
            "kind": "near_miss",
            "reason": "zondag staat er niet",
        },
    ],
}


def written(folder: Path, *records: object) -> Path:
    (folder / "texts.jsonl").write_text(
        "".join(json.dumps(each) + "\n" for each in records), encoding="utf-8"
    )
    return folder


def test_a_text_is_read_with_its_questions(tmp_path: Path) -> None:
    (text,) = read_texts(written(tmp_path, RECORD))
    assert (text.id, text.municipality, text.product) == ("grofvuil", "ergens", "grofvuil")
    assert [question.kind for question in text.questions] == ["answered", "answered", "near_miss"]
    assert text.questions[0].spans == ("Een rit kost € 25.",)
    assert text.questions[2].spans == ()
    assert text.document.sections[0].heading == "Ophalen"


def test_the_place_of_an_answer_is_its_passage_and_where_it_stands_in_it(tmp_path: Path) -> None:
    (text,) = read_texts(written(tmp_path, RECORD))
    pieces = pieces_of(text)
    assert places(pieces, text.questions[0]) == [Place(0, ((29, 47),))]
    assert pieces[0].text[29:47] == "Een rit kost € 25."
    (row,) = places(pieces, text.questions[1])
    assert row.passage == 1
    assert places(pieces, text.questions[2]) == []


def test_without_its_answer_a_passage_keeps_all_else(tmp_path: Path) -> None:
    (text,) = read_texts(written(tmp_path, RECORD))
    pieces = pieces_of(text)
    assert (
        without_answer(pieces[0], Place(0, ((29, 47),)))
        == "Wij halen het op maandag op.\nBel ons twee dagen ervoor."
    )
    assert without_answer(pieces[1], Place(1, ((0, 11),))) is None  # next to nothing is left
    assert without_answer(pieces[0], Place(0, ())) is None


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", json.dumps({"id": "x"}), json.dumps(RECORD | {"sections": "text"})]
)
def test_a_line_that_is_no_text_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps(RECORD) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UnusableTexts, match=r"texts\.jsonl:2: "):
        read_texts(file)


def test_no_texts_at_all_are_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(UnusableTexts, match="no texts in it"):
        read_texts(tmp_path)


def test_a_question_may_be_answered_by_other_texts_too() -> None:
    assert Question("x", "kort", "near_miss", (), also=("b",)).also == ("b",)


def test_of_what_was_seen_whole_municipalities_come_again() -> None:
    texts = [
        Text(f"{home}-{number}", home, "p", "t", "vac", (), ())
        for home in "abcdefghij"
        for number in range(3)
    ]
    seen = {text.id for text in texts if text.municipality != "j"}
    shown = new_and_some_again(texts, seen, 1 / 3, seed=7)
    again = {text.municipality for text in shown} - {"j"}
    assert [text for text in shown if text.municipality == "j"] == texts[-3:]
    assert len(again) == 3
    assert len(shown) == 3 + 9
    assert new_and_some_again(texts, seen, 1 / 3, seed=7) == shown
    assert new_and_some_again(texts, seen, 0.0, seed=7) == texts[-3:]
    assert new_and_some_again(texts, seen, 1.0, seed=7) == texts
