"""Why a sentence may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a sentence may not be shown."""

    NO_SOURCE = "no source"
    UNKNOWN_SOURCE = "unknown source"
    LANGUAGE = "language"
    MARKUP = "markup"
    LENGTH = "length"
    PROMPT = "prompt"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    TIME = "time"
    PERIOD = "period"
    MEASURE = "measure"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    LINK = "link"
    BOUND = "bound"
    NAME = "name"
    WORDS = "words"
    NEGATION = "negation"
    MODE = "may or must"
    CONDITION = "condition"
    OPPOSITE = "opposite"
    MISPLACED = "misplaced"
    ROLE = "role"


@dataclass(frozen=True)
class Doubt:
    """What of a sentence the passages do not hold."""

    reason: Reason
    what: str
