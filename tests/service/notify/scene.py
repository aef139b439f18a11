"""A municipality with an outbox, a clock that one can turn, and real servers on this machine."""

from __future__ import annotations

import json
import socket
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from embeddings.store.database import writing
from service.domain.callback import Callback, Daypart
from service.domain.gap import Gap, GapKind, GapState, Urgency
from service.domain.productduo import Owner
from service.notify.letters import House
from service.notify.mail import MailSender, MailServer, Security
from service.notify.notices import Channels, Notices, Receiver
from service.storage.outbox import Kind, Leased, Notice, Outbox

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
COLLECTION = "merelveen"
HOUSE = House("Gemeente Merelveen", "14 0999")
SENDER = "signalen@merelveen.example"
SITE = "https://antwoorden.merelveen.example"
ANNA = Receiver("m-anna", "Anna de Wit", "anna@merelveen.example")
BRAM = Receiver("m-bram", "Bram Bos", "bram@merelveen.example")
MAIL_ONLY = Notices(SITE, Channels(mail=True))
WANTED = Callback(
    uuid.UUID(int=7), "Burgerzaken", "Paspoort met spoed", "+31612345678", "Jan de Vries", Daypart.MORNING,
    NOON, NOON + timedelta(days=2), version=1,
)  # fmt: skip


@dataclass
class Clock:
    """The time, until somebody turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **step: float) -> None:
        self.now += timedelta(**step)


def gap(**fields: Any) -> Gap:
    """An open signal about passports, asked four times."""
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "collection": COLLECTION,
        "number": 12,
        "kind": GapKind.MISSING,
        "state": GapState.OPEN,
        "question": "Wat kost een paspoort voor mijn zoon?",
        "owner": Owner(duo="duo-paspoort"),
        "asked": 4,
        "first_asked_at": NOON,
        "last_asked_at": NOON,
        "urgency": Urgency.NORMAL,
        "title": "Paspoort aanvragen",
        "opened_at": NOON,
        "due_at": datetime(2026, 7, 15, 15, tzinfo=UTC),
    }
    return Gap(**values | fields)


def put(engine: Engine, outbox: Outbox, *notices: Notice) -> list[bool]:
    """Put notices in one transaction, as a change would."""
    with writing(engine).begin() as connection:
        return [outbox.put(connection, notice) for notice in notices]


def leased(kind: Kind, payload: Mapping[str, Any], id: uuid.UUID | None = None) -> Leased:
    """A notice as a sender gets it."""
    return Leased(id or uuid.uuid4(), kind, payload, NOON, 0, False, NOON + timedelta(minutes=5), "worker")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# -- mail ------------------------------------------------------------------------------------------


@dataclass
class Postbox:
    """What a mail server took in. `answers` are its next words instead of "250 OK"."""

    mails: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: Mapping[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        self.receivers += envelope.rcpt_tos
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


@contextmanager
def mail_server(postbox: Postbox, port: int, **options: Any) -> Iterator[None]:
    """A real mail server that puts what it gets into the postbox."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port, ready_timeout=10, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def sender_to(port: int, **options: Any) -> MailSender:
    """A sender to a mail server on this machine, over an open line unless said otherwise."""
    options = {"security": Security.NONE, **options}
    return MailSender(MailServer("127.0.0.1", port, SENDER, **options), lambda: HOUSE)


def body_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


# -- http ------------------------------------------------------------------------------------------


@dataclass
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Site(ThreadingHTTPServer):
    """A real web server. Its answers come from `answer`; without one it says 204."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, request: Asked) -> tuple[int, dict[str, str], bytes]:
        return 204, {}, b""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        status, headers, content = self.server.answer(asked)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving(site: Site) -> Iterator[None]:
    thread = threading.Thread(target=site.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        site.shutdown()
        site.server_close()
        thread.join()
