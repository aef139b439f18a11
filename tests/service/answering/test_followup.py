"""A question that leans on the one before it is made whole; one that stands alone is left alone."""

from __future__ import annotations

import pytest

from service.answering.followup import whole

BEFORE = ("Wat kost een nieuw paspoort voor mij, ik ben 45?",)


@pytest.mark.parametrize(
    "leaning",
    [
        "en voor mijn dochter van 6?",
        "oke en wat moet ik dan meenemen",
        "hoe lang duurt dat",
        "en online?",
        "kosten?",
    ],
)
def test_a_leaning_question_takes_the_one_before_it_along(leaning: str) -> None:
    assert whole(leaning, BEFORE) == f"{BEFORE[0]} {leaning}"


@pytest.mark.parametrize(
    "alone",
    [
        "Mijn container is gisteren niet geleegd door de gemeente, wat nu?",
        "Ik wil graag weten waar ik grofvuil kan brengen op zaterdag",
    ],
)
def test_a_question_with_its_own_subject_starts_afresh(alone: str) -> None:
    assert whole(alone, BEFORE) == alone


def test_the_first_question_of_a_conversation_is_itself() -> None:
    assert whole("en wat kost dat?", ()) == "en wat kost dat?"


def test_only_the_question_just_before_is_taken_along() -> None:
    assert whole("en wat kost dat?", ("eerste", "tweede")) == "tweede en wat kost dat?"
