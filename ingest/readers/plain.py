"""Plain text to sections: paragraphs by blank lines, lists by their marks, headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.document import Section
from ingest.readers.blocks import Block, BlockKind, sections_of
from ingest.readers.mend import bounded, lines_of, reads_as_heading

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"^[-*•·‣▪◦–][^\S\n]+(?=\S)", re.MULTILINE)
_NUMBER = re.compile(r"^(\d{1,3})[.)][^\S\n]+(?=\S)", re.MULTILINE)
_LONGEST_HEADING_WORDS = 10


def read_plain(source: str) -> tuple[Section, ...]:
    """Sections of a text without markup.

    A short line of its own, without a full stop and with a paragraph after it, counts as a heading.
    """
    return sections_of(_blocks(bounded(source)))


def _blocks(source: str) -> Iterator[Block]:
    unified = source.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [lines for part in _BLANK_LINES.split(unified) if (lines := _marked(part))]
    for text in paragraphs:
        guessed = _is_heading(text)
        yield Block(BlockKind.HEADING if guessed else BlockKind.PARAGRAPH, text, level=2, guessed=guessed)


def _marked(paragraph: str) -> str:
    return _NUMBER.sub(r"\1. ", _BULLET.sub("• ", lines_of(paragraph)))


def _is_heading(text: str) -> bool:
    words = text.split()
    return (
        reads_as_heading(text)
        and len(words) <= _LONGEST_HEADING_WORDS
        and text[0].isupper()
        and not _NUMBER.match(text)
    )
