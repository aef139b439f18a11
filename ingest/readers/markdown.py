"""Markdown to sections, by way of HTML: so both formats are read by the same rules."""

from __future__ import annotations

from markdown_it import MarkdownIt

from embeddings.document import Section
from ingest.readers.html import read_html
from ingest.readers.mend import Unfit, bounded

# Tags inside Markdown are passed on, not shown: the HTML reader drops what nobody should see.
LONGEST_MARKDOWN = 300_000  # characters: this parser is a hundred times slower than that of HTML
# The parser's time grows with the square of the brackets that do not close, and tables are slow.
MOST_LINKS, MOST_CELLS = 2_000, 20_000
MOST_LINES = 20_000  # each that may open a block costs it 25 microseconds

_FILE = MarkdownIt("commonmark", {"html": True}).enable("table")
_FIELD = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")


def read_markdown(source: str, keep_lines: bool = False) -> tuple[Section, ...]:
    """Sections of a CommonMark text with tables: the SDG fields, the files of a folder.

    `keep_lines` for what was typed into a field: there a new line is meant as one (an address, say), where
    in a file it only keeps the lines short.
    """
    if source.count("[") > MOST_LINKS:
        raise Unfit(f"the text has more than {MOST_LINKS:,} links")
    if source.count("|") > MOST_CELLS:
        raise Unfit(f"the text has more than {MOST_CELLS:,} table cells")
    if source.count("\n") > MOST_LINES:
        raise Unfit(f"the text has more than {MOST_LINES:,} lines")
    return read_html((_FIELD if keep_lines else _FILE).render(bounded(source, LONGEST_MARKDOWN)))
