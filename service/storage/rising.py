"""What is asked much right now: redacted words, of several conversations. Read only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, distinct, func, select

from service.domain.answer import Status
from service.domain.gap import GapState
from service.storage.gap_tables import FORGOTTEN, askings, gaps
from service.storage.tables import questions

# what is asked in words that nobody should be offered to ask again
_NOT_OFFERED = (Status.ABUSE, Status.CRISIS, Status.PERSONAL_CASE, Status.OUT_OF_SCOPE)
_NO_LONGER = (GapState.DISMISSED, GapState.MERGED)


def much_asked(engine: Engine, collection: str, since: datetime, least: int, limit: int) -> tuple[str, ...]:
    """The questions that at least so many conversations had since then, most asked first.

    Questions that are alike count together when they came on a list; others when their words are the same.
    Words out of which personal data was taken are left out: they say too little.
    """
    found: dict[str, int] = {}
    with engine.connect() as connection:
        for query in (_on_lists(collection, since), _in_words(collection, since)):
            for text, count in connection.execute(query):
                if count >= least and text != FORGOTTEN and "[" not in text:
                    key = _key(text, found)
                    found[key] = max(count, found.get(key, 0))
    return tuple(sorted(found, key=lambda text: -found[text])[:limit])


def _on_lists(collection: str, since: datetime) -> Select[*tuple[Any, ...]]:
    conversations = func.count(distinct(questions.c.conversation_id))
    return (
        select(gaps.c.question, conversations)
        .join(askings, askings.c.gap_id == gaps.c.id)
        .join(questions, questions.c.id == askings.c.question_id)
        .where(
            gaps.c.collection == collection,
            gaps.c.state.not_in([state.value for state in _NO_LONGER]),
            questions.c.collection == collection,
            questions.c.asked_at >= since,
        )
        .group_by(gaps.c.id, gaps.c.question)
        .order_by(conversations.desc(), gaps.c.question)
    )


def _in_words(collection: str, since: datetime) -> Select[*tuple[Any, ...]]:
    conversations = func.count(distinct(questions.c.conversation_id))
    words = func.lower(questions.c.text)
    return (
        select(func.min(questions.c.text), conversations)
        .where(
            questions.c.collection == collection,
            questions.c.asked_at >= since,
            questions.c.status.not_in([status.value for status in _NOT_OFFERED]),
        )
        .group_by(words)
        .order_by(conversations.desc(), words)
    )


def _key(text: str, found: dict[str, int]) -> str:
    """The wording under which it counts already, else its own."""
    return next((known for known in found if known.casefold() == text.casefold()), text)
