"""National (generic) product texts: one language each, Markdown with its own headings."""

from __future__ import annotations

from embeddings.document import Audience, Document
from ingest.readers import links_in, read_text
from ingest.sources.base import Feed, Found
from ingest.sources.envelope import unique
from ingest.sources.fields import Fields
from ingest.sources.parts import owner_of, titled


def is_generic(record: Fields) -> bool:
    """True for a text of its own, where a municipal product has translations."""
    return "vertalingen" not in record.value and "tekst" in record.value


def generic_document(record: Fields, own: str, feed: Feed, where: str) -> Found:
    """The document of one national text."""
    raw = record.raw("tekst")
    sections = read_text(raw)
    products = unique([record.text("upnUri")])
    organisations = unique(item.text("owmsPrefLabel") for item in record.objects("organisaties"))
    document = Document(
        collection=feed.collection,
        source=feed.name,
        id=own,
        title=titled(record.text("titel") or record.text("upnLabel"), sections, record.notes, "titel"),
        sections=sections,
        kind="product",
        language=record.text("taal").casefold() or feed.language,
        url=record.link("url") or record.fields("landelijkeLink").link("url"),
        owner=owner_of(organisations, products, feed.owner, feed.owners),
        audience=record.audience("doelgroep") if record.text("doelgroep") else Audience.EVERYONE,
        modified_at=record.moment("laatstGewijzigd"),
        reviewed_at=record.moment("laatstGecheckt"),
        products=products,
    )
    return Found(document, where, links_in(raw))
