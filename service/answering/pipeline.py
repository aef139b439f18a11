"""One question, forward only: screen, make whole, retrieve, judge, compose, cite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from embeddings.document import FoundDocument, Hit, Visibility
from embeddings.encoders.base import EncoderFailed
from embeddings.library import LibraryUnavailable
from embeddings.searching import Searching
from service.answering.ambiguity import choices
from service.answering.assistance import NO_ASSISTANCE, Assistance
from service.answering.cite import Cited, cite
from service.answering.followup import whole
from service.answering.judge import Judge, Judgement
from service.answering.news import news_first
from service.answering.parts import parts
from service.answering.retrieve import Evidence, retrieve
from service.answering.screen import Screened, Verdict, screen
from service.answering.screening.meaning import NO_LOOK, SecondLook
from service.answering.screening.verdict import heard
from service.answering.unanswered import FELL_SHORT, FoundText, Unanswered
from service.composers.base import Composer, DraftSentence, MarkedHit
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
    """A question as it may be kept, its answer, the ids of the best documents ("source:id"), what of it
    the texts fell short of, and the product (UPL address) of the first text, for counting."""

    question: Question
    answer: Answer
    ranked: tuple[str, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    product: str = ""


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
class _Looked:
    """One of several things that were asked, with what was found for it."""

    part: str
    evidence: Evidence
    judgement: Judgement


@dataclass(frozen=True)
class Answering:
    """Answers questions to one municipality. `owner_of` names who keeps a text, for this asker.

    `assistance` is what a language model helps with; where it says nothing all goes as without."""

    library: Searching
    collection: str
    judge: Judge
    composer: Composer
    owner_of: Callable[[Hit, Asker], str] = lambda hit, asker: hit.owner
    second_look: SecondLook = NO_LOOK
    assistance: Assistance = NO_ASSISTANCE

    def answer(self, asked: Asked, asker: Asker) -> Answered:
        """Answer a question from municipal sources, or say why not.

        Raises QuestionRefused for an empty or overlong one; whatever is broken becomes a status.
        """
        screened = screen(asked.text)
        question = _kept(asked, screened)
        try:
            return self._answered(question, screened, asker, asked.payer)
        except LibraryUnavailable:
            return Answered(question, _without_library(screened.verdict))

    def _answered(self, question: Question, screened: Screened, asker: Asker, site: str) -> Answered:
        evidence = self._retrieve(question.text, question.earlier, question.language, asker)
        verdict = self._verdict(screened, evidence)
        several = None if verdict else self._several(question, asker)
        if several:
            return several
        # no model where screening heard something: a cry for help does not wait, an attack is not passed on
        evidence = evidence.read() if verdict else self._made_whole(evidence, question, asker, site).read()
        told = None if verdict else self._told(evidence, site)
        judgement = _with_verdict(self.judge.judge(evidence, question.channel, told), verdict)
        meant = choices(evidence) if judgement.status is Status.LOW_CONFIDENCE else ()
        if meant:
            which = self._which(evidence, meant, judgement, asker)
            answer = self.assistance.asked_back(which, question, site)
        else:
            answer = self._answer(evidence, judgement, verdict, asker)
        short = (_unanswered(evidence, answer),) if answer.status in FELL_SHORT else ()
        return Answered(question, answer, _ranked([evidence]), short, _product([evidence]))

    def _made_whole(self, evidence: Evidence, question: Question, asker: Asker, site: str) -> Evidence:
        """What is found for a question that leans on another, made whole by a model; else what there was."""
        leans = evidence.text != question.text
        made = self.assistance.made_whole(question, site) if leans else None
        if made is None:
            return evidence
        again = retrieve(self.library, self.collection, made, question.language, asker)
        return replace(again, in_own_words=evidence.text)

    def _told(self, evidence: Evidence, site: str) -> float | None:
        """Whether a model finds the answer in the first text, where its word counts."""
        helps = self.assistance.second_reader
        if helps is None or not self.judge.asks(evidence):
            return None
        return helps.reads(evidence.text, readable(evidence), site)

    def look(self, text: str, language: str, asker: Asker) -> Unanswered:
        """What there is for a question that somebody brings to a duo, whatever was answered.

        `text` is as it may be kept. Raises LibraryUnavailable.
        """
        evidence = self._retrieve(text, (), language, asker).read()
        judgement = self.judge.judge(evidence, Channel.SIDEBAR)
        return _unanswered(evidence, self._answer(evidence, judgement, None, asker))

    def _which(
        self, evidence: Evidence, meant: Sequence[FoundDocument], judgement: Judgement, asker: Asker
    ) -> Answer:
        """Which of these is meant? Each as sure as the first: that is what we do not know."""
        return Answer(
            status=Status.CLARIFY_PRODUCT,
            certainty=judgement.certainty,
            probability=judgement.probability,
            candidates=tuple(self._candidate(evidence, each, judgement.certainty, asker) for each in meant),
        )

    def _several(self, question: Question, asker: Asker) -> Answered | None:
        """Each thing answered or named as open, where several were asked; None when only one was.

        Raises LibraryUnavailable.
        """
        asked = parts(question.text)
        if len(asked) < 2:
            return None
        looked = [self._look(part, question, asker) for part in asked]
        told = [each for each in looked if each.judgement.status is Status.ANSWERED]
        draft = [sentence for each in told for sentence in self._draft(each.evidence)]
        cited = cite(tuple(dict.fromkeys(draft)), lambda hit: self.owner_of(hit, asker))
        short = tuple(
            _unanswered(each.evidence, self._answer(each.evidence, each.judgement, None, asker))
            for each in looked
            if each.judgement.status in FELL_SHORT
        )
        if not cited.sentences:
            answer = self._texts_for_each(looked, asker)
            return _answered_of(question, answer, looked, short)
        still_open = tuple(each.part for each in looked if each not in told)
        least_sure = min((each.judgement for each in told), key=lambda judgement: judgement.probability)
        answer = Answer(
            status=Status.ANSWERED_PARTLY if still_open else Status.ANSWERED,
            certainty=least_sure.certainty,
            probability=least_sure.probability,
            sentences=cited.sentences,
            sources=cited.sources,
            candidates=self._candidates_of_each(looked, asker),
            open=still_open,
        )
        return _answered_of(question, answer, looked, short)

    def _texts_for_each(self, looked: Sequence[_Looked], asker: Asker) -> Answer:
        """No part can be answered: the texts that come closest to each."""
        best = max((each.judgement for each in looked), key=lambda judgement: judgement.probability)
        # sure enough to answer, and yet no sentence could be cited: then it is no answer
        status = Status.LOW_CONFIDENCE if best.status is Status.ANSWERED else best.status
        return Answer(
            status=status,
            certainty=best.certainty,
            probability=best.probability,
            candidates=self._candidates_of_each(looked, asker),
            degraded=not all(each.evidence.by_meaning for each in looked),
        )

    def _look(self, part: str, question: Question, asker: Asker) -> _Looked:
        evidence = self._retrieve(part, question.earlier, question.language, asker).read()
        return _Looked(part, evidence, self.judge.judge(evidence, question.channel))

    def _candidates_of_each(self, looked: Sequence[_Looked], asker: Asker) -> tuple[Candidate, ...]:
        """The first text for each part, then the second ones, each text once."""
        found = [self._candidates(each.evidence, each.judgement, asker) for each in looked]
        once: dict[str, Candidate] = {}
        for one in (one for row in zip_longest(*found) for one in row if one):
            once.setdefault(one.document, one)
        return tuple(once.values())[:CANDIDATES]

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
        reasons += [*self.judge.reasons, *self.judge.remarks]
        if self.second_look.reason:
            reasons.append(self.second_look.reason)
        return Condition("degraded" if reasons else "ready", tuple(reasons))

    def _verdict(self, screened: Screened, evidence: Evidence) -> Verdict | None:
        if screened.verdict and screened.verdict.status is Status.CRISIS:
            return screened.verdict  # nothing goes before that: no need to look again
        return heard(screened.verdict, self._second_look(screened.text, evidence))

    def _second_look(self, text: str, evidence: Evidence) -> Verdict | None:
        """What the rules did not recognise, by what search made of it; nothing without a model."""
        encoded, encoder = evidence.found.encoded, self.library.encoder
        if encoded is None or encoder is None or self.second_look is NO_LOOK:
            return None
        read = encoder.encode_query
        try:
            # a question that leans on an earlier one was searched with it: only this turn is looked at
            mine = encoded if evidence.text == text else read(text)
        except EncoderFailed:
            return None  # it worked a moment ago, for search; the library says that it fails now
        return self.second_look.verdict(text, mine, read)

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
        return cite(self._draft(evidence), lambda hit: self.owner_of(hit, asker))

    def _draft(self, evidence: Evidence) -> tuple[DraftSentence, ...]:
        passages = [MarkedHit(hit, tuple(evidence.marks(hit))) for hit in readable(evidence)]
        return tuple(self.composer.compose(passages))

    def _candidates(self, evidence: Evidence, judgement: Judgement, asker: Asker) -> tuple[Candidate, ...]:
        first = evidence.documents[0].score if evidence.documents else 0.0
        return tuple(
            self._candidate(evidence, document, _certainty(judgement, first - document.score), asker)
            for document in news_first(evidence.documents[:CANDIDATES])
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


def readable(evidence: Evidence) -> list[Hit]:
    """The passages of the first document to quote from, internal ones left out unless they come first."""
    hits = evidence.documents[0].hits
    lead = hits[0].passage.visibility
    return [hit for hit in hits if hit.passage.visibility is lead][:READ]


def _ranked(found: Sequence[Evidence]) -> tuple[str, ...]:
    """The documents in the order of rank, each once; of several questions the first ones first."""
    ranks = zip_longest(*(evidence.documents[:RANKED] for evidence in found))
    documents = [document for rank in ranks for document in rank if document]
    return tuple(dict.fromkeys(_reference(document) for document in documents))[:RANKED]


def _answered_of(
    question: Question, answer: Answer, looked: Sequence[_Looked], short: tuple[Unanswered, ...]
) -> Answered:
    """The outcome of a question that asked several things."""
    found = [each.evidence for each in looked]
    return Answered(question, answer, _ranked(found), short, _product(found))


def _product(found: Sequence[Evidence]) -> str:
    """The product of the first text that was found, empty without one."""
    first = next((evidence.documents[0].hits[0] for evidence in found if evidence.documents), None)
    return first.products[0] if first and first.products else ""


def _unanswered(evidence: Evidence, answer: Answer) -> Unanswered:
    return Unanswered(
        text=evidence.in_own_words or evidence.text,
        status=answer.status,
        probability=answer.probability,
        shown=answer.candidates,
        found=tuple(map(_found_text, evidence.documents)),
        encoded=evidence.found.encoded,
    )


def _found_text(document: FoundDocument) -> FoundText:
    hit = document.hits[0]
    scores = tuple(each.scores.total for each in document.hits)
    return FoundText(_reference(document), hit.passage.title, hit.products, hit.owner, scores)


def _reference(document: FoundDocument) -> str:
    return f"{document.key.source}:{document.key.id}"


def _certainty(judgement: Judgement, behind: float) -> Certainty:
    """The first text's own certainty; a later one is never high, and low unless it comes close."""
    if behind <= 0:
        return judgement.certainty
    close = behind < NEARLY_AS_GOOD and judgement.certainty is not Certainty.LOW
    return Certainty.MEDIUM if close else Certainty.LOW
