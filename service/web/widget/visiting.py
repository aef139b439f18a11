"""Who visits: from which website, in which language, and with which conversation in hand.

A visitor is never staff here, whatever else the browser holds (guard S9). The conversation and its token
come along as fields of a form: never in an address, never in a cookie.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fastapi import Request

from service.storage.questions import Turn
from service.web.desk import Desk, Reply, UnknownConversation
from service.web.forms import FORM, form_of
from service.web.plain_text import plain
from service.web.switches import WidgetOff, switches_of
from service.web.widget.sites import LANGUAGES, Site, sites_of
from service.web.widget.words import Words
from service.web.wording_widget import WORDS

CHAT, PLAIN = "/chat", "/vraag"
IN_ADDRESS = ("site", "taal", "vraag")


class NoSuchSite(Exception):
    """No website with this key has the chat."""


@dataclass(frozen=True)
class Visit:
    """What came with a request. `base` is where the pages are: "/chat" in a frame, or "/vraag".

    `conversation` and `token` are empty before the first question.
    """

    base: str
    key: str
    site: Site | None
    words: Words
    conversation: str = ""
    token: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def framed(self) -> bool:
        return self.base == CHAT

    def text(self, name: str) -> str:
        """A field that somebody filled in."""
        return plain(self.fields.get(name, ""))

    def after(self, reply: Reply) -> Visit:
        """The visit with the conversation that the reply stands in."""
        return replace(
            self,
            conversation=str(reply.turn.question.conversation),
            token=reply.token or self.token,
        )

    def anew(self) -> Visit:
        """The visit without a conversation."""
        return replace(self, conversation="", token="")


async def visit_of(request: Request) -> Visit:
    """The visit as the request tells it; read once. It may be one to a website that has no chat."""
    if not hasattr(request.state, "visit"):
        request.state.visit = await _read(request)
    visit: Visit = request.state.visit
    return visit


async def open_visit(request: Request) -> Visit:
    """The visit, where the chat is on. Raises WidgetOff or NoSuchSite."""
    visit = await visit_of(request)
    if not switches_of(request).widget:
        raise WidgetOff
    if visit.framed and visit.site is None:
        known = any(site.key == visit.key for site in sites_of(request).all)
        raise WidgetOff if known else NoSuchSite
    return visit


def transcript_of(desk: Desk, visit: Visit) -> tuple[Turn, ...]:
    """What was said in the conversation, oldest first. Raises UnknownConversation."""
    known = id_of(visit.conversation)
    if known is None:
        raise UnknownConversation
    return desk.transcript(known, visit.token)


def id_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def visit_with(request: Request, fields: Mapping[str, str]) -> Visit:
    """The visit with these fields; with none, whatever was sent is left unread."""
    base = CHAT if request.url.path.startswith(CHAT) else PLAIN
    key = fields.get("site", "") if base == CHAT else ""
    site = sites_of(request).find(key)
    language = fields.get("taal", "")
    if language not in LANGUAGES:
        language = site.language if site else LANGUAGES[0]
    return Visit(
        base, key, site, WORDS[language], fields.get("gesprek", ""), fields.get("sleutel", ""), fields
    )


async def _read(request: Request) -> Visit:
    return visit_with(request, await _form(request) if request.method == "POST" else _address(request))


def _address(request: Request) -> dict[str, str]:
    """What may stand in an address: never a conversation, and no token."""
    return {name: request.query_params[name] for name in IN_ADDRESS if name in request.query_params}


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; of anything else none: the route says what it thinks of that."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return {}
    return await form_of(request)
