"""A document to passages, along its own headings.

About 110 words a passage: long enough to hold a fact with its condition, short enough to cite. A
section is cut between paragraphs, list items and table rows, never between a line that ends in a colon
and its first item, nor between a table's header row and its first row; only a paragraph that is too long
by itself is cut between sentences. What comes of a table after a cut has the header row before it again:
"€ 86,20" says nothing without the name of its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from embeddings.document import Document, DocumentKey, Passage, Section, SectionKind, Visibility
from embeddings.sentences import is_row, sentences

TARGET_WORDS = 110
MAXIMUM_WORDS = 140
LONGEST_WORDS = 200  # an announcement and its first item may come to this, then they part
HEADER_WORDS = 40  # a longer first row is text in columns, not the names of columns


def passages(document: Document) -> list[Passage]:
    """The document's passages in reading order; none for a document without text."""
    readable = [section for section in document.sections if section.kind is not SectionKind.LINKS]
    pieces = [(section, piece) for section in readable for piece in _pieces(section.text)]
    return [_passage(document, position, *pair) for position, pair in enumerate(pieces)]


def _passage(document: Document, position: int, section: Section, text: str) -> Passage:
    internal = Visibility.INTERNAL in (document.visibility, section.visibility)
    return Passage(
        document=DocumentKey(document.collection, document.source, document.id),
        position=position,
        title=document.title,
        heading=section.heading,
        text=text,
        kind=section.kind,
        visibility=Visibility.INTERNAL if internal else Visibility.PUBLIC,
        keywords=document.keywords,
    )


@dataclass(frozen=True)
class _Part:
    """Lines that are never cut apart. `header` is the row that comes before them in a new passage."""

    lines: tuple[str, ...]
    header: str = ""

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    @property
    def whole(self) -> list[str]:
        """The lines as a passage begins with them."""
        return [self.header, *self.lines] if self.header else list(self.lines)


def _pieces(text: str) -> Iterator[str]:
    current: list[str] = []
    for part in _parts(text):
        if _is_full(current, part.words):
            yield _joined(current)
            current = part.whole
        elif current or part.words:
            current += part.lines
    if current:
        yield _joined(current)


def _is_full(current: list[str], size: int) -> bool:
    if not current or not size:
        return False
    words = sum(len(line.split()) for line in current)
    if words + size <= TARGET_WORDS:
        return False
    last = next(line for line in reversed(current) if line.strip())
    return not last.rstrip().endswith(":") or words + size > LONGEST_WORDS


def _parts(text: str) -> Iterator[_Part]:
    """The lines of a text, blank ones included; a table's header row is one part with the row below it."""
    for in_table, lines in groupby(text.split("\n"), key=is_row):
        if in_table:
            yield from _of_table(list(lines))
        else:
            yield from (_Part((line,)) for line in _lines(lines))


def _of_table(rows: list[str]) -> Iterator[_Part]:
    header = rows[0]
    if len(rows) == 1 or len(header.split()) > HEADER_WORDS:
        yield from (_Part((line,)) for line in _lines(rows))
        return
    first, *others = _lines(rows[1:])
    yield _Part((header, first))
    yield from (_Part((line,), header) for line in others)


def _lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines as they are; one over the maximum comes in sentences."""
    for line in lines:
        if len(line.split()) <= MAXIMUM_WORDS:
            yield line
        else:
            yield from _short(sentences(line))


def _short(units: list[str]) -> Iterator[str]:
    """Units no longer than the maximum: a "sentence" can be a page without full stops."""
    for unit in units:
        words = unit.split()
        for start in range(0, len(words), MAXIMUM_WORDS):
            yield unit if len(words) <= MAXIMUM_WORDS else " ".join(words[start : start + MAXIMUM_WORDS])


def _joined(lines: list[str]) -> str:
    """The lines as one text; a row that begins with an empty cell keeps it."""
    text = "\n".join(lines).rstrip()
    return text if is_row(lines[0]) else text.lstrip()
