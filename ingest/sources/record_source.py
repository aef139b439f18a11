"""The base of every source of JSON records: what is the same for all of them is said once, here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ingest.readers.mend import Unfit
from ingest.sources.base import Delivery, Feed, Found, Problem, Severity, Withdrawal
from ingest.sources.fields import Fields
from ingest.sources.json_places import records_of
from ingest.sources.json_text import Broken, Record


class RecordSource:
    """Turns each record of the feed into deliveries; a record that will not do is named and skipped."""

    kind: ClassVar[str]

    def __init__(self, feed: Feed) -> None:
        self.feed = feed

    def read(self) -> Iterator[Delivery]:
        """Every delivery, in the order of the feed."""
        for record in records_of(self.feed):
            if isinstance(record, Problem):
                yield record
            elif isinstance(record, Broken):
                yield self._broken(record)
            else:
                yield from self._translated(record)

    def ids(self, record: Fields) -> tuple[str, ...]:
        """The ids of all documents that this record can become."""
        raise NotImplementedError

    def translate(self, record: Fields, where: str) -> Iterator[Found | Withdrawal]:
        """The documents of one record, or `Unfit`."""
        raise NotImplementedError

    def _translated(self, record: Record) -> Iterator[Delivery]:
        fields = Fields(record.value)
        try:
            yield from list(self.translate(fields, record.where))
        except Unfit as unfit:
            yield _skipped(record.where, str(unfit), self.ids(Fields(record.value)))
        own = next(iter(self.ids(Fields(record.value))), "")
        for note in dict.fromkeys(fields.notes):
            yield Problem(record.where, note, Severity.WARNING, own)

    def _broken(self, record: Broken) -> Problem:
        ids = self.ids(Fields(record.value)) if record.value is not None else ()
        guesses = tuple(one for found in record.ids for one in self.ids(Fields({"id": found, "uuid": found})))
        return _skipped(record.where, record.message, ids or guesses)


def _skipped(where: str, message: str, ids: tuple[str, ...]) -> Problem:
    return Problem(where, message, Severity.SKIPPED, next(iter(ids), ""), keeps=ids, incomplete=not ids)
