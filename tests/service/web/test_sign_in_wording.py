"""What people read about signing in: short, with "u", and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.person import Role
from service.people.passwords import Fault
from service.web import wording_people
from tests.service.web.test_wording import LONGEST, MEAN, texts


def sentences() -> Iterator[str]:
    named = [value for name, value in vars(wording_people).items() if name.isupper()]
    for text in texts(named):
        yield from (one for one in re.split(r"(?<=[.?!:])\s+", text) if " " in one)


def test_every_role_and_fault_has_words() -> None:
    assert set(wording_people.ROLES) == set(Role)
    assert set(wording_people.PASSWORD_FAULTS) == set(Fault)


def test_sentences_are_short_and_say_u() -> None:
    lengths = [len(one.split()) for one in sentences()]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    assert [one for one in sentences() if familiar.search(one)] == []
