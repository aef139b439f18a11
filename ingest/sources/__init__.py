"""One file a source. `SOURCES` says which class reads which kind."""

from __future__ import annotations

from ingest.sources.base import Feed, Source
from ingest.sources.documents import DocumentsSource
from ingest.sources.folder import FolderSource
from ingest.sources.kennisartikel import KennisartikelSource
from ingest.sources.sdg import SdgSource
from ingest.sources.vac import VacSource

SOURCES: dict[str, type[Source]] = {
    source.kind: source
    for source in (VacSource, KennisartikelSource, SdgSource, DocumentsSource, FolderSource)
}


def open_source(kind: str, feed: Feed) -> Source:
    """The source of this kind, or `LookupError` with the kinds that there are."""
    if kind not in SOURCES:
        raise LookupError(f"unknown kind of source {kind!r}; known: {', '.join(sorted(SOURCES))}")
    return SOURCES[kind](feed)
