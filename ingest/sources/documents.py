"""Documents in our own form, one JSON object a line: for a crawl, an export, or the evaluation set."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar, TypeVar

from embeddings.document import Audience, Document, Section, Visibility
from ingest.readers import links_in, read_html, read_text
from ingest.readers.mend import Unfit
from ingest.sources.base import Found, Withdrawal
from ingest.sources.envelope import unique
from ingest.sources.fields import Fields
from ingest.sources.parts import owner_of, titled
from ingest.sources.record_source import RecordSource

_Choice = TypeVar("_Choice", bound=StrEnum)

_LIVE = ("", "actief", "active", "published")
_WITHDRAWN = ("non-actief", "te-verwijderen", "inactive", "withdrawn", "draft", "concept")


class DocumentsSource(RecordSource):
    """Keys: id, title, html or text; and where known kind, url, owner, modified, reviewed, language,
    audience, visibility, valid_from, valid_until (the first moment at which it no longer holds),
    version, keywords, products, status. Other keys are left alone."""

    kind: ClassVar[str] = "documents"

    def ids(self, record: Fields) -> tuple[str, ...]:
        """The one id of a document."""
        return unique([record.text("id")])

    def translate(self, record: Fields, where: str) -> Iterator[Found | Withdrawal]:
        """The document, or its withdrawal when the status says so."""
        own, status = record.text("id"), record.text("status").casefold()
        if not own:
            raise Unfit("no id")
        if status in _WITHDRAWN:
            yield Withdrawal(own, f"status {status}", where, record.version("version"))
        elif status not in _LIVE:
            raise Unfit(f"unknown status {status[:40]!r}")
        else:
            links = links_in(record.raw("html") or record.raw("text"))
            yield Found(self._document(record, own), where, links)

    def _document(self, record: Fields, own: str) -> Document:
        sections = _sections(record)
        products = record.strings("products")
        return Document(
            collection=self.feed.collection,
            source=self.feed.name,
            id=own,
            title=titled(record.text("title"), sections, record.notes, "title"),
            sections=sections,
            kind=record.text("kind") or "page",
            language=record.text("language").casefold() or self.feed.language,
            url=record.link("url"),
            owner=owner_of(unique([record.text("owner")]), products, self.feed.owner, self.feed.owners),
            audience=chosen(record, "audience", Audience.EVERYONE),
            visibility=chosen(record, "visibility", Visibility.PUBLIC),
            valid_from=record.limit("valid_from"),
            valid_until=record.limit("valid_until"),
            modified_at=record.moment("modified"),
            reviewed_at=record.moment("reviewed"),
            version=record.version("version"),
            products=products,
            keywords=record.strings("keywords"),
        )


def chosen(record: Fields, name: str, default: _Choice) -> _Choice:
    """One of the words that are allowed there. An unknown one is `Unfit`: a guess could show too much."""
    value = record.text(name).casefold()
    if not value:
        return default
    try:
        return type(default)(value)
    except ValueError:
        raise Unfit(f"unknown {name} {value[:40]!r}") from None


def _sections(record: Fields) -> tuple[Section, ...]:
    html = record.raw("html")
    return read_html(html) if html.strip() else read_text(record.raw("text"))
