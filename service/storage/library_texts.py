"""The published texts as figures and reviews need them: which changed, which nobody looked at. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from embeddings.store.tables import documents

PRODUCT_KIND = "product"  # of a text that describes a product as a whole


@dataclass(frozen=True)
class ChangedText:
    """A text that was changed. `document` is "source:id", `owner` a department."""

    document: str
    title: str
    url: str
    owner: str
    changed_at: datetime


def changed_texts(engine: Engine, collection: str, since: datetime, limit: int = 200) -> list[ChangedText]:
    """The published Dutch texts that were changed since then, the newest change first."""
    query = (
        select(
            documents.c.source,
            documents.c.id,
            documents.c.title,
            documents.c.url,
            documents.c.owner,
            documents.c.modified_at,
        )
        .where(
            documents.c.collection == collection,
            documents.c.withdrawn_at.is_(None),
            documents.c.language == "nl",
            documents.c.modified_at >= since,
        )
        .order_by(documents.c.modified_at.desc(), documents.c.source, documents.c.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        return [
            ChangedText(f"{row.source}:{row.id}", row.title, row.url, row.owner, row.modified_at)
            for row in connection.execute(query)
        ]


@dataclass(frozen=True)
class ReviewedText:
    """A published text and when it was last reviewed. `products` are UPL addresses."""

    document: str
    title: str
    owner: str
    products: tuple[str, ...]
    reviewed_at: datetime


def reviewed_before(engine: Engine, collection: str, moment: datetime) -> list[ReviewedText]:
    """The published Dutch texts whose last review lies before, the longest ago first.

    A text without a date of review is left out: its source keeps none.
    """
    query = (
        select(documents)
        .where(
            documents.c.collection == collection,
            documents.c.withdrawn_at.is_(None),
            documents.c.language == "nl",
            documents.c.reviewed_at < moment,
        )
        .order_by(documents.c.reviewed_at, documents.c.source, documents.c.id)
    )
    with engine.connect() as connection:
        return [
            ReviewedText(f"{row.source}:{row.id}", row.title, row.owner, tuple(row.products), row.reviewed_at)
            for row in connection.execute(query)
        ]


def published_products(engine: Engine, collection: str) -> tuple[str, ...]:
    """The products (UPL addresses) that published texts are about, each once."""
    query = select(documents.c.products).where(
        documents.c.collection == collection, documents.c.withdrawn_at.is_(None)
    )
    with engine.connect() as connection:
        found = connection.execute(query).scalars().all()
    return tuple(dict.fromkeys(product for products in found for product in products or ()))


def product_names(engine: Engine, collection: str) -> dict[str, str]:
    """What each product (UPL address) of the published Dutch texts is called: the title of its product text,
    else of the first text that names it."""
    query = (
        select(documents.c.kind, documents.c.title, documents.c.products)
        .where(
            documents.c.collection == collection,
            documents.c.withdrawn_at.is_(None),
            documents.c.language == "nl",
        )
        .order_by(documents.c.source, documents.c.id)
    )
    named: dict[str, str] = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            for product in row.products:
                if row.kind == PRODUCT_KIND:
                    named[product] = row.title
                else:
                    named.setdefault(product, row.title)
    return named
