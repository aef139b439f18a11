"""One JSON text read value by value, so that each record in it keeps its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_LISTS = ("results", "data", "items")
_decode = json.JSONDecoder().raw_decode

Found = tuple[str, object, str]  # place ("file.json:12"), value, the raw text of it


@dataclass
class JsonDocument:
    """Gives its records in order, and afterwards the `next` page that it names.

    What breaks off halfway raises what `json` raises; `where_of` tells the line.
    """

    text: str
    name: str
    next: str = ""
    at: int = 0
    _counted: int = 0
    _line: int = 1

    def records(self) -> Iterator[Found]:
        """The elements of a list, the records of an answer, or the one object that there is."""
        first = self._peek()
        if first == "[":
            yield from self._elements()
        elif first == "{":
            yield from self._members()
        else:
            raise json.JSONDecodeError("neither a list nor an object", self.text, self.at)
        if self._peek():
            raise json.JSONDecodeError("more after the end", self.text, self.at)

    def where_of(self, error: Exception) -> str:
        """The place at which reading stopped."""
        position = error.pos if isinstance(error, json.JSONDecodeError) else self.at
        return self._where(max(position, self._counted))

    def _members(self) -> Iterator[Found]:
        """An answer whose records stand in a list, or an object that is itself the record."""
        start, where = self.at, self._where(self.at)
        value: dict[str, Any] = {}
        has_records = False
        for key in self._keys():
            if key in _LISTS and self._peek() == "[" and not has_records:
                has_records = True
                yield from self._elements()
            else:
                value[key] = self._value()
        if not has_records:
            yield where, value, self.text[start : self.at]
        self.next = str(value.get("next") or "")

    def _elements(self) -> Iterator[Found]:
        self.at += 1
        while self._peek() != "]":
            start, where = self.at, self._where(self.at)
            value = self._value()
            yield where, value, self.text[start : self.at]
            self._part("]")
        self.at += 1

    def _keys(self) -> Iterator[str]:
        self.at += 1
        while self._peek() != "}":
            key = self._value()
            self._expect(":")
            yield str(key)
            self._part("}")
        self.at += 1

    def _part(self, end: str) -> None:
        """A comma with something after it, or the end in sight."""
        if self._peek() != end:
            self._expect(",")
            if self._peek() == end:
                raise json.JSONDecodeError("a comma too many", self.text, self.at)

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise json.JSONDecodeError(f"'{mark}' expected", self.text, self.at)
        self.at += 1

    def _peek(self) -> str:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _value(self) -> Any:
        self._peek()
        value, self.at = _decode(self.text, self.at)
        return value

    def _where(self, position: int) -> str:
        self._line += self.text.count("\n", self._counted, position)
        self._counted = max(position, self._counted)
        return f"{self.name}:{self._line}"
