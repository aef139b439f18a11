"""Reads an answer that comes in pieces: each sentence as soon as it stands there whole.

Server-sent events of the OpenAI API, in which the text of the answer is JSON that grows. What a sentence says
is checked by who gets it; in the end the whole is read as if it had come in one piece.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

from service.composers.llm.replies import (
    MOST_SENTENCES,
    FaultKind,
    ModelFault,
    Reply,
    Said,
    read_sentence,
    reply_in,
    reply_of,
    tokens_in,
)

_AROUND = 16  # so many times its text the events around it may be: each token has its own
_BEFORE = re.compile(r'\s*\{\s*"zinnen"\s*:\s*\[')
_BETWEEN = ", \t\r\n"
_DECODER = json.JSONDecoder()


class GrowingJson:
    """The text of an answer that is being written, and the sentences in it that are whole.

    What has another shape gives no sentence: that it is a fault shows when all of it is there.
    """

    def __init__(self) -> None:
        self.text = ""
        self._read: int | None = None  # how far; None before the list began
        self._count = 0

    def grow(self, piece: str) -> list[Said]:
        """The sentences that became whole with this piece."""
        self.text += piece
        if self._read is None:
            begun = _BEFORE.match(self.text)
            self._read = begun.end() if begun else None
        # an object cannot have become whole without its last brace
        return self._whole() if self._read is not None and "}" in piece else []

    def _whole(self) -> list[Said]:
        found: list[Said] = []
        while self._count < MOST_SENTENCES and (one := self._next()):
            found.append(one)
            self._count += 1
        return found

    def _next(self) -> Said | None:
        after = self.text[self._read :]
        skipped = len(after) - len(after.lstrip(_BETWEEN))
        try:
            content, end = _DECODER.raw_decode(after, skipped)
            said = read_sentence(content)
        except (json.JSONDecodeError, RecursionError, ModelFault):
            return None
        self._read = (self._read or 0) + end
        return said


class Reads(Protocol):
    """Reads the body of an answer: `feed` gives the sentences that became whole with these bytes, `reply` all
    of it when no more comes. Both may raise ModelFault.
    """

    def feed(self, piece: bytes) -> list[Said]: ...
    def reply(self) -> Reply: ...


def reader_of(content_type: str, most: int) -> Reads:
    """What reads a body of this type, of so many bytes of text at most: not all APIs answer in pieces."""
    in_pieces = content_type.partition(";")[0].strip().lower() == "text/event-stream"
    return Events(most) if in_pieces else OnePiece(most)


class OnePiece:
    """An answer that is only read when all of it is there."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._body = bytearray()

    def feed(self, piece: bytes) -> list[Said]:
        self._body += piece
        if len(self._body) > self._most:
            raise ModelFault(FaultKind.TOO_LARGE)
        return []

    def reply(self) -> Reply:
        return reply_of(bytes(self._body))


class Events:
    """The events of one answer, out of the bytes as they come."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._line = ""
        self._growing = GrowingJson()
        self._tokens: int | None = None
        self._ended: str | None = None  # why it stopped, once it did

    def feed(self, piece: bytes) -> list[Said]:
        self._bytes += len(piece)
        *lines, self._line = (self._line + self._decoded(piece)).split("\n")
        if len(self._line) > self._most or self._bytes > _AROUND * self._most:
            raise ModelFault(FaultKind.TOO_LARGE)
        return [said for line in lines for said in self._event(line.strip())]

    def reply(self) -> Reply:
        self._decoded(b"", last=True)
        if self._line.strip():
            self._event(self._line.strip())
        if self._ended is None:
            raise ModelFault(FaultKind.CUT_OFF)
        return reply_in(self._growing.text, self._tokens, self._ended)

    def _decoded(self, piece: bytes, last: bool = False) -> str:
        try:
            return self._decode.decode(piece, final=last)
        except UnicodeDecodeError:
            raise ModelFault(FaultKind.NOT_UTF8) from None

    def _event(self, line: str) -> list[Said]:
        kind, _, data = line.partition(":")
        if kind != "data":
            return []  # a comment, or a field that says nothing of the text
        if data.strip() == "[DONE]":
            self._ended = self._ended or ""
            return []
        try:
            event = json.loads(data)
        except (json.JSONDecodeError, RecursionError):
            raise ModelFault(FaultKind.NO_JSON) from None
        return self._piece(event)

    def _piece(self, event: Any) -> list[Said]:
        if not isinstance(event, Mapping):
            raise ModelFault(FaultKind.OTHER_SHAPE)
        if event.get("error"):
            raise ModelFault(FaultKind.BROKEN)  # it began well, and says now that it cannot go on
        told = tokens_in(event)
        self._tokens = self._tokens if told is None else told
        said: list[Said] = []
        for choice in event.get("choices") or ():
            text, ended = _written(choice)
            self._ended = ended or self._ended
            said += self._growing.grow(text)
        if len(self._growing.text) > self._most:
            raise ModelFault(FaultKind.TOO_LARGE)
        return said


def _written(choice: Any) -> tuple[str, str | None]:
    """What is new of the text, and why it stops here, if it does."""
    try:
        text, ended = choice["delta"].get("content") or "", choice.get("finish_reason")
    except (KeyError, TypeError, AttributeError):
        raise ModelFault(FaultKind.OTHER_SHAPE) from None
    if not isinstance(text, str):
        raise ModelFault(FaultKind.OTHER_SHAPE)
    return text, None if ended is None else str(ended)
