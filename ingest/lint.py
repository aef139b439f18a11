"""What an editor should look at in a text. Warnings only: nothing is refused because of style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from embeddings.document import Document
from ingest.sources.fields import is_web_address

LONGEST_SENTENCE = 35  # words; B1 asks for about 15, so this is far too long by any measure

_PLACEHOLDER = re.compile(r"\bX{2,}\b|\blorem ipsum\b|\bTODO\b|\bn\.?n\.?t\.?b\.?\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\n|\n(?=\s*(?:•|\d+\.\s))|\t|\n")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")

Rule = Callable[[Document, Sequence[str]], Iterator[str]]


def lint(document: Document, links: Sequence[str] = ()) -> list[str]:
    """Every warning about a document and the addresses it links to, one sentence each."""
    return [warning for rule in RULES for warning in rule(document, links)]


def without_owner(document: Document, links: Sequence[str]) -> Iterator[str]:
    """A text that nobody owns is a text that nobody mends."""
    if not document.owner:
        yield "no owner: a question about this text has no duo to go to"


def without_title(document: Document, links: Sequence[str]) -> Iterator[str]:
    """The title is what an agent sees first."""
    if not document.title.strip():
        yield "no title"


def with_placeholder(document: Document, links: Sequence[str]) -> Iterator[str]:
    """ "XX" and the like were meant to be filled in."""
    for part in (document.title, *(f"{section.heading}\n{section.text}" for section in document.sections)):
        for found in dict.fromkeys(_PLACEHOLDER.findall(part)):
            yield f"placeholder {found!r} still stands in the text: {_around(part, found)}"


def with_empty_section(document: Document, links: Sequence[str]) -> Iterator[str]:
    """A heading with nothing under it promises what is not there; it is left out of the library."""
    for section in document.sections:
        if not section.text.strip():
            yield f"no text under the heading {section.heading!r}"


def with_odd_link(document: Document, links: Sequence[str]) -> Iterator[str]:
    """Only web, mail and telephone links work everywhere the text is shown."""
    for link in dict.fromkeys(links):
        scheme = _SCHEME.match(link)
        if scheme is None:
            yield f"a link without a web address: {link[:80]!r}"
        elif scheme[1].lower() not in _LINK_SCHEMES:
            yield f"a link that is not http(s), mailto or tel: {link[:80]!r}"
        elif scheme[1].lower().startswith("http") and not is_web_address(link):
            yield f"a web address that cannot be right: {link[:80]!r}"


def with_long_sentence(document: Document, links: Sequence[str]) -> Iterator[str]:
    """Sentences far too long for level B1; one warning a text, with the first."""
    long = [sentence for section in document.sections for sentence in _SENTENCE_END.split(section.text)
            if len(sentence.split()) > LONGEST_SENTENCE]  # fmt: skip
    if long:
        many = f"{len(long)} sentences" if len(long) > 1 else "a sentence"
        yield f"{many} of more than {LONGEST_SENTENCE} words: “{' '.join(long[0].split()[:8])} …”"


RULES: tuple[Rule, ...] = (
    without_owner, without_title, with_placeholder, with_empty_section, with_odd_link, with_long_sentence,
)  # fmt: skip


def _around(text: str, found: str) -> str:
    at = text.index(found)
    return "“" + " ".join(text[max(0, at - 30) : at + 30].split()) + "”"
