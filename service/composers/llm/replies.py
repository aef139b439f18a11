"""What a language model may answer, and each way in which it answers something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_SENTENCES = 12


class FaultKind(StrEnum):
    """How a call to the model went wrong (guard R6)."""

    REFUSED = "refused"
    SLOW = "slow"
    TRICKLE = "trickle"
    BUSY = "busy"
    BROKEN = "broken"
    DENIED = "denied"
    CUT_OFF = "cut off"
    OTHER_SHAPE = "other shape"
    NO_JSON = "no json"
    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_LONG = "too long"  # its tokens were up before its answer was whole
    NOT_UTF8 = "not utf-8"
    OTHER_LANGUAGE = "other language"
    FOREIGN_SOURCE = "foreign source"


class ModelFault(Exception):
    """The model gave nothing that can be used. `status` is that of an answer which refused by its head;
    `tries` how often it was asked."""

    def __init__(self, kind: FaultKind, status: int = 0) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.status = status
        self.tries = 1


@dataclass(frozen=True)
class Said:
    """A sentence of the model with the tokens of the passages that it says to have used."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """What the model said, and how many tokens it counted; None when it did not tell. `tries`: how often it
    was asked; it counted those of the last time."""

    said: tuple[Said, ...]
    tokens: int | None = None
    tries: int = 1


class _Sentence(BaseModel):
    model_config = ConfigDict(strict=True)
    tekst: str
    bronnen: list[str]


class _Written(BaseModel):
    model_config = ConfigDict(strict=True)
    zinnen: list[_Sentence] = Field(max_length=MOST_SENTENCES)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "zinnen": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "tekst": {"type": "string"},
                    "bronnen": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["tekst", "bronnen"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["zinnen"],
    "additionalProperties": False,
}


def reply_of(body: bytes) -> Reply:
    """The sentences in the body of a good answer. Raises ModelFault."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ModelFault(FaultKind.NOT_UTF8) from None
    if not text.strip():
        raise ModelFault(FaultKind.EMPTY)
    return reply_in(*_content_of(_json_of(text)))


def reply_in(content: str, tokens: int | None, ended: str = "") -> Reply:
    """The sentences in the text that the model wrote. `ended` is why it stopped. Raises ModelFault."""
    if not content.strip():
        raise ModelFault(FaultKind.EMPTY)
    try:
        written = _Written.model_validate(_json_of(content, ended))
    except ValidationError:
        raise ModelFault(FaultKind.OTHER_SHAPE) from None
    said = tuple(map(_said, written.zinnen))
    if not any(one.text.strip() for one in said):
        raise ModelFault(FaultKind.EMPTY)
    return Reply(said, tokens)


def read_sentence(content: Any) -> Said:
    """One sentence out of its JSON. Raises ModelFault."""
    try:
        return _said(_Sentence.model_validate(content))
    except ValidationError:
        raise ModelFault(FaultKind.OTHER_SHAPE) from None


def tokens_in(answer: Mapping[str, Any]) -> int | None:
    """The tokens of the whole call, where an answer tells them."""
    usage = answer.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, Mapping) else None
    return tokens if isinstance(tokens, int) and tokens >= 0 else None


def _said(one: _Sentence) -> Said:
    return Said(one.tekst, tuple(one.bronnen))


def _json_of(text: str, ended: str = "") -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        if text.lstrip()[:1] not in ("{", "["):
            raise ModelFault(FaultKind.NO_JSON) from None
        raise ModelFault(FaultKind.TOO_LONG if ended == "length" else FaultKind.CUT_OFF) from None


def _content_of(answer: Any) -> tuple[str, int | None, str]:
    """The text that the model wrote, the tokens of the whole call, and why it stopped."""
    try:
        choice = answer["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise ModelFault(FaultKind.OTHER_SHAPE) from None
    if content is None:
        raise ModelFault(FaultKind.EMPTY)
    if not isinstance(content, str):
        raise ModelFault(FaultKind.OTHER_SHAPE)
    return content, tokens_in(answer), str(ended or "")
