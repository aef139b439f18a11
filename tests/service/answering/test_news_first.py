"""Pinned news goes before other texts; nothing else changes place."""

from __future__ import annotations

from embeddings.document import DocumentKey, FoundDocument
from service.answering.news import news_first


def found(name: str) -> FoundDocument:
    source, _, id = name.partition(":")
    return FoundDocument(DocumentKey("merelveen", source, id), 1.0, ())


def test_news_stands_first_and_the_others_stay_in_their_order() -> None:
    texts = [found(name) for name in ("vac:a", "sdg:b", "actueel:storm")]
    assert [each.key.id for each in news_first(texts)] == ["storm", "a", "b"]


def test_without_news_nothing_changes() -> None:
    texts = [found(name) for name in ("vac:a", "sdg:b")]
    assert news_first(texts) == texts
