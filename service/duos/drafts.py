"""Everything that happens to a text of a duo: written, looked at as if, approved, published, proven."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from embeddings.library import Library
from service.answering.pipeline import Answering
from service.domain.answer import Answer
from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap
from service.domain.person import Person
from service.domain.question import Channel
from service.duos import wording_drafts as wording
from service.duos.draft_rules import advice
from service.duos.draft_texts import is_link, published_as
from service.duos.drafting import DraftChanged, Mended
from service.duos.preview import Preview
from service.duos.proof import Proofs, what_fails
from service.duos.publishing import Published, Publishing
from service.duos.regression import Regression
from service.duos.review import FourEyes, Lifted, ReviewRefused, check_reviewer
from service.duos.transitions import Transitions
from service.duos.withdrawing import Withdrawal, Withdrawals
from service.storage import drafts as rows
from service.storage.choices import Choices


class MendedMeanwhile(Exception):
    """The text that a draft mends is another one now, or gone: the reviewer looks at `mended` first, and may
    then approve knowingly."""

    def __init__(self, mended: Mended) -> None:
        super().__init__(mended.warning)
        self.mended = mended


class Drafts(Publishing):
    """The drafts of one municipality, from the first word to the proof."""

    def __init__(
        self, signals: Transitions, library: Library, answering: Answering, choices: Choices
    ) -> None:
        super().__init__(signals, library, choices)
        self.four_eyes = FourEyes(signals.gaps, choices, signals.audit, signals.now)
        self.withdrawals = Withdrawals(signals, library, choices)
        self.regression = Regression(signals, answering, library, choices)
        self._preview = Preview(answering, library)
        self._proofs = Proofs(answering, library, signals.gaps, signals.now)

    # -- approval ----------------------------------------------------------------------------------

    def may_approve(self, draft: Draft, by: Person) -> str:
        """Why this person may not approve this draft, in words; empty when they may."""
        try:
            self._check_reviewer(draft, self._gap(draft), by)
        except ReviewRefused as refused:
            return refused.sentence
        return ""

    def approve(self, draft: Draft, by: Person, knowingly: bool = False) -> Published:
        """Publish the version that this person looked at, and ask the questions of the signal again.

        Raises ReviewRefused (OwnText for one's own), DraftChanged when it is not that version any more,
        DraftRefused when it does not do, MendedMeanwhile unless the reviewer goes on `knowingly`, and
        LibraryUnavailable when nothing can be asked: then it is published, and `prove` asks later.
        """
        gap = self._gap(draft)
        self._check_open(gap, by)
        lifted = self._check_reviewer(draft, gap, by)
        if draft.state is not DraftState.SUBMITTED or draft.reviewed_at is not None:
            raise ReviewRefused(wording.NOT_SUBMITTED)
        mended = self.mended(draft)
        if mended and mended.warning and not (knowingly and (mended.now or not is_link(draft))):
            raise MendedMeanwhile(mended)
        self._refuse(self.objections(draft))
        approved = self._approved(draft, gap, by, mended, lifted)
        published = self.publish(approved, by)
        return self.prove(published, by)

    def prove(self, draft: Draft, by: Person | None) -> Published:
        """Ask the questions of the signal of a published text again, and keep how that went."""
        gap = self._gap(draft)
        linked = draft.wordings if is_link(draft) else ()
        proof = self._proofs.ask_again(gap, published_as(draft), draft.fact, draft.checks, linked)
        changed = self.on_gap(gap, lambda now: self.signals.solve(now, proof, by, draft.document.title))
        if proof.solved:
            self.regression.add(proof, draft.fact, draft.checks, draft.wordings)
        else:
            with self._change() as connection:
                self._tell(connection, changed, None, "note", what_fails(proof, draft.fact))
        warnings = () if is_link(draft) else tuple(advice(draft))
        return Published(draft, changed, proof, warnings)

    def resume(self) -> int:
        """Carry out the approvals and proofs that a process left when it died; returns how many."""
        unfinished, unproven = self.unfinished(), self.unproven()
        for draft in unfinished:
            # a link to a text that went since is sent back, and holds up nobody else's
            with suppress(ReviewRefused):
                self.prove(self.publish(draft, None), None)
        for draft in unproven:
            self.prove(draft, None)
        return len(unfinished) + len(unproven)

    def lift_four_eyes(self, by: Person, reason: str) -> Lifted:
        """Approve without a second person for an hour, on record: for a coordinator in a crisis."""
        return self.four_eyes.lift(by, reason)

    # -- looking, and stopping ---------------------------------------------------------------------

    def preview(self, draft: Draft, question: str, channel: Channel, language: str = "nl") -> Answer:
        """How this question would be answered if the draft were published.

        Raises QuestionRefused and LibraryUnavailable.
        """
        return self._preview.answer(draft, question, channel, language)

    def advice(self, draft: Draft) -> list[str]:
        """What the duo and the reviewer should look at; nothing is refused for it."""
        return [] if is_link(draft) else advice(draft)

    def withdraw_everywhere(self, document: str, reason: str, by: Person) -> Withdrawal:
        """Stop a text of any source in every process at once, on record; `withdrawals` lets it go again."""
        return self.withdrawals.withdraw(document, reason, by)

    # ----------------------------------------------------------------------------------------------

    def _check_reviewer(self, draft: Draft, gap: Gap, by: Person) -> Lifted | None:
        """Raise ReviewRefused unless this person may approve; returns the lift that made it possible."""
        lifted = self.four_eyes.lifted()
        try:
            check_reviewer(draft, gap, by, self.signals.rules.ownership())
        except ReviewRefused:
            if lifted is None or not self.signals.may_work_on(gap, by):
                raise
            if draft.assistance:
                raise ReviewRefused(wording.AI_TWO_PEOPLE) from None
            return lifted
        return None

    def _approved(
        self, draft: Draft, gap: Gap, by: Person, mended: Mended | None, lifted: Lifted | None
    ) -> Draft:
        """Write the approval down. Raises DraftChanged when the draft is not what was looked at any more."""
        digest = mended.now.digest if mended and mended.now else ""
        approved = replace(
            draft, reviewer=by.id, reviewed_at=self.now(), updated_at=self.now(), mends_digest=digest
        )
        notes = [wording.FOUR_EYES_LIFTED] if lifted else []
        notes += [wording.WENT_ON_KNOWINGLY] if mended and mended.warning else []
        with self._change() as connection:
            if not rows.change_draft(connection, draft, approved):
                raise DraftChanged(self._stored(connection, draft))
            self.signals.audit.note_in(
                connection, str(by.id), "draft.approved", str(draft.id), version=draft.version,
                four_eyes=lifted is None, document=draft.document.digest,
            )  # fmt: skip
            self._tell(connection, gap, by, "approved", " ".join(notes))
        return approved
