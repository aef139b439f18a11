"""An internal task in Open Klant (klantinteracties 0.9.0), once: before anything is made it is looked up.

A task needs a contact that led to it, so each notice makes two things: a klantcontact and an interne taak.
Both carry a reference that follows from the notice, and its full id in their text. A repeat after a crash
finds what is there by that reference and makes only what is missing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.notify import wording
from service.notify.asking import ask, check_address
from service.notify.letters import filled, words_of
from service.notify.notices import Event
from service.notify.sending import NotSent, Refused
from service.storage.outbox import Leased

CONTACTS = "klantcontacten"
TASKS = "internetaken"
_LONGEST_REFERENCE = 10  # the limits of the API
_LONGEST_ACTION = 200
_LONGEST_SUBJECT = 200
_LONGEST_TEXT = 1000


@dataclass(frozen=True)
class OpenKlant:
    """Where Open Klant is, and which actor gets the tasks: that of the duo or department, else `actor`."""

    url: str
    token: str = field(repr=False)
    actor: uuid.UUID
    actors: Mapping[str, uuid.UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_address(self.url)

    def actor_of(self, facts: Mapping[str, Any]) -> uuid.UUID:
        by_name = {name.casefold(): actor for name, actor in self.actors.items()}
        named = (by_name.get(str(facts[owner]).casefold()) for owner in ("duo", "department"))
        return next((actor for actor in named if actor), self.actor)


class OpenKlantSender:
    """Makes an internal task out of a notice and gives its address."""

    def __init__(self, open_klant: OpenKlant) -> None:
        self._there = open_klant

    def send(self, notice: Leased) -> str:
        contact = self._found_or_made(CONTACTS, notice.id, contact_body(notice), "inhoud")
        actor = self._there.actor_of(notice.payload["facts"])
        body = task_body(notice, contact["uuid"], actor)
        task = self._found_or_made(TASKS, notice.id, body, "toelichting")
        return str(task.get("url") or task["uuid"])

    def _found_or_made(
        self, what: str, id: uuid.UUID, body: Mapping[str, Any], marked: str
    ) -> Mapping[str, Any]:
        reference = body["referentienummer"]
        answer = self._ask("GET", what, params={"referentienummer": reference})
        # a server that does not know the filter answers with everything
        same = [each for each in answer.get("results", ()) if each.get("referentienummer") == reference]
        ours = [each for each in same if _mark(id) in each.get(marked, "")]
        if ours:
            return _whole(ours[0])
        if same:
            raise Refused("the reference is in use by somebody else")
        return _whole(self._ask("POST", what, json=body))

    def _ask(self, method: str, what: str, **request: Any) -> Mapping[str, Any]:
        headers = {"Authorization": f"Token {self._there.token}"}
        return _read(ask(method, f"{self._there.url.rstrip('/')}/{what}", headers, **request))


def contact_body(notice: Leased) -> dict[str, Any]:
    """The klantcontact that led to the task: no person is in it."""
    words = words_of(notice.payload["facts"])
    return {
        "referentienummer": reference_of(notice.id),
        "kanaal": wording.CONTACT_CHANNEL,
        "onderwerp": wording.CONTACT_SUBJECTS[Event(notice.payload["event"])].format_map(words)[
            :_LONGEST_SUBJECT
        ],
        "inhoud": _mark(notice.id),
        "taal": "nld",
        "vertrouwelijk": False,
        "plaatsgevondenOp": _moment(notice.created_at),
    }


def task_body(notice: Leased, contact: str, actor: uuid.UUID) -> dict[str, Any]:
    """The interne taak."""
    words = words_of(notice.payload["facts"])
    event = Event(notice.payload["event"])
    lines = [*filled(wording.TASK_LINES[event], words), _mark(notice.id)]
    action = wording.TASKS[event]
    return {
        "referentienummer": reference_of(notice.id),
        "gevraagdeHandeling": action.format_map(words)[:_LONGEST_ACTION],
        "aanleidinggevendKlantcontact": {"uuid": contact},
        "toegewezenAanActoren": [{"uuid": str(actor)}],
        "toelichting": "\n".join(lines)[-_LONGEST_TEXT:],
        "status": "te_verwerken",
    }


def reference_of(id: uuid.UUID) -> str:
    """Ten letters and digits that follow from the id of a notice: as many as the API takes."""
    return base64.b32encode(hashlib.sha256(id.bytes).digest()).decode()[:_LONGEST_REFERENCE]


def _read(answer: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise NotSent("the answer is not JSON") from error
    if not isinstance(found, dict):
        raise NotSent("the answer is not an object")
    return found


def _whole(found: Mapping[str, Any]) -> Mapping[str, Any]:
    if not found.get("uuid"):
        raise NotSent("the answer has no uuid")
    return found


def _mark(id: uuid.UUID) -> str:
    return wording.MARK.format(id=id)


def _moment(at: datetime) -> str:
    return at.isoformat()
