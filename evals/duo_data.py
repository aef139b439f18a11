"""A made-up municipality with signals and questions, as many as one likes: to time pages and to look at them.

The same seed gives the same municipality. Nothing in it is about anybody.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from embeddings.store.database import writing
from service.domain.answer import Answer, Status
from service.domain.gap import GapKind, GapState, Origin, Urgency
from service.domain.productduo import Department, Member, Productduo
from service.domain.question import Channel
from service.duos.charter import DEFAULT_CHARTER
from service.duos.ownership import Ownership
from service.duos.urgency import first_weight
from service.storage import figure_tables, gap_tables, tables

COLLECTION = "merelveen"
UPL = "http://standaarden.overheid.nl/owms/terms/"
DEPARTMENTS = (
    "Burgerzaken", "Belastingen", "Vergunningen", "Werk en inkomen", "Zorg en jeugd", "Openbare ruimte",
    "Afval en grondstoffen", "Verkeer en parkeren", "Ondernemen", "Sport en cultuur", "Wonen", "Milieu",
)  # fmt: skip
_SUBJECTS = (
    "paspoort", "rijbewijs", "verhuizing", "parkeervergunning", "hondenbelasting", "bijstand", "grof vuil",
    "kapvergunning", "dakkapel", "huwelijk", "uittreksel", "leerlingenvervoer", "traplift", "ozb",
    "kwijtschelding", "horecavergunning", "zwembad", "standplaats", "evenement", "geluidsoverlast",
)  # fmt: skip
_QUESTIONS = (
    "Wat kost {}?", "Hoe vraag ik {} aan?", "Hoe lang duurt {}?", "Wat heb ik nodig voor {}?",
    "Kan ik {} stopzetten?", "Geldt {} ook voor mijn kind?", "Waar moet ik zijn voor {}?",
    "Wanneer krijg ik bericht over {}?",
)  # fmt: skip
_FIRST = ("Anna", "Bram", "Chaima", "Dirk", "Esra", "Femke", "Gijs", "Hanna", "Ibrahim", "Jet", "Kim", "Lars")
_LAST = ("de Wit", "Bos", "El Amrani", "Visser", "Yilmaz", "Smit", "de Groot", "Mulder", "Haddad", "Prins")


@dataclass(frozen=True)
class Size:
    """How much of everything. `heavy`: askings carry as many bytes of meaning as with a model."""

    signals: int = 300
    questions: int = 1_000
    duos: int = 24
    days: int = 200
    heavy: bool = False


class Municipality:
    """Writes the rows of a made-up municipality, as it is at `now`."""

    def __init__(self, engine: Engine, now: datetime, size: Size | None = None, seed: int = 4) -> None:
        self._engine = engine
        self._now = now
        self._size = size or Size()
        self._chance = random.Random(seed)
        self.products = {
            f"{UPL}{subject.replace(' ', '-')}-{number}": f"{subject} {number}" if number else subject
            for number in range(-(-self._size.duos * 2 // len(_SUBJECTS)))
            for subject in _SUBJECTS
        }
        self.ownership = self._organisation()

    def write(self) -> None:
        """Write signals with their askings and history, questions, and counts per day."""
        with writing(self._engine).begin() as connection:
            self._signals(connection)
            self._questions(connection)
            self._daily(connection)

    # -- who -----------------------------------------------------------------------------------------

    def _organisation(self) -> Ownership:
        names = DEPARTMENTS[: max(2, min(len(DEPARTMENTS), self._size.duos // 2))]
        members = tuple(
            Member(
                f"m-{n}",
                f"{_FIRST[n % len(_FIRST)]} {_LAST[n // len(_FIRST) % len(_LAST)]}",
                f"m{n}@example.nl",
            )
            for n in range(self._size.duos * 3 // 2)
        )
        products = list(self.products)
        duos = tuple(
            Productduo(
                id=f"duo-{n}",
                name=f"{products[n * 2 % len(products)].rpartition('/')[2].replace('-', ' ').capitalize()}",
                department=names[n % len(names)],
                kcc_member=members[n // 2].id,
                specialist=members[self._size.duos // 2 + n].id if n % 11 else "",
                products=tuple(products[n * 2 : n * 2 + 2]),
            )
            for n in range(self._size.duos)
        )
        heads = {name: members[n].id for n, name in enumerate(names)}
        departments = tuple(Department(name.lower(), name, "", heads[name]) for name in names)
        return Ownership(departments, members, duos)

    # -- signals ---------------------------------------------------------------------------------------

    def _signals(self, connection: Connection) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"gaps": [], "askings": [], "events": []}
        for number in range(1, self._size.signals + 1):
            gap = self._gap(number)
            rows["gaps"].append(gap)
            rows["askings"] += self._askings(gap, len(rows["askings"]))
            rows["events"] += self._events(gap)
        _write(connection, gap_tables.gaps, rows["gaps"])
        _write(connection, gap_tables.askings, rows["askings"])
        _write(connection, gap_tables.events, rows["events"])

    def _gap(self, number: int) -> dict[str, Any]:
        chance = self._chance
        duo = chance.choice(self.ownership.duos)
        owned = chance.random() > 0.05
        product = chance.choice(duo.products) if duo.products else ""
        kind = chance.choices(list(GapKind), (5, 8, 3, 1))[0]
        first = self._now - timedelta(days=self._size.days * chance.random() ** 1.2, seconds=chance.random())
        # most of what is heard stays below the number of askings that opens it
        asked = max(1, min(40, int(chance.paretovariate(0.9))))
        opens = asked >= DEFAULT_CHARTER.opens_at or chance.random() < 0.3
        opened = first + timedelta(days=chance.random() * 4) if opens else None
        state, closed = self._ending(opened)
        name = self.products.get(product, duo.name)
        return {
            "id": uuid.UUID(int=chance.getrandbits(128)),
            "collection": COLLECTION,
            "number": number,
            "kind": kind.value,
            "state": state.value,
            "question": chance.choice(_QUESTIONS).format(name),
            "duo": duo.id if owned else "",
            "department": duo.department if owned or chance.random() < 0.5 else "",
            "product": product if owned else "",
            "document": f"vac:{number}",
            "title": f"Alles over {name}",
            "urgency": chance.choices([each.value for each in Urgency], (2, 7, 1))[0],
            "asked": asked,
            "first_asked_at": first,
            "last_asked_at": first + (self._now - first) * chance.random(),
            "opened_at": opened if opened and opened < self._now else None,
            "due_at": DEFAULT_CHARTER.due(opened, kind, Urgency.NORMAL) if opened else None,
            "closed_at": closed,
            "reason": "Dit is geen zaak van de gemeente." if state is GapState.DISMISSED else "",
            "merged_into": None,
            "reopened": int(bool(opened) and chance.random() < 0.08),
            "weight": first_weight(first, Origin.OUTCOME, kind, Urgency.NORMAL),
            "version": 1,
        }

    def _ending(self, opened: datetime | None) -> tuple[GapState, datetime | None]:
        if opened is None or opened >= self._now:
            return GapState.PROPOSED, None
        closed = opened + timedelta(days=self._chance.gammavariate(2, 6))
        if closed >= self._now or self._chance.random() < 0.03:
            return self._chance.choices((GapState.OPEN, GapState.REVIEW), (5, 1))[0], None
        return self._chance.choices((GapState.SOLVED, GapState.DISMISSED), (5, 1))[0], closed

    def _askings(self, gap: dict[str, Any], written: int) -> Iterator[dict[str, Any]]:
        chance = self._chance
        apart = gap["last_asked_at"] - gap["first_asked_at"]
        for number in range(gap["asked"]):
            at = gap["first_asked_at"] + apart * (
                chance.random() if 0 < number < gap["asked"] - 1 else min(number, 1)
            )
            origin = chance.choices(
                (Origin.OUTCOME, Origin.AGENT, Origin.REJECTED, Origin.NOT_HELPED), (20, 2, 1, 1)
            )[0]
            yield {
                "id": uuid.UUID(int=chance.getrandbits(128)),
                "sequence": written + number + 1,
                "collection": COLLECTION,
                "gap_id": gap["id"],
                "question_id": None,
                "text": gap["question"],
                "channel": chance.choice(list(Channel)).value,
                "language": "nl",
                "asked_at": at,
                "origin": origin.value,
                "status": Status.LOW_CONFIDENCE.value,
                "fault": "",
                "remark": "",
                "shown": [],
                "probability": 0.3,
                "reporter": None,
                "told_at": None,
                "encoder": "",
                "vector": bytes(1_536) if self._size.heavy else b"",
                "states": bytes(3_840) if self._size.heavy else b"",
            }

    def _events(self, gap: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield _event(gap, gap["first_asked_at"], "asked")
        opened = gap["opened_at"]
        if opened is None:
            return
        if gap["reopened"]:
            earlier = opened - timedelta(days=30)
            yield _event(gap, earlier, "opened")
            yield _event(gap, earlier + timedelta(days=12), "proven")
            yield _event(gap, opened, "reopened")
        else:
            yield _event(gap, opened, "opened")
        if gap["closed_at"]:
            ended = "proven" if gap["state"] == GapState.SOLVED.value else "dismissed"
            yield _event(gap, gap["closed_at"], ended)

    # -- questions ---------------------------------------------------------------------------------------

    def _questions(self, connection: Connection) -> None:
        """Questions of the latest month: the older ones are deleted."""
        conversations, questions = [], []
        for _ in range(self._size.questions):
            conversation = uuid.UUID(int=self._chance.getrandbits(128))
            at = self._now - timedelta(days=30 * self._chance.random())
            conversations.append(
                {
                    "id": conversation,
                    "collection": COLLECTION,
                    "token_digest": conversation.hex * 2,
                    "started_at": at,
                    "channel": Channel.SIDEBAR.value,
                }
            )
            questions.append(self._question(conversation, at))
        _write(connection, tables.conversations, conversations)
        _write(connection, tables.questions, questions)

    def _question(self, conversation: uuid.UUID, at: datetime) -> dict[str, Any]:
        return {
            "id": uuid.UUID(int=self._chance.getrandbits(128)),
            "collection": COLLECTION,
            "conversation_id": conversation,
            "position": 1,
            "text": self._chance.choice(_QUESTIONS).format(self._chance.choice(_SUBJECTS)),
            "removed": [],
            "channel": self._chance.choice(list(Channel)).value,
            "language": "nl",
            "asked_at": at,
            "for_staff": True,
            "status": Status.LOW_CONFIDENCE.value,
            "probability": 0.3,
            "certainty": "low",
            "degraded": False,
            "answer": {"status": Answer(Status.LOW_CONFIDENCE).status.value},
        }

    def _daily(self, connection: Connection) -> None:
        rows: list[dict[str, Any]] = []
        for product in self.products:
            share, busy = 0.55 + 0.45 * self._chance.random(), self._chance.random() * 4
            for back in range(self._size.days):
                day = self._now.date() - timedelta(days=back)
                rows += self._day(product, day, busy, share)
        _write(connection, figure_tables.daily_counts, rows)

    def _day(self, product: str, day: date, busy: float, share: float) -> Iterator[dict[str, Any]]:
        parts = (
            (Status.ANSWERED, True, busy * share * share),
            (Status.ANSWERED, False, busy * share * (1 - share)),
            (Status.LOW_CONFIDENCE, False, busy * (1 - share)),
        )
        for status, certain, expected in parts:
            number = int(expected + self._chance.random())
            if number:
                yield {
                    "collection": COLLECTION,
                    "day": day,
                    "product": product,
                    "status": status.value,
                    "channel": Channel.SIDEBAR.value,
                    "certain": certain,
                    "questions": number,
                }


def _event(gap: dict[str, Any], at: datetime, action: str) -> dict[str, Any]:
    return {
        "collection": COLLECTION,
        "gap_id": gap["id"],
        "at": at,
        "actor": "systeem",
        "action": action,
        "note": "",
    }


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 2_000):
        connection.execute(insert(table), rows[start : start + 2_000])
