"""The published texts, searched by an editor: whole documents with the sentence that fits best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from embeddings.document import Document, FoundDocument, Visibility
from service.domain.question import AGENT
from service.web.cards import web_address
from service.web.text_blocks import Block, excerpt, text_blocks

if TYPE_CHECKING:
    from embeddings.library import Library

SHOWN = 8
PASSAGES = 32


@dataclass(frozen=True)
class Text:
    """A published text in a list: `document` is its reference ("source:id")."""

    document: str
    title: str
    heading: str
    url: str
    owner: str
    internal: bool
    language: str
    modified_at: datetime | None
    blocks: tuple[Block, ...]


def find_texts(library: Library, collection: str, words: str) -> tuple[Text, ...]:
    """The texts that fit these words best. Raises LibraryUnavailable."""
    # imported late: it brings the models' runtimes, and the site has to listen before that
    from embeddings.library import Search

    search = Search(words, collection, AGENT.visibilities, language="nl")
    found = library.search(search, PASSAGES)
    return tuple(
        _text(document, max(library.mark(found, document.hits[0], words), key=lambda one: one.score).text)
        for document in found.documents[:SHOWN]
    )


def text_of(document: Document) -> Text:
    """A published text as a line in such a list, with its beginning."""
    public = next((part for part in document.sections if part.text), None)
    return Text(
        document=f"{document.source}:{document.id}",
        title=document.title,
        heading=public.heading if public else "",
        url=web_address(document.url),
        owner=document.owner,
        internal=document.visibility is Visibility.INTERNAL,
        language=document.language,
        modified_at=document.reviewed_at or document.modified_at,
        blocks=excerpt(text_blocks(public.text)) if public else (),
    )


def _text(document: FoundDocument, best: str) -> Text:
    hit = document.hits[0]
    return Text(
        document=f"{document.key.source}:{document.key.id}",
        title=hit.passage.title,
        heading="" if hit.passage.heading == hit.passage.title else hit.passage.heading,
        url=web_address(hit.url),
        owner=hit.owner,
        internal=hit.passage.visibility is Visibility.INTERNAL,
        language=hit.language,
        modified_at=hit.reviewed_at or hit.modified_at,
        blocks=excerpt(text_blocks(hit.passage.text, (best,))),
    )
