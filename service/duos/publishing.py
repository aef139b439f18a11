"""From approved to answering: the text goes through the door that every source takes, and takes the place of
the one that it mends.

An approval is written down first (`reviewed_at`), then the text is published, then the draft is. A process
that dies in between leaves an approved draft, which `resume` finishes; doing it twice changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from embeddings.document import Document, DocumentKey
from embeddings.library import Library, NotPublished
from embeddings.store import hiding
from ingest import editorial
from ingest.editorial import SOURCE
from service.domain.draft import Assistance, Draft, DraftState, Proof, RegressionQuestion
from service.domain.gap import Gap, GapState
from service.domain.person import Person
from service.duos import wording_drafts as wording
from service.duos.comparing import holds
from service.duos.deadlines import local_day
from service.duos.draft_texts import is_link, key_of, published_as
from service.duos.drafting import Drafting
from service.duos.review import ReviewRefused
from service.duos.standing import Standing, StandingTexts
from service.duos.transitions import SYSTEM, Transitions
from service.storage import drafts as rows
from service.storage import regression as regression_rows
from service.storage.choices import Choices

MOST_WAITING = 1_000
REPLACED = "replaced"  # why the text that was mended is hidden
ABANDONED = timedelta(seconds=30)  # an approval that is not carried out by then: its process died


@dataclass(frozen=True)
class Published:
    """What became of an approved draft: the proof, and the signal as it is now. `warnings` are advice."""

    draft: Draft
    gap: Gap
    proof: Proof
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForSource:
    """A duo's text for the editors of the system where it belongs. `replaces` ("source:id") is the text there
    that it mends, empty for a new one; `vac` is the data of a VAC. Who wrote it last answers for it, and who
    approved it. `ai_begun`: a language model wrote its first version."""

    document: str
    replaces: str
    published_at: datetime | None
    vac: dict[str, Any]
    author: uuid.UUID | None = None
    reviewer: uuid.UUID | None = None
    reviewed_at: datetime | None = None
    ai_begun: bool = False


@dataclass(frozen=True)
class Followed:
    """A duo's text ("source:id") of which the source changed the original. `ended`: it was taken over. Where
    retention deleted the signal `gap`, nobody has been told of the note yet."""

    document: str
    gap: uuid.UUID
    note: str
    ended: bool = False


class Publishing(Drafting):
    """Publishes approved drafts, and keeps them in step with the sources of the texts that they mend."""

    def __init__(self, signals: Transitions, library: Library, choices: Choices) -> None:
        super().__init__(signals, library)
        self.standing = StandingTexts(choices, signals.now)

    def publish(self, draft: Draft, by: Person | None) -> Draft:
        """Carry out an approval: what is published answers from now on, in every process within 2 seconds.

        Raises ReviewRefused when the text of a link went in the meantime: the link is then sent back.
        """
        if is_link(draft):
            self._add_link(draft, by)
            return self._noted_as_published(draft, by)
        document = replace(draft.document, modified_at=self.now(), reviewed_at=self.now())
        editorial.publish_text(self.library, document)
        self._set_wordings(DocumentKey(self.collection, SOURCE, document.id), draft.wordings)
        return self._noted_as_published(replace(draft, document=document), by)

    def unfinished(self) -> list[Draft]:
        """Approved drafts whose publishing was cut off."""
        before = self.now() - ABANDONED
        submitted = self.kept.in_state(DraftState.SUBMITTED)
        return [each for each in submitted if each.reviewed_at and each.reviewed_at < before]

    def unproven(self) -> list[Draft]:
        """Published drafts of signals that still wait for them: nothing was asked again yet."""
        waiting, _ = self.signals.gaps.listed([GapState.REVIEW], limit=MOST_WAITING)
        before = self.now() - ABANDONED
        drafts = [self.kept.of_gap(gap.id)[:1] for gap in waiting]
        return [
            draft
            for newest in drafts
            for draft in newest
            if draft.state is DraftState.PUBLISHED and draft.updated_at < before
        ]

    def for_sources(self) -> list[ForSource]:
        """Every text that a duo wrote and that the source systems do not have yet, as VACs."""
        found = []
        for standing in self.standing.all():
            text = self.library.document(DocumentKey(self.collection, SOURCE, standing.id))
            if text is not None:
                found.append(self._for_source(text, standing))
        return found

    def _for_source(self, text: Document, standing: Standing) -> ForSource:
        """The text as a VAC. What a model did for it is said as long as it stands, mended or not."""
        placed = [each for each in self.kept.of_document(standing.id) if _is_placed(each)]
        newest = placed[0] if placed else None
        helped = [each.assistance for each in placed if each.assistance]
        vac = editorial.as_vac_object(text)
        vac["toelichting"] = "\n\n".join(filter(None, (vac["toelichting"], *_marks(helped))))
        return ForSource(
            f"{SOURCE}:{standing.id}",
            standing.replaces,
            text.modified_at,
            vac,
            author=newest.author if newest else None,
            reviewer=newest.reviewer if newest else None,
            reviewed_at=newest.reviewed_at if newest else None,
            ai_begun=any(each.sentences for each in helped),
        )

    def follow_sources(self) -> list[Followed]:
        """Look at the texts that duos mended. What its source took over ends; what its source changed or
        withdrew goes back to the duo, once for each change."""
        followed = (self._followed(each) for each in self.standing.all() if each.replaces)
        return [each for each in followed if each]

    # ----------------------------------------------------------------------------------------------

    def _add_link(self, draft: Draft, by: Person | None) -> None:
        try:
            for text in draft.wordings:
                self.library.add_wording(key_of(self.collection, draft.mends), text)
        except NotPublished:
            back = replace(draft, state=DraftState.RETURNED, remark=wording.MENDED_GONE, reviewed_at=None)
            self._moved(draft, back, by, "draft.returned")
            gap = self._gap(draft)
            self.on_gap(gap, lambda now: self.signals.back_to_work(now, wording.MENDED_GONE, None))
            raise ReviewRefused(wording.MENDED_GONE) from None

    def _noted_as_published(self, draft: Draft, by: Person | None) -> Draft:
        published = replace(draft, state=DraftState.PUBLISHED, updated_at=self.now())
        with self._change() as connection:
            before = self._stored(connection, draft)
            if before.state is DraftState.PUBLISHED:
                return before  # another process finished it
            rows.change_draft(connection, before, published)
            if not is_link(draft):
                self._stand(connection, published, by)
                self._move_regression(connection, draft.mends, published)
            self._audit(connection, by, "draft.published", published)
            self._tell(connection, self._gap(draft), by, "linked" if is_link(draft) else "published",
                       published_as(draft))  # fmt: skip
        self.library.refresh(self.collection)
        return published

    def _set_wordings(self, key: DocumentKey, wanted: Sequence[str]) -> None:
        known = {
            each.text: id
            for id, each in self.library.wordings(self.collection).items()
            if each.document == key
        }
        for text in wanted:
            if text not in known:
                self.library.add_wording(key, text)
        for text, id in known.items():
            if text not in wanted:
                self.library.remove_wording(self.collection, id)

    def _move_regression(self, connection: Connection, mended: str, draft: Draft) -> None:
        """What the mended text had to answer, the new one has to; a fact that both halves took out of it is
        not asked any more."""
        if not mended:
            return
        moved = regression_rows.of_document(connection, self.collection, mended)
        regression_rows.forget(connection, self.collection, [each.id for each in moved])
        regression_rows.keep(connection, [_of_text(each, draft) for each in moved])

    def _stand(self, connection: Connection, draft: Draft, by: Person | None) -> None:
        """Note that the text is in force, and hide the one that it takes the place of."""
        before, gap = self.standing.find(draft.document.id), self._gap(draft).id
        text = Standing(draft.document.id, gap, draft.mends, draft.mends_digest)
        if _takes_a_place(draft):
            hiding.hide(connection, key_of(self.collection, draft.mends), REPLACED, self.now())
        else:  # a text of our own, mended where it stands, goes on replacing what it did
            text = replace(before, gap=gap) if before else Standing(draft.document.id, gap)
        self.standing.put(connection, text, by.display_name if by else SYSTEM)

    def _followed(self, standing: Standing) -> Followed | None:
        own = f"{SOURCE}:{standing.id}"
        text = self.library.document(key_of(self.collection, own))
        with self.library.engine.connect() as connection:
            original = hiding.document(connection, key_of(self.collection, standing.replaces))
        digest = original.digest if original else ""
        if text is None or digest == standing.digest:
            return None  # stopped in an emergency, or nothing new
        if original is not None and _same_text(original, text):
            self._end(standing)
            return Followed(own, standing.gap, wording.SOURCE_TOOK_OVER, ended=True)
        said = wording.SOURCE_CHANGED if original else wording.SOURCE_WITHDREW
        note = said.format(title=text.title)
        self._flag(standing, note)
        with self._change() as connection:
            self.standing.put(connection, replace(standing, digest=digest), SYSTEM)
        return Followed(own, standing.gap, note)

    def _end(self, standing: Standing) -> None:
        """The source has the text now: the duo's own makes place for it again."""
        editorial.withdraw_text(self.library, self.collection, standing.id)
        own = f"{SOURCE}:{standing.id}"
        with self._change() as connection:
            hiding.show(connection, key_of(self.collection, standing.replaces), REPLACED)
            self.standing.end(connection, standing.id, SYSTEM)
            for draft in self.kept.of_document(standing.id):
                if _is_placed(draft):
                    rows.change_draft(connection, draft, replace(draft, state=DraftState.DROPPED))
                    self._audit(connection, None, "draft.taken_over", draft)
                    self._tell(connection, self._gap(draft), None, "withdrawn", wording.SOURCE_TOOK_OVER)
            moved = regression_rows.of_document(connection, self.collection, own)
            regression_rows.forget(connection, self.collection, [each.id for each in moved])
            regression_rows.keep(connection, [replace(each, document=standing.replaces) for each in moved])
        self.library.refresh(self.collection)

    def _flag(self, standing: Standing, note: str) -> None:
        gap = self._signal(standing.gap)
        if gap is None:
            return  # deleted by retention: the caller hears of it
        if gap.state is GapState.SOLVED:
            self.on_gap(gap, lambda now: self.signals.reopen(now, note, None))
            return
        with self._change() as connection:
            self._tell(connection, gap, None, "note", note)


