"""Models over real HTTP that do as they are told: well, badly, slowly, or not at all."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Call"], None]
TOKEN = re.compile(r"«begin passage (p\w+) \w+»\n(.*?)\n«einde", re.DOTALL)


@dataclass
class Call:
    """One call to the model: what it was told, and the wire to answer on."""

    told: Mapping[str, Any]
    handler: BaseHTTPRequestHandler

    @property
    def passages(self) -> dict[str, str]:
        """The passages by their tokens, as the model reads them."""
        return dict(TOKEN.findall(self.told["messages"][1]["content"]))

    @property
    def tokens(self) -> list[str]:
        return list(self.passages)

    def raw(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def content(self, content: str | None, tokens: int = 300) -> None:
        """An answer in the right shape around any content."""
        message = {"role": "assistant", "content": content}
        body = {"choices": [{"message": message}], "usage": {"total_tokens": tokens}}
        self.raw(json.dumps(body).encode())

    def say(self, *sentences: str, tokens: Sequence[str] | None = None) -> None:
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

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            call = Call(told, self)
            model.calls.append(call)
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            with suppress(OSError):  # who hangs up in the middle is part of the test
                model.answer(call)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


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


def trickles(call: Call) -> None:
    """A byte now and then, for ever."""
    call.handler.send_response(200)
    call.handler.send_header("Content-Type", "application/json")
    call.handler.end_headers()
    for _ in range(400):
        call.handler.wfile.write(b" ")
        call.handler.wfile.flush()
        time.sleep(0.05)


def status(code: int) -> Answer:
    return lambda call: call.raw(b'{"error": {"message": "no"}}', code)


def breaks_off(call: Call) -> None:
    """Half of what was promised, and then nothing."""
    call.handler.send_response(200)
    call.handler.send_header("Content-Type", "application/json")
    call.handler.send_header("Content-Length", "5000")
    call.handler.end_headers()
    call.handler.wfile.write(b'{"choices": [{"message": {"content": "{')


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
