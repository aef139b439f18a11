"""The plain text of a passage as paragraphs, lists and tables, with the answering sentences marked.

The convention stands in `embeddings/document.py`: a blank line parts paragraphs, "• " or "1. " starts a
list item, a tab parts the cells of a table row and the header row comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from embeddings.sentences import is_row

_ITEM = re.compile(r"(?P<bullet>•|\d{1,3}\.)\s+")
# between two words of a quote the source may have white space and a list mark
_GAP = r"\s+(?:(?:•|\d{1,3}\.)\s+)?"

Span = tuple[int, int]


@dataclass(frozen=True)
class Run:
    """A stretch of text; `marked` when it answers the question."""

    text: str
    marked: bool


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """One paragraph ("text"), list ("bullets" or "numbers") or table ("table").

    `rows` holds lines of a paragraph, items of a list, or rows of a table; each row has cells.
    """

    kind: str
    rows: tuple[tuple[Runs, ...], ...]

    @property
    def marked(self) -> bool:
        return any(run.marked for row in self.rows for cell in row for run in cell)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a table's columns: its first row. Marks are left out, a name is no answer."""
        return tuple("".join(run.text for run in cell) for cell in self.rows[0])


@dataclass(frozen=True)
class _Line:
    kind: str
    cells: tuple[Span, ...]


def text_blocks(text: str, marked: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """The blocks of `text`, in order, with every sentence of `marked` that stands in it marked."""
    spans = _joined([span for sentence in marked if (span := _find(sentence, text))], text)
    lines = [_line_of(text, start, end) for start, end in _line_spans(text)]
    return tuple(
        Block(kind, tuple(tuple(_runs(text, cell, spans) for cell in line.cells) for line in group))
        for kind, group in groupby(lines, key=lambda line: line.kind)
        if kind != "blank"
    )


def excerpt(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks that answer, or the first one when none does."""
    return tuple(block for block in blocks if block.marked) or blocks[:1]


def _line_spans(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _line_of(text: str, start: int, end: int) -> _Line:
    line = text[start:end]
    if not line.strip():
        return _Line("blank", ())
    if is_row(line):
        return _Line("table", tuple(_cells(line, start)))
    if item := _ITEM.match(line):
        kind = "bullets" if item["bullet"] == "•" else "numbers"
        return _Line(kind, ((start + item.end(), end),))
    return _Line("text", ((start, end),))


def _cells(line: str, offset: int) -> Iterator[Span]:
    for cell in re.finditer(r"[^\t]+|(?<=\t)(?=\t|$)|^(?=\t)", line):
        yield offset + cell.start(), offset + cell.end()


def _find(sentence: str, text: str) -> Span | None:
    mark = None if is_row(sentence) else _ITEM.match(sentence.strip())
    words = [re.escape(word) for word in sentence.strip()[mark.end() if mark else 0 :].split()]
    found = re.search(_GAP.join(words), text) if words else None
    return found.span() if found else None


def _joined(spans: list[Span], text: str) -> list[Span]:
    """The spans; those with only white space between them as one, so that a paragraph is not in shreds."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def _runs(text: str, cell: Span, spans: list[Span]) -> Runs:
    """The text of a cell, cut where a mark begins or ends."""
    start, end = cell
    cuts = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
    return tuple(
        Run(text[left:right], any(a <= left and right <= b for a, b in spans))
        for left, right in pairwise(cuts)
    )
