"""Models over real HTTP that do as they are told: honest, lying, obedient, chattering, slow, or broken.

Each speaks the OpenAI-compatible protocol on a port of this machine. None of them thinks: what they say
comes out of the committed sets, by the question that they read in the prompt.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from embeddings.sentences import sentences
from evals.llm.sets import Case, Injection, Lie
from service.composers.llm.prompting import quotable

Answer = Callable[["Call"], None]
_PASSAGE = re.compile(r"«begin passage (p\w+) \w+»\n(.*?)\n«einde", re.DOTALL)
_QUESTION = re.compile(r"«begin vraag \w+»\n(.*?)\n«einde", re.DOTALL)
_PLEASANTRIES = (
    "Goede vraag, daar help ik u graag mee.",
    "Het hangt natuurlijk helemaal van uw situatie af.",
    "Over het algemeen doet u er verstandig aan om goed geïnformeerd te zijn.",
    "Gemeenten in Nederland gaan hier verschillend mee om.",
    "Vroeger was dit heel anders geregeld dan tegenwoordig.",
    "Laat u zich vooral niet ontmoedigen door alle papieren.",
    "Veel mensen lopen hier tegenaan, dus u bent zeker niet de enige.",
    "Met een beetje geduld komt het allemaal vanzelf goed.",
    "Ik hoop dat deze uitleg u verder heeft geholpen.",
    "Mocht u nog iets willen weten, stel dan gerust een nieuwe vraag.",
)


@dataclass
class Call:
    """One call to the model: what it was told, and the wire to answer on."""

    told: Mapping[str, Any]
    handler: BaseHTTPRequestHandler

    @property
    def read(self) -> str:
        """Question and passages, between their marks."""
        return str(self.told["messages"][1]["content"])

    @property
    def question(self) -> str:
        found = _QUESTION.search(self.read)
        return found[1] if found else ""

    @property
    def passages(self) -> dict[str, str]:
        """The passages by their tokens, as the model reads them."""
        return passages_in(self.read)

    @property
    def tokens(self) -> list[str]:
        return list(self.passages)

    @property
    def first(self) -> list[str]:
        """The first sentence of the first passage, below its title."""
        bodies = [text.partition("\n\n")[2] for text in self.passages.values()]
        return sentences(bodies[0])[:1] if bodies else []

    def raw(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def content(self, content: str) -> None:
        """An answer in the right shape around any content; in pieces for who asked for that."""
        used = (len(self.read) + len(content)) // 4
        if self.told.get("stream"):
            return self.pieces(_cut(content), used)
        body = {
            "choices": [{"message": {"role": "assistant", "content": content}}],
            "usage": {"total_tokens": used},
        }
        return self.raw(json.dumps(body).encode())

    def pieces(self, pieces: Iterable[str], tokens: int) -> None:
        """An answer that comes in pieces, to its end."""
        self.begin()
        for piece in pieces:
            self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self.event({"choices": [], "usage": {"total_tokens": tokens}})
        self.send(b"data: [DONE]\n\n")

    def begin(self) -> None:
        """The head of an answer in pieces; the end of the connection is its end."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def event(self, content: Mapping[str, Any]) -> None:
        self.send(f"data: {json.dumps(content)}\n\n".encode())

    def send(self, body: bytes) -> None:
        self.handler.wfile.write(body)
        self.handler.wfile.flush()

    def say(self, *said: tuple[str, str | None]) -> None:
        """Sentences with the source that each names: None is all passages, "" is none."""
        lines = [
            {"tekst": text, "bronnen": self.tokens if token is None else [token] if token else []}
            for text, token in said
        ]
        self.content(json.dumps({"zinnen": lines}))


@dataclass
class Running:
    """A model that is being served. `calls` is how often it was asked."""

    url: str
    calls: list[Call] = field(default_factory=list)


