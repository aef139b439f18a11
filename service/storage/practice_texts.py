"""The published texts in one line each, to practise with. Read only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from embeddings.store.tables import documents


@dataclass(frozen=True)
class TextLine:
    """A published text in one line: "source:id", its title, department and first product."""

    document: str
    title: str
    owner: str
    product: str


def published_lines(engine: Engine, collection: str, leave_out: str) -> dict[str, TextLine]:
    """The published Dutch texts without an end, by "source:id", but for those of one source."""
    query = (
        select(documents.c.source, documents.c.id, documents.c.title, documents.c.owner, documents.c.products)
        .where(
            documents.c.collection == collection,
            documents.c.withdrawn_at.is_(None),
            documents.c.language == "nl",
            documents.c.source != leave_out,
        )
        .order_by(documents.c.source, documents.c.id)
    )
    with engine.connect() as connection:
        lines = (
            TextLine(f"{row.source}:{row.id}", row.title, row.owner, row.products[0] if row.products else "")
            for row in connection.execute(query)
        )
        return {line.document: line for line in lines}
