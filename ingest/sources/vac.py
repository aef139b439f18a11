"""VACs (vraag-antwoordcombinaties) as the Objecten API serves them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from embeddings.document import Document
from ingest.readers import links_in, read_text
from ingest.readers.mend import Unfit
from ingest.sources.base import Found, Withdrawal
from ingest.sources.envelope import Envelope, departments_of, keywords_of, object_id, open_envelope, unique
from ingest.sources.fields import Fields
from ingest.sources.parts import note_of, owner_of, titled
from ingest.sources.record_source import RecordSource

NOTE_HEADING = "Toelichting voor het KCC"
_WITHDRAWN = ("non-actief", "te-verwijderen")


class VacSource(RecordSource):
    """One document a VAC: the question is its title, the answer its public text, the note internal."""

    kind: ClassVar[str] = "vac"

    def ids(self, record: Fields) -> tuple[str, ...]:
        """The one id of a VAC."""
        return unique([object_id(record)])

    def translate(self, record: Fields, where: str) -> Iterator[Found | Withdrawal]:
        """The document, or its withdrawal when the status says so."""
        envelope = open_envelope(record)
        status = envelope.data.text("status").casefold()
        if status in _WITHDRAWN:
            yield Withdrawal(envelope.id, f"status {status}", where, envelope.version)
        elif status != "actief":
            raise Unfit(f"unknown status {status[:40]!r}")
        else:
            links = links_in(envelope.data.raw("antwoord"))
            yield Found(self._document(envelope), where, links)

    def _document(self, envelope: Envelope) -> Document:
        data = envelope.data
        answer = read_text(data.raw("antwoord"))
        products = unique(item.text("product") for item in data.objects("gerelateerdeProducten"))
        return Document(
            collection=self.feed.collection,
            source=self.feed.name,
            id=envelope.id,
            title=titled(data.text("vraag"), answer, data.notes, "vraag"),
            sections=answer + note_of(data.raw("toelichting"), NOTE_HEADING),
            kind=self.kind,
            language=self.feed.language,
            url=data.link("url"),
            owner=owner_of(departments_of(data), products, self.feed.owner, self.feed.owners),
            audience=data.audience("doelgroep"),
            valid_from=envelope.valid_from,
            valid_until=envelope.valid_until,
            modified_at=envelope.modified_at,
            version=envelope.version,
            products=products,
            keywords=keywords_of(data),
        )
