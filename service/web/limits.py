"""How much somebody may ask in a while (guard S22). Counted in memory: nothing of it is stored.

An address stands here for an hour at most, and only as a keyed digest that this process alone can make.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.settings import LIMIT, Settings
from service.web import wording_limits as wording
from service.web.access_log import route_of
from service.web.problems import Problem
from service.web.visitors import person_of_page
from service.web.wording import ProblemText

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# what costs nothing, what is asked, and what is looked up although it is sent as a form
FREE = ("/static/", "/healthz/", "/chat/thema/", "/widget", "-")
QUESTIONS = frozenset({
    "POST /zijbalk/vragen", "POST /chat/vragen", "POST /vraag/vragen", "POST /v1/vragen",
})  # fmt: skip
LOOKUPS = frozenset({
    "POST /zijbalk/kandidaten", "POST /v1/zoekopdrachten", "POST /v1/tekstcontroles",
    "POST /duo/teksten/{id}/voorbeeld",
})  # fmt: skip
_LIMIT = re.compile(LIMIT)
MOST_PENDING_SECONDS = 30.0  # a question that takes longer than this was lost: it blocks nobody


class Kind(StrEnum):
    """What is counted: a question of a visitor, something that staff write, something that is looked up."""

    QUESTION = "question"
    WRITE = "write"
    READ = "read"


@dataclass(frozen=True)
class Allowed:
    """How much of what, as in the settings ("60/hour", "10/10 minute"); empty for as much as one likes.

    `conversation` and `address` count questions of visitors, `writes` and `reads` go by the account of who is
    signed in, and `lookups` by the address of who is not.
    """

    conversation: str = ""
    address: str = ""
    writes: str = ""
    reads: str = ""
    lookups: str = ""


class TooFast(Problem):
    """Somebody goes faster than is allowed; `seconds` is when there is room again."""

    def __init__(self, seconds: int, text: ProblemText = wording.TOO_FAST) -> None:
        super().__init__(429, text, {"Retry-After": str(seconds)})
        self.seconds = seconds


class Limits:
    """The counts of this process, which is the only one that serves."""

    def __init__(self, allowed: Allowed, clock: Callable[[], float] = time.time) -> None:
        self._items = {name: read_limit(text) for name, text in vars(allowed).items() if text}
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._pending: dict[uuid.UUID, float] = {}
        self._lock = threading.Lock()

    def count(self, name: str, who: str) -> None:
        """Count one for somebody. Raises TooFast, and counts nothing, when it is one too many."""
        item = self._items.get(name)
        if item is None:
            return
        key = self._digest(f"{name} {who}")
        if not self._window.hit(item, key):
            again = self._window.get_window_stats(item, key).reset_time - self._clock()
            raise TooFast(max(1, math.ceil(again)))

    def turn(self, conversation: uuid.UUID) -> None:
        """Count a question of a conversation that is known to exist: never an id that a caller made up."""
        self.count("conversation", str(conversation))

    @contextmanager
    def one_at_a_time(self, conversation: uuid.UUID) -> Iterator[None]:
        """Hold the conversation while its question is answered. Raises TooFast while another one is."""
        with self._lock:
            since = self._pending.get(conversation)
            if since is not None and self._clock() - since < MOST_PENDING_SECONDS:
                raise TooFast(1, wording.ONE_AT_A_TIME)
            self._pending[conversation] = self._clock()
        try:
            yield
        finally:
            with self._lock:
                self._pending.pop(conversation, None)

    def _digest(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), key=self._secret, digest_size=16).hexdigest()


def limits_of(request: Request) -> Limits:
    """The counts of the running site."""
    counts: Limits = request.app.state.limits
    return counts


def pace(request: Request) -> None:
    """A dependency of every page. Staff count by account, not by address: a contact centre has one address
    for all. Raises TooFast.
    """
    kind = kind_of(request)
    if kind is None:
        return
    counts, person = limits_of(request), person_of_page(request)
    if person is not None:
        counts.count("reads" if kind is Kind.READ else "writes", str(person.id))
    elif request.method not in SAFE:
        counts.count("address" if kind is Kind.QUESTION else "lookups", address_of(request))


def pace_api(request: Request) -> None:
    """The same for the API, which knows no session. A program with the key of staff is one of ours and paces
    itself; a wrong key gets no further than 401."""
    kind = kind_of(request)
    if kind is not None and request.method not in SAFE and "authorization" not in request.headers:
        limits_of(request).count("address" if kind is Kind.QUESTION else "lookups", address_of(request))


def kind_of(request: Request) -> Kind | None:
    """What a request counts as; None for what costs nothing."""
    route = route_of(request.scope)
    if route.startswith(FREE):
        return None
    called = f"{request.method} {route}"
    if called in QUESTIONS:
        return Kind.QUESTION
    return Kind.READ if request.method in SAFE or called in LOOKUPS else Kind.WRITE


def address_of(request: Request) -> str:
    """Who asks, by address; of IPv6 the network, since one subscriber has 18 quintillion of them.

    Behind a proxy it is the visitor's only when `ANTWOORDDUO_PROXIES` names the proxy.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def read_limit(text: str) -> RateLimitItem:
    """A limit out of the settings: "60/hour", "10/10 minute". Raises ValueError."""
    found = _LIMIT.fullmatch(text.strip())
    if found is None:
        raise ValueError("write a limit as 60/hour or 10/10 minute")
    amount, multiples, unit = found.groups()
    return RateLimitItemPerSecond(int(amount), int(multiples or 1) * SECONDS[unit])


def allowed_in(settings: Settings) -> Allowed:
    """What the settings allow."""
    return Allowed(
        settings.limit_conversation, settings.limit_address,
        settings.limit_writes, settings.limit_reads, settings.limit_lookups,
    )  # fmt: skip
