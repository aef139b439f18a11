"""Each fault of guard R6 through the whole service over HTTP: is there a usable answer, and how soon?

An endpoint fails in one of thirteen ways, at once or in the middle of an answer that began well. Measured is
the time from the moment that the fault was known, which is when the call to the endpoint ended, to the answer
with the quote, and the time in all.
"""

from __future__ import annotations

import json
import socket
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog
from fastapi.testclient import TestClient

from evals.answers.run import COLLECTION, answering_over, throw_away_library
from evals.llm.compare import quoting_everything
from evals.llm.floors import Watch
from evals.llm.servers import BROKEN, Answer, Call, running
from service.composers.llm.breaker import Breaker
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Heard, Limits, Reply, warm_up
from service.composers.llm.rewording import Rewording
from service.domain.person import Role
from service.loop import utc_now
from service.people.accounts import By, Profile
from service.people.people import people_of_municipality
from service.people.staff_key import new_key
from service.settings import Settings
from service.storage.conversations import Conversations
from service.storage.database import open_database
from service.storage.model_tokens import ModelTokens
from service.storage.questions import Questions
from service.storage.rewordings import Rewordings
from service.web.answers import Spoken
from service.web.desk import Desk
from service.web.reworder import Reworder
from service.web.rewording import PARTS
from service.web.sessions import SESSION
from service.web.site import build_site

MOST_AFTER_MS, MOST_IN_ALL_MS = 200.0, 10_000.0  # guard R6
QUESTION = "Wat kost een paspoort?"
TEXT = "Een paspoort kost € 86,20. U betaalt met uw pinpas. Contant betalen kan niet."
GOOD = "Een paspoort kost € 86,20."
NEVER = 1_000_000


@dataclass(frozen=True)
class Timed:
    """A fault with the milliseconds that were measured. `usable`: HTTP 200, and the quote as it was."""

    name: str
    in_pieces: bool
    kind: str
    usable: bool
    after_ms: float
    in_all_ms: float

    @property
    def holds(self) -> bool:
        return self.usable and self.after_ms <= MOST_AFTER_MS and self.in_all_ms <= MOST_IN_ALL_MS


def _begun(call: Call) -> None:
    """The first sentence of an answer, whole and right, and the beginning of a second."""
    call.begin()
    first = json.dumps({"tekst": GOOD, "bronnen": call.tokens}, ensure_ascii=False)
    _write(call, f'{{"zinnen": [{first}, {{"tekst": "U be')


def _write(call: Call, text: str) -> None:
    call.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})


def _then(go_on: Callable[[Call], None]) -> Answer:
    def answer(call: Call) -> None:
        _begun(call)
        go_on(call)

    return answer


def _goes_on(piece: str, pause: float) -> Callable[[Call], None]:
    def go_on(call: Call) -> None:
        for _ in range(400):
            time.sleep(pause)
            _write(call, piece)

    return go_on


def _ends_with(text: str) -> Callable[[Call], None]:
    def go_on(call: Call) -> None:
        _write(call, text)
        call.send(b"data: [DONE]\n\n")

    return go_on


