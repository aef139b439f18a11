"""When a text holds a fact, and when two questions are the same one."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")


def holds(text: str, fact: str) -> bool:
    """Whether the fact stands in the text, white space and capitals aside: as `evals` counts it."""
    return _folded(fact) in _folded(text)


def same_question(one: str, other: str) -> bool:
    """Whether they have the same words in the same order; capitals and marks tell nothing apart."""
    return bool(words_of(one)) and words_of(one) == words_of(other)


def words_of(question: str) -> tuple[str, ...]:
    """What two questions are compared by."""
    return tuple(_WORDS.findall(question.casefold()))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
