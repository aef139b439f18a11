"""How a question gets on a list: joined by meaning to a signal that is there, or as a new one.

What we could not answer makes a *proposed* signal, which opens at its third asking; what a person brings
opens at once. Typing ahead, refusals, abuse and gibberish never get here.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from embeddings.store.database import writing
from service.answering.redaction import redact
from service.answering.unanswered import FELL_SHORT, Unanswered
from service.domain.answer import Status
from service.domain.gap import Asking, Fault, Gap, GapKind, GapState, Origin, Shown
from service.domain.person import Person
from service.domain.question import AGENT, VISITOR, Asker, Question
from service.duos import urgency as weights
from service.duos.joining import Joiner, Said
from service.duos.meanings import meanings_of
from service.duos.routing import owner_for
from service.duos.transitions import Auditing, Heralds, NotPossible, Rules, Transitions
from service.storage import askings as asked_rows
from service.storage import gaps as rows
from service.storage.askings import Meaning
from service.storage.gaps import Gaps
from service.storage.questions import Questions, Turn, UnknownQuestion

REMEMBERED = timedelta(days=90)  # a closed signal takes a question back for so long
LONGEST_REMARK = 2000  # an answer as an agent rewrote it fits
TRIES = 5
COMPARED = 5  # of a signal's newest askings, those that look for signals that ask the same

log = structlog.get_logger()

Look = Callable[[str, str, Asker], Unanswered]


@dataclass(frozen=True)
class _Brought:
    """Something for a list: what fell short, and who brought it why."""

    short: Unanswered
    question: Question
    origin: Origin
    fault: Fault | None = None
    remark: str = ""
    reporter: uuid.UUID | None = None

    @property
    def kind(self) -> GapKind:
        if self.fault is Fault.OUTDATED:
            return GapKind.OUTDATED
        if self.fault is not None or self.origin is Origin.NOT_HELPED:
            return GapKind.REJECTED
        return GapKind.MISSING if self.short.status is Status.NO_SOURCE else GapKind.UNCERTAIN


class Signals(Transitions):
    """The signals of one municipality: what comes in, and everything that may happen to it after that."""

    def __init__(
        self,
        gaps: Gaps,
        rules: Rules,
        audit: Auditing,
        heralds: Heralds,
        questions: Questions,
        look: Look,
        encoder: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(gaps, rules, audit, heralds, now)
        self._questions = questions
        self._look = look
        self.meanings = meanings_of(encoder)
        self._joiner = Joiner(self.meanings.name, gaps, self.meanings.weights)
        self._lock = threading.Lock()
        self._erased = 0  # how many askings had lost their words at the last look

    # -- what comes in -----------------------------------------------------------------------------

    def heard(self, question: Question, unanswered: Sequence[Unanswered]) -> list[Gap]:
        """Put what fell short on a list; returns the signals, one for each part.

        A database that is away does not raise here: who asked has an answer already, and must not lose it to
        a list. It is logged, and `catch_up` brings the question in later, from where it is kept.
        """
        try:
            return [self._bring(_Brought(short, question, Origin.OUTCOME)) for short in unanswered]
        except SQLAlchemyError as error:
            log.error("signal not noted, it will be caught up", kind=type(error).__name__)
            return []

    def catch_up(self, since: datetime) -> int:
        """Bring in the kept questions that fell short and stand on no list; returns how many."""
        missed = self._questions.unlisted(since, [status.value for status in FELL_SHORT])
        for turn in missed:
            asker = AGENT if turn.for_staff else VISITOR
            short = self._look(turn.question.text, turn.question.language, asker)
            self._bring(_Brought(_as_it_was(short, turn), turn.question, Origin.OUTCOME))
        return len(missed)

    def ask_duo(self, question_id: uuid.UUID, reporter: Person | None, remark: str = "") -> Gap:
        """An agent asks the duo; None where it is known only that it was one. Raises UnknownQuestion."""
        return self._pressed(question_id, Origin.AGENT, None, remark, reporter)

    def reject(
        self,
        question_id: uuid.UUID,
        fault: Fault,
        remark: str = "",
        reporter: Person | None = None,
        by_staff: bool = False,
    ) -> Gap:
        """Somebody says that an answer is not right or does not help. Raises UnknownQuestion."""
        origin = Origin.REJECTED if reporter or by_staff else Origin.NOT_HELPED
        return self._pressed(question_id, origin, fault, remark, reporter)

    def leave_address(self, question_id: uuid.UUID, email: str) -> Gap:
        """A visitor wants to hear the answer at this address. Raises UnknownQuestion."""
        gap = self._pressed(question_id, Origin.ADDRESS, None, "", None)
        with self._change() as connection:
            asking = asked_rows.asking_of_question(connection, self.collection, question_id)
            if asking is None:
                raise UnknownQuestion(question_id)
            asked_rows.leave_address(connection, self.collection, asking.id, email, self.now())
        return gap

    def told(self, askings: Sequence[uuid.UUID], by: Person) -> None:
        """Who brought these has read how they ended; those of somebody else are left alone."""
        own = {asking.id for asking, _ in self.gaps.untold(by.id)}
        with self._change() as connection:
            asked_rows.mark_told(connection, self.collection, own & set(askings), self.now())

    def past_review(self, text: Unanswered, question: Question) -> Gap:
        """A text is past its review date; its title stands for the question."""
        return self._bring(_Brought(text, question, Origin.REVIEW_DATE, Fault.OUTDATED))

    def likely(self, gap: Gap) -> list[tuple[Gap, float]]:
        """Other signals that may ask the same, the likeliest first: for merging."""
        chances: dict[uuid.UUID, float] = {}
        with self._lock:
            self._joiner.learn(self.gaps.joinable(self._joiner.known))
            for asking in self.gaps.newest_of({gap.id}, COMPARED):
                said = Said(asking.document, asking.meaning)
                for other, likely in self._joiner.candidates(said):
                    chances[other] = max(likely, chances.get(other, 0.0))
        found = [(self.gaps.get(other), likely) for other, likely in chances.items() if other != gap.id]
        open_ones = [(each, likely) for each, likely in found if each and not each.state.is_closed]
        return sorted(open_ones, key=lambda each: -each[1])[:5]

    def forget_erased(self) -> int:
        """Drop what this process knows of askings whose words were erased, here or by another process
        (guard P6); returns how many there were."""
        count = self.gaps.count_erased()
        if count == self._erased:
            return 0
        with self._lock:
            dropped = self._joiner.forget(self.gaps.erased())
            self._erased = count
        return dropped

    # -- how it gets on a list -----------------------------------------------------------------------

    def _pressed(
        self,
        question_id: uuid.UUID,
        origin: Origin,
        fault: Fault | None,
        remark: str,
        reporter: Person | None,
    ) -> Gap:
        found = self._questions.find(question_id)
        if found is None:
            raise UnknownQuestion(question_id)
        turn, _ = found
        asker = AGENT if turn.for_staff else VISITOR
        short = self._look(turn.question.text, turn.question.language, asker)
        brought = _Brought(
            _as_it_was(short, turn),
            turn.question,
            origin,
            fault,
            redact(remark[:LONGEST_REMARK]).text,
            reporter.id if reporter else None,
        )
        with self._change() as connection:
            earlier = asked_rows.asking_of_question(connection, self.collection, question_id)
            if earlier is not None:
                return self._press_again(connection, earlier, brought, reporter)
        return self._bring(brought, reporter)

    def _press_again(
        self, connection: Connection, earlier: Asking, brought: _Brought, by: Person | None
    ) -> Gap:
        """The question stands on a list already: the person who presses is added to its asking."""
        gap = self._gap_in(connection, earlier.gap)
        if gap is None:
            raise UnknownQuestion(brought.question.id)
        asked_rows.change_asking(
            connection,
            self.collection,
            replace(
                earlier,
                origin=brought.origin,
                fault=brought.fault or earlier.fault,
                remark=brought.remark or earlier.remark,
                reporter=brought.reporter or earlier.reporter,
                told_at=None,
            ),
        )
        kind = brought.kind if brought.fault else gap.kind
        weight = weights.with_standing(
            rows.weight_of(connection, gap), (gap.kind, gap.urgency), (kind, gap.urgency)
        )
        return self._written_open(connection, replace(gap, kind=kind), weight, by, brought)

    def _bring(self, brought: _Brought, by: Person | None = None) -> Gap:
        """Join or begin. Looking for what is like it costs a model's arithmetic, so it is done before the
        write lock is taken, and again when another asking came in between."""
        short = brought.short
        first = short.found[0] if short.found else None
        meaning = self.meanings.of(short.encoded)
        said = Said(first.document if first else "", meaning)
        for attempt in range(TRIES):
            with self._lock:
                self._joiner.learn(self.gaps.joinable(self._joiner.known))
                known, best = self._joiner.known, self._joiner.best(said)
            with writing(self.gaps.engine).begin() as connection:
                behind = asked_rows.last_sequence(connection, self.collection) != known
                if behind and attempt < TRIES - 1:
                    continue
                gap = self._joined(connection, best[0], brought) if best else None
                if gap is None:
                    return self._begin(connection, brought, meaning, by)
                return self._join(connection, gap, brought, meaning, by)
        raise AssertionError("the last attempt always writes")

    def _joined(self, connection: Connection, id: uuid.UUID, brought: _Brought) -> Gap | None:
        """The signal to join; None when it is closed for so long that this is news."""
        gap = self._gap_in(connection, id)
        if gap is None or (gap.closed_at and self.now() - gap.closed_at > REMEMBERED):
            return None
        return gap

    def _gap_in(self, connection: Connection, id: uuid.UUID) -> Gap | None:
        """The signal, or the one that it was merged into."""
        gap = rows.by_id(connection, self.collection, id)
        while gap is not None and gap.merged_into is not None:
            gap = rows.by_id(connection, self.collection, gap.merged_into)
        return gap

    def _begin(self, connection: Connection, brought: _Brought, meaning: Meaning, by: Person | None) -> Gap:
        short, at = brought.short, brought.question.asked_at
        first = short.found[0] if short.found else None
        gap = Gap(
            id=uuid.uuid4(),
            collection=self.collection,
            number=0,
            kind=brought.kind,
            state=GapState.PROPOSED,
            question=short.text,
            owner=owner_for(short.found, self.rules.ownership()),
            asked=1,
            first_asked_at=at,
            last_asked_at=at,
            product=first.products[0] if first and first.products else "",
            document=first.document if first else "",
            title=first.title if first else "",
        )
        opens = brought.origin.opens or self.rules.charter().opens_at <= 1
        if opens:
            gap = self._opened(gap)
        weight = weights.first_weight(at, brought.origin, gap.kind, gap.urgency)
        gap = rows.add_gap(connection, gap, weight)
        self._keep_asking(connection, gap, brought, meaning)
        self._tell(connection, gap, by, "opened" if opens else "asked")
        if opens:
            self.heralds.opened(connection, gap, self.rules.ownership())
        return gap

    def _join(
        self,
        connection: Connection,
        gap: Gap,
        brought: _Brought,
        meaning: Meaning,
        by: Person | None,
    ) -> Gap:
        at = brought.question.asked_at
        counted = replace(
            gap,
            asked=gap.asked + 1,
            last_asked_at=max(at, gap.last_asked_at),
            kind=brought.kind if brought.fault else gap.kind,
        )
        weight = weights.with_asking(
            rows.weight_of(connection, gap), at, brought.origin, gap.kind, gap.urgency
        )
        if gap.state is GapState.SOLVED and not self._comes_back(gap, brought):
            # found, only not sure enough to be said by itself: nothing that the duo has to hear of
            self._keep_asking(connection, gap, replace(brought, origin=Origin.FOUND), meaning)
            return gap
        self._keep_asking(connection, gap, brought, meaning)
        if gap.state.is_closed and not self._comes_back(gap, brought):
            return rows.change_gap(connection, counted, weight)
        if gap.state.is_closed:
            reopened = rows.change_gap(connection, counted, weight)
            return self._reopen_in(connection, reopened, "", by)
        if brought.origin.opens or counted.asked >= self.rules.charter().opens_at:
            return self._written_open(connection, counted, weight, by, brought)
        return rows.change_gap(connection, counted, weight)

    def _comes_back(self, gap: Gap, brought: _Brought) -> bool:
        """Whether a closed signal opens again: when somebody presses; or, once solved, when its text does
        not come first any more. One that was dismissed stays so until somebody presses."""
        if brought.origin.opens:
            return True
        first = brought.short.found[0].document if brought.short.found else ""
        return gap.state is GapState.SOLVED and first != gap.document

    def _written_open(
        self, connection: Connection, gap: Gap, weight: float, by: Person | None, brought: _Brought
    ) -> Gap:
        """Write a signal that is open from now on, if it was not."""
        if gap.state.is_closed:
            return self._reopen_in(connection, rows.change_gap(connection, gap, weight), "", by)
        opened = self._opened(gap)
        action = "opened" if opened.opened_at != gap.opened_at else "asked"
        written = self._write(connection, opened, by, action, brought.remark, weight)
        if action == "opened":
            self.heralds.opened(connection, written, self.rules.ownership())
        return written

    def _keep_asking(self, connection: Connection, gap: Gap, brought: _Brought, meaning: Meaning) -> None:
        question, short = brought.question, brought.short
        asking = Asking(
            id=uuid.uuid4(),
            gap=gap.id,
            text=short.text,
            channel=question.channel,
            language=question.language,
            asked_at=question.asked_at,
            origin=brought.origin,
            status=short.status,
            fault=brought.fault,
            remark=brought.remark,
            shown=tuple(
                Shown(each.document, each.title, each.heading, each.text, each.certainty)
                for each in short.shown
            ),
            probability=short.probability,
            question=question.id,
            reporter=brought.reporter,
        )
        asked_rows.add_asking(connection, self.collection, asking, meaning)


def _as_it_was(short: Unanswered, turn: Turn) -> Unanswered:
    """What is found now, with the outcome and the texts that the asker saw then."""
    answer = turn.answer
    return replace(short, status=answer.status, probability=answer.probability, shown=answer.candidates)


__all__ = ["NotPossible", "Signals", "UnknownQuestion"]
