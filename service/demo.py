"""Questions of the demo's invented residents, so that its lists are not empty at the first look; and the
website on which they meet the chat."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from embeddings.store.database import writing
from service.domain.conversation import new_conversation
from service.domain.draft import RegressionQuestion
from service.domain.gap import LISTED, Fault
from service.domain.person import Person, Role
from service.domain.question import AGENT, VISITOR, Asked, Channel
from service.loop import Loop, utc_now
from service.storage.choices import Choice, Choices
from service.storage.questions import Questions, Turn
from service.storage.regression import RegressionQuestions
from service.storage.regression import keep as keep_solved
from service.web.widget.sites import MOST_ORIGINS, PREFIX, Site, as_json, site_of

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


@dataclass(frozen=True)
class DemoLesson:
    """A question that one of these texts (ids) answers, with what has to be said."""

    question: str
    texts: frozenset[str]
    fact: str


def read_demo_lessons(path: Path) -> list[DemoLesson]:
    """The solved questions of a file, one JSON object a line; none where there is no file. Raises
    NoQuestions."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            found.append(DemoLesson(record["question"], frozenset(record["texts"]), record["fact"]))
        except (ValueError, KeyError) as error:
            raise NoQuestions(f"{path}:{number}: {error!r}") from error
    return found


def put_demo_lessons(loop: Loop, engine: Engine, lessons: list[DemoLesson]) -> int:
    """Keep those that the texts answer, as questions that have to stay answered; returns how many: none when
    there are such questions already."""
    collection = loop.signals.collection
    if RegressionQuestions(engine, collection).all():
        return 0
    solved = [kept for each in lessons if (kept := _solved(loop, each))]
    with writing(engine).begin() as connection:
        keep_solved(connection, solved)
    return len(solved)


def _solved(loop: Loop, lesson: DemoLesson) -> RegressionQuestion | None:
    """The lesson with the text that answers it; None when no text does, or another one."""
    # imported late: these bring the models' runtimes
    from service.duos.comparing import holds
    from service.duos.proof import quoted

    collection, (conversation, _) = loop.signals.collection, new_conversation(loop.signals.collection)
    asked = Asked(lesson.question, Channel.SIDEBAR, collection, conversation.id)
    answered = loop.answering.answer(asked, AGENT)
    first = answered.ranked[0] if answered.ranked else ""
    if first.partition(":")[2] not in lesson.texts or not holds(quoted(answered.answer, first), lesson.fact):
        return None
    now = utc_now()
    return RegressionQuestion(
        uuid.uuid4(), collection, lesson.question, first, lesson.fact, None, now, holds=True, checked_at=now
    )


def put_demo_site(engine: Engine, choices: Choices, site: Site) -> None:
    """Let the website of the demo have the chat; what somebody chose for it stays, at today's addresses."""
    kept = choices.get(PREFIX + site.key)
    known = site_of(site.key, kept.value) or site
    origins = tuple(dict.fromkeys((*site.origins, *known.origins)))[:MOST_ORIGINS]
    value = as_json(replace(known, origins=origins))
    if value == kept.value:
        return
    with writing(engine).begin() as connection:
        choices.put(connection, Choice(kept.name, value, "demo", utc_now(), kept.version))


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