# by the names of BROKEN; a server that is away or says no does so before anything streams
BROKEN_OFF: Mapping[str, Answer] = {
    "slow": _then(lambda call: time.sleep(12.0)),
    "trickle": _then(_goes_on(" ", 0.05)),
    "429": BROKEN["429"],
    "500": _then(lambda call: call.event({"error": {"message": "out of memory", "code": 500}})),
    "cut off": _then(lambda call: None),
    "other shape": _then(_ends_with('taalt.", "bron": 1}]}')),
    "html": _then(lambda call: call.send(b"data: <html><h1>502 Bad Gateway</h1></html>\n\n")),
    "empty": lambda call: call.pieces([], 0),
    "one megabyte": _then(lambda call: call.send(b"data: " + b"a" * 1_000_000)),
    "not utf-8": _then(lambda call: call.send(b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n')),
    "other language": BROKEN["other language"],
    "foreign source": BROKEN["foreign source"],
}  # fmt: skip
# the thirteen of guard R6; of the two that are cut off, the one that breaks the connection
REFUSED = "refused"
KINDS = (REFUSED, *BROKEN_OFF)


@dataclass
class _Watched:
    """An endpoint, and when its last call ended."""

    address: Address
    limits: Limits
    ended: float = field(default=0.0)

    async def ask(self, system: str, user: str, heard: Heard | None = None) -> Reply:
        try:
            return await Endpoint(self.address, self.limits).ask(system, user, heard)
        finally:
            self.ended = time.perf_counter()


@dataclass
class _Site:
    """A running service with an endpoint that can be changed."""

    client: TestClient
    endpoint: _Watched
    questions: Questions

    def timed(self, name: str, in_pieces: bool) -> Timed:
        """Ask, and have it reworded, with the endpoint as it is now."""
        asked = self.client.post("/zijbalk/vragen", data={"vraag": QUESTION}).text
        address = asked.partition('data-herschrijf="')[2].partition('"')[0]
        accept = f"{PARTS}, text/html" if in_pieces else "text/html"
        began = time.perf_counter()
        answer = self.client.post(address, headers={"Accept": accept})
        done = time.perf_counter()
        html = _end_of(answer.text) if in_pieces else answer.text
        found = self.questions.find(uuid.UUID(address.split("/")[-2]))
        made = found[0].answer.rewording if found else None
        return Timed(
            name,
            in_pieces,
            made.kept if made else "",
            GOOD in asked and answer.status_code == 200 and 'data-ai-generated="false"' in html,
            round((done - self.endpoint.ended) * 1000, 1),
            round((done - began) * 1000, 1),
        )


def _end_of(lines: str) -> str:
    """What stands in the end of what came in pieces."""
    parts = [json.loads(line) for line in lines.splitlines()]
    return str(parts[-1]["html"]) if parts and parts[-1]["soort"] == "klaar" else ""


def timed_faults(
    limits: Limits | None = None, kinds: Sequence[str] = KINDS, watch: Watch = lambda done: None
) -> list[Timed]:
    """Every fault, first of an answer in one piece and then of one in pieces."""
    found = []
    with _site(limits or Limits()) as site:
        for name in kinds:
            for in_pieces, answers in ((False, BROKEN), (True, BROKEN_OFF)):
                with _endpoint(name, answers) as url:
                    site.endpoint.address = replace(site.endpoint.address, url=url)
                    found.append(site.timed(name, in_pieces))
                watch(len(found))
    return found


@contextmanager
def _endpoint(name: str, answers: Mapping[str, Answer]) -> Iterator[str]:
    if name == REFUSED:
        yield f"http://127.0.0.1:{_free_port()}/v1"
        return
    with running(answers[name]) as served:
        yield served.url


def _free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _site(limits: Limits) -> Iterator[_Site]:
    """The service over one text, with staff signed in; only the judge lets everything through."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))  # no line for each request
    warm_up()
    with tempfile.TemporaryDirectory(prefix="antwoordduo-faults-") as name, ExitStack() as open_:
        folder = Path(name)
        document = {"id": "pas", "title": "Paspoort", "html": f"<p>{TEXT}</p>", "language": "nl",
                    "url": "https://www.merelveen.example/paspoort"}  # fmt: skip
        (folder / "texts.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
        library = open_.enter_context(throw_away_library(folder / "texts.jsonl", folder, "hashing"))
        settings = Settings(
            database_url=f"sqlite:///{folder / 'site.sqlite'}", data_dir=folder, collection=COLLECTION,
            composer="llm", model_url="http://127.0.0.1:9/v1", model_name="broken", model_processor="nobody",
            model_region="nowhere", model_no_training=True, limit_writes="", limit_reads="",
        )  # fmt: skip
        engine = open_database(settings.database_url)
        endpoint = _Watched(Address(settings.model_url, settings.model_name), limits)
        calls = Calls(
            endpoint,
            ModelTokens(engine, COLLECTION, settings.model_daily_tokens, utc_now),
            breaker=Breaker(failures=NEVER),
        )
        questions = Questions(engine, COLLECTION)
        desk = Desk(
            Spoken(quoting_everything(answering_over(library))),
            Conversations(engine, COLLECTION),
            questions,
            COLLECTION,
            settings.retention_days,
            reworder=Reworder(Rewording(calls), Rewordings(engine, COLLECTION), utc_now),
        )
        people = people_of_municipality(engine, COLLECTION, new_key())
        agent = Profile("Agent", "agent@example.nl", frozenset({Role.AGENT}))
        session = people.sessions.open(people.accounts.add(By("evals"), agent).person.id)
        client = open_.enter_context(
            TestClient(build_site(settings, lambda: desk, people), base_url="http://localhost")
        )
        client.cookies.set(SESSION, session)
        while client.get("/healthz/ready").status_code != 200:
            time.sleep(0.02)
        try:
            yield _Site(client, endpoint, questions)
        finally:
            engine.dispose()
