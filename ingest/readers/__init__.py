"""Strings to sections: one reader a format, and `read_text` for a field that may hold any of them."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence

from embeddings.document import Section
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.mend import Unfit
from ingest.readers.plain import read_plain

__all__ = ["Unfit", "flat_text", "links_in", "read_html", "read_markdown", "read_plain", "read_text"]

# Named tags only: "vul in <uw naam>" is plain text.
_TAG = re.compile(
    r"<!--|</?(?:p|br|hr|ul|ol|li|dl|dt|dd|h[1-6]|table|caption|thead|tbody|tfoot|t[rdh]|div|span|strong|b|em|i|u|a"
    r"|s|sup|sub|small|mark|code|pre|font|center|details|summary|blockquote|section|article|main|header|footer|nav"
    r"|html|head|body|script|style|template|noscript|iframe|object|embed|svg|math|img|video|audio|form|input|button"
    r"|link|meta)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|ul|ol|li|h[1-6]|table|div|strong|a)\b[^<>]{0,300}?&gt;", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}\s|^ {0,3}[-*+]\s+\S|^ {0,3}\d{1,3}[.)]\s+\S|\]\(\S|(?<![\w*])\*{1,3}\w"
    r"|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.MULTILINE,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")


def read_text(source: str) -> tuple[Section, ...]:
    """Sections of a text whose format the source does not tell: HTML, Markdown or plain."""
    if not _TAG.search(source) and _ESCAPED_TAG.search(source):
        source = entities.unescape(source)
    if _TAG.search(source):
        return read_html(source)
    return read_markdown(source, keep_lines=True) if _MARKDOWN.search(source) else read_plain(source)


def flat_text(sections: Sequence[Section]) -> str:
    """The same text without sections, each heading a paragraph of its own."""
    return "\n\n".join(part for section in sections for part in (section.heading, section.text) if part)


def links_in(source: str) -> tuple[str, ...]:
    """Every address that a raw text links to, in order: for lint; the sections themselves keep no links."""
    marked = [next(filter(None, found), "") for found in _HREF.findall(source)]
    return tuple(entities.unescape(link).strip() for link in [*marked, *_MARKDOWN_LINK.findall(source)])
