"""The chat in this process: a website that may show it, one whose chat is off, and signals behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pages.chat_site import CHAT, KEY, Chat, chat_in
from tests.service.web.conftest import ROOT, Reply

PAGE = {"Accept": "text/html"}
PART = PAGE | {"X-Fragment": "1"}


@dataclass
class Visitor:
    """Somebody with the chat open. `base` is "/chat" or "/vraag"."""

    site: TestClient
    chat: Chat
    base: str = "/vraag"
    conversation: str = ""
    token: str = ""
    question: str = ""

    def open(self, path: str = "") -> Reply:
        return self.site.get(path or (CHAT if self.base == "/chat" else self.base), headers=PAGE)

    def send(self, path: str, part: bool = False, **fields: str) -> Reply:
        """What comes of a form of the chat."""
        known = {"site": KEY, "taal": "nl", "gesprek": self.conversation, "sleutel": self.token}
        return self.site.post(self.base + path, data=known | fields, headers=PART if part else PAGE)

    def ask(self, text: str, part: bool = False, **fields: str) -> Reply:
        """Ask, and keep the conversation and the question that come back."""
        answer = self.send("/vragen", part, vraag=text, **fields)
        found = re.findall(r'name="(gesprek|sleutel)" value="([^"]*)"', answer.text)
        found += re.findall(r'data-(gesprek|sleutel)="([^"]*)"', answer.text)
        held = dict(found)
        self.conversation, self.token = held.get("gesprek", ""), held.get("sleutel", "")
        asked = re.findall(r'id="beurt-([^"]+)"', answer.text)
        self.question = asked[-1] if asked else ""
        return answer


def seen(reply: Reply) -> str:
    """What stands on the page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


Opening = Callable[..., Visitor]


@pytest.fixture
def visiting(tmp_path: Path) -> Iterator[Opening]:
    """Opens the chat on a site with these settings."""
    clients: list[TestClient] = []

    def visit(base: str = "/vraag", **settings: object) -> Visitor:
        chat, app = chat_in(tmp_path, **settings)
        client = TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False)
        clients.append(client)
        client.__enter__()
        while client.get("/healthz/ready").status_code != 200:
            pass
        return Visitor(client, chat, base)

    yield visit
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture(params=["/chat", "/vraag"])
def visitor(request: pytest.FixtureRequest, visiting: Opening) -> Visitor:
    """Somebody in the chat on a website, and somebody on the plain page."""
    return visiting(request.param)
