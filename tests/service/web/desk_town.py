"""The small municipality with everything that the contact centre's own pages need behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.domain.question import AGENT, Channel
from service.duos.heralds import Answer, OutboxHeralds
from service.notify.notices import Channels, Notices, Receiver
from service.storage.conversations import Conversations
from service.storage.outbox import Outbox
from service.storage.questions import Questions
from service.web.desk import Desk, Loop, Reply
from service.web.site import build_site
from tests.service.web.duo.conftest import ROOT, Office
from tests.service.web.duo.municipality import Municipality

EVERY_ROAD = Channels(mail=True, webhook=True, open_klant=True)


@dataclass(frozen=True)
class Letterbox:
    """The notices, as the loop holds them."""

    outbox: Outbox
    notices: Notices
    heralds: OutboxHeralds


@dataclass(frozen=True)
class TownLoop:
    """What the pages take from the loop."""

    signals: Any
    drafts: Any
    choices: Any
    post: Letterbox
    steering: Any = None


@dataclass
class DeskOffice(Office):
    """A municipality and its site, with the desk behind it."""

    desk: Desk

    @property
    def outbox(self) -> Outbox:
        """What there is to tell."""
        post = cast(Letterbox, self.desk.post)
        return post.outbox

    @property
    def audit(self) -> list[str]:
        """What was done, newest first."""
        return [line.action for line in self.town.people.audit.lines()]

    def ask(self, text: str) -> Reply:
        """A question of an agent, in a conversation of its own."""
        return self.desk.ask(text, Channel.SIDEBAR, "nl", AGENT)


def whole_desk(town: Municipality, channels: Channels = EVERY_ROAD) -> Desk:
    """The desk with a loop that tells people."""
    own, collection = town.desk, town.settings.collection
    outbox = Outbox(town.engine, collection, own.now)
    notices = Notices("https://antwoorden.merelveen.example", channels)

    def coordinating() -> list[Receiver]:
        return [Receiver("els", "Els Kok", "els@merelveen.example")]

    heralds = OutboxHeralds(outbox, notices, coordinating, lambda _gap: Answer("", ""))
    loop = TownLoop(own.signals, own.drafts, own.choices, Letterbox(outbox, notices, heralds))
    return Desk(
        own.answers,
        Conversations(town.engine, collection),
        Questions(town.engine, collection),
        collection,
        town.settings.retention_days,
        own.now,
        cast(Loop, loop),
    )


def site_of(town: Municipality, desk: Desk) -> FastAPI:
    """The real site over this desk."""
    return build_site(town.settings, lambda: desk, town.people)


@contextmanager
def desk_office(town: Municipality, channels: Channels = EVERY_ROAD) -> Iterator[DeskOffice]:
    """The site in this process, for as long as the block lasts."""
    desk = whole_desk(town, channels)
    app = site_of(town, desk)
    with TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False) as client:
        for _ in range(200):
            if client.get("/healthz/ready").status_code == 200:
                break
        yield DeskOffice(town, client, desk)
