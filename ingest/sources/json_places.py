"""The JSON records of a feed, each with the file and line (or page) where it stands.

A place is a file (a JSON list, an answer with `results`, JSON lines or a single object), a folder of such
files, or an https address with pages. One broken record never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from ingest.fetching import FetchRefused, is_address
from ingest.sources.base import Feed, Fetches, Problem, Severity, unreadable
from ingest.sources.json_text import Answer, Broken, Record, read_answer

MOST_PAGES = 2_000
LARGEST_FILE = 100 * 1024 * 1024  # bytes; 5,000 products are about 50 MiB

_SUFFIXES = (".json", ".jsonl", ".ndjson")


def records_of(feed: Feed) -> Iterator[Record | Broken | Problem]:
    """Every record of every place, in order; a place that cannot be read is a Problem."""
    for place in feed.places:
        if is_address(place):
            yield from _pages(feed, place)
        else:
            yield from _files(Path(place))


def read_bytes(path: Path) -> bytes | Problem:
    """The content of a file, or why it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return unreadable(str(path), f"larger than {LARGEST_FILE // 1024 // 1024} MiB")
        return path.read_bytes()
    except OSError as error:
        return unreadable(str(path), error.strerror or str(error))


def _files(place: Path) -> Iterator[Record | Broken | Problem]:
    if not place.is_dir():
        yield from _file(place)
        return
    found = sorted(path for path in place.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    if not found:
        yield unreadable(str(place), "the folder holds no JSON files")
    for path in found:
        yield from _file(path)


def _file(path: Path) -> Iterator[Record | Broken | Problem]:
    content = read_bytes(path)
    if isinstance(content, Problem):
        yield content
        return
    answer = read_answer(content, str(path), by_line=path.suffix.lower() in (".jsonl", ".ndjson"))
    yield from _told(answer)
    if answer.next:
        yield Problem(
            str(path), "a saved page: its `next` says that there is more, so nothing absent is withdrawn",
            Severity.WARNING, incomplete=True,
        )  # fmt: skip


def _pages(feed: Feed, start: str) -> Iterator[Record | Broken | Problem]:
    """Page after page by its `next`, which the fetcher keeps on the host of the configured address."""
    if feed.fetcher_for is None:
        yield unreadable(start, "this run may not use the network")
        return
    fetcher, url, seen = feed.fetcher_for(start), start, set[str]()
    while url:
        if url in seen or len(seen) >= MOST_PAGES:
            yield unreadable(url, "the pages do not end")
            return
        seen.add(url)
        answer = _page(fetcher, url)
        if isinstance(answer, Problem):
            yield answer
            return
        yield from _told(answer)
        url = urljoin(url, answer.next) if answer.next else ""


def _page(fetcher: Fetches, url: str) -> Answer | Problem:
    try:
        return read_answer(fetcher.fetch(url), url)
    except FetchRefused as refused:
        return unreadable(url, str(refused))


def _told(answer: Answer) -> Iterator[Record | Broken | Problem]:
    yield from answer.records
    if answer.fault:
        yield unreadable(answer.fault_at, answer.fault)
