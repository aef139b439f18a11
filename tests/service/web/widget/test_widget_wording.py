"""What visitors read, in both languages: a sentence for everything, short enough for B1 (guards A1, T13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from service.answering.redaction import PersonalDataKind
from service.domain.answer import Status
from service.web import wording
from service.web.widget.sites import LANGUAGES
from service.web.widget.words import Words
from service.web.wording_widget import DUTCH, WORDS
from service.web.wording_widget_en import ENGLISH

LONGEST, MEAN = 20, 12  # words; our own norm


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.values()))
    elif isinstance(value, Iterable):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        yield from texts([getattr(value, field.name) for field in fields(value)])


def sentences(words: Words) -> list[str]:
    split = (re.split(r"(?<=[.?!:])\s+", text) for text in texts(words))
    return [one for parts in split for one in parts if " " in one]


@pytest.fixture(params=list(WORDS.values()), ids=list(WORDS))
def words(request: pytest.FixtureRequest) -> Words:
    chosen: Words = request.param
    return chosen


def test_the_chat_speaks_the_languages_that_a_site_can_choose() -> None:
    assert tuple(WORDS) == LANGUAGES
    assert {words.other_language for words in WORDS.values()} == set(LANGUAGES)


def test_every_outcome_has_words(words: Words) -> None:
    assert set(words.outcomes) == set(Status)
    assert all(said.heading and said.advice for said in words.outcomes.values())
    assert len({said.heading for said in words.outcomes.values()}) == len(Status)


def test_every_hint_has_words(words: Words) -> None:
    assert set(words.hints) == set(wording.HINTS)
    assert all(said.advice for said in words.hints.values())


def test_every_kind_of_personal_data_has_a_word(words: Words) -> None:
    assert set(words.kinds) == {kind.value for kind in PersonalDataKind}


def test_every_crisis_has_a_number_to_call(words: Words) -> None:
    crises = {hint for hint in words.hints if hint.startswith("crisis.")}
    assert crises <= set(words.lines)
    assert all(any(line.number == "112" for line in words.lines[hint]) for hint in crises)
    assert [line.number for line in words.danger] == ["112"]


def test_the_numbers_are_those_that_staff_give() -> None:
    for hint, lines in DUTCH.lines.items():
        given = wording.HINTS[hint] + " 112"
        assert [line.number for line in lines if line.number not in given] == []


def test_both_languages_give_the_same_numbers() -> None:
    dutch, english = (
        {hint: [line.number for line in lines] for hint, lines in words.lines.items()}
        for words in (DUTCH, ENGLISH)
    )
    assert dutch == english


def test_both_languages_fill_in_the_same_blanks() -> None:
    for field in fields(Words):
        blanks = [sorted(re.findall(r"{\w+}", str(getattr(words, field.name)))) for words in (DUTCH, ENGLISH)]
        assert blanks[0] == blanks[1], field.name


def test_it_says_that_it_is_an_ai_and_no_person(words: Words) -> None:
    assert "AI" in words.ai_line
    assert "AI" in words.name
    assert "AI" in words.assistant


def test_sentences_are_short(words: Words) -> None:
    lengths = [len(one.split()) for one in sentences(words)]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN


def test_people_are_addressed_with_u() -> None:
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    said = [one for one in sentences(DUTCH) if familiar.search(one)]
    assert said == ["Ben je een kind?"]  # to a child one does not say "u"


def test_no_word_of_the_office() -> None:
    office = re.compile(
        r"\b(middels|indien|dient te|betreffende|reeds|derhalve|alsmede|omtrent)\b", re.IGNORECASE
    )
    assert [one for one in sentences(DUTCH) if office.search(one)] == []
