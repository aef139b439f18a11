"""What people read about the help of a model: short, with "u" (guard T13), and a reason for everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import service.web
from service.composers.llm.calling import NotAsked
from service.composers.llm.facts.doubt import Reason
from service.composers.llm.plain import LostKind, Unfit
from service.duos.assisting import PERSONAL
from service.web import wording_assisted as wording
from service.web.wording_rewording import REASONS
from tests.service.web.test_wording import LONGEST, MEAN, texts


def sentences() -> Iterator[str]:
    values = (value for name, value in vars(wording).items() if name.isupper())
    for text in texts(values):
        yield from (one for one in re.split(r"(?<=[.?!:])\s+", text) if " " in one)


def test_everything_has_words() -> None:
    reasons = {*NotAsked, *Unfit, PERSONAL, "steered", "language", "internal", "nothing left"}
    assert reasons <= set(wording.REASONS)
    assert set(wording.LOST) == set(LostKind)
    assert {reason.value for reason in Reason} <= set(REASONS)


def test_sentences_are_short_and_say_u() -> None:
    lengths = [len(one.split()) for one in sentences()]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    assert [one for one in sentences() if familiar.search(one)] == []


def test_every_sentence_is_used() -> None:
    folder = Path(service.web.__file__).parent
    files = [*folder.rglob("*.py"), *folder.rglob("*.html")]
    used = " ".join(path.read_text() for path in files if path.name != "wording_assisted.py")
    names = [name for name in vars(wording) if name.isupper()]
    assert [name for name in names if not re.search(rf"\b{name}\b", used)] == []
