"""One call to a language model behind any OpenAI-compatible address: text in, sentences with tokens out.

The model gets no tools and no files. Whatever goes wrong is a `ModelFault` of a known kind, within the time
that there is. The client is imported at the first call: with the model off nothing of it is loaded.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_SECONDS = 2.0  # guard R6
TOTAL_SECONDS = 8.0
WORTH_A_RETRY_SECONDS = 3.0  # with less time left a second try would only be cut off
MOST_BYTES = 64 * 1024  # 200 tokens are some kilobytes
MOST_SENTENCES = 12


class FaultKind(StrEnum):
    """How a call to the model went wrong (guard R6)."""

    REFUSED = "refused"
    SLOW = "slow"
    TRICKLE = "trickle"
    BUSY = "busy"
    BROKEN = "broken"
    DENIED = "denied"
    CUT_OFF = "cut off"
    OTHER_SHAPE = "other shape"
    NO_JSON = "no json"
    EMPTY = "empty"
    TOO_LARGE = "too large"
    NOT_UTF8 = "not utf-8"
    OTHER_LANGUAGE = "other language"
    FOREIGN_SOURCE = "foreign source"


# a second try may go better with these; a slow model has had its time, and a refusal stays one
_AGAIN = frozenset(
    {FaultKind.REFUSED, FaultKind.BROKEN, FaultKind.CUT_OFF, FaultKind.EMPTY, FaultKind.OTHER_SHAPE}
)


class ModelFault(Exception):
    """The model gave nothing that can be used."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True)
class Said:
    """A sentence of the model with the tokens of the passages that it says to have used."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """What the model said, and how many tokens it counted; None when it did not tell."""

    said: tuple[Said, ...]
    tokens: int | None = None


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


class _Sentence(BaseModel):
    model_config = ConfigDict(strict=True)
    tekst: str
    bronnen: list[str]


class _Written(BaseModel):
    model_config = ConfigDict(strict=True)
    zinnen: list[_Sentence] = Field(max_length=MOST_SENTENCES)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "zinnen": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "tekst": {"type": "string"},
                    "bronnen": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["tekst", "bronnen"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["zinnen"],
    "additionalProperties": False,
}


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

    async def ask(self, system: str, user: str) -> Reply:
        """What the model writes. Raises ModelFault."""
        ends = self._clock() + self.limits.total_seconds
        try:
            return await self._once(system, user, ends)
        except ModelFault as fault:
            if fault.kind not in _AGAIN or ends - self._clock() < self.limits.retry_seconds:
                raise
        return await self._once(system, user, ends)

    async def _once(self, system: str, user: str, ends: float) -> Reply:
        client = await asyncio.to_thread(self._client)  # importing it the first time takes half a second
        body = bytearray()
        try:
            async with asyncio.timeout(max(0.0, ends - self._clock())), client:
                await self._fill(body, client, system, user)
        except ModelFault:
            raise
        except TimeoutError:
            raise ModelFault(FaultKind.TRICKLE if body else FaultKind.SLOW) from None
        except Exception as error:  # the client, and the one below it, raise many kinds
            raise ModelFault(_kind_of(error, bool(body))) from error
        return reply_of(bytes(body))

    async def _fill(self, body: bytearray, client: AsyncOpenAI, system: str, user: str) -> None:
        create: Any = client.chat.completions.with_streaming_response.create
        async with create(
            model=self.address.model,
            messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            max_tokens=self.limits.tokens,
            temperature=0,
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "antwoord", "strict": True, "schema": SCHEMA},
            },
        ) as answer:
            async for piece in answer.iter_bytes():
                body += piece
                if len(body) > self.limits.bytes:
                    raise ModelFault(FaultKind.TOO_LARGE)

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
    if status == 429:
        raise ModelFault(FaultKind.BUSY)
    if status >= 500:
        raise ModelFault(FaultKind.BROKEN)
    if status >= 300:
        raise ModelFault(FaultKind.DENIED)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ModelFault(FaultKind.OTHER_SHAPE)


def _kind_of(error: Exception, begun: bool) -> FaultKind:
    """Which fault an exception of the client stands for; ours may be wrapped in one of its own."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ModelFault):
            return cause.kind
        if "timeout" in type(cause).__name__.lower():
            return FaultKind.SLOW
        cause = cause.__cause__
    return FaultKind.CUT_OFF if begun else FaultKind.REFUSED


def reply_of(body: bytes) -> Reply:
    """The sentences in the body of a good answer. Raises ModelFault."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ModelFault(FaultKind.NOT_UTF8) from None
    if not text.strip():
        raise ModelFault(FaultKind.EMPTY)
    content, tokens = _content_of(_json_of(text))
    if not content.strip():
        raise ModelFault(FaultKind.EMPTY)
    try:
        written = _Written.model_validate(_json_of(content))
    except ValidationError:
        raise ModelFault(FaultKind.OTHER_SHAPE) from None
    said = tuple(Said(one.tekst, tuple(one.bronnen)) for one in written.zinnen)
    if not any(one.text.strip() for one in said):
        raise ModelFault(FaultKind.EMPTY)
    return Reply(said, tokens)


def _json_of(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        begun = text.lstrip()[:1] in ("{", "[")
        raise ModelFault(FaultKind.CUT_OFF if begun else FaultKind.NO_JSON) from None


def _content_of(answer: Any) -> tuple[str, int | None]:
    """The text that the model wrote, and the tokens of the whole call."""
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise ModelFault(FaultKind.OTHER_SHAPE) from None
    if content is None:
        raise ModelFault(FaultKind.EMPTY)
    if not isinstance(content, str):
        raise ModelFault(FaultKind.OTHER_SHAPE)
    usage = answer.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, Mapping) else None
    return content, tokens if isinstance(tokens, int) and tokens >= 0 else None