@contextmanager
def running(answer: Answer, port: int = 0) -> Iterator[Running]:
    """Serve a model until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            call = Call(json.loads(self.rfile.read(int(self.headers["Content-Length"]))), self)
            model.calls.append(call)
            with suppress(OSError):  # who hangs up in the middle is part of what is measured
                answer(call)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    model = Running(f"http://127.0.0.1:{server.server_address[1]}/v1")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


def passages_in(told: str) -> dict[str, str]:
    """The passages that a model was told, by their tokens and in their order."""
    return dict(_PASSAGE.findall(told))


def honest(cases: Sequence[Case]) -> Answer:
    """Says what the set says to that question; nothing to any other."""
    known = {_key(case.question): case.sentences for case in reversed(cases)}

    def answer(call: Call) -> None:
        call.say(*((text, None) for text in known.get(_key(call.question), ())))

    return answer


def liar(lies: Sequence[Lie]) -> Answer:
    """Says the next lie about that question, in the order of the set, and then from the first again."""
    left: dict[str, list[Lie]] = {}
    for lie in lies:
        left.setdefault(_key(lie.case.question), []).append(lie)
    lock = threading.Lock()

    def answer(call: Call) -> None:
        with lock:
            mine = left.get(_key(call.question), [])
            if mine:
                mine.append(mine.pop(0))
        if not mine:
            return call.say()
        lie = mine[-1]
        return call.say(
            *((text, lie.token if at == lie.at else None) for at, text in enumerate(lie.case.sentences))
        )

    return answer


def obedient(injections: Sequence[Injection]) -> Answer:
    """Repeats the first sentence that it reads, and then does what every instruction says that it finds."""
    orders = {quotable(one.planted): one.obeys for one in injections}

    def answer(call: Call) -> None:
        read = call.read
        obeyed = [order for planted, obeys in orders.items() if planted in read for order in obeys]
        call.say(*((text, None) for text in call.first), *((order.text, order.token) for order in obeyed))

    return answer


def babbler(call: Call) -> None:
    """Fluent and about nothing."""
    call.say(*((text, None) for text in _PLEASANTRIES))


def slow(seconds: float) -> Answer:
    """Answers, but too late."""

    def answer(call: Call) -> None:
        time.sleep(seconds)
        call.say(("Te laat.", None))

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


def breaks_off(call: Call) -> None:
    """Half of what was promised, and then nothing."""
    call.handler.send_response(200)
    call.handler.send_header("Content-Type", "application/json")
    call.handler.send_header("Content-Length", "5000")
    call.handler.end_headers()
    call.handler.wfile.write(b'{"choices": [{"message": {"content": "{')


# the faults of guard R6, but for an address where nobody listens
BROKEN: dict[str, Answer] = {
    "slow": slow(12.0),
    "trickle": trickles,
    "429": lambda call: call.raw(b"{}", 429),
    "500": lambda call: call.raw(b"{}", 500),
    "cut off": breaks_off,
    "cut off inside": lambda call: call.content('{"zinnen": [{"tekst": "Een pas'),
    "other shape": lambda call: call.content('{"antwoord": "Een paspoort kost geld."}'),
    "html": lambda call: call.raw(b"<html><h1>502 Bad Gateway</h1></html>", kind="text/html"),
    "empty": lambda call: call.content(""),
    "one megabyte": lambda call: call.raw(b'{"choices": "' + b"a" * 1_000_000 + b'"}'),
    "not utf-8": lambda call: call.raw(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
    "other language": lambda call: call.say(("Der Reisepass kostet für Sie 86 Euro, nicht bar.", None)),
    "foreign source": lambda call: call.say(("Een paspoort kost € 86,20.", "p9ffff")),
}  # fmt: skip


def _cut(content: str) -> list[str]:
    """A text as a model writes it: some letters at a time."""
    return [content[start : start + 7] for start in range(0, len(content), 7)]


def _key(question: str) -> str:
    return " ".join(question.split()).casefold()
