"""Which published texts are about the same products: read only, by their references."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Engine, String, cast, or_, select

from embeddings.document import DocumentKey
from embeddings.store.tables import documents


def texts_about(
    engine: Engine, collection: str, products: Sequence[str], language: str, limit: int = 20
) -> list[DocumentKey]:
    """The published texts in this language about one of these products (UPL addresses), product texts first.

    What may not be seen now, or not by everybody, is among them: the library says what may.
    """
    if not products:
        return []
    listed = cast(documents.c.products, String)
    query = (
        select(documents.c.source, documents.c.id, documents.c.products)
        .where(
            documents.c.collection == collection,
            documents.c.withdrawn_at.is_(None),
            documents.c.language == language,
            # the list is kept as JSON: its text narrows the search, the list itself decides
            or_(*(listed.contains(json.dumps(product), autoescape=True) for product in products)),
        )
        .order_by(documents.c.kind != "product", documents.c.source, documents.c.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    wanted = set(products)
    return [DocumentKey(collection, row.source, row.id) for row in rows if wanted & set(row.products)]
