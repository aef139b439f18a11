"""The staff key: what a program shows to the API to see what staff see."""

from __future__ import annotations

import secrets

from service.domain.conversation import digest_of


def new_key() -> str:
    """A key nobody can guess (256 bits)."""
    return secrets.token_urlsafe(32)


class StaffKey:
    """The one key of this installation; only its digest is held."""

    def __init__(self, key: str) -> None:
        self._digest = digest_of(key)

    def is_right(self, key: str) -> bool:
        """Whether this is the staff key, compared in constant time."""
        return secrets.compare_digest(digest_of(key), self._digest)
