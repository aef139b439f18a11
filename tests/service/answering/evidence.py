"""Found passages for tests, without a library behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from embeddings.document import Audience, DocumentKey, Hit, Marked, Passage, Scores, Visibility
from service.composers.base import MarkedHit


def hit(key: int, text: str, **values: Any) -> Hit:
    """A public hit of document d<key>, unless `values` say otherwise."""
    passage = Passage(
        document=DocumentKey("merelveen", "vac", values.get("document", f"d{key}")),
        position=values.get("position", 0),
        title=values.get("title", f"Over {key}"),
        heading=values.get("heading", ""),
        text=text,
        visibility=values.get("visibility", Visibility.PUBLIC),
    )
    return Hit(
        key=key,
        passage=passage,
        url=f"https://www.merelveen.example/{key}",
        owner="Burgerzaken",
        language="nl",
        audience=Audience.EVERYONE,
        document_kind="vac",
        modified_at=datetime(2026, 1, 5, tzinfo=UTC),
        reviewed_at=values.get("reviewed_at"),
        products=(),
        scores=values.get("scores", Scores()),
    )


def marked(found: Hit, *marks: tuple[str, float]) -> MarkedHit:
    """The hit with these sentences and how well each fits."""
    return MarkedHit(found, tuple(Marked(text, score) for text, score in marks))
