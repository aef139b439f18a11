"""Scripted models for tests: as `evals.llm.servers` serves them, with an answer that may change meanwhile."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from evals.llm import servers
from evals.llm.servers import breaks_off, trickles

Answer = Callable[["Call"], None]


class Call(servers.Call):
    """One call to the model: what it was told, and the wire to answer on."""

    def content(self, content: str | None, tokens: int = 300) -> None:
        """An answer in the right shape around any content; in pieces for who asked for that."""
        if content is not None and self.told.get("stream"):
            return self.pieces([content[at : at + 9] for at in range(0, len(content), 9)], tokens)
        message = {"role": "assistant", "content": content}
        body = {"choices": [{"message": message}], "usage": {"total_tokens": tokens}}
        return self.raw(json.dumps(body).encode())

    def sentence(self, text: str, token: str | None = None) -> str:
        """One sentence as it stands in the JSON of an answer."""
        return json.dumps({"tekst": text, "bronnen": [token or self.tokens[0]]})

    def say(self, *sentences: str, tokens: Sequence[str] | None = None) -> None:  # type: ignore[override]
        """These sentences, each with the first passage unless told otherwise."""
        named = list(tokens if tokens is not None else self.tokens[:1])
        self.content(json.dumps({"zinnen": [{"tekst": one, "bronnen": named} for one in sentences]}))


@dataclass
class Model:
    """A running scripted model. `answer` may be changed while it runs."""

    answer: Answer
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def running(answer: Answer) -> Iterator[Model]:
    """A model on a port of this machine."""
    model = Model(answer)

    def serve(served: servers.Call) -> None:
        call = Call(served.told, served.handler)
        model.calls.append(call)
        model.headers.append({name.lower(): value for name, value in call.handler.headers.items()})
        model.answer(call)

    with servers.running(serve) as there:
        model.url = there.url
        yield model


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def sleeps(seconds: float) -> Answer:
    def answer(call: Call) -> None:
        time.sleep(seconds)
        call.say("Te laat.")

    return answer


def status(code: int) -> Answer:
    return lambda call: call.raw(b'{"error": {"message": "no"}}', code)


# the thirteen faults of guard R6, but for "refused", which has no server
FAULTS: dict[str, Answer] = {
    "slow": sleeps(3.0),
    "busy": status(429),
    "broken": status(500),
    "trickle": trickles,
    "cut off": breaks_off,
    "other shape": lambda call: call.content('{"answer": ["wrong"]}'),
    "no json": lambda call: call.raw(b"<html><body>Gateway</body></html>", kind="text/html"),
    "empty": lambda call: call.content(""),
    "too large": lambda call: call.raw(b'{"choices": "' + b"a" * 1_000_000 + b'"}'),
    "not utf-8": lambda call: call.raw(b'{"choices": [{"message": {"content": "\xff\xfe\xfa"}}]}'),
    "other language": lambda call: call.say("Der Reisepass kostet für Sie 86 Euro und Sie zahlen nicht bar."),
    "foreign source": lambda call: call.say("Een paspoort kost € 86,20.", tokens=["p9ffff"]),
}
