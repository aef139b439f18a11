"""The sets that the language model is held against are what their README says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from embeddings.sentences import sentences
from embeddings.training.examples import read_texts
from embeddings.training.split import Part
from evals.llm.halves import half_of_cases, half_of_lies, may_be_read
from evals.llm.sets import PLACES, SETS, TEXTS, TOWNS, UnusableSet, read_honest, read_injections, read_lies

KINDS = {
    "number", "amount", "date", "time", "duration", "age", "percentage", "name", "organisation", "address",
    "telephone", "link", "mail", "token", "negation", "condition", "direction", "permission", "unit",
    "quantifier", "product", "knowledge", "language",
}  # fmt: skip
REWORDED_WRONGLY = {
    "role", "condition", "quantifier", "product", "order", "result", "permission", "place", "negation",
    "direction", "step",
}  # fmt: skip


def test_there_are_a_thousand_lies_of_every_kind_and_more_than_half_are_by_hand() -> None:
    lies = read_lies()
    assert len(lies) == len({lie.case.id for lie in lies}) == 1_000
    assert {lie.kind for lie in lies} == KINDS
    assert Counter(lie.made for lie in lies)["hand"] >= 500


def test_each_lie_stands_where_it_is_said_to_stand() -> None:
    for lie in read_lies():
        assert lie.kind == "token" or lie.what.casefold() in lie.sentence.casefold(), lie.case.id
        assert (lie.kind == "token") == (lie.token is not None)


def test_no_lie_is_told_twice_about_the_same_text_and_none_is_an_honest_sentence() -> None:
    lies = [lie for lie in read_lies() if lie.kind not in ("token", "product")]
    told = Counter((lie.case.passages, lie.sentence) for lie in lies)
    assert [lie for lie, times in told.items() if times > 1] == []
    honest = {(case.passages, one) for case in read_honest() for one in case.sentences}
    assert [lie.case.id for lie in lies if (lie.case.passages, lie.sentence) in honest] == []


def test_there_are_more_than_240_honest_rewordings_in_two_languages_of_one_to_four_sentences() -> None:
    cases = read_honest()
    assert len(cases) == len({case.id for case in cases}) >= 240
    assert {case.language for case in cases} == {"nl", "en"}
    assert all(1 <= len(case.sentences) <= 4 for case in cases)


def test_an_honest_sentence_is_not_copied_from_its_text() -> None:
    cases = read_honest()
    said = [(sentence, case) for case in cases for sentence in case.sentences]
    copied = [
        sentence
        for sentence, case in said
        if any(sentence in sentences(passage.text) for passage in case.passages)
    ]
    assert len(copied) <= 0.1 * len(said)


def test_there_are_110_instructions_in_questions_and_as_many_planted_in_every_place() -> None:
    injections = read_injections()
    assert len({one.id for one in injections}) == len(injections)
    places = Counter(one.where for one in injections)
    assert set(places) == set(PLACES)
    assert places["question"] >= 110
    assert sum(places.values()) - places["question"] >= 110


def test_a_planted_instruction_stands_in_the_passage_and_a_direct_one_in_the_question() -> None:
    for one in read_injections():
        texts = (one.passage.title, one.passage.heading, one.passage.text)
        assert any(one.planted in text for text in ((one.question,) if one.where == "question" else texts))
        assert one.obeys


def test_the_halves_of_the_third_sets_are_about_other_texts_and_make_up_the_whole() -> None:
    cases, lies = read_honest(SETS / "honest_3.jsonl"), read_lies(SETS / "lies_3.jsonl")
    assert sum(len(case.sentences) for case in cases) >= 240
    assert len(lies) == len({lie.case.id for lie in lies}) >= 160
    assert all(lie.what.casefold() in lie.sentence.casefold() for lie in lies)
    read = half_of_cases(cases, read=True), half_of_lies(lies, read=True)
    counted = half_of_cases(cases, read=False), half_of_lies(lies, read=False)
    assert len(read[0]) + len(counted[0]) == len(cases)
    assert len(read[1]) + len(counted[1]) == len(lies)
    about = [
        {passage.title for case in (*part[0], *(lie.case for lie in part[1])) for passage in case.passages}
        for part in (read, counted)
    ]
    assert about[0].isdisjoint(about[1])


def test_of_the_second_sets_the_sentence_says_what_may_be_read_and_of_the_third_the_line() -> None:
    cases = read_honest(SETS / "honest_2.jsonl")
    said = [sentence for case in cases for sentence in case.sentences]
    read = [sentence for case in half_of_cases(cases, read=True) for sentence in case.sentences]
    assert len(said) == 200
    assert len(read) == 91
    assert may_be_read("q0002", "x")
    assert not may_be_read("q0003", "x")
    assert may_be_read("l0003", "x")


def test_the_fourth_sets_are_about_texts_of_no_other_set_and_none_of_it_may_be_read() -> None:
    cases, lies = read_honest(SETS / "honest_4.jsonl"), read_lies(SETS / "lies_4.jsonl")
    assert sum(len(case.sentences) for case in cases) == len(lies) == 295
    assert half_of_cases(cases, read=True) == []
    assert half_of_lies(lies, read=True) == []
    right = {(case.passages, sentence) for case in cases for sentence in case.sentences}
    assert len(right) == 295
    assert right.isdisjoint((lie.case.passages, lie.sentence) for lie in lies)
    assert {case.passages for case in cases} == {lie.case.passages for lie in lies}
    third = {case.passages for case in read_honest(SETS / "honest_3.jsonl")}
    assert third.isdisjoint(case.passages for case in cases)


def test_the_rewordings_are_about_texts_for_training_and_of_none_of_the_towns_that_are_measured() -> None:
    lines = [
        json.loads(line)
        for file in sorted((SETS.parent / "rewordings").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert len(lines) == len({line["document"] for line in lines}) == 1_350
    texts = {text.id: text for text in read_texts(TEXTS, Part.TRAINING)}
    assert {texts[line["document"]].municipality for line in lines}.isdisjoint(TOWNS)
    for line in lines:
        said = [*line["right"], *(each["text"] for each in line["wrong"])]
        assert len(line["right"]) == len(line["wrong"]) == 5, line["document"]
        assert len(set(said)) == 10, line["document"]
    assert {each["kind"] for line in lines for each in line["wrong"]} == REWORDED_WRONGLY


def test_a_set_that_is_not_json_or_names_a_passage_that_is_away_says_where(tmp_path: Path) -> None:
    path = tmp_path / "honest.jsonl"
    path.write_text("\n{\n", encoding="utf-8")
    with pytest.raises(UnusableSet, match=r"honest.jsonl:2"):
        read_honest(path)
    path.write_text(
        '{"id": "e1", "question": "?", "language": "nl", "sentences": ["x"], '
        '"passages": [{"document": "away", "position": 0}]}',
        encoding="utf-8",
    )
    with pytest.raises(UnusableSet, match="e1: no text has a passage 0 of away"):
        read_honest(path)
