"""The look by meaning in the pipeline: after the rules, and treated as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.encoders.base import Encoded
from service.answering.pipeline import Answering
from service.answering.screening.meaning import Read, SecondLook
from service.answering.screening.verdict import Verdict
from service.domain.answer import Status
from service.domain.question import VISITOR
from tests.service.answering.test_pipeline import FEE, WHAT_A_PASSPORT_COSTS, ask, filled

NO_TEXT_SAYS_THIS = "Hoeveel zeehonden zwemmen in de vijver?"


class Says(SecondLook):
    """A look that says the same to everything, and keeps what it was shown."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(None)
        object.__setattr__(self, "said", verdict)
        object.__setattr__(self, "seen", [])

    said: Verdict
    seen: list[str]

    def verdict(self, text: str, encoded: Encoded | None, read: Read | None = None) -> Verdict | None:
        assert encoded is not None
        assert read is not None
        assert read(text).vector == pytest.approx(encoded.vector)
        self.seen.append(text)
        return self.said


CRISIS = Verdict(Status.CRISIS, "crisis.113", firm=True)
OWN_CASE = Verdict(Status.PERSONAL_CASE, "", firm=False)


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    return filled(tmp_path_factory.mktemp("second-look"))


def test_a_crisis_by_meaning_gets_the_help_line_and_a_sure_text_after_it(answering: Answering) -> None:
    answer = ask(replace(answering, second_look=Says(CRISIS)), WHAT_A_PASSPORT_COSTS).answer
    assert (answer.status, answer.hint, answer.text) == (Status.CRISIS, "crisis.113", FEE)


def test_a_verdict_that_is_not_firm_yields_to_a_sure_answer_only(answering: Answering) -> None:
    unsure = replace(answering, second_look=Says(OWN_CASE))
    assert ask(unsure, WHAT_A_PASSPORT_COSTS).answer.status is Status.ANSWERED
    assert ask(unsure, NO_TEXT_SAYS_THIS).answer.status is Status.PERSONAL_CASE


def test_the_rules_come_first(answering: Answering) -> None:
    look = Says(OWN_CASE)
    answer = ask(replace(answering, second_look=look), "ik wil niet meer leven").answer
    assert (answer.status, look.seen) == (Status.CRISIS, [])


def test_without_an_encoder_nobody_looks(tmp_path: Path) -> None:
    answering = filled(tmp_path)
    answering.library.encoder = None
    look = Says(CRISIS)
    answer = ask(replace(answering, second_look=look), WHAT_A_PASSPORT_COSTS).answer
    assert (answer.status, look.seen) == (Status.LOW_CONFIDENCE, [])


def test_suggestions_while_typing_are_left_as_they_are(answering: Answering) -> None:
    look = Says(CRISIS)
    replace(answering, second_look=look).suggest(WHAT_A_PASSPORT_COSTS, VISITOR, "nl", 3)
    assert look.seen == []
