"""JSON to records with their line, as far as it can be read. Each limit here is one of guard S25."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.json_document import JsonDocument

DEEPEST_JSON = 64

_ID = re.compile(r'"(?:uuid|id)"\s*:\s*"([^"\\]{1,200})"')
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Record:
    """One object of the source and where it begins."""

    where: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """A record that cannot be used, and every id that may be its own.

    `value` is there when it could be parsed after all (a wrong encoding): then its id is certain.
    """

    where: str
    message: str
    ids: tuple[str, ...] = ()
    value: dict[str, Any] | None = None


@dataclass
class Answer:
    """What one file or page holds; `fault` says why reading stopped before its end."""

    where: str
    records: list[Record | Broken] = field(default_factory=list)
    next: str = ""
    fault: str = ""
    fault_at: str = ""

    def stop(self, where: str, fault: str) -> None:
        """Name the place from which nothing could be read."""
        self.fault_at, self.fault = where, fault


def read_answer(content: bytes, where: str, by_line: bool = False) -> Answer:
    """The records of a JSON list, an answer with `results`, JSON lines or a single object."""
    # Bytes that are not UTF-8 become lone surrogates: so the record which holds them can be named.
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if by_line or _looks_like_lines(text):
        return _read_lines(text, where)
    return _read_document(text, Answer(where))


def _read_document(text: str, answer: Answer) -> Answer:
    """As far as it goes: what comes before a fault is kept, the fault is named with its line."""
    document = JsonDocument(text, answer.where)
    try:
        for where, value, raw in document.records():
            answer.records.append(_checked(value, raw, where))
        answer.next = document.next
    except (ValueError, RecursionError) as error:
        answer.stop(document.where_of(error), f"unreadable from here on: {_reason(error)}")
    return answer


def _looks_like_lines(text: str) -> bool:
    """True when the first object ends on its line and another object follows."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    return not first.rstrip().endswith(("{", "["))


def _read_lines(text: str, where: str) -> Answer:
    answer = Answer(where)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            answer.records.append(_read_line(line.strip(), f"{where}:{number}"))
    return answer


def _read_line(line: str, where: str) -> Record | Broken:
    try:
        return _checked(json.loads(line), line, where)
    except (ValueError, RecursionError) as error:
        return Broken(where, _reason(error), tuple(dict.fromkeys(_ID.findall(line))))


def _checked(value: object, raw: str, where: str) -> Record | Broken:
    if not isinstance(value, dict):
        return Broken(where, "not a JSON object")
    if _too_deep(value):
        return Broken(where, f"nested deeper than {DEEPEST_JSON} levels", tuple(_ID.findall(raw)))
    if _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        return Broken(where, _encoding_fault(raw), value=value)
    return Record(where, value)


def _encoding_fault(raw: str) -> str:
    bad = _SURROGATE.search(raw)
    if bad is None:
        return "holds half a character (a lone surrogate)"
    return f"not UTF-8 (byte 0x{ord(bad[0]) - 0xDC00:02x})"


def _too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST_JSON):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> list[object]:
    """The objects and lists directly inside a value."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in values if isinstance(inner, dict | list)]


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return f"nested deeper than {DEEPEST_JSON} levels"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} (column {error.colno})"
    return str(error)
