"""Gaps with their history and proofs, read and written row by row; what they mean is `duos`'."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from embeddings.store.database import empty_journal, writing
from service.domain.draft import Check, Proof
from service.domain.gap import Asking, Gap, GapEvent, GapKind, GapState, Urgency
from service.domain.productduo import Owner
from service.storage.askings import (
    NEWEST_FIRST,
    Joinable,
    Meaning,
    asking_of,
    asking_of_question,
    put_meaning,
)
from service.storage.gap_tables import FORGOTTEN, askings, events, gaps, proofs

_CHECKS = TypeAdapter(tuple[Check, ...])
PAGE = 50


class Changed(Exception):
    """Somebody else changed it meanwhile: `now` is what it is at this moment."""

    def __init__(self, now: Gap) -> None:
        super().__init__(now.id)
        self.now = now


# as it stands in the index: a value that is bound would not match it
_ERASED = askings.c.text == literal_column(f"'{FORGOTTEN}'")
_JOINABLE: Select[Any] = (
    select(
        askings.c.sequence,
        askings.c.gap_id,
        askings.c.encoder,
        askings.c.vector,
        gaps.c.document,
    )
    .join(gaps, gaps.c.id == askings.c.gap_id)
    .order_by(askings.c.sequence)
)


class Gaps:
    """Reads the gaps of one municipality. Writes are functions of this module, within a transaction."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def find(self, number: int) -> Gap | None:
        """The gap that people call by this number."""
        with self.engine.connect() as connection:
            return by_number(connection, self.collection, number)

    def get(self, gap: uuid.UUID) -> Gap | None:
        with self.engine.connect() as connection:
            return by_id(connection, self.collection, gap)

    def of_question(self, question: uuid.UUID) -> uuid.UUID | None:
        """The gap that a kept question stands under, None when it stands under none."""
        with self.engine.connect() as connection:
            asking = asking_of_question(connection, self.collection, question)
        return asking.gap if asking else None

    def listed(
        self,
        states: Collection[GapState],
        duos: Collection[str] | None = None,
        departments: Collection[str] | None = None,
        limit: int = PAGE,
        offset: int = 0,
    ) -> tuple[list[Gap], int]:
        """The gaps in these states, most pressing first, and how many there are in all.

        With `duos` or `departments` only what stands on their lists: of a duo, or of a department
        without a duo. Both None: everybody's.
        """
        wanted = [gaps.c.collection == self.collection, gaps.c.state.in_([each.value for each in states])]
        if duos is not None or departments is not None:
            wanted.append(_on_lists(duos or (), departments or ()))
        query = select(gaps).where(*wanted).order_by(gaps.c.weight.desc(), gaps.c.number)
        with self.engine.connect() as connection:
            rows = connection.execute(query.limit(limit).offset(offset)).all()
            count = connection.execute(select(func.count()).select_from(gaps).where(*wanted)).scalar_one()
        return [gap_of(row) for row in rows], count

    def counted(
        self, duos: Collection[str] | None, departments: Collection[str] | None, now: datetime
    ) -> tuple[dict[GapState, int], int]:
        """How many gaps there are in each state on these lists (as in `listed`), and how many are late."""
        wanted = [gaps.c.collection == self.collection]
        if duos is not None or departments is not None:
            wanted.append(_on_lists(duos or (), departments or ()))
        under_way = gaps.c.state.in_([GapState.OPEN.value, GapState.REVIEW.value])
        late = func.sum(case((under_way & (gaps.c.due_at < now), 1), else_=0))
        query = select(gaps.c.state, func.count(), late).where(*wanted).group_by(gaps.c.state)
        with self.engine.connect() as connection:
            found = connection.execute(query).all()
        return {GapState(state): count for state, count, _ in found}, sum(each for _, _, each in found)

    def outdated_documents(self, closed_after: datetime) -> set[str]:
        """The texts that stand on a list as outdated, or were there and closed since that moment."""
        query = select(gaps.c.document).where(
            gaps.c.collection == self.collection,
            gaps.c.kind == GapKind.OUTDATED.value,
            gaps.c.closed_at.is_(None) | (gaps.c.closed_at > closed_after),
        )
        with self.engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def due_before(self, moment: datetime) -> list[Gap]:
        """The gaps that are open and have to be closed before this moment, the first deadline first."""
        under_way = [GapState.OPEN.value, GapState.REVIEW.value]
        query = (
            select(gaps)
            .where(gaps.c.collection == self.collection, gaps.c.state.in_(under_way), gaps.c.due_at < moment)
            .order_by(gaps.c.due_at)
        )
        with self.engine.connect() as connection:
            return [gap_of(row) for row in connection.execute(query)]

    def askings(self, gap: uuid.UUID, limit: int = 200) -> list[Asking]:
        """How it was asked, newest first."""
        query = (
            select(askings)
            .where(askings.c.collection == self.collection, askings.c.gap_id == gap)
            .order_by(*NEWEST_FIRST)
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return [asking_of(row) for row in connection.execute(query)]

    def history(self, gap: uuid.UUID) -> list[GapEvent]:
        """What happened to it, oldest first."""
        query = (
            select(events)
            .where(events.c.collection == self.collection, events.c.gap_id == gap)
            .order_by(events.c.number)
        )
        with self.engine.connect() as connection:
            return [
                GapEvent(row.gap_id, row.at, row.actor, row.action, row.note)
                for row in connection.execute(query)
            ]

    def proofs(self, gap: uuid.UUID) -> list[Proof]:
        """Every time that its questions were asked again, newest first."""
        query = (
            select(proofs)
            .where(proofs.c.collection == self.collection, proofs.c.gap_id == gap)
            .order_by(proofs.c.at.desc())
        )
        with self.engine.connect() as connection:
            return [
                Proof(row.id, row.gap_id, row.document, row.at, _CHECKS.validate_python(row.checks))
                for row in connection.execute(query)
            ]

    def joinable(self, after: int) -> list[Joinable]:
        """Askings that came after this sequence number, in their order, without their token states."""
        query = _JOINABLE.where(askings.c.collection == self.collection, askings.c.sequence > after)
        with self.engine.connect() as connection:
            return [_joinable_of(row, b"") for row in connection.execute(query)]

    def joinable_now(self, sequences: Sequence[int]) -> list[Joinable]:
        """These askings under the gap where they stand now, token states and all."""
        query = _JOINABLE.add_columns(askings.c.states).where(
            askings.c.collection == self.collection, askings.c.sequence.in_(sequences)
        )
        with self.engine.connect() as connection:
            return [_joinable_of(row, row.states) for row in connection.execute(query)]

    def newest_of(self, wanted: Collection[uuid.UUID], count: int) -> list[Joinable]:
        """Of each of these gaps the newest `count` askings that have a meaning, token states and all."""
        place = func.row_number().over(partition_by=askings.c.gap_id, order_by=NEWEST_FIRST)
        ranked = (
            select(askings.c.id, place.label("place"))
            .where(
                askings.c.collection == self.collection,
                askings.c.gap_id.in_(wanted),
                askings.c.vector != b"",
            )
            .subquery()
        )
        query = (
            _JOINABLE.add_columns(askings.c.states)
            .join(ranked, ranked.c.id == askings.c.id)
            .where(ranked.c.place <= count)
        )
        with self.engine.connect() as connection:
            return [_joinable_of(row, row.states) for row in connection.execute(query)]

    def read_by_others(self, encoder: str, without: Collection[uuid.UUID], count: int) -> list[Asking]:
        """The newest `count` askings whose meaning is not by this encoder; not these, and none without
        words."""
        query = (
            select(askings)
            .where(
                askings.c.collection == self.collection,
                askings.c.encoder != encoder,
                ~_ERASED,
                askings.c.id.not_in(without),
            )
            .order_by(*NEWEST_FIRST)
            .limit(count)
        )
        with self.engine.connect() as connection:
            return [asking_of(row) for row in connection.execute(query)]

    def read_anew(self, asking: Asking, meaning: Meaning) -> bool:
        """Give an asking another meaning, under a new number, so that every process hears of it. False when
        its words are others by now: somebody erased them."""
        with writing(self.engine).begin() as connection:
            return put_meaning(connection, self.collection, asking, meaning)

    def count_erased(self) -> int:
        """How many askings have lost their words."""
        query = select(func.count()).where(askings.c.collection == self.collection, _ERASED)
        with self.engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def erased(self) -> frozenset[int]:
        """The sequence numbers of the askings that have lost their words."""
        query = select(askings.c.sequence).where(askings.c.collection == self.collection, _ERASED)
        with self.engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def untold(self, reporter: uuid.UUID) -> list[tuple[Asking, Gap]]:
        """What this member of staff asked or reported, that is closed, and that they were not told yet."""
        closed = [GapState.SOLVED.value, GapState.DISMISSED.value]
        query = (
            select(askings)
            .join(gaps, gaps.c.id == askings.c.gap_id)
            .where(
                askings.c.collection == self.collection,
                askings.c.reporter == reporter,
                askings.c.told_at.is_(None),
                gaps.c.state.in_(closed),
            )
            .order_by(*NEWEST_FIRST)
        )
        with self.engine.connect() as connection:
            found = [asking_of(row) for row in connection.execute(query)]
            of = {each.gap: by_id(connection, self.collection, each.gap) for each in found}
        return [(asking, gap) for asking in found if (gap := of[asking.gap])]


def by_number(connection: Connection, collection: str, number: int) -> Gap | None:
    """The gap with this number, as this transaction sees it."""
    row = connection.execute(
        select(gaps).where(gaps.c.collection == collection, gaps.c.number == number)
    ).one_or_none()
    return gap_of(row) if row else None


def by_id(connection: Connection, collection: str, gap: uuid.UUID) -> Gap | None:
    """The gap with this id, as this transaction sees it."""
    row = connection.execute(
        select(gaps).where(gaps.c.collection == collection, gaps.c.id == gap)
    ).one_or_none()
    return gap_of(row) if row else None


def add_gap(connection: Connection, gap: Gap, weight: float) -> Gap:
    """Write a new gap; it comes back with its number."""
    query = select(func.max(gaps.c.number)).where(gaps.c.collection == gap.collection)
    numbered = replace(gap, number=(connection.execute(query).scalar() or 0) + 1)
    connection.execute(insert(gaps).values(**_columns_of(numbered), weight=weight))
    return numbered


def change_gap(connection: Connection, gap: Gap, weight: float | None = None) -> Gap:
    """Write a changed gap, made from the version that is stored now; raises Changed when it is not."""
    values = _columns_of(replace(gap, version=gap.version + 1))
    if weight is not None:
        values["weight"] = weight
    changed = connection.execute(
        update(gaps)
        .where(gaps.c.collection == gap.collection, gaps.c.id == gap.id, gaps.c.version == gap.version)
        .values(**values)
    ).rowcount
    if not changed:
        now = by_id(connection, gap.collection, gap.id)
        if now is None:
            raise KeyError(gap.id)
        raise Changed(now)
    return replace(gap, version=gap.version + 1)


def weight_of(connection: Connection, gap: Gap) -> float:
    """How pressing the gap is, as it stands in its row."""
    query = select(gaps.c.weight).where(gaps.c.collection == gap.collection, gaps.c.id == gap.id)
    return float(connection.execute(query).scalar_one())


def add_event(connection: Connection, collection: str, event: GapEvent) -> None:
    """Write a line of history."""
    connection.execute(
        insert(events).values(
            collection=collection,
            gap_id=event.gap,
            at=event.at,
            actor=event.actor,
            action=event.action,
            note=event.note,
        )
    )


def add_proof(connection: Connection, collection: str, proof: Proof) -> None:
    """Keep how the questions of a gap went when they were asked again."""
    connection.execute(
        insert(proofs).values(
            id=proof.id,
            collection=collection,
            gap_id=proof.gap,
            document=proof.document,
            at=proof.at,
            solved=proof.solved,
            checks=_CHECKS.dump_python(proof.checks, mode="json"),
        )
    )


def forget_closed_before(engine: Engine, collection: str, moment: datetime) -> int:
    """Take the words out of the gaps that were closed before: what was asked, remarked, shown and noted
    (guard P5). What can be counted stays, so that figures of an earlier year hold. No byte of the words stays
    in the file; returns how many gaps there were.
    """
    old = (
        select(gaps.c.id)
        .where(gaps.c.collection == collection, gaps.c.closed_at < moment, gaps.c.question != FORGOTTEN)
        .scalar_subquery()
    )
    with writing(engine).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        connection.execute(
            update(askings)
            .where(askings.c.gap_id.in_(old))
            .values(text=FORGOTTEN, remark="", shown=[], question_id=None, vector=b"", states=b"")
        )
        connection.execute(update(events).where(events.c.gap_id.in_(old)).values(note=""))
        connection.execute(update(proofs).where(proofs.c.gap_id.in_(old)).values(checks=[]))
        count = connection.execute(
            update(gaps).where(gaps.c.id.in_(old)).values(question=FORGOTTEN, reason="")
        ).rowcount
    empty_journal(engine)
    return count


def _joinable_of(row: Row[Any], states: bytes) -> Joinable:
    meaning = Meaning(row.encoder, row.vector, states)
    return Joinable(row.sequence, row.gap_id, row.document, meaning)


def gap_of(row: Row[Any]) -> Gap:
    """A gap out of a row of its table."""
    return Gap(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=GapKind(row.kind),
        state=GapState(row.state),
        urgency=Urgency(row.urgency),
        owner=Owner(row.duo, row.department),
    )


_PLAIN = (
    "id", "collection", "number", "question", "asked", "first_asked_at", "last_asked_at", "product",
    "document", "title", "opened_at", "due_at", "closed_at", "reason", "merged_into", "reopened", "version",
)  # fmt: skip


def _columns_of(gap: Gap) -> dict[str, Any]:
    plain = {name: getattr(gap, name) for name in _PLAIN}
    words = {name: getattr(gap, name).value for name in ("kind", "state", "urgency")}
    return plain | words | {"duo": gap.owner.duo, "department": gap.owner.department}


def _on_lists(duos: Collection[str], departments: Collection[str]) -> ColumnElement[bool]:
    of_duo = gaps.c.duo.in_(list(duos))
    return of_duo | ((gaps.c.duo == "") & gaps.c.department.in_(list(departments)))
