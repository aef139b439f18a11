"""Who is staff: the holder of the staff key, or of a session that was opened with it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from service.domain.conversation import digest_of

IDLE_SECONDS = 60 * 60  # guard S17
ABSOLUTE_SECONDS = 12 * 60 * 60


def new_key() -> str:
    """A key nobody can guess (256 bits)."""
    return secrets.token_urlsafe(32)


@dataclass
class _Session:
    opened_at: float
    seen_at: float


class Sessions:
    """Sessions of staff, in this process only: a restart signs everybody out.

    Only digests are held, so that a dump of the memory opens nothing.
    """

    def __init__(self, staff_token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._staff_digest = digest_of(staff_token)
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._links: set[str] = set()

    def is_staff_token(self, token: str) -> bool:
        """Whether this is the staff key, compared in constant time."""
        return secrets.compare_digest(digest_of(token), self._staff_digest)

    def new_link_key(self) -> str:
        """A key for one sign-in link."""
        key = new_key()
        self._links.add(digest_of(key))
        return key

    def use_link_key(self, key: str) -> bool:
        """Whether the key of a link is good. It is good once."""
        digest = digest_of(key)
        if digest not in self._links:
            return False
        self._links.remove(digest)
        return True

    def open(self) -> str:
        """Open a session and return its reference."""
        self._forget_ended()
        reference, now = new_key(), self._clock()
        self._sessions[digest_of(reference)] = _Session(now, now)
        return reference

    def is_open(self, reference: str) -> bool:
        """Whether the session still runs; asking keeps it from falling idle."""
        session = self._sessions.get(digest_of(reference))
        if session is None or self._has_ended(session):
            return False
        session.seen_at = self._clock()
        return True

    def close(self, reference: str) -> None:
        """End a session; its reference is worth nothing from now on."""
        self._sessions.pop(digest_of(reference), None)

    def _has_ended(self, session: _Session) -> bool:
        now = self._clock()
        return now - session.seen_at > IDLE_SECONDS or now - session.opened_at > ABSOLUTE_SECONDS

    def _forget_ended(self) -> None:
        self._sessions = {key: one for key, one in self._sessions.items() if not self._has_ended(one)}
