"""A document to passages, along its own headings.

About 110 words a passage: long enough to hold a fact with its condition, short enough to cite. A
section is cut between paragraphs and list items, never between a line that ends in a colon and its
first item; only a paragraph that is too long by itself is cut between sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from embeddings.document import Document, DocumentKey, Passage, Section, SectionKind, Visibility
from embeddings.sentences import sentences

TARGET_WORDS = 110
MAXIMUM_WORDS = 140
LONGEST_WORDS = 200  # an announcement and its first item may come to this, then they part


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


def _pieces(text: str) -> Iterator[str]:
    current: list[str] = []
    words = 0
    for line in _lines(text):
        size = len(line.split())
        if _is_full(current, words, size):
            yield _joined(current)
            current, words = [], 0
        current.append(line)
        words += size
    if any(line.strip() for line in current):
        yield _joined(current)


def _is_full(current: list[str], words: int, size: int) -> bool:
    filled = [line for line in current if line.strip()]
    if not filled or not size or words + size <= TARGET_WORDS:
        return False
    announces = filled[-1].rstrip().endswith(":")
    return not announces or words + size > LONGEST_WORDS


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, blank ones included; a line over the maximum comes in sentences."""
    for line in text.split("\n"):
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
    return "\n".join(lines).strip()
