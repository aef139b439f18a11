"""Emergencies: a text is stopped everywhere at once, whatever its source, until an editor lets it go again.

It is hidden, not deleted: the database confirms nothing of it to any process, from the moment that the
transaction ends, and a source that delivers it again does not bring it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from embeddings.document import DocumentKey
from embeddings.library import Library
from embeddings.store import hiding
from embeddings.store.database import writing
from ingest.editorial import SOURCE
from service.domain.draft import Draft, DraftState
from service.domain.gap import GapEvent
from service.domain.person import Person, Role
from service.duos import wording_drafts as wording
from service.duos.draft_texts import is_link, key_of
from service.duos.drafting import UnknownText
from service.duos.publishing import REPLACED
from service.duos.review import ReviewRefused
from service.duos.standing import StandingTexts
from service.duos.transitions import Transitions
from service.storage import drafts as rows
from service.storage import gaps as gap_rows
from service.storage.choices import Choice, Choices
from service.storage.drafts import KeptDrafts

STOPPED = "withdrawn"  # why the text is hidden
_PREFIX = "withdrawal:"  # of the choices that remember who stopped what


@dataclass(frozen=True)
class Withdrawal:
    """A text ("source:id") that was stopped in an emergency, by whom, when and why."""

    document: str
    title: str
    reason: str
    by: str
    at: datetime


class Withdrawals:
    """The emergencies of one municipality."""

    def __init__(self, signals: Transitions, library: Library, choices: Choices) -> None:
        self._signals = signals
        self._library = library
        self._choices = choices
        self._standing = StandingTexts(choices, signals.now)
        self._drafts = KeptDrafts(signals.gaps.engine, signals.collection)

    def withdraw(self, document: str, reason: str, by: Person) -> Withdrawal:
        """Stop a text everywhere, now. Raises ReviewRefused for who may not, UnknownText for what is not
        published (it may be stopped already)."""
        _check(by, reason)
        key = key_of(self._signals.collection, document)
        text = self._library.document(key)
        if text is None:
            raise UnknownText(document)
        stopped = Withdrawal(document, text.title, reason.strip(), by.display_name, self._signals.now())
        with writing(self._signals.gaps.engine).begin() as connection:
            hiding.hide(connection, key, STOPPED, stopped.at)
            self._remember(connection, stopped, by)
            for draft in self._of_text(key, DraftState.PUBLISHED):
                self._change(connection, draft, DraftState.WITHDRAWN, by, reason.strip())
            if original := self._replaced_by(key):
                hiding.show(connection, original, REPLACED)
            self._note(connection, by, "text.withdrawn", document)
        self._library.refresh(self._signals.collection)
        return stopped

    def undo(self, document: str, by: Person) -> None:
        """Let a stopped text be found again. Raises ReviewRefused, UnknownText for what was not stopped."""
        _check(by, "undo")
        key = key_of(self._signals.collection, document)
        choice = self._choices.get(_name(document))
        if choice.value is None:
            raise UnknownText(document)
        with writing(self._signals.gaps.engine).begin() as connection:
            hiding.show(connection, key, STOPPED)
            self._choices.put(connection, replace(choice, value=None, chosen_by=by.display_name))
            for draft in self._of_text(key, DraftState.WITHDRAWN):
                self._change(connection, draft, DraftState.PUBLISHED, by, "")
            if original := self._replaced_by(key):
                hiding.hide(connection, original, REPLACED, self._signals.now())
            self._note(connection, by, "text.restored", document)
        self._library.refresh(self._signals.collection)

    def listed(self) -> list[Withdrawal]:
        """What is stopped at this moment, the latest first."""
        found = [
            Withdrawal(
                choice.value["document"],
                choice.value["title"],
                choice.value["reason"],
                choice.chosen_by,
                choice.chosen_at or self._signals.now(),
            )
            for choice in self._choices.under(_PREFIX).values()
            if choice.value is not None
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def _remember(self, connection: Connection, stopped: Withdrawal, by: Person) -> None:
        name = _name(stopped.document)
        value = {"document": stopped.document, "title": stopped.title, "reason": stopped.reason}
        version = self._choices.get(name).version
        self._choices.put(connection, Choice(name, value, by.display_name, stopped.at, version))

    def _of_text(self, key: DocumentKey, state: DraftState) -> Iterator[Draft]:
        """The drafts of a text that a duo wrote; none of a text of another source."""
        for draft in self._drafts.of_document(key.id) if key.source == SOURCE else ():
            if draft.state is state and not is_link(draft):
                yield draft

    def _change(
        self, connection: Connection, draft: Draft, state: DraftState, by: Person, reason: str
    ) -> None:
        now = self._signals.now()
        rows.change_draft(connection, draft, replace(draft, state=state, updated_at=now))
        action = "withdrawn" if state is DraftState.WITHDRAWN else "published"
        gap_rows.add_event(
            connection, draft.collection, GapEvent(draft.gap, now, by.display_name, action, reason)
        )

    def _replaced_by(self, key: DocumentKey) -> DocumentKey | None:
        """The text that a duo's text is in the place of: while that one is stopped it is found again."""
        standing = self._standing.find(key.id) if key.source == SOURCE else None
        return key_of(key.collection, standing.replaces) if standing and standing.replaces else None

    def _note(self, connection: Connection, by: Person, action: str, document: str) -> None:
        self._signals.audit.note_in(connection, str(by.id), action, document)


def _check(by: Person, reason: str) -> None:
    if not by.has(Role.EDITOR, Role.COORDINATOR):
        raise ReviewRefused(wording.NOT_AN_EDITOR)
    if not reason.strip():
        raise ReviewRefused(wording.REASON_EMPTY)


def _name(document: str) -> str:
    # an id may be longer than the name of a choice
    return _PREFIX + hashlib.sha256(document.encode()).hexdigest()
