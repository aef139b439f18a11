"""The only HTTP of notices: one address, no redirects, and an end to it whatever the other side does."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from service.notify.sending import NotSent, Refused, Unreachable

CONNECT_SECONDS = 5.0
# together for one request: a time limit per read would let a slow side hold up a worker for hours
TOTAL_SECONDS = 25.0
MOST_BYTES = 8 * 1024 * 1024
_TRY_AGAIN = (408, 425, 429)


class UnsafeAddress(ValueError):
    """An address that others could read along with, or that is none."""


def check_address(url: str) -> None:
    """Raise UnsafeAddress unless it is https, or http on this machine, without a password in it."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))
    if not safe or not parts.hostname or parts.username or parts.password or parts.fragment:
        raise UnsafeAddress("only https, or http on this machine, and no password in the address")


def ask(
    method: str, url: str, headers: Mapping[str, str], total_seconds: float = TOTAL_SECONDS, **request: Any
) -> bytes:
    """The body of a good answer, else NotSent, Refused or Unreachable.

    A redirect is not followed: the address was chosen.
    """
    try:
        status, body = asyncio.run(_ask(method, url, dict(headers), total_seconds, request))
    except httpx.TransportError as error:
        raise Unreachable(type(error).__name__) from error
    except TimeoutError as error:
        raise Unreachable("no whole answer in time") from error
    if 200 <= status < 300:
        return body
    later = status >= 500 or status in _TRY_AGAIN
    raise (NotSent if later else Refused)(f"HTTP {status}")


async def _ask(
    method: str, url: str, headers: dict[str, str], total_seconds: float, request: Mapping[str, Any]
) -> tuple[int, bytes]:
    limits = httpx.Timeout(total_seconds, connect=CONNECT_SECONDS)
    async with (
        asyncio.timeout(total_seconds),
        httpx.AsyncClient(
            verify=_authorities(), timeout=limits, follow_redirects=False, trust_env=False
        ) as client,
        client.stream(method, url, headers=headers, **request) as answer,
    ):
        body = bytearray()
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > MOST_BYTES:
                raise NotSent("the answer is too long")
        return answer.status_code, bytes(body)


@cache
def _authorities() -> ssl.SSLContext:
    """Those of this machine, as for mail: a municipality may have one of its own. Reading them takes long."""
    return ssl.create_default_context()


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
