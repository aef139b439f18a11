"""The only HTTP in ingest: pages of a configured source, under every rule of guard S24."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx
import stamina

from ingest.addresses import FetchRefused, Resolver, Target, checked_target, host_of, resolve_all

__all__ = ["FetchRefused", "Fetcher", "Limits", "is_address"]

CONTENT_TYPES = frozenset(
    ("application/json", "application/hal+json", "application/ld+json", "application/x-ndjson",
     "application/jsonl", "text/json")
)  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)
_TRY_AGAIN = (429, 502, 503, 504)


@dataclass(frozen=True)
class Limits:
    """How long and how much: the numbers of guard S24."""

    connect_seconds: float = 10.0
    total_seconds: float = 30.0
    most_bytes: int = 20 * 1024 * 1024
    most_redirects: int = 3
    attempts: int = 3


class _Unavailable(Exception):
    """Worth another try: the server is busy, or the line fell away."""


@dataclass(frozen=True)
class Fetcher:
    """Reads addresses on the host of `start`, and on no other.

    `token` goes along as the Authorization header ("Token abc"). `intranet` allows http, other ports and
    private addresses, for a source inside the town hall.
    """

    start: str
    token: str = field(default="", repr=False)
    intranet: bool = False
    limits: Limits = Limits()
    resolve: Resolver = resolve_all

    def fetch(self, url: str) -> bytes:
        """The body behind `url`, or `FetchRefused` with the reason."""
        try:
            for attempt in stamina.retry_context(
                on=_Unavailable, attempts=self.limits.attempts, timeout=None
            ):
                with attempt:
                    return asyncio.run(self._within_time(url))
        except _Unavailable as error:
            raise FetchRefused(f"no answer after {self.limits.attempts} tries: {error}") from error
        raise AssertionError("unreachable")  # pragma: no cover

    def _on_scheme(self, url: str) -> str:
        """A server behind a proxy often gives its next page as http: stay on https, never the reverse."""
        if urlsplit(self.start).scheme == "https" and url.startswith("http://"):
            return "https://" + url.removeprefix("http://")
        return url

    async def _within_time(self, url: str) -> bytes:
        try:
            async with asyncio.timeout(self.limits.total_seconds):
                return await self._follow(url)
        except TimeoutError:
            raise _Unavailable(f"not complete within {self.limits.total_seconds:g} seconds") from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Unavailable(f"{type(error).__name__}: {error}") from None

    async def _follow(self, url: str) -> bytes:
        for _ in range(self.limits.most_redirects + 1):
            target = await self._target(self._on_scheme(url))
            body = await self._get(target)
            if isinstance(body, bytes):
                return body
            url = urljoin(url, body)
        raise FetchRefused(f"more than {self.limits.most_redirects} redirects")

    async def _target(self, url: str) -> Target:
        return await asyncio.to_thread(checked_target, url, host_of(self.start), self.resolve, self.intranet)

    async def _get(self, target: Target) -> bytes | str:
        """The body, or the address that the server redirects to."""
        timeout = httpx.Timeout(self.limits.total_seconds, connect=self.limits.connect_seconds)
        # trust_env: a proxy or .netrc of this machine must not decide where a token goes.
        async with httpx.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "GET",
                target.pinned_url,
                headers=self._headers(target),
                extensions={"sni_hostname": target.host},
            )
            response = await client.send(request, stream=True)
            try:
                return await self._taken(response)
            finally:
                await response.aclose()

    def _headers(self, target: Target) -> dict[str, str]:
        headers = {"Host": target.host_header, "Accept": "application/json", "Accept-Encoding": "identity",
                   "User-Agent": "antwoordduo-ingest"}  # fmt: skip
        return headers | ({"Authorization": self.token} if self.token else {})

    async def _taken(self, response: httpx.Response) -> bytes | str:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return response.headers["location"]
        if status in _TRY_AGAIN:
            raise _Unavailable(f"the server answers {status}")
        if status != httpx.codes.OK:
            raise FetchRefused(f"the server answers {status}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in CONTENT_TYPES:
            raise FetchRefused(f"the server answers with {kind or 'no content type'}, not JSON")
        return await self._bounded(response.aiter_bytes(65_536))

    async def _bounded(self, chunks: AsyncIterator[bytes]) -> bytes:
        body = bytearray()
        async for chunk in chunks:
            body += chunk
            if len(body) > self.limits.most_bytes:
                raise FetchRefused(f"the answer is larger than {self.limits.most_bytes:,} bytes")
        return bytes(body)


def is_address(place: str) -> bool:
    """True for something to fetch, false for a path."""
    return "://" in place
