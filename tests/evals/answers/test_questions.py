"""Labelled questions are read as they stand, or it is said which line is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.answers.questions import LabelledQuestion, UnusableQuestions, read_questions
from tests.conftest import ROOT
from tests.ingest.deliveries import write_lines


def written(folder: Path, *records: object, name: str = "questions.jsonl") -> Path:
    return write_lines(folder / name, *records)


def test_a_question_comes_with_all_its_labels(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "id": "q1", "question": "Wat kost een paspoort?", "style": "kort", "answerable": True,
            "gold": ["a", "b"], "must_contain": ["€ 86,20"], "reason": "tarief", "other": 1,
        },
    )  # fmt: skip
    assert read_questions(path) == [
        LabelledQuestion(
            "q1", ("Wat kost een paspoort?",), "kort", True, ("a", "b"), ("€ 86,20",), "tarief"
        )
    ]  # fmt: skip


def test_turns_are_kept_in_their_order(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, {"id": 7, "turns": ["Paspoort?", "en wat kost dat?"]}))
    assert (question.id, question.turns) == ("7", ("Paspoort?", "en wat kost dat?"))


@pytest.mark.parametrize(
    ("labels", "answerable"),
    [
        ({"answerable": True, "gold": ["a"]}, True),
        ({"answerable": False, "gold": []}, False),
        ({"answerable": False, "gold": ["a"]}, False),
        ({"gold": ["a"]}, True),
        ({"gold": []}, False),
        ({}, None),
        ({"answerable": None}, None),
    ],
)
def test_a_question_without_a_label_is_neither_answerable_nor_not(
    tmp_path: Path, labels: dict[str, object], answerable: bool | None
) -> None:
    (question,) = read_questions(written(tmp_path, {"id": "q", "question": "?"} | labels))
    assert question.answerable is answerable


def test_a_folder_is_read_file_after_file_by_name(tmp_path: Path) -> None:
    written(tmp_path, {"id": "2", "question": "b"}, name="b.jsonl")
    written(tmp_path, {"id": "1", "question": "a"}, name="a.jsonl")
    (tmp_path / "README.md").write_text("no questions")
    assert [question.id for question in read_questions(tmp_path)] == ["1", "2"]


def test_blank_lines_a_byte_order_mark_and_odd_line_ends_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "1", "question": "a"}\r\n\n  \n{"id": "2", "question": "b"}')
    assert [question.id for question in read_questions(path)] == ["1", "2"]


def test_a_line_separator_inside_a_question_does_not_end_its_line(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, {"id": "1", "question": "Wat\u2028kost\x85dat?"}))
    assert question.turns == ("Wat\u2028kost\x85dat?",)


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "2"',
        b'{"id": "2"}',
        b'{"question": "zonder id"}',
        b'{"id": "2", "question": 5}',
        b'{"id": "2", "turns": "een"}',
        b'{"id": "2", "turns": ["een", 2]}',
        b'{"id": "2", "turns": []}',
        b'{"id": "2", "question": "a", "gold": "abc"}',
        b'{"id": "2", "question": "a", "must_contain": {"a": 1}}',
        b'["2", "a"]',
        b'"2"',
        b"null",
        b'{"id": "2", "question": "\xff"}',
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"id": "1", "question": "a"}\n\n' + line + b"\n")
    with pytest.raises(UnusableQuestions, match=r"questions\.jsonl:3: "):
        read_questions(path)


def test_no_questions_at_all_is_a_mistake(tmp_path: Path) -> None:
    for path in (written(tmp_path), tmp_path):
        with pytest.raises(UnusableQuestions, match="no questions in it"):
            read_questions(path)
    with pytest.raises(FileNotFoundError):
        read_questions(tmp_path / "elsewhere.jsonl")


def test_the_committed_set_holds_what_its_card_says() -> None:
    questions, answerable = 348, 213
    folder = ROOT / "evals" / "datasets" / "demo"
    read = read_questions(folder)
    assert (len(read), sum(bool(each.answerable) for each in read)) == (questions, answerable)
    assert len({each.id for each in read}) == questions
    assert all(bool(each.gold) is each.answerable for each in read)
    card = (folder / "README.md").read_text("utf-8")
    assert f"{questions:,}" in card
    assert f"{answerable:,}" in card
