"""Products of the SDG product API (1.8.3): a saved answer or the API itself, page by page.

The national (generic) texts of the same API are told apart by having a text but no translations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from embeddings.document import Document, Section
from ingest.readers.mend import Unfit
from ingest.sources.base import Found, Withdrawal
from ingest.sources.envelope import unique
from ingest.sources.fields import Fields
from ingest.sources.generic_text import generic_document, is_generic
from ingest.sources.parts import owner_of, titled
from ingest.sources.record_source import RecordSource
from ingest.sources.sdg_sections import links_of, product_sections, web_page_of

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Product:
    """A product without its texts: what all its translations share."""

    id: str
    data: Fields
    version: int | None
    valid_from: datetime | None
    valid_until: datetime | None = None
    modified_at: datetime | None = None
    departments: tuple[str, ...] = ()
    kind: str = "product"


class SdgSource(RecordSource):
    """One document a translation: the id of the product for Dutch, with `-en` behind it for English."""

    kind: ClassVar[str] = "sdg"

    def ids(self, record: Fields) -> tuple[str, ...]:
        """The ids of the product in every language."""
        own = _own_id(record)
        return (own,) if is_generic(record) else translated_ids(own)

    def translate(self, record: Fields, where: str) -> Iterator[Found | Withdrawal]:
        """The documents of one product, or of one national text."""
        own = _own_id(record)
        if not own:
            raise Unfit("no uuid or url to know it by")
        if is_generic(record):
            yield generic_document(record, own, self.feed, where)
            return
        product = Product(
            own, record, record.version("versie"), record.limit("publicatieDatum"),
            departments=unique([record.fields("bevoegdeOrganisatie").text("naam")]),
        )  # fmt: skip
        yield from product_deliveries(product, self, where)


def translated_ids(own: str) -> tuple[str, ...]:
    """The document ids of a product: its own for Dutch, with the language behind it for others."""
    return (own, *(f"{own}-{language}" for language in LANGUAGES[1:])) if own else ()


def product_deliveries(product: Product, source: RecordSource, where: str) -> Iterator[Found | Withdrawal]:
    """A document for each translation with a text; without a publication date every one is withdrawn."""
    if product.valid_from is None or not product.data.text("publicatieDatum"):
        for id_ in translated_ids(product.id):
            yield Withdrawal(id_, "not published: publicatieDatum is empty", where, product.version)
        return
    translations = product.data.objects("vertalingen")
    if not translations:
        raise Unfit("no vertalingen: the product has no text")
    for translation in translations:
        yield Found(_document(product, translation, source), where, links_of(translation))


def _document(product: Product, translation: Fields, source: RecordSource) -> Document:
    data, feed = product.data, source.feed
    language = _language_of(translation)
    sections = product_sections(data, translation, language)
    products = unique([data.text("upnUri")])
    return Document(
        collection=feed.collection,
        source=feed.name,
        id=product.id if language == "nl" else f"{product.id}-{language}",
        title=_title(data, translation, sections),
        sections=sections,
        kind=product.kind,
        language=language,
        url=web_page_of(data, translation),
        owner=_owner(product, products, source),
        audience=data.audience("doelgroep"),
        valid_from=product.valid_from,
        valid_until=product.valid_until,
        modified_at=translation.moment("datumWijziging") or product.modified_at,
        version=product.version,
        products=products,
        keywords=unique(item.text("trefwoord") for item in translation.objects("trefwoorden")),
    )


def _title(data: Fields, translation: Fields, sections: tuple[Section, ...]) -> str:
    title = translation.text("titel") or data.text("upnLabel")
    return titled(title, [part for part in sections if part.visibility == "public"], data.notes, "titel")


def _owner(product: Product, products: tuple[str, ...], source: RecordSource) -> str:
    """The SDG itself names an organisation, no department: the duo that keeps the product knows better."""
    if source.kind == "sdg":
        duo_department = owner_of((), products, "", source.feed.owners)
        return duo_department or next(iter(product.departments), source.feed.owner)
    return owner_of(product.departments, products, source.feed.owner, source.feed.owners)


def _language_of(translation: Fields) -> str:
    language = translation.text("taal").casefold()
    if language not in LANGUAGES:
        raise Unfit(f"unknown taal {language[:20]!r}")
    return language


def _own_id(record: Fields) -> str:
    last_part = (record.text("url") or record.text("self")).rstrip("/").rpartition("/")[2]
    return record.text("uuid") or record.text("id") or last_part


def later(first: datetime | None, second: datetime | None) -> datetime | None:
    """The later of two moments; None counts as always."""
    return max(
        (moment for moment in (first, second) if moment), default=None, key=lambda m: m.astimezone(UTC)
    )
