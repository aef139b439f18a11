"""A text to the units that can be quoted: sentences, list items and table rows, word for word."""

from __future__ import annotations

import re

_MARK = re.compile(r"^\s*(?:•|\d{1,2}\.)\s+")
_INDENT = re.compile(r"^[^\S\t]+")
_BOUNDARY = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-Þ0-9€])")
# after these a full stop ends no sentence
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[a-z]\.(?:[a-z]\.)+|[A-Z]\.|bijv\.|art\.|nr\.|tel\.|dhr\.|mevr\.|mw\.|mr\.|dr\.|drs\.|ir\.|"
    r"prof\.|incl\.|excl\.|max\.|min\.|ca\.|evt\.|resp\.|jl\.|a\.s\.|blz\.|lid\.|st\.)$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The quotable units of a text in their order, without list marks, each as it stands.

    A table row (cells separated by tabs) and a list item of one sentence are units of their own. A row
    keeps an empty first cell, or its other cells would stand under the wrong columns.
    """
    return [unit for line in text.split("\n") for unit in _of_line(line)]


def is_row(line: str) -> bool:
    """Whether a line is a row of a table; consecutive ones are one table, its header row first."""
    return "\t" in line and not line.isspace()


def _of_line(line: str) -> list[str]:
    if "\t" in line.strip():
        return [_INDENT.sub("", line.rstrip())]
    return _rejoined(_cut(_MARK.sub("", line).strip()))


def _cut(line: str) -> list[str]:
    starts = [0, *(match.end() for match in _BOUNDARY.finditer(line))]
    ends = [*starts[1:], len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _rejoined(parts: list[str]) -> list[str]:
    """The parts, those cut at an abbreviation put together again, trimmed."""
    whole: list[str] = []
    for part in parts:
        if whole and _ABBREVIATION.search(whole[-1].rstrip()):
            whole[-1] += part
        else:
            whole.append(part)
    return [part.strip() for part in whole if part.strip()]
