"""The chat on a port of this machine: the fake answering with everything a visitor may meet, and signals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from embeddings.store.database import writing
from service.demo import put_demo_site
from service.domain.answer import Answer, Certainty, Rewording, Sentence, Source, Status
from service.domain.municipality import Municipality, ServiceDesk
from service.domain.question import Asker
from service.storage.choices import Choice, Choices
from service.storage.database import open_database
from service.web.demo_site import demo_site
from service.web.desk import Desk
from service.web.site import build_site
from service.web.widget.sites import PREFIX, Site, as_json
from tests.pages.server import Running, listening
from tests.service.duos.houses import TownHall
from tests.service.web.conftest import desk_in, people_in, settings_in
from tests.service.web.fakes import ENGLISH_PASSPORT, MODIFIED, FakeAnswering, passport

KEY, SHUT = "merelveen", "dicht"
CHAT = f"/chat?site={KEY}&taal=nl"
SITE = Site(KEY, "Gemeente Merelveen", ("http://localhost:1", "https://www.merelveen.example"))
HOUSE = Municipality(
    name="gemeente Merelveen",
    telephone="14 0999",
    opening_hours="maandag tot en met vrijdag van 8.30 tot 17.00 uur",
    contact_url="https://www.merelveen.example/contact",
    desks=(ServiceDesk("Stadskantoor", "Plein 1, Merelveen", "Op werkdagen van 9.00 tot 16.00 uur"),),
    crisis=("De crisisdienst van Merelveen helpt u dag en nacht: 0999-123456.",),
    privacy_url="https://www.merelveen.example/privacy",
)
POISON = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\u202e'
WIDE = "\n".join(
    ["Soort\tMaat\tGewicht\tPrijs\tWanneer\tWaar"]
    + [f"Container {n}\t{n}40 liter\t{n}0 kilo\t€ {n}12,50\tmaandag\tMilieustraat" for n in range(1, 4)]
)
ARABIC = "كم تكلفة جواز السفر الجديد؟"


@dataclass
class VisitorAnswering(FakeAnswering):
    """Answers by the words in the question, with what only visitors meet; `made` is a model's rewording."""

    made: Rewording | None = None

    def _answer(self, text: str, asker: Asker) -> Answer:
        for word, answer in _BY_WORD.items():
            if word in text:
                return answer
        answer = super()._answer(text, asker)
        return replace(answer, rewording=self.made) if self.made else answer


def cited(status: Status = Status.ANSWERED, sentence: str = "", **changes: Any) -> Answer:
    """An answer from one text, the passport's with these changes."""
    candidate = passport(**changes)
    said = sentence or candidate.marked[0]
    source = Source(
        1, candidate.document, candidate.title, candidate.heading, candidate.text, candidate.url, MODIFIED, ""
    )
    return Answer(status, Certainty.HIGH, 0.93, (Sentence(said, (1,)),), (source,), (candidate,))


def _partly() -> Answer:
    whole = cited(document="vac:paspoort")
    return replace(whole, status=Status.ANSWERED_PARTLY, open=("Kan ik er ook mee naar Turkije?",))


_POISONED = cited(
    title=POISON, heading=POISON, text=f"Dit is {POISON} en meer.", marked=(f"Dit is {POISON} en meer.",),
    url="javascript:alert(3)",
)  # fmt: skip
_BY_WORD = {
    "deels": _partly(),
    "in English": cited(
        title="Applying for a passport",
        text=ENGLISH_PASSPORT.text,
        marked=ENGLISH_PASSPORT.marked,
        language="en",
    ),
    "dood": Answer(Status.CRISIS, hint="crisis.113"),
    "ruik gas": Answer(Status.CRISIS, hint="crisis.gas"),
    "inbraak": Answer(Status.OTHER_AUTHORITY, hint="authority.politie"),
    "hallo": Answer(Status.OUT_OF_SCOPE, hint="scope.smalltalk"),
    "tabel": cited(text=WIDE, marked=(), sentence=WIDE.split("\n")[1], title="Afvalcontainers"),
    "lange titel": cited(title="Zeerlangetitel" * 21 + "einde."),
    "gif": _POISONED,
    "gevaarlijke kandidaat": Answer(
        Status.LOW_CONFIDENCE,
        candidates=(
            passport(title=POISON, heading=POISON, text=POISON, marked=(), url="javascript:alert(3)"),
        ),
    ),
    "gevaarlijke keuze": Answer(Status.CLARIFY_PRODUCT, candidates=(passport(title=POISON),)),
    "جواز": cited(title=ARABIC, text=f"{ARABIC} 83,87.", marked=(f"{ARABIC} 83,87.",), language="ar"),
}


@dataclass
class Chat(Running):
    """The site with what stands behind it."""

    answering: VisitorAnswering
    hall: TownHall
    desk: Desk
    choices: Choices
    app: FastAPI

    def choose(self, name: str, value: object) -> None:
        """What somebody saves on a page of `/beheer`."""
        choose(self.choices, name, value)
        self.app.state.switches.forget()
        self.app.state.sites.forget()


@contextmanager
def running_chat(folder: Path, **changes: object) -> Iterator[Chat]:
    """A site with the chat for as long as the block lasts."""
    chat, app = chat_in(folder, **changes)
    with listening(app) as port:
        yield replace(chat, root=f"http://127.0.0.1:{port}")


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The website of the demo with the chat on it, and its address, for as long as the block lasts."""
    settings = settings_in(folder, demo=True)
    people = people_in(settings)
    engine = open_database(settings.database_url)
    app = build_site(settings, lambda: desk_in(settings, VisitorAnswering()), people)
    with listening(app) as port:
        put_demo_site(engine, Choices(engine, settings.collection), demo_site(port))
        # the machine listens on 127.0.0.1 alone here: that is the name that the chat has to come from
        yield f"http://localhost:{port}"


def chat_in(folder: Path, **changes: object) -> tuple[Chat, FastAPI]:
    """The site, and what stands behind it."""
    answering = VisitorAnswering()
    settings = settings_in(folder, **({"mail_host": "127.0.0.1"} | changes))
    people = people_in(settings)
    engine = open_database(settings.database_url)
    choices = Choices(engine, settings.collection)
    for site in (SITE, replace(SITE, key=SHUT, on=False)):
        choose(choices, PREFIX + site.key, as_json(site))
    hall = TownHall(engine)
    desk = replace(desk_in(settings, answering), loop=_Loop(hall))
    app = build_site(settings, lambda: desk, people, municipality=lambda: HOUSE)
    return Chat("", answering, people, hall, desk, choices, app), app


def choose(choices: Choices, name: str, value: object) -> None:
    with writing(choices._engine).begin() as connection:
        known = choices.get(name)
        choices.put(connection, Choice(name, value, "test", datetime.now(UTC), known.version))


class _Loop:
    """The signals; the rest of the loop is not for visitors."""

    def __init__(self, hall: TownHall) -> None:
        self.signals = hall.signals
        self.drafts: Any = None
        self.steering: Any = None
        self.choices: Any = None
        self.post: Any = None
