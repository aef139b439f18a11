"""What a source gives: documents found, texts withdrawn, problems named. And what it is told: a Feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol

from embeddings.document import Document


class Severity(StrEnum):
    """What a problem meant for the run."""

    UNREADABLE = "unreadable"  # a whole file or address
    SKIPPED = "skipped"  # one record
    WARNING = "warning"  # published all the same


@dataclass(frozen=True)
class Problem:
    """Something an editor or engineer must mend, with the place ("file.jsonl:12") where it stands.

    `keeps` names the texts that may be behind it: their present edition stays. `incomplete` says that texts
    which nobody can name may be missing, so that absence proves nothing in this run.
    """

    where: str
    message: str
    severity: Severity
    id: str = ""
    keeps: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True)
class Found:
    """A document as the source has it, where it stands, and the addresses it links to (for lint)."""

    document: Document
    where: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawal:
    """A text that the source itself says is not to be shown (any more), and why."""

    id: str
    reason: str
    where: str = ""
    version: int | None = None


Delivery = Found | Withdrawal | Problem


class Fetches(Protocol):
    """Reads an address; `ingest.fetching.Fetcher` is the one that goes over the network."""

    def fetch(self, url: str) -> bytes:
        """The body behind `url`, or `FetchRefused`."""
        ...


@dataclass(frozen=True)
class Feed:
    """What to read and for whom: one or more places (file, folder, https address) of one source.

    `owners` gives the department of a product (its UPL address), for sources that name no department.
    `fetcher_for` opens the network for one address of `places`; without it only files are read.
    """

    collection: str
    name: str
    places: tuple[str, ...]
    owner: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)
    language: str = "nl"
    fetcher_for: Callable[[str], Fetches] | None = None


class Source(Protocol):
    """Reads everything a feed holds. It never raises for what stands in the feed: that is a Problem."""

    kind: ClassVar[str]

    def __init__(self, feed: Feed) -> None: ...

    def read(self) -> Iterator[Delivery]:
        """Every delivery, in the order of the feed."""
        ...


def unreadable(where: str, message: str) -> Problem:
    """The problem of a place that could not be read: nothing is withdrawn because of it."""
    return Problem(where, message, Severity.UNREADABLE, incomplete=True)
