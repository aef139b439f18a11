"""What is asked much today: of several conversations, lately, and in words that may be shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.answer import Answer, Status
from service.domain.conversation import Conversation, new_conversation
from service.domain.gap import Origin
from service.domain.question import Channel, Question
from service.storage.questions import Turn
from service.web.rising import rising_today
from tests.service.web.desk_town import DeskOffice, desk_office
from tests.service.web.duo.municipality import NOW, Municipality, asking


@pytest.fixture
def office(town: Municipality) -> Iterator[DeskOffice]:
    with desk_office(town) as site:
        yield site


def asked(
    office: DeskOffice, text: str, hours: float = 1, conversation: Conversation | None = None,
    status: Status = Status.NO_SOURCE,
) -> Question:  # fmt: skip
    """A question that was asked so long ago."""
    opened = conversation or new_conversation(office.desk.collection)[0]
    question = Question(
        text, Channel.WEBSITE, office.desk.collection, conversation=opened.id, id=uuid.uuid4(), language="nl",
        asked_at=NOW - timedelta(hours=hours),
    )  # fmt: skip
    office.desk.questions.keep(Turn(question, Answer(status), False), None if conversation else opened)
    return question


def test_three_conversations_make_it_rise(office: DeskOffice) -> None:
    for _ in range(2):
        asked(office, "Is de milieustraat open?")
    assert rising_today(office.desk) == ()
    asked(office, "is de milieustraat open?")
    [text] = rising_today(office.desk)
    assert text.casefold() == "is de milieustraat open?"


def test_one_who_asks_again_and_again_does_not_count(office: DeskOffice) -> None:
    first = asked(office, "Is de milieustraat open?")
    one = Conversation(first.conversation, office.desk.collection, "")
    for _ in range(4):
        asked(office, "Is de milieustraat open?", conversation=one)
    assert rising_today(office.desk) == ()


@pytest.mark.parametrize(
    ("text", "hours", "status"),
    [
        ("Is de milieustraat open?", 25, Status.NO_SOURCE),
        ("Ik ben [NAAM], mag ik langskomen?", 1, Status.NO_SOURCE),
        ("Jullie zijn sukkels", 1, Status.ABUSE),
        ("Ik wil niet meer leven", 1, Status.CRISIS),
        ("Waarom is mijn aanvraag afgewezen?", 1, Status.PERSONAL_CASE),
    ],
)
def test_what_is_not_offered(office: DeskOffice, text: str, hours: float, status: Status) -> None:
    for _ in range(3):
        asked(office, text, hours, status=status)
    assert rising_today(office.desk) == ()


def test_what_is_alike_on_a_list_counts_together(office: DeskOffice) -> None:
    words = ("komt de vuilniswagen", "wordt mijn afval opgehaald", "afval wanneer")
    kept = [asked(office, text) for text in words]
    askings = [
        replace(asking(each.text, origin=Origin.OUTCOME, asked_at=each.asked_at), question=each.id)
        for each in kept
    ]
    office.town.signal("Wordt het afval vandaag opgehaald?", askings)
    assert rising_today(office.desk) == ("Wordt het afval vandaag opgehaald?",)
