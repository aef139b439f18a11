"""Kennisartikelen as the Objecten API serves them: the SDG fields, with a memo for the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ingest.sources.base import Found, Withdrawal
from ingest.sources.envelope import departments_of, object_id, open_envelope
from ingest.sources.fields import Fields
from ingest.sources.record_source import RecordSource
from ingest.sources.sdg import Product, later, product_deliveries, translated_ids


class KennisartikelSource(RecordSource):
    """One document a translation; `deskMemo` becomes an internal section."""

    kind: ClassVar[str] = "kennisartikel"

    def ids(self, record: Fields) -> tuple[str, ...]:
        """The ids of the article in every language."""
        return translated_ids(object_id(record))

    def translate(self, record: Fields, where: str) -> Iterator[Found | Withdrawal]:
        """The documents of one article."""
        envelope = open_envelope(record)
        published = envelope.data.limit("publicatieDatum")
        article = Product(
            id=envelope.id,
            data=envelope.data,
            version=envelope.version,
            valid_from=later(envelope.valid_from, published),
            valid_until=envelope.valid_until,
            modified_at=envelope.modified_at,
            departments=departments_of(envelope.data),
            kind=self.kind,
        )
        yield from product_deliveries(article, self, where)
