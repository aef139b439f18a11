"""The sidebar of a small municipality, with its texts, its duos and its signals: for whole journeys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from embeddings.document import Audience, Section, SectionKind
from service.answering.judge import judge_for
from service.answering.pipeline import Answering
from service.composers.quotes import QuotesComposer
from service.domain.municipality import Municipality as House
from service.domain.municipality import ServiceDesk
from service.storage.conversations import Conversations
from service.storage.questions import Questions
from service.web.answers import Spoken
from service.web.desk import Desk
from service.web.site import build_site
from tests.factories import document, note
from tests.pages.server import listening
from tests.service.web.duo.municipality import (
    CALIBRATION,
    PASSPORT_PRODUCT,
    TEXTS,
    Municipality,
    found_municipality,
    open_municipality,
)

QUESTION = "Wat kost een paspoort?"
UNKNOWN = "Mag mijn hond mee naar het zwembad?"
HOUSE = House(
    "gemeente Merelveen", "14 0999", "ma t/m vr 9 tot 17 uur", "https://www.merelveen.example/contact",
    desks=(ServiceDesk("Stadskantoor", "Raadhuisplein 1", "ma t/m vr 9 tot 16 uur"),),
)  # fmt: skip
PRODUCT = document(
    "paspoort-product",
    title="Paspoort aanvragen",
    kind="product",
    url="https://www.merelveen.example/paspoort",
    owner="Burgerzaken",
    products=(PASSPORT_PRODUCT,),
    sections=(
        Section("", "Een paspoort is een reisdocument.", SectionKind.INTRODUCTION),
        Section("Zo vraagt u het aan", "1. Maak een afspraak.\n2. Kom naar de balie.", SectionKind.APPLY),
        Section("Kosten en betalen", "Leges: € 83,87 voor een paspoort.", SectionKind.COSTS),
        Section("Hoe lang duurt het?", "Uw paspoort ligt na 5 werkdagen klaar."),
        Section("Bezwaar en beroep", "U kunt binnen 6 weken bezwaar maken.", SectionKind.OBJECTION),
        note("Vraag of de klant spoed heeft."),
    ),
)
LONG = document(
    "lang",
    title="Parkeerontheffing " + "x" * 280,
    sections=(
        Section("Tarieven", "\t".join(["kolom" * 4] * 8) + "\n" + "\t".join(["waarde" * 4] * 8)),
        Section("Uitleg", "Een parkeerontheffing " + "w" * 200),
    ),
    audience=Audience.BUSINESS,
    owner="y" * 200,
)


@dataclass
class _Loop:
    """What the sidebar takes from the loop."""

    signals: Any
    drafts: Any
    choices: Any
    steering: Any = None
    post: Any = None


@dataclass
class Counter:
    """A running sidebar at `root`."""

    root: str
    town: Municipality

    def sign_in(self, context: BrowserContext, name: str = "agent") -> None:
        """Let a browser be somebody's."""
        session = {"name": "antwoordduo", "value": self.town.session(name), "url": self.root}
        context.add_cookies([session])  # type: ignore[list-item]


def desk_of(town: Municipality) -> Desk:
    """The whole desk over what the duos' tests have."""
    desk, collection = town.desk, town.settings.collection
    encoder = town.library.encoder
    assert encoder is not None
    judge = judge_for(replace(CALIBRATION, encoder=encoder.name), town.library)
    return Desk(
        Spoken(Answering(town.library, collection, judge, QuotesComposer())),
        Conversations(town.engine, collection),
        Questions(town.engine, collection),
        collection,
        town.settings.retention_days,
        loop=_Loop(desk.signals, desk.drafts, desk.choices),
    )


def laid_down(folder: Path) -> Municipality:
    """The municipality with more to read than its duos need."""
    texts = [replace(one, url=f"https://www.merelveen.example/{one.id}") for one in TEXTS]
    found_municipality(folder, [*texts, PRODUCT, LONG])
    return open_municipality(folder)


@contextmanager
def running_counter(folder: Path) -> Iterator[Counter]:
    """A sidebar for as long as the block lasts."""
    town = laid_down(folder)
    desk = desk_of(town)
    app = build_site(town.settings, lambda: desk, town.people, municipality=lambda: HOUSE)
    with listening(app) as port:
        yield Counter(f"http://127.0.0.1:{port}", town)
