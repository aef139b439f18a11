"""Pinned news goes before other texts, where it was found among the first ones."""

from __future__ import annotations

from collections.abc import Iterable

from embeddings.document import FoundDocument
from ingest.editorial import NEWS


def news_first(found: Iterable[FoundDocument]) -> list[FoundDocument]:
    """The same texts; those that are news stand first, the others stay in their order.

    What is quoted and how sure we are does not change: only which text one reads first.
    """
    return sorted(found, key=lambda each: each.key.source != NEWS)
