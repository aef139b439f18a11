"""What people read: a sentence for everything, short enough for B1 (guard T13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from service.domain.answer import Certainty, Status
from service.web import wording

LONGEST, MEAN = 20, 12  # words; our own norm


def sentences() -> Iterator[str]:
    for text in texts(value for name, value in vars(wording).items() if name.isupper()):
        yield from (one for one in re.split(r"(?<=[.?!:])\s+", text) if " " in one)


def texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, wording.Outcome):
            yield from (value.heading, value.advice)
        elif isinstance(value, wording.ProblemText):
            yield from (value.title, value.detail)
        elif isinstance(value, dict):
            yield from texts(value.values())
        elif isinstance(value, tuple):
            yield from texts(value)


def test_every_outcome_and_certainty_has_words() -> None:
    assert set(wording.OUTCOMES) == set(Status)
    assert set(wording.CERTAINTIES) == set(Certainty)
    assert len({outcome.word for outcome in wording.OUTCOMES.values()}) == len(Status)
    assert all(outcome.heading and outcome.advice for outcome in wording.OUTCOMES.values())


def test_every_hint_of_the_rules_has_a_sentence() -> None:
    rules = files("service.answering.screening") / "rules"
    texts = [rule.read_text(encoding="utf-8") for rule in rules.iterdir() if rule.name.endswith(".yaml")]
    hints = {hint for text in texts for hint in re.findall(r"^\s*hint: ([\w.]+)$", text, re.MULTILINE)}
    assert hints
    assert hints - wording.HINTS.keys() == set()


def test_sentences_are_short() -> None:
    lengths = [len(one.split()) for one in sentences()]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN


def test_people_are_addressed_with_u() -> None:
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    assert [one for one in sentences() if familiar.search(one)] == []


def test_no_word_of_the_office() -> None:
    office = re.compile(
        r"\b(middels|indien|dient te|betreffende|reeds|derhalve|alsmede|omtrent)\b", re.IGNORECASE
    )
    assert [one for one in sentences() if office.search(one)] == []
