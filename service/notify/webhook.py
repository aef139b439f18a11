"""A signed POST to a system of the municipality. A repeat carries the same Idempotency-Key."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service.notify.asking import ask, check_address
from service.storage.outbox import Leased

SIGNATURE = "Antwoordduo-Signature"


@dataclass(frozen=True)
class Hook:
    """Where notices are posted, and the secret that they are signed with."""

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        check_address(self.url)


class WebhookSender:
    """Posts what happened, as JSON. `now` dates the signature."""

    def __init__(self, hook: Hook, now: Callable[[], datetime]) -> None:
        self._hook = hook
        self._now = now

    def send(self, notice: Leased) -> str:
        body = json.dumps(
            {"id": str(notice.id), "at": notice.created_at.isoformat(), **notice.payload},
            ensure_ascii=False,
            sort_keys=True,
        ).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(notice.id),
            SIGNATURE: signature(self._hook.secret, int(self._now().timestamp()), body),
        }
        ask("POST", self._hook.url, headers, content=body)
        return ""


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a dot and the body."""
    signed = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"
