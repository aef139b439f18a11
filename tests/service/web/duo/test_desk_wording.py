"""What the contact centre's own pages say: short, and with "u" (guard T13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.callback import CallbackStep, Daypart
from service.domain.pinned import Readers
from service.storage.practice import Verdict
from service.web import wording_desk as wording
from tests.service.web.test_wording import LONGEST, MEAN, texts


def sentences() -> Iterator[str]:
    values = (value for name, value in vars(wording).items() if name.isupper())
    for text in texts(values):
        yield from (one for one in re.split(r"(?<=[.?!:])\s+", text) if " " in one)


def test_everything_has_words() -> None:
    assert set(wording.READERS) == set(Readers)
    assert set(wording.DAYPARTS) == set(Daypart)
    assert set(wording.CALLBACK_STEPS) == set(CallbackStep)
    assert set(wording.VERDICTS) == set(Verdict)


def test_sentences_are_short_and_say_u() -> None:
    lengths = [len(one.split()) for one in sentences()]
    assert max(lengths) <= LONGEST
    assert sum(lengths) / len(lengths) <= MEAN
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    assert [one for one in sentences() if familiar.search(one)] == []


def test_every_sentence_is_used() -> None:
    from pathlib import Path

    import service.web

    folder = Path(service.web.__file__).parent
    files = [*folder.rglob("*.py"), *folder.rglob("*.html")]
    used = " ".join(path.read_text() for path in files if path.name != "wording_desk.py")
    names = [name for name in vars(wording) if name.isupper()]
    assert [name for name in names if not re.search(rf"\b{name}\b", used)] == []
