"""News that is pinned for a while: kept in its table, and published as a text, so that it is found and cited.

The table comes first. A process that dies before the text is published leaves that to `bring_in_step`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from embeddings.document import Document, Section, Visibility
from embeddings.store.database import writing
from ingest import editorial
from service.domain.person import Person
from service.domain.pinned import Pinned, Readers
from service.duos.transitions import Auditing
from service.storage.pinned import Pins

if TYPE_CHECKING:
    from embeddings.library import Library

KIND = "actueel"


@dataclass(frozen=True)
class Written:
    """What a coordinator wrote, for whom, and when it holds."""

    title: str
    text: str
    url: str
    readers: Readers
    starts_at: datetime
    ends_at: datetime


class NewsDesk:
    """The news of one municipality, for somebody who pins it."""

    def __init__(self, pins: Pins, library: Library, audit: Auditing, now: Callable[[], datetime]) -> None:
        self._pins = pins
        self._library = library
        self._audit = audit
        self._now = now

    def pin(self, written: Written, by: Person, request_id: str = "") -> Pinned:
        """Pin it; it is found in every process within two seconds."""
        now = self._now()
        new = Pinned(
            uuid.uuid4(), **vars(written), pinned_by=by.display_name, pinned_at=now,
            changed_by=by.display_name, changed_at=now,
        )  # fmt: skip
        return self._save(new, by, "pinned.added", request_id)

    def change(self, seen: Pinned, written: Written, by: Person, request_id: str = "") -> Pinned:
        """Write it differently. Raises PinnedMeanwhile when somebody else changed it since `seen`."""
        changed = replace(seen, **vars(written), changed_by=by.display_name, changed_at=self._now())
        return self._save(changed, by, "pinned.changed", request_id)

    def end(self, seen: Pinned, by: Person, request_id: str = "") -> Pinned:
        """It is news no longer; what did not begin yet never was. Raises PinnedMeanwhile."""
        now = self._now()
        ended = replace(
            seen, starts_at=min(seen.starts_at, now), ends_at=now, changed_by=by.display_name, changed_at=now
        )
        return self._save(ended, by, "pinned.ended", request_id)

    def bring_in_step(self) -> int:
        """Let the library hold the news that is pinned, and nothing that is over; returns what changed."""
        coming = self._pins.coming(self._now())
        texts = [as_text(each, self._pins.collection) for each in coming]
        done = editorial.publish_news(self._library, self._pins.collection, texts)
        changed = len(done.added) + len(done.changed) + len(done.withdrawn)
        if changed:
            self._library.refresh(self._pins.collection)
        return changed

    def _save(self, pinned: Pinned, by: Person, action: str, request_id: str) -> Pinned:
        with writing(self._pins.engine).begin() as connection:
            saved = self._pins.put(connection, pinned)
            self._audit.note_in(connection, str(by.id), action, str(saved.id), "ok", request_id)
        self.bring_in_step()
        return saved


def as_text(pinned: Pinned, collection: str) -> Document:
    """The news as the library has it: staff alone see what is for agents alone."""
    inside = Visibility.INTERNAL if pinned.readers is Readers.AGENTS else Visibility.PUBLIC
    return Document(
        collection=collection,
        source=editorial.NEWS,
        id=str(pinned.id),
        title=pinned.title,
        sections=(Section("", pinned.text, visibility=inside),),
        kind=KIND,
        url=pinned.url,
        visibility=inside,
        valid_from=pinned.starts_at,
        valid_until=pinned.ends_at,
        modified_at=pinned.changed_at,
        reviewed_at=pinned.changed_at,
    )
