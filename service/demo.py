"""Questions of the demo's invented residents, so that its lists are not empty at the first look."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from service.domain.conversation import new_conversation
from service.domain.gap import LISTED, Fault
from service.domain.person import Person, Role
from service.domain.question import AGENT, VISITOR, Asked, Channel
from service.loop import Loop, utc_now
from service.storage.questions import Questions, Turn

SOMEBODY = Person(uuid.UUID(int=0), "demo", "KCC-medewerker", "", frozenset({Role.AGENT}))


class NoQuestions(Exception):
    """The file cannot be read; the message names the line."""


@dataclass(frozen=True)
class DemoQuestion:
    """A question that was asked some days ago. `pressed`: an agent asked the duo; `fault`: what an agent
    said was wrong with the answer."""

    text: str
    days_ago: float
    channel: Channel
    pressed: bool = False
    fault: Fault | None = None


def read_demo_questions(path: Path) -> list[DemoQuestion]:
    """The questions of a file, one JSON object a line. Raises NoQuestions."""
    return list(_lines(path))


def _lines(path: Path) -> Iterator[DemoQuestion]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield _of(json.loads(line))
        except (ValueError, KeyError) as error:
            raise NoQuestions(f"{path}:{number}: {error!r}") from error


def _of(record: dict[str, Any]) -> DemoQuestion:
    fault = record.get("fault")
    return DemoQuestion(
        record["question"],
        float(record["days_ago"]),
        Channel(record["channel"]),
        bool(record.get("asked_by_agent")),
        Fault(fault) if fault else None,
    )


def ask_demo_questions(loop: Loop, questions: Questions, asked: list[DemoQuestion]) -> int:
    """Ask them, each at its own moment in the past; returns how many: none when there are signals already."""
    _, known = loop.signals.gaps.listed(LISTED, limit=1)
    if known:
        return 0
    start = utc_now()
    at = [start]
    loop.signals.now = lambda: at[0]
    try:
        for each in sorted(asked, key=lambda one: -one.days_ago):
            at[0] = start - timedelta(days=each.days_ago)
            _ask(loop, questions, each, at[0])
    finally:
        loop.signals.now = utc_now
    return len(asked)


def _ask(loop: Loop, questions: Questions, each: DemoQuestion, at: datetime) -> None:
    conversation, _ = new_conversation(loop.signals.collection)
    asker = AGENT if each.channel is Channel.SIDEBAR else VISITOR
    asked = Asked(each.text, each.channel, loop.signals.collection, conversation.id)
    answered = loop.answering.answer(asked, asker)
    question = replace(answered.question, asked_at=at)
    questions.keep(Turn(question, answered.answer, asker.staff), conversation)
    loop.signals.heard(question, answered.unanswered)
    if each.fault:
        loop.signals.reject(question.id, each.fault, "", SOMEBODY)
    elif each.pressed:
        loop.signals.ask_duo(question.id, SOMEBODY)
