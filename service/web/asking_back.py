"""The question back that a language model worded, as a page shows it: always with the word AI (guard A2)."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.answer import Answer
from service.web import wording_asking_back as wording
from service.web.dates import in_words, local_date


@dataclass(frozen=True)
class AskedBackView:
    """The question, and how it was made."""

    text: str
    made: str


def asked_back_view(answer: Answer) -> AskedBackView | None:
    """What a page shows above the choices; None where the sentences of the page itself ask."""
    asked = answer.asked_back
    if asked is None:
        return None
    day = in_words(local_date(asked.made_at))
    return AskedBackView(asked.text, wording.MADE.format(model=asked.model, day=day))
