"""This call: for whom the agent looks, and what was asked before in the same conversation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from embeddings.document import Audience
from service.domain.question import Asker
from service.web.desk import Desk

EARLIER = 5  # questions of this conversation that one can go back to
AUDIENCES = {"inwoner": Audience.RESIDENT, "ondernemer": Audience.BUSINESS}


@dataclass(frozen=True)
class Earlier:
    """A question that was asked before in this conversation, and where its answer stands."""

    text: str
    address: str


def address_of(question: uuid.UUID | str) -> str:
    """Where the kept answer to a question stands, for staff."""
    return f"/zijbalk/vragen/{question}"


def chosen_audience(fields: Mapping[str, str]) -> str:
    """The choice of the form, or "" for everybody."""
    chosen = fields.get("voor", "")
    return chosen if chosen in AUDIENCES else ""


def for_audience(asker: Asker, chosen: str) -> Asker:
    """The asker, who wants only what is meant for these people or for everybody."""
    return replace(asker, audience=AUDIENCES.get(chosen))


def earlier_in(desk: Desk, conversation: uuid.UUID, shown: uuid.UUID) -> tuple[Earlier, ...]:
    """The last questions of a conversation but the one that is shown, newest first, each wording once."""
    asked = desk.questions.asked_in(conversation)
    newest = {text: id for id, text in asked if id != shown}
    now = next((text for id, text in asked if id == shown), "")
    newest.pop(now, None)
    return tuple(Earlier(text, address_of(id)) for text, id in reversed(newest.items()))[:EARLIER]
