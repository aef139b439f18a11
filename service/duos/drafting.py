"""Writing a text for a signal: every version is kept, and two people at once lose nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from embeddings.document import Document
from embeddings.store.database import writing
from ingest.editorial import SOURCE
from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap, GapEvent
from service.domain.person import Person
from service.duos import wording_drafts as wording
from service.duos.draft_rules import DraftRefused, Objection, objections, personal
from service.duos.draft_texts import (
    EDITED,
    LINK,
    Changes,
    FirstText,
    cleaned,
    is_link,
    key_of,
    new_id,
    published_as,
    questions,
    typed,
)
from service.duos.review import ReviewRefused
from service.duos.transitions import SYSTEM, Transitions
from service.storage import drafts as rows
from service.storage import gaps as gap_rows
from service.storage.drafts import DraftVersion, KeptDrafts
from service.storage.gaps import Changed

if TYPE_CHECKING:
    from embeddings.library import Library

TRIES = 5

_GapChange = Callable[[Gap], Gap]


class DraftChanged(Exception):
    """Somebody else was first: `now` is what the draft is, `theirs` what was typed here, kept aside as a
    version (None when nothing was typed)."""

    def __init__(self, now: Draft, theirs: Draft | None = None) -> None:
        super().__init__(now.id)
        self.now = now
        self.theirs = theirs


class UnknownText(Exception):
    """There is no such published text, or no such draft."""


@dataclass(frozen=True)
class Mended:
    """The published text that a draft mends: as it was when the draft was begun, and as it is now."""

    was: Document
    now: Document | None
    changed: bool

    @property
    def warning(self) -> str:
        """What the reviewer has to know first; empty when the text is as it was."""
        if self.now is None:
            return wording.MENDED_GONE
        return wording.MENDED_CHANGED if self.changed else ""


class Drafting:
    """The drafts of one municipality, up to their approval."""

    def __init__(self, signals: Transitions, library: Library) -> None:
        self.signals = signals
        self.library = library
        self.kept = KeptDrafts(signals.gaps.engine, signals.collection)

    @property
    def collection(self) -> str:
        return self.signals.collection

    # -- reading -----------------------------------------------------------------------------------

    def find(self, draft: uuid.UUID) -> Draft | None:
        return self.kept.find(draft)

    def of_gap(self, gap: uuid.UUID) -> list[Draft]:
        """The drafts of a signal, the one that was touched last first."""
        return self.kept.of_gap(gap)

    def versions(self, draft: uuid.UUID) -> list[DraftVersion]:
        """Every version that somebody saved, oldest first."""
        return self.kept.versions(draft)

    def mended(self, draft: Draft) -> Mended | None:
        """What became of the text that a draft mends or links to; None when it mends nothing."""
        if not draft.mends:
            return None
        was = self.kept.versions(draft.id)[0].draft.document
        now = self.library.document(key_of(self.collection, draft.mends))
        return Mended(was, now, now is None or now.digest != draft.mends_digest)

    # -- writing -----------------------------------------------------------------------------------

    def begin(self, gap: Gap, by: Person, mends: str = "", first: FirstText | None = None) -> Draft:
        """A new text for a signal, with what a model wrote to begin with; or a copy of the published text
        `mends` ("source:id"), to mend.

        Raises UnknownText when that is not published, DraftRefused when `first` holds personal data.
        """
        self._check_open(gap, by)
        draft = self._copy(gap, by, mends) if mends else self._empty(gap, by)
        if first:
            document = replace(draft.document, sections=first.sections)
            draft = replace(draft, document=document, assistance=first.assistance)
            self._refuse(list(personal(draft)))
        with self._change() as connection:
            rows.add_draft(connection, draft)
            self._audit(connection, by, "draft.begun_by_model" if first else "draft.begun", draft)
        return draft

    def save(self, draft: Draft, changes: Changes, by: Person) -> Draft:
        """Keep what was typed on top of `draft`. Who saved last is its author.

        Raises DraftChanged when somebody else saved meanwhile: what was typed here is kept as a version.
        Raises DraftRefused when it cannot be kept, because of personal data in it.
        """
        self._check_open(self._gap(draft), by)
        typed_in = typed(draft, changes, by, self.now())
        self._refuse(list(personal(typed_in)))
        with self._change() as connection:
            now = self._stored(connection, draft)
            version = rows.next_version(connection, draft.id)
            saved = replace(typed_in, version=version, state=DraftState.WRITING)
            if now.version == draft.version and now.state in EDITED:
                rows.change_draft(connection, now, saved)
                rows.keep_version(connection, saved, by.id)
                return saved
            rows.keep_version(connection, saved, by.id, aside=True)
        raise DraftChanged(now, saved)

    def objections(self, draft: Draft) -> list[Objection]:
        """What has to change before the other half looks at it."""
        found = objections(draft, self.now())
        if is_link(draft):  # of somebody else's text neither title nor sections are at stake
            found = [each for each in found if each.field in ("fact", "checks", "wordings")]
        return found

    def submit(self, draft: Draft, by: Person) -> Draft:
        """Ask the other half. Raises DraftRefused with everything that is not right yet."""
        gap = self._gap(draft)
        self._check_open(gap, by)
        self._refuse(self.objections(draft))
        submitted = replace(
            draft, state=DraftState.SUBMITTED, submitted_at=self.now(), remark="", reviewer=None
        )
        self._moved(draft, submitted, by, "draft.submitted")
        self.on_gap(gap, lambda now: self.signals.to_review(now, by))
        return submitted

    def give_back(self, draft: Draft, remark: str, by: Person) -> Draft:
        """Send a text back with a remark; its author takes it back without one."""
        gap = self._gap(draft)
        if draft.state is not DraftState.SUBMITTED or draft.reviewed_at is not None:
            raise ReviewRefused(wording.NOT_SUBMITTED)
        self._check_open(gap, by)
        if not remark.strip() and by.id != draft.author:
            raise ReviewRefused(wording.REMARK_EMPTY)
        returned = replace(
            draft, state=DraftState.RETURNED, remark=remark.strip(), reviewer=by.id, submitted_at=None
        )
        self._moved(draft, returned, by, "draft.returned")
        self.on_gap(gap, lambda now: self.signals.back_to_work(now, remark.strip(), by))
        return returned

    def drop(self, draft: Draft, by: Person) -> Draft:
        """Give a draft up; its versions stay."""
        gap = self._gap(draft)
        self._check_open(gap, by)
        dropped = replace(draft, state=DraftState.DROPPED)
        self._moved(draft, dropped, by, "draft.dropped")
        if draft.state is DraftState.SUBMITTED:
            self.on_gap(gap, lambda now: self.signals.back_to_work(now, "", by))
        return dropped

    def link(
        self, gap: Gap, document: str, wording_: str, by: Person, fact: str = "", checks: Sequence[str] = ()
    ) -> Draft:
        """Propose that a question becomes a known wording of a published text ("source:id"): it waits for
        the other half at once.

        `fact` and `checks` prove it, as with a text. Raises DraftRefused when they do not do, UnknownText
        when there is no such text.
        """
        self._check_open(gap, by)
        text = self._published(document)
        link = replace(
            self._of(gap, by, replace(text, source=LINK)),
            fact=cleaned(fact), checks=questions(checks), wordings=questions([wording_]),
            mends=document, mends_digest=text.digest,
        )  # fmt: skip
        self._refuse([*self.objections(link), *_without_wording(link)])
        submitted = replace(link, state=DraftState.SUBMITTED, submitted_at=self.now())
        with self._change() as connection:
            rows.add_draft(connection, submitted)
            self._audit(connection, by, "draft.submitted", submitted)
        self.on_gap(gap, lambda now: self.signals.to_review(now, by))
        return submitted

    # -- what they share ---------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.signals.now()

    def on_gap(self, gap: Gap, change: _GapChange) -> Gap:
        """Change a signal as it is at this moment: an asking that comes in meanwhile is no conflict."""
        for _ in range(TRIES - 1):
            try:
                return change(self._fresh(gap))
            except Changed:
                continue
        return change(self._fresh(gap))

    def _fresh(self, gap: Gap) -> Gap:
        now = self.signals.gaps.get(gap.id)
        if now is None:
            raise UnknownText(str(gap.number))
        return now

    def _gap(self, draft: Draft) -> Gap:
        gap = self._signal(draft.gap)
        if gap is None:
            raise UnknownText(str(draft.id))
        return gap

    def _signal(self, id: uuid.UUID) -> Gap | None:
        """The signal, or the one that it was merged into; None when retention deleted it."""
        gap = self.signals.gaps.get(id)
        while gap is not None and gap.merged_into is not None:
            gap = self.signals.gaps.get(gap.merged_into)
        return gap

    def _check_open(self, gap: Gap, by: Person) -> None:
        if not self.signals.may_work_on(gap, by):
            raise ReviewRefused(wording.NOT_YOURS)
        if gap.state.is_closed:
            raise ReviewRefused(wording.GAP_CLOSED)

    def _moved(self, before: Draft, after: Draft, by: Person | None, action: str) -> None:
        """Write another state of a draft. Raises DraftChanged when it is not `before` any more."""
        with self._change() as connection:
            if not rows.change_draft(connection, before, replace(after, updated_at=self.now())):
                raise DraftChanged(self._stored(connection, before))
            self._audit(connection, by, action, after)

    def _stored(self, connection: Connection, draft: Draft) -> Draft:
        now = rows.by_id(connection, self.collection, draft.id)
        if now is None:
            raise UnknownText(str(draft.id))
        return now

    def _copy(self, gap: Gap, by: Person, mends: str) -> Draft:
        text = self._published(mends)
        key = key_of(self.collection, mends)
        own = [each.text for each in self.library.wordings(self.collection).values() if each.document == key]
        # a text of our own is mended where it stands; one of another source gets a place beside it
        id = text.id if text.source == SOURCE else new_id(gap)
        copy = self._of(gap, by, replace(text, source=SOURCE, id=id, version=None))
        # what did not prove itself is mended with the same proof before it
        before = next((each for each in self.of_gap(gap.id) if published_as(each) == mends), copy)
        return replace(
            copy,
            wordings=tuple(own),
            fact=before.fact,
            checks=before.checks,
            mends=mends,
            mends_digest=text.digest,
        )

    def _empty(self, gap: Gap, by: Person) -> Draft:
        ownership = self.signals.rules.ownership()
        duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
        document = Document(
            self.collection, SOURCE, new_id(gap), "", (), kind="vac",
            owner=duo.department if duo else gap.owner.department,
            products=(gap.product,) if gap.product else (),
        )  # fmt: skip
        return self._of(gap, by, document)

    def _of(self, gap: Gap, by: Person, document: Document) -> Draft:
        return Draft(
            id=uuid.uuid4(), collection=self.collection, gap=gap.id, document=document,
            state=DraftState.WRITING, author=by.id, updated_at=self.now(),
        )  # fmt: skip

    def _published(self, document: str) -> Document:
        text = self.library.document(key_of(self.collection, document))
        if text is None:
            raise UnknownText(document)
        return text

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with writing(self.signals.gaps.engine).begin() as connection:
            yield connection

    def _audit(self, connection: Connection, by: Person | None, action: str, draft: Draft) -> None:
        actor = str(by.id) if by else SYSTEM
        self.signals.audit.note_in(connection, actor, action, str(draft.id), version=draft.version)

    def _tell(self, connection: Connection, gap: Gap, by: Person | None, action: str, note: str = "") -> None:
        """A line in the history of a signal."""
        actor = by.display_name if by else SYSTEM
        gap_rows.add_event(connection, self.collection, GapEvent(gap.id, self.now(), actor, action, note))

    def _refuse(self, found: Sequence[Objection]) -> None:
        if found:
            raise DraftRefused(found)


def _without_wording(link: Draft) -> list[Objection]:
    return [] if link.wordings else [Objection("wordings", wording.LINK_EMPTY)]
