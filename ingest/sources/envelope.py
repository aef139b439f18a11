"""The envelope of the Objecten API: {url, uuid, record: {index, startAt, endAt, registrationAt, data}}."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.readers.mend import Unfit
from ingest.sources.fields import Fields


@dataclass(frozen=True)
class Envelope:
    """What is around a VAC or kennisartikel: its id, version and validity."""

    id: str
    data: Fields
    version: int | None
    valid_from: datetime | None
    valid_until: datetime | None
    modified_at: datetime | None


def open_envelope(record: Fields) -> Envelope:
    """The parts of an envelope. An object without one (a bare VAC in a file) is taken as its own data.

    `endAt` is the first day on which the record no longer holds, as the Objecten API compares it.
    """
    inner = record.fields("record")
    envelope = Envelope(
        id=object_id(record),
        data=inner.fields("data") if inner.value else record,
        version=inner.version("index"),
        valid_from=inner.limit("startAt"),
        valid_until=inner.limit("endAt"),
        modified_at=inner.moment("registrationAt"),
    )
    if not envelope.id:
        raise Unfit("no uuid or url to know it by")
    return envelope


def object_id(record: Fields) -> str:
    """The uuid of the envelope, else the last part of its url, else what its data says."""
    data = record.fields("record").fields("data")
    last_part = record.text("url").rstrip("/").rpartition("/")[2]
    return record.text("uuid") or last_part or data.text("uuid") or data.text("url")


def departments_of(data: Fields) -> tuple[str, ...]:
    """The names of the departments: they, not the ids, are what other systems know them by."""
    return tuple(filter(None, (department.text("afdelingNaam") for department in data.objects("afdelingen"))))


def keywords_of(data: Fields) -> tuple[str, ...]:
    """The keywords, each once."""
    return unique(keyword.text("trefwoord") for keyword in data.objects("trefwoorden"))


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The same values in order, without empty ones and repetitions."""
    return tuple(dict.fromkeys(filter(None, values)))
