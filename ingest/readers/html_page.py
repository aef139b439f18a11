"""The page as it is read aloud: told of every tag and text in order, it writes down blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.readers.blocks import Block, BlockKind
from ingest.readers.html_table import Table
from ingest.readers.mend import lines_of, one_line, reads_as_heading

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
))  # fmt: skip
_BOLD = frozenset(("strong", "b"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 4}
_LISTS = frozenset(("ul", "ol", "menu"))
_BARE_LEVEL, _BOLD_LEVEL = 2, 7
_DEEPEST_INDENT = 6


@dataclass
class _List:
    number: int | None
    is_stray: bool = False  # made for an item that stands in no list
    mark_waits: bool = False

    def next_mark(self) -> str:
        """The mark of the item that begins: "• ", or the next number."""
        if self.number is None:
            return "• "
        self.number += 1
        return f"{self.number - 1}. "


@dataclass
class _Piece:
    text: str
    is_bold: bool = False
    is_bare: bool = False
    is_break: bool = False


@dataclass
class Page:
    """Writes blocks while it is told what stands on the page. Ask `blocks()` once, at the end."""

    written: list[Block] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    heading: str = ""
    bold: int = 0
    group: int = 0

    def text(self, text: str, is_bare: bool = False) -> None:
        """Running text; `is_bare` when no element at all stands around it."""
        self.pieces.append(_Piece(text, self.bold > 0, is_bare))

    def open(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """An element begins. An inline one never parts words, any other does."""
        if tag in _BOLD:
            self.bold += 1
        elif tag == "br":
            self.pieces.append(_Piece("\n", self.bold > 0, is_break=True))
        elif tag not in _INLINE:
            self._end_block()
            self._begin(tag, attributes)

    def close(self, tag: str) -> None:
        """The element ends."""
        if tag in _BOLD:
            self.bold -= 1
        elif tag not in _INLINE and tag != "br":
            self._end_block()
            self._end(tag)

    def blocks(self) -> list[Block]:
        """All that was written."""
        self._end_block()
        return self.written

    def _begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "table":
            self.tables.append(Table())
        elif self.tables:
            self.tables[-1].open(tag, attributes)
        elif tag in _HEADINGS and not self.lists:
            self.heading = tag
        elif tag in _LISTS:
            self.lists.append(_List(_start_of(attributes) if tag == "ol" else None))
        elif tag == "li":
            self._begin_item()

    def _begin_item(self) -> None:
        if not self.lists:
            self.lists.append(_List(None, is_stray=True))
        self.lists[-1].mark_waits = True

    def _end(self, tag: str) -> None:
        if tag == "table" and self.tables:
            self._end_table(self.tables.pop())
        elif self.tables:
            self.tables[-1].close(tag)
        elif tag == self.heading:
            self.heading = ""
        elif self.lists and (tag in _LISTS or (tag == "li" and self.lists[-1].is_stray)):
            self.lists.pop()
            self.group += 0 if self.lists or tag == "li" else 1

    def _end_table(self, table: Table) -> None:
        if self.tables:
            self.tables[-1].text(table.flat())
            return
        self.group += 1
        for text in table.notes():
            self._write(BlockKind.PARAGRAPH, text)
        kind = BlockKind.ROW if table.has_columns() else BlockKind.PARAGRAPH
        for row in table.lines():
            self._write(kind, row)
        self.group += 1

    def _end_block(self) -> None:
        pieces, self.pieces = self.pieces, []
        all_bare = all(piece.is_bare for piece in pieces)
        text = "".join(piece.text if all_bare or piece.is_break else _folded(piece.text) for piece in pieces)
        if not text.strip():
            return
        if self.tables:
            self.tables[-1].text(text)
        elif self.heading:
            self._write(BlockKind.HEADING, one_line(text), _HEADINGS[self.heading])
        elif self.lists:
            self._write_item(lines_of(text))
        elif all_bare:
            self._write_bare(text)
        else:
            self._write_paragraph(pieces, lines_of(text))

    def _write_item(self, text: str) -> None:
        indent = "  " * min(len(self.lists) - 1, _DEEPEST_INDENT)
        mark = "  "
        if self.lists[-1].mark_waits:
            self.lists[-1].mark_waits, mark = False, self.lists[-1].next_mark()
        self._write(BlockKind.ITEM, indent + mark + text.replace("\n", f"\n{indent}  "))

    def _write_bare(self, text: str) -> None:
        """Text with no element around it: a short line of its own is the heading of what follows."""
        for part in re.split(r"\n\s*\n", text):
            paragraph = lines_of(part)
            if reads_as_heading(paragraph):
                self._write_guess(paragraph, _BARE_LEVEL)
            else:
                self._write(BlockKind.PARAGRAPH, paragraph)

    def _write_paragraph(self, pieces: list[_Piece], text: str) -> None:
        """A paragraph; one that is bold, or whose first line is, has a heading there."""
        first, _, rest = text.partition("\n")
        bold_first = all(piece.is_bold or not piece.text.strip() for piece in takewhile(_goes_on, pieces))
        all_bold = all(piece.is_bold or not piece.text.strip() for piece in pieces)
        if bold_first and reads_as_heading(first) and all_bold == (not rest):
            self._write_guess(first, _BOLD_LEVEL)
            text = rest
        self._write(BlockKind.PARAGRAPH, text)

    def _write_guess(self, text: str, level: int) -> None:
        self.written.append(Block(BlockKind.HEADING, text, level, guessed=True))

    def _write(self, kind: BlockKind, text: str, level: int = 0) -> None:
        if text:
            self.written.append(Block(kind, text, level, self.group))


def _goes_on(piece: _Piece) -> bool:
    return not piece.is_break


def _folded(text: str) -> str:
    """Line ends in HTML are spaces; in bare text alone they are the only marks between paragraphs."""
    return re.sub(r"\s+", " ", text)


def _start_of(attributes: Mapping[str, str | None]) -> int:
    start = attributes.get("start") or "1"
    return int(start) if re.fullmatch(r"\d{1,4}", start) else 1
