"""One question, forward only: screen, make whole, retrieve, judge, compose, cite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from embeddings.document import FoundDocument, Hit, Visibility
from embeddings.library import Library, LibraryUnavailable
from service.answering.cite import Cited, cite
from service.answering.followup import whole
from service.answering.judge import Judge, Judgement
from service.answering.retrieve import Evidence, retrieve
from service.answering.screen import Screened, Verdict, screen
from service.composers.base import Composer, MarkedHit
from service.composers.quotes import QuotesComposer
from service.domain.answer import Answer, Candidate, Certainty, Status
from service.domain.question import Asked, Asker, Channel, Question

RANKED = 10  # documents that an evaluation looks at
CANDIDATES = 3
READ = 3  # passages of the first document that the composer may quote from
# marks in a text that is shown whole: fewer than a quote, or everything would be yellow
MARKER = QuotesComposer(near=0.02, maximum_words=40)
NEARLY_AS_GOOD = 0.02  # a score this close to the first one's: hardly less certain


@dataclass(frozen=True)
class Answered:
    """A question as it may be kept, its answer, and the ids of the best documents ("source:id")."""

    question: Question
    answer: Answer
    ranked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestions:
    """Texts that may help while somebody still types. `removed`: kinds of personal data taken out."""

    candidates: tuple[Candidate, ...]
    removed: tuple[str, ...] = ()
    degraded: bool = False


@dataclass(frozen=True)
class Condition:
    """How well we can answer now: "ready", or "degraded" with the reasons."""

    state: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answering:
    """Answers questions to one municipality. `owner_of` names who keeps a text, for this asker."""

    library: Library
    collection: str
    judge: Judge
    composer: Composer
    owner_of: Callable[[Hit, Asker], str] = lambda hit, asker: hit.owner

    def answer(self, asked: Asked, asker: Asker) -> Answered:
        """Answer a question from municipal sources, or say why not.

        Raises QuestionRefused for an empty or overlong one; whatever is broken becomes a status.
        """
        screened = screen(asked.text)
        question = _kept(asked, screened)
        try:
            evidence = self._retrieve(question.text, question.earlier, question.language, asker)
        except LibraryUnavailable:
            return Answered(question, _without_library(screened.verdict))
        judgement = _with_verdict(self.judge.judge(evidence, question.channel), screened.verdict)
        answer = self._answer(evidence, judgement, screened.verdict, asker)
        return Answered(question, answer, _ranked(evidence))

    def suggest(self, text: str, asker: Asker, language: str, limit: int) -> Suggestions:
        """Candidates for what is typed so far; stores nothing, judges with the channel of the desk.

        Raises QuestionRefused and LibraryUnavailable.
        """
        screened = screen(text)
        evidence = self._retrieve(screened.text, (), language, asker)
        judgement = self.judge.judge(evidence, Channel.SIDEBAR)
        candidates = self._candidates(evidence, judgement, asker)[:limit]
        return Suggestions(candidates, screened.removed, not evidence.by_meaning)

    def condition(self) -> Condition:
        """Whether answers are as good as they can be."""
        reasons = list(self.library.conditions(self.collection))
        if not self.judge.trusted:
            reasons.append("calibration_of_another_model")
        return Condition("degraded" if reasons else "ready", tuple(reasons))

    def _retrieve(self, text: str, earlier: tuple[str, ...], language: str, asker: Asker) -> Evidence:
        return retrieve(self.library, self.collection, whole(text, earlier), language, asker)

    def _answer(
        self, evidence: Evidence, judgement: Judgement, verdict: Verdict | None, asker: Asker
    ) -> Answer:
        cited = self._cited(evidence, judgement, asker)
        status = judgement.status
        if status is Status.ANSWERED and not cited.sentences:
            status = Status.LOW_CONFIDENCE
        return Answer(
            status=status,
            certainty=judgement.certainty,
            probability=judgement.probability,
            sentences=cited.sentences,
            sources=cited.sources,
            candidates=() if status is Status.ABUSE else self._candidates(evidence, judgement, asker),
            hint=verdict.hint if verdict and verdict.status is status else "",
            degraded=not evidence.by_meaning,
        )

    def _cited(self, evidence: Evidence, judgement: Judgement, asker: Asker) -> Cited:
        """The quote, where there is something to say: also to somebody in a crisis, after the help line."""
        sure = judgement.status is Status.ANSWERED or (
            judgement.status is Status.CRISIS and judgement.certainty is Certainty.HIGH
        )
        if not sure:
            return Cited()
        passages = [MarkedHit(hit, tuple(evidence.marks(hit))) for hit in _readable(evidence)]
        return cite(self.composer.compose(passages), lambda hit: self.owner_of(hit, asker))

    def _candidates(self, evidence: Evidence, judgement: Judgement, asker: Asker) -> tuple[Candidate, ...]:
        first = evidence.documents[0].score if evidence.documents else 0.0
        return tuple(
            self._candidate(evidence, document, _certainty(judgement, first - document.score), asker)
            for document in evidence.documents[:CANDIDATES]
        )

    def _candidate(
        self, evidence: Evidence, document: FoundDocument, certainty: Certainty, asker: Asker
    ) -> Candidate:
        hit = document.hits[0]
        draft = MARKER.compose([MarkedHit(hit, tuple(evidence.marks(hit)))])
        return Candidate(
            document=_reference(document),
            title=hit.passage.title,
            heading=hit.passage.heading,
            text=hit.passage.text,
            marked=tuple(sentence.text for sentence in draft),
            url=hit.url,
            owner=self.owner_of(hit, asker),
            modified_at=hit.reviewed_at or hit.modified_at,
            certainty=certainty,
            internal=hit.passage.visibility is Visibility.INTERNAL,
            language=hit.language,
        )


def _kept(asked: Asked, screened: Screened) -> Question:
    return Question(
        text=screened.text,
        channel=asked.channel,
        collection=asked.collection,
        language=asked.language,
        conversation=asked.conversation,
        removed=screened.removed,
        earlier=asked.earlier,
    )


def _without_library(verdict: Verdict | None) -> Answer:
    """What holds whatever the library finds, a help line before all, holds without a library too."""
    if verdict and verdict.firm:
        return Answer(verdict.status, hint=verdict.hint, degraded=True)
    return Answer(Status.ERROR_RETRIEVAL, degraded=True)


def _with_verdict(judgement: Judgement, verdict: Verdict | None) -> Judgement:
    """A firm verdict of the screen stands; another one only where the library has no sure answer."""
    if verdict is None or (not verdict.firm and judgement.status is Status.ANSWERED):
        return judgement
    return replace(judgement, status=verdict.status)


def _readable(evidence: Evidence) -> list[Hit]:
    """The passages of the first document to quote from, internal ones left out unless they come first."""
    hits = evidence.documents[0].hits
    lead = hits[0].passage.visibility
    return [hit for hit in hits if hit.passage.visibility is lead][:READ]


def _ranked(evidence: Evidence) -> tuple[str, ...]:
    return tuple(_reference(document) for document in evidence.documents[:RANKED])


def _reference(document: FoundDocument) -> str:
    return f"{document.key.source}:{document.key.id}"


def _certainty(judgement: Judgement, behind: float) -> Certainty:
    """The first text's own certainty; a later one is never high, and low unless it comes close."""
    if behind <= 0:
        return judgement.certainty
    close = behind < NEARLY_AS_GOOD and judgement.certainty is not Certainty.LOW
    return Certainty.MEDIUM if close else Certainty.LOW