def _is_placed(draft: Draft) -> bool:
    return draft.state is DraftState.PUBLISHED and not is_link(draft)


def _marks(helped: Sequence[Assistance]) -> Iterator[str]:
    """What a model did for a text, in a sentence for its editors; each once."""
    for said, done in (
        (wording.AI_BEGAN, [each for each in helped if each.sentences]),
        (wording.AI_PLAIN, [each for each in helped if each.plain]),
    ):
        if done:
            yield said.format(model=done[-1].model, day=local_day(done[-1].at).strftime("%d-%m-%Y"))


def _takes_a_place(draft: Draft) -> bool:
    """Whether a text of another source is hidden for it."""
    return bool(draft.mends) and not is_link(draft) and not draft.mends.startswith(f"{SOURCE}:")


def _of_text(question: RegressionQuestion, draft: Draft) -> RegressionQuestion:
    texts = [part.text for part in draft.document.sections]
    fact = question.fact if any(holds(text, question.fact) for text in texts) else ""
    return replace(question, document=published_as(draft), fact=fact)


def _same_text(one: Document, other: Document) -> bool:
    """Whether a reader sees the same: title, headings and texts."""

    def shown(text: Document) -> list[str]:
        return [
            " ".join(part.split()) for section in text.sections for part in (section.heading, section.text)
        ]

    return one.title.strip() == other.title.strip() and shown(one) == shown(other)
