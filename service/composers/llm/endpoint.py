"""One call to a language model behind any OpenAI-compatible address: text in, sentences with tokens out.

The model gets no tools and no files. Whatever goes wrong is a `ModelFault` of a known kind, within the time
that there is. The client is imported at the first call: with the model off nothing of it is loaded.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from service.composers.llm.replies import SCHEMA, FaultKind, ModelFault, Reply, Said
from service.composers.llm.streaming import reader_of

__all__ = [
    "Address", "Endpoint", "FaultKind", "Heard", "Limits", "ModelFault", "Reply", "Said", "warm_up",
]  # fmt: skip

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_SECONDS = 2.0  # guard R6
TOTAL_SECONDS = 8.0
WORTH_A_RETRY_SECONDS = 3.0  # with less time left a second try would only be cut off
MOST_BYTES = 64 * 1024  # 200 tokens are some kilobytes

_NO_STREAM = (400, 422, 501)  # how an API says that it cannot answer in pieces, among other things
# a second try may go better with these; a slow model has had its time, and a refusal stays one
_AGAIN = frozenset(
    {FaultKind.REFUSED, FaultKind.BROKEN, FaultKind.CUT_OFF, FaultKind.EMPTY, FaultKind.OTHER_SHAPE}
)


class Heard(Protocol):
    """Is told each sentence as it comes, unchecked; None: those before count no more."""

    def __call__(self, said: Said | None, /) -> None: ...


@dataclass
class _Wire:
    """Whether anything of the answer came."""

    begun: bool = False


@dataclass(frozen=True)
class Address:
    """Where the model is: `url` is the root of its API ("http://localhost:11434/v1")."""

    url: str
    model: str
    key: str = ""


@dataclass(frozen=True)
class Limits:
    """`tokens`: the most that the model may write; the seconds are those of one question, retry included."""

    tokens: int = 200
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    retry_seconds: float = WORTH_A_RETRY_SECONDS
    bytes: int = MOST_BYTES


def warm_up() -> None:
    """Load the client before the first question waits for it: that takes a second."""
    import openai.resources.chat  # noqa: F401


class Endpoint:
    """Asks the model; one call at most one retry, all within `limits.total_seconds`.

    A client lives as long as one question: nothing stays open between two.
    """

    def __init__(
        self, address: Address, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.address = address
        self.limits = limits or Limits()
        self._clock = clock
        self._streams = True  # until it turns out that this API answers in one piece alone

    async def ask(self, system: str, user: str, heard: Heard | None = None) -> Reply:
        """What the model writes. Raises ModelFault.

        With `heard` it is asked to write in pieces, and each sentence is told as soon as it is whole; None
        when what was told before does not count any more. The reply is the same without it.
        """
        ends = self._clock() + self.limits.total_seconds
        hears = heard if self._streams else None
        try:
            return await self._once(system, user, ends, hears)
        except ModelFault as fault:
            in_one_piece = hears is not None and fault.status in _NO_STREAM
            if not (in_one_piece or fault.kind in _AGAIN) or self._left(ends) < self.limits.retry_seconds:
                raise
        if hears:
            hears(None)
        try:
            reply = await self._once(system, user, ends, None if in_one_piece else hears)
        except ModelFault as fault:
            fault.tries = 2
            raise
        self._streams = self._streams and not in_one_piece
        return replace(reply, tries=2)

    def _left(self, ends: float) -> float:
        return max(0.0, ends - self._clock())

    async def _once(self, system: str, user: str, ends: float, heard: Heard | None) -> Reply:
        client = await asyncio.to_thread(self._client)  # importing it the first time takes half a second
        wire = _Wire()
        try:
            async with asyncio.timeout(self._left(ends)), client:
                return await self._read(wire, client, self._request(system, user, heard), heard)
        except ModelFault:
            raise
        except TimeoutError:
            raise ModelFault(FaultKind.TRICKLE if wire.begun else FaultKind.SLOW) from None
        except Exception as error:  # the client, and the one below it, raise many kinds
            raise _fault_of(error, wire.begun) from error

    async def _read(
        self, wire: _Wire, client: AsyncOpenAI, request: Mapping[str, Any], heard: Heard | None
    ) -> Reply:
        create: Any = client.chat.completions.with_streaming_response.create
        async with create(**request) as answer:
            reader = reader_of(answer.headers.get("content-type", ""), self.limits.bytes)
            async for piece in answer.iter_bytes():
                wire.begun = True
                for said in reader.feed(piece):
                    if heard:
                        heard(said)
            return reader.reply()

    def _request(self, system: str, user: str, heard: Heard | None) -> dict[str, Any]:
        in_pieces = {"stream": True, "stream_options": {"include_usage": True}} if heard else {}
        return in_pieces | {
            "model": self.address.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "max_tokens": self.limits.tokens,
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "antwoord", "strict": True, "schema": SCHEMA},
            },
        }

    def _client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

        times = Timeout(self.limits.total_seconds, connect=self.limits.connect_seconds)
        return AsyncOpenAI(
            base_url=self.address.url,
            api_key=self.address.key or "none",
            timeout=times,
            max_retries=0,
            http_client=DefaultAsyncHttpxClient(
                # the address was chosen: no other one, and no proxy out of the environment
                follow_redirects=False,
                trust_env=False,
                timeout=times,
                event_hooks={"request": [_say_little], "response": [_look_at]},
            ),
        )


_HOW_TO_READ = "x-stainless-raw-response"  # the client looks for its own header when the answer comes


async def _say_little(request: Any) -> None:
    """Leave out what the client tells of this machine, and what it read from the environment."""
    told = ("x-stainless", "openai-")
    for name in [name for name in request.headers if name.lower().startswith(told)]:
        if name.lower() != _HOW_TO_READ:
            del request.headers[name]
    request.headers["User-Agent"] = "antwoordduo"
    request.headers["Accept-Encoding"] = "identity"  # a small body may unpack to a large one


async def _look_at(response: Any) -> None:
    """Refuse an answer by its head, before its body is read."""
    status = int(response.status_code)
    if status >= 300:
        kind = FaultKind.BUSY if status == 429 else FaultKind.BROKEN if status >= 500 else FaultKind.DENIED
        raise ModelFault(kind, status)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ModelFault(FaultKind.OTHER_SHAPE)


def _fault_of(error: Exception, begun: bool) -> ModelFault:
    """The fault that an exception of the client stands for; ours may be wrapped in one of its own."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ModelFault):
            return cause
        if "timeout" in type(cause).__name__.lower():
            return ModelFault(FaultKind.SLOW)
        cause = cause.__cause__
    return ModelFault(FaultKind.CUT_OFF if begun else FaultKind.REFUSED)
