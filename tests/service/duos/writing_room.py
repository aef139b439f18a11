"""Where the duos of the invented town hall write: a real library, the encoder for tests, one database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.document import Document, DocumentKey, Section
from embeddings.encoders.base import Encoder
from embeddings.library import Library
from embeddings.ranking import NAME as RANKING
from embeddings.reading import Reader
from service.answering.judge import Calibration, Fit, judge_for, shipped_calibration
from service.answering.pipeline import Answered, Answering
from service.composers.quotes import QuotesComposer
from service.domain.draft import Draft
from service.domain.gap import Gap
from service.domain.person import Person
from service.domain.question import AGENT, VISITOR, Asked, Channel
from service.duos.draft_texts import Changes
from service.duos.drafts import Drafts
from service.storage.choices import Choices
from service.storage.database import open_database
from tests.factories import database_url, document, open_library
from tests.service.duos.houses import ANNA, BERT, COLLECTION, PASSPORT, TownHall

HOW_LONG = "Hoe lang is een kinderpaspoort geldig?"
TITLE = "Hoeveel jaar geldt een paspoort voor een kind?"
TEXT = "Een kinderpaspoort is 5 jaar geldig. Daarna vraagt u een nieuw kinderpaspoort aan."
FACT = "5 jaar"
CHECKS = ("Tot wanneer is een kinderpaspoort geldig?", "Is een kinderpaspoort lang geldig?")

TEXTS = (
    document("paspoort", "Een paspoort kost € 86,20. U haalt het op bij de balie.",
             title="Paspoort aanvragen", products=(PASSPORT,)),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op.", title="Grofvuil laten ophalen"),
    document("rijbewijs", "Een rijbewijs verlengen duurt 5 werkdagen.", title="Rijbewijs verlengen"),
)  # fmt: skip

# all words of the question met literally: sure enough to answer
FIT = Fit(
    features=("matched",), means=(0.8,), scales=(0.05,), coefficients=(1.0,), intercept=0.0,
    cut_offs={Channel.WEBSITE: 0.95, Channel.SIDEBAR: 0.6}, no_source_below=0.01,
)  # fmt: skip


@dataclass
class Room:
    """Everything together; `drafts` is what is tested."""

    hall: TownHall
    library: Library
    drafts: Drafts
    choices: Choices
    answering: Answering
    folder: Path

    def gap(self, question: str = HOW_LONG, by: Person = ANNA) -> Gap:
        """A signal that somebody opened."""
        return self.hall.signals.ask_duo(self.hall.kept(question).id, by)

    def written(self, gap: Gap, by: Person = ANNA, mends: str = "", **values: object) -> Draft:
        """A draft with everything filled in."""
        draft = self.drafts.begin(gap, by, mends)
        return self.drafts.save(draft, changes(draft, **values), by)

    def submitted(self, gap: Gap, by: Person = ANNA, mends: str = "", **values: object) -> Draft:
        return self.drafts.submit(self.written(gap, by, mends, **values), by)

    def again(self, draft: Draft) -> Draft:
        found = self.drafts.find(draft.id)
        assert found
        return found

    def ask(self, question: str, channel: Channel = Channel.WEBSITE) -> Answered:
        asked = Asked(question, channel, COLLECTION, uuid.uuid4())
        return self.answering.answer(asked, AGENT if channel is Channel.SIDEBAR else VISITOR)

    def first(self, question: str) -> str:
        """The text that comes first for a question."""
        return (self.ask(question).ranked or ("",))[0]

    def actions(self, gap: Gap) -> list[str]:
        return [event.action for event in self.hall.signals.gaps.history(gap.id)]


def changes(draft: Draft, **values: object) -> Changes:
    """What somebody would type for the signal of these tests; other fields by their names."""
    title, text = str(values.get("title", TITLE)), str(values.get("text", TEXT))
    whole = replace(draft.document, title=title, sections=(Section("Geldigheid", text),))
    own = {"fact": FACT, "checks": CHECKS, "wordings": ()}
    return Changes(whole, **(own | {name: each for name, each in values.items() if name in own}))  # type: ignore[arg-type]


def open_room(folder: Path, encoder: Encoder | str = "hashing", reader: Reader | None = None) -> Room:
    """With the encoder for tests anything literal is sure; with a real one the shipped calibration judges."""
    library = open_library(folder, encoder, reader=reader)
    library.apply(COLLECTION, "vac", TEXTS)
    hall = TownHall(open_database(database_url(folder)))
    name = library.encoder.name if library.encoder else ""
    plain = Calibration(name, "", RANKING, "2026-11-22", {"plain": FIT, "reader": FIT})
    judge = judge_for(shipped_calibration() if reader else plain, library)
    answering = Answering(library, COLLECTION, judge, QuotesComposer())
    choices = Choices(hall.engine, COLLECTION)
    drafts = Drafts(hall.signals, library, answering, choices)
    return Room(hall, library, drafts, choices, answering, folder)


def key(document: str) -> DocumentKey:
    source, _, id = document.partition(":")
    return DocumentKey(COLLECTION, source, id)


def as_delivered(**values: object) -> Document:
    """The passport text as its source delivers it next."""
    return replace(TEXTS[0], **values)  # type: ignore[arg-type]


__all__ = ["ANNA", "BERT", "Room", "as_delivered", "changes", "key", "open_room"]
