"""Mends what editors' tools break in a text without touching a word of it."""

from __future__ import annotations

import html as entities
import re

from embeddings.plain_text import fold_spaces, strip_controls

LONGEST_TEXT = 1_000_000  # characters; the longest real product text seen is 40,000
LONGEST_HEADING = 120

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class Unfit(ValueError):
    """A text or record that cannot be published; the message says why, for an editor."""


def bounded(source: str, longest: int = LONGEST_TEXT) -> str:
    """The text itself, or `Unfit` when it is longer than any real text: parsers must not choke on it."""
    if len(source) > longest:
        raise Unfit(f"the text is longer than {longest:,} characters")
    return source


def mend(text: str) -> str:
    """Text without control characters and soft hyphens, odd spaces made plain, entities made characters.

    An entity that was escaped twice (`&amp;nbsp;`) still stands there after parsing; it is undone here.
    """
    unescaped = _ENTITY.sub(lambda match: entities.unescape(match[0]), text)
    return fold_spaces(strip_controls(_SURROGATES.sub("\ufffd", unescaped)))


def one_line(text: str) -> str:
    """Mended text on one line: for titles, headings, names and table cells."""
    return " ".join(mend(text).split())


def lines_of(text: str) -> str:
    """Mended text with its own line breaks, but no empty lines: for one paragraph or list item."""
    return "\n".join(line for line in (one_line(part) for part in text.split("\n")) if line)


def reads_as_heading(line: str) -> bool:
    """True for a short line that does not end as a sentence or announce a list."""
    return 0 < len(line) <= LONGEST_HEADING and "\n" not in line and line[-1] not in ".:;,…"
