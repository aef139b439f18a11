"""A form that is sent twice asks once: after a reload, a double click, or back and send again.

A page carries a mark in its forms, made with that page. What is kept of a form is made of its mark and its
words, and says nothing to who does not hold the mark: like a token it stands in a field alone, never in an
address and never in a cookie.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE_SECONDS = 30.0  # who sent the same form waits so long for the first answer
REMEMBERED_SECONDS = 3600.0  # of a form whose question may not be kept
MOST_REMEMBERED = 10_000
_MARK = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Form:
    """A question in a form. `key` is kept with the question; `token` is that of the conversation, where the
    question opens one: who sends the form again gets the same."""

    key: str
    token: str


def new_mark() -> str:
    """A mark for the forms of one page (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def form_with(mark: str, text: str) -> Form | None:
    """The form with this mark and these words; None when it carries no mark of ours. Other words in the same
    form are another question."""
    if not _MARK.fullmatch(mark):
        return None
    return Form(_made(mark, "form", text), _made(mark, "token", text))


def _made(mark: str, what: str, text: str) -> str:
    digest = hmac.digest(mark.encode(), f"{what} {text}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass
class _Turnstile:
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0


class Forms:
    """The forms that are being answered in this process, which is the only one that serves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._answering: dict[str, _Turnstile] = {}
        self._counted: OrderedDict[str, float] = OrderedDict()

    @contextmanager
    def one_at_a_time(self, form: Form) -> Iterator[None]:
        """Hold the form while it is answered; who sends the same one meanwhile waits."""
        with self._lock:
            turnstile = self._answering.setdefault(form.key, _Turnstile())
            turnstile.users += 1
        held = turnstile.lock.acquire(timeout=PATIENCE_SECONDS)
        try:
            yield
        finally:
            if held:
                turnstile.lock.release()
            with self._lock:
                turnstile.users -= 1
                if not turnstile.users:
                    del self._answering[form.key]

    def counts(self, form: Form) -> bool:
        """Whether a question that may not be kept is to be counted: once for a form, also when it is
        answered again."""
        with self._lock:
            now = self._clock()
            while self._counted and self._is_over(now):
                self._counted.popitem(last=False)
            if form.key in self._counted:
                return False
            self._counted[form.key] = now
            return True

    def _is_over(self, now: float) -> bool:
        oldest = next(iter(self._counted.values()))
        return now - oldest > REMEMBERED_SECONDS or len(self._counted) > MOST_REMEMBERED
