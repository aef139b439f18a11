"""The regression set: questions that a duo wrote or approved, and that have to stay answered.

Never a visitor's own words: those are deleted with their signal, and these stay.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from embeddings.library import Library
from embeddings.store.database import writing
from service.answering.pipeline import Answering
from service.domain.draft import Proof, RegressionQuestion
from service.domain.gap import GapState
from service.domain.question import Channel
from service.duos import wording_drafts as wording
from service.duos.comparing import holds
from service.duos.proof import Said, ask, is_first, quoted, without_passing
from service.duos.transitions import Transitions
from service.storage import regression as rows
from service.storage.choices import Choice, Choices
from service.storage.gaps import Changed
from service.storage.regression import RegressionQuestions

BATCH = 50
MOST_CHANGED = 0.05  # of the passages: with more, nobody has shown that the calibration still holds
LEAST_HELD = 0.95  # of what held when it was confirmed
FAILS = "regression_set_fails"  # a reason of the judge
_CHECKED, _CONFIRMED = "regression", "calibration"  # names of choices


@dataclass(frozen=True)
class Outcome:
    """One time that the whole set was asked. `failing` are those that held before and do not now."""

    asked: int
    held: int
    failing: tuple[RegressionQuestion, ...] = ()

    @property
    def share(self) -> float | None:
        """The share that holds; None when there is nothing to ask."""
        return self.held / self.asked if self.asked else None


class Regression:
    """Keeps watch over the answers that were proven once."""

    def __init__(
        self, signals: Transitions, answering: Answering, library: Library, choices: Choices
    ) -> None:
        self._signals = signals
        self._answering = answering
        self._library = library
        self._choices = choices
        self._kept = RegressionQuestions(signals.gaps.engine, signals.collection)

    def questions(self) -> list[RegressionQuestion]:
        return self._kept.all()

    def add(self, proof: Proof, fact: str, checks: Iterable[str], wordings: Iterable[str]) -> int:
        """Take up what the duo wrote for a text that was proven; returns how many questions.

        The checks were just asked, and hold; a wording is asked for the first time at the next check.
        """
        now = self._signals.now()
        added = [
            RegressionQuestion(
                uuid.uuid4(), self._signals.collection, question, proof.document, fact, proof.gap, now,
                holds=held, checked_at=now if held else None,
            )
            for questions, held in ((checks, True), (wordings, None))
            for question in dict.fromkeys(questions)
        ]  # fmt: skip
        with writing(self._signals.gaps.engine).begin() as connection:
            rows.keep(connection, added)
        return len(added)

    def check_if_changed(self) -> Outcome | None:
        """Ask the whole set when the library changed since the last time; None when it did not."""
        revision = self._library.version(self._signals.collection)
        checked = self._choices.get(_CHECKED).value
        return None if checked and checked["revision"] == revision else self.check_all()

    def check_all(self) -> Outcome:
        """Ask every question, in batches, with no transaction open meanwhile. A signal of which a question
        held and fails now opens again, with what came first instead. Raises LibraryUnavailable."""
        revision = self._library.version(self._signals.collection)
        every = self._kept.all()
        answering = without_passing(self._answering, self._library)
        failing: list[RegressionQuestion] = []
        held = 0
        for start in range(0, len(every), BATCH):
            batch = every[start : start + BATCH]
            answers = {each.id: _why_not(answering, each) for each in batch}
            broken = [each for each in batch if each.holds and answers[each.id]]
            self._reopen(broken, answers)  # first: a process that dies now finds them broken again
            with writing(self._signals.gaps.engine).begin() as connection:
                outcomes = [(id, not why) for id, why in answers.items()]
                rows.note_outcomes(connection, self._signals.collection, outcomes, self._signals.now())
            failing += broken
            held += sum(not why for why in answers.values())
        outcome = Outcome(len(every), held, tuple(failing))
        self._choose(_CHECKED, {"revision": revision, "share": outcome.share})
        return outcome

    def calibration_reasons(self) -> tuple[str, ...]:
        """Why the calibration may not hold here any more; empty when it does: for `Judge.reasons`.

        With more than 5 % of the passages changed since it was confirmed, the regression set decides: when
        it holds as well as it did then, that is a confirmation; else nothing is answered by itself until it
        does again, or a person confirms.
        """
        confirmed, checked = self._choices.get(_CONFIRMED).value, self._choices.get(_CHECKED).value
        if confirmed is None:
            self.confirm_calibration()
            return ()
        changed, passages = self._library.changed_since(self._signals.collection, confirmed["revision"])
        if changed <= MOST_CHANGED * passages or checked is None or checked["share"] is None:
            return ()  # without questions there is nothing that says it fails
        if checked["share"] < LEAST_HELD * (confirmed["share"] or 1.0):
            return (FAILS,)
        if checked["revision"] > confirmed["revision"]:
            self._choose(_CONFIRMED, checked)
        return ()

    def confirm_calibration(self, by: str = "systeem") -> None:
        """Say that the calibration holds for the texts as they are now."""
        checked = self._choices.get(_CHECKED).value or {}
        revision = self._library.version(self._signals.collection)
        self._choose(_CONFIRMED, {"revision": revision, "share": checked.get("share")}, by)

    # ----------------------------------------------------------------------------------------------

    def _reopen(self, broken: Sequence[RegressionQuestion], answers: dict[uuid.UUID, str]) -> None:
        of_gap: dict[uuid.UUID, list[str]] = defaultdict(list)
        for question in broken:
            if question.gap:
                why = wording.STILL_FAILS.format(question=question.question, why=answers[question.id])
                of_gap[question.gap].append(why)
        for gap, fails in of_gap.items():
            self._reopen_one(gap, wording.NO_LONGER_HOLDS_UP.format(what="; ".join(fails)))

    def _reopen_one(self, id: uuid.UUID, note: str) -> None:
        """Open a solved signal again; one that is open, merged or deleted by retention stays as it is."""
        while (gap := self._signals.gaps.get(id)) is not None and gap.state is GapState.SOLVED:
            try:
                self._signals.reopen(gap, note, None)
            except Changed:
                continue  # somebody was just before us: look again

    def _choose(self, name: str, value: dict[str, Any], by: str = "systeem") -> None:
        with writing(self._signals.gaps.engine).begin() as connection:
            before = self._choices.get(name)
            chosen = Choice(name, value, by, self._signals.now(), before.version)
            self._choices.put(connection, chosen)


def _why_not(answering: Answering, question: RegressionQuestion) -> str:
    """Why a question does not hold now; empty when it does."""
    answered = ask(answering, Said(question.question, Channel.SIDEBAR))
    if not is_first(answered, question.document):
        first = answered.answer.candidates[:1]
        return wording.FIRST_WAS.format(first=first[0].title) if first else wording.NOTHING_FOUND
    if not holds(quoted(answered.answer, question.document), question.fact):
        return wording.FACT_NOT_QUOTED.format(fact=question.fact)
    return ""
