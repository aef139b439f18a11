"""The second step of signing in: a code of six figures from an app (RFC 6238), or a code kept on paper."""

from __future__ import annotations

import io
import secrets
from datetime import datetime

import pyotp
import segno

from service.domain.conversation import digest_of

STEP_SECONDS = 30
DRIFT = 1  # the clock of a telephone may be half a minute off
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another


def new_secret() -> str:
    """A secret to share with an app (160 bits)."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute for which this code is right, or None."""
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    typed = "".join(code.split())
    for step in range(current - DRIFT, current + DRIFT + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def address_for_app(secret: str, name: str, issuer: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture(address: str) -> bytes:
    """The address as a QR code in SVG: dark on white, whatever the colours of the page."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4, light="#fff", dark="#000")
    return out.getvalue()


def new_recovery_codes() -> tuple[str, ...]:
    """Codes to keep on paper (49 bits each), each good for one sign-in."""

    def one() -> str:
        return "".join(secrets.choice(_LETTERS) for _ in range(5))

    return tuple(f"{one()}-{one()}" for _ in range(RECOVERY_CODES))


def recovery_digest(code: str) -> str:
    """What is kept of a recovery code; capitals, blanks and hyphens make no difference."""
    return digest_of("".join(sign for sign in code.casefold() if sign in _LETTERS))
