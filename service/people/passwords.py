"""Passwords: kept as argon2id, long rather than odd, and none that many people use (guard S18)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST, LONGEST = 12, 128
SHORTEST_PIECE = 4  # "abcabcabcabc" is no longer than "abc"


class Fault(StrEnum):
    """Why a password cannot be taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"


class Passwords:
    """Keeps and compares passwords, as strong as OWASP asks at least: 19 MiB, twice through it."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        # compared with when there is no such account: that takes as long
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        return self._hasher.hash(normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether this is the password that was kept; takes as long when none was."""
        try:
            self._hasher.verify(kept or self._nobody, normal(password))
        except VerifyMismatchError:
            return False
        return kept is not None


def normal(password: str) -> str:
    """The password in one form: an é may be typed as one sign or as two."""
    return unicodedata.normalize("NFKC", password)


def fault_of(password: str) -> Fault | None:
    """Why this password cannot be taken, or None when it can. Any sign will do, and none is demanded."""
    text = normal(password)
    if len(text) < SHORTEST:
        return Fault.SHORT
    if len(text) > LONGEST:
        return Fault.LONG
    return Fault.COMMON if _is_common(text.casefold()) else None


def _is_common(text: str) -> bool:
    # most of the list is shorter than twelve: people stretch it, by a year, by signs, or by saying it twice
    without_ends = text.strip("0123456789!@#$%^&*()-_=+.,?:; ")
    piece = _repeated(text)
    forms = (text, without_ends, piece, piece * 2, _repeated(without_ends))
    return len(piece) < SHORTEST_PIECE or any(form in common_passwords() for form in forms)


def _repeated(text: str) -> str:
    """The piece that the text repeats: "abcabc" gives "abc". A text that repeats nothing is its own piece."""
    return text[: (text + text).find(text, 1)]


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that many people use, in small letters."""
    text = (files("service.people") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
