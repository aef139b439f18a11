"""An invented town hall for tests of the duo loop: who owns what, and signals over a small library."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from embeddings.encoders.hashing import HashingEncoder
from embeddings.store.database import writing
from service.answering.unanswered import FoundText, Unanswered
from service.domain.answer import Answer, Candidate, Certainty, Status
from service.domain.conversation import new_conversation
from service.domain.draft import Check, Proof
from service.domain.gap import Gap
from service.domain.person import Person, Role
from service.domain.productduo import Department, Member, Productduo
from service.domain.question import Asker, Channel, Question
from service.duos.charter import Charter
from service.duos.ownership import Ownership
from service.duos.signals import Signals
from service.duos.transitions import Rules
from service.storage.database import open_database
from service.storage.gaps import Gaps
from service.storage.questions import Questions, Turn

COLLECTION = "merelveen"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSPORT, WASTE, PERMIT = (f"upl:{name}" for name in ("paspoort", "grofvuil", "parkeervergunning"))

OWNERSHIP = Ownership(
    departments=(
        Department("burgerzaken", "Burgerzaken", "burgerzaken@merelveen.example", head="hoofd"),
        Department("beheer", "Beheer", "beheer@merelveen.example"),
    ),
    members=(
        Member("kcc-1", "Anna van het KCC", "anna@merelveen.example"),
        Member("spec-1", "Bert van Burgerzaken", "bert@merelveen.example"),
        Member("spec-2", "Carla van Beheer", "carla@merelveen.example"),
        Member("hoofd", "Hoofd Burgerzaken", "hoofd@merelveen.example"),
        Member("weg", "Wie wegging", left=True),
    ),
    duos=(
        Productduo("reis", "Reisdocumenten", "Burgerzaken", "kcc-1", "spec-1", (PASSPORT,)),
        Productduo("afval", "Afval", "Beheer", "kcc-1", "spec-2", (WASTE,)),
        Productduo("parkeren", "Parkeren", "Beheer", "weg", "", (PERMIT,)),
    ),
)


def person(name: str, *roles: Role, member: str = "", departments: tuple[str, ...] = ()) -> Person:
    return Person(
        uuid.uuid5(uuid.NAMESPACE_DNS, name),
        name,
        name.capitalize(),
        f"{name}@merelveen.example",
        frozenset(roles),
        member,
        departments,
    )


ANNA = person("anna", Role.AGENT, Role.DUO_MEMBER, member="kcc-1")
BERT = person("bert", Role.DUO_MEMBER, member="spec-1")
CARLA = person("carla", Role.DUO_MEMBER, member="SPEC-2")
HEAD = person("hoofd", Role.DEPARTMENT_HEAD, departments=("burgerzaken",))
COORDINATOR = person("cor", Role.COORDINATOR)
AGENT = person("agnes", Role.AGENT)

TEXTS = {
    "paspoort": FoundText("vac:paspoort", "Paspoort aanvragen", (PASSPORT,), "Burgerzaken"),
    "grofvuil": FoundText("vac:grofvuil", "Grofvuil laten ophalen", (WASTE,), "Beheer"),
    "parkeren": FoundText("vac:parkeren", "Parkeervergunning", (PERMIT,), "Beheer"),
}


@dataclass
class Told:
    """Heralds and an audit that remember what they were told."""

    calls: list[tuple[str, int]] = field(default_factory=list)
    audit: list[tuple[str, str, str]] = field(default_factory=list)
    waiting: list[tuple[uuid.UUID, str]] = field(default_factory=list)

    def opened(self, connection: Connection, gap: Gap, ownership: Ownership) -> None:
        self.calls.append(("opened", gap.number))

    def handed_over(self, connection: Connection, gap: Gap, ownership: Ownership, note: str, by: str) -> None:
        self.calls.append(("handed_over", gap.number))

    def review_asked(self, connection: Connection, gap: Gap, ownership: Ownership, by: Person) -> None:
        self.calls.append(("review_asked", gap.number))

    def returned(
        self, connection: Connection, gap: Gap, ownership: Ownership, remark: str, by: Person
    ) -> None:
        self.calls.append(("returned", gap.number))

    def closed(self, connection: Connection, gap: Gap, waiting: list[tuple[uuid.UUID, str]]) -> None:
        self.calls.append(("closed", gap.number))
        self.waiting += waiting

    def note_in(
        self, connection: Connection, actor: str, action: str, subject: str, *rest: Any, **details: Any
    ) -> None:
        self.audit.append((actor, action, subject))


@dataclass
class TownHall:
    """Signals on a database of their own. `now` may be set; `said` brings a question that fell short."""

    engine: Engine
    told: Told = field(default_factory=Told)
    ownership: Ownership = OWNERSHIP
    charter: Charter = field(default_factory=Charter)
    now: datetime = MONDAY
    encoder: HashingEncoder = field(default_factory=lambda: HashingEncoder(128))

    def __post_init__(self) -> None:
        self.questions = Questions(self.engine, COLLECTION)
        self.signals = self.another_process()

    def another_process(self) -> Signals:
        rules = Rules(lambda: self.ownership, lambda: self.charter)
        return Signals(
            Gaps(self.engine, COLLECTION),
            rules,
            self.told,
            self.told,
            self.questions,
            self.look,
            self.encoder.name,
            lambda: self.now,
        )

    def look(self, text: str, language: str, asker: Asker) -> Unanswered:
        found = tuple(each for word, each in TEXTS.items() if word in text.lower())
        shown = tuple(
            Candidate(each.document, each.title, "", "Tekst.", (), "", each.owner, None, Certainty.LOW)
            for each in found
        )
        status = Status.LOW_CONFIDENCE if found else Status.NO_SOURCE
        return Unanswered(text, status, 0.2, shown, found, self.encoder.encode_query(text))

    def question(self, text: str, channel: Channel = Channel.WEBSITE) -> Question:
        return Question(text, channel, COLLECTION, asked_at=self.now)

    def said(self, text: str) -> Gap:
        (gap,) = self.signals.heard(self.question(text), [self.look(text, "nl", Asker())])
        return gap

    def kept(self, text: str, status: Status = Status.LOW_CONFIDENCE) -> Question:
        """A question that is kept, as the desk does, and not on any list yet."""
        conversation, _ = new_conversation(COLLECTION)
        question = Question(
            text, Channel.WEBSITE, COLLECTION, conversation=conversation.id, asked_at=self.now
        )
        self.questions.keep(Turn(question, Answer(status), False), conversation)
        return question

    def again(self, gap: Gap) -> Gap:
        """The gap as it is now."""
        found = self.signals.gaps.get(gap.id)
        assert found
        return found

    def later(self, **how: float) -> None:
        self.now += timedelta(**how)

    def write(self, does: Callable[[Connection], None]) -> None:
        with writing(self.engine).begin() as connection:
            does(connection)


def town_hall(folder: Path, **values: Any) -> TownHall:
    return TownHall(open_database(f"sqlite:///{folder / 'service.sqlite'}"), **values)


def proof_that_holds(gap: Gap, document: str, at: datetime) -> Proof:
    """The question of a gap asked again, found and quoted."""
    check = Check(gap.question, paraphrase=False, found=True, quoted=True, certain=False, first=document)
    return Proof(uuid.uuid4(), gap.id, document, at, (check,))
