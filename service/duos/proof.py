"""The proof: the questions of a signal asked again, each without the wording that it is itself.

What was found by a question that stands in the index word for word proves nothing. So of the text that should
answer, a known wording with the words of the question is left out, and so is a title with its words; and two
checks are asked that were never given to the index.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from embeddings.document import Document, DocumentKey
from embeddings.library import Library, LibraryUnavailable
from embeddings.trial import Trial
from ingest.editorial import NEWS
from service.answering.pipeline import Answered, Answering
from service.domain.answer import Answer, Status
from service.domain.draft import Check, Proof
from service.domain.gap import Asking, Gap, Origin
from service.domain.question import AGENT, MAXIMUM_LENGTH, VISITOR, Asked, Channel
from service.duos import wording_drafts as wording
from service.duos.comparing import holds, same_question, words_of
from service.storage.gaps import Gaps

MOST_QUESTIONS = 20  # of a signal, the newest; different ones
NO_TITLE = "Antwoord"  # stands over a text whose title is the very question, when it has no heading


@dataclass(frozen=True)
class Said:
    """A question as it is asked again."""

    text: str
    channel: Channel
    language: str = "nl"
    paraphrase: bool = False


class Proofs:
    """Asks again. Nothing of it is stored here, and no transaction is open meanwhile."""

    def __init__(
        self, answering: Answering, library: Library, gaps: Gaps, now: Callable[[], datetime]
    ) -> None:
        self._answering = answering
        self._library = library
        self._gaps = gaps
        self._now = now

    def ask_again(
        self, gap: Gap, document: str, fact: str, checks: Sequence[str], linked: Sequence[str] = ()
    ) -> Proof:
        """Ask every question of a signal, and the checks: `document` ("source:id") has to come first, and
        `fact` has to stand in the quote.

        `linked` are wordings that were linked to a text that is there: asked themselves they would prove
        nothing, so only the others are asked, and the checks. Raises LibraryUnavailable.
        """
        asked = _asked_before(self._gaps.askings(gap.id), linked)
        # where most of them came from; without any a check is asked as an agent would
        channel = asked[0].channel if asked else Channel.SIDEBAR
        questions = [*asked, *(Said(check, channel, paraphrase=True) for check in checks)]
        without = _Without(self._answering, self._library, document)
        results = [self._check(without, question, document, fact) for question in questions]
        return Proof(uuid.uuid4(), gap.id, document, self._now(), tuple(results))

    def _check(self, without: _Without, question: Said, document: str, fact: str) -> Check:
        answered = ask(without.own_words_of(question.text), question)
        first = answered.answer.candidates[0].title if answered.answer.candidates else ""
        return Check(
            question=question.text,
            paraphrase=question.paraphrase,
            found=is_first(answered, document),
            quoted=holds(quoted(answered.answer, document), fact),
            certain=answered.answer.status.group == "answered",
            first=first,
        )


def ask(answering: Answering, question: Said) -> Answered:
    """What this question gets now, from whoever asks in its channel. Raises LibraryUnavailable."""
    asked = Asked(
        question.text, question.channel, answering.collection, uuid.uuid4(), language=question.language
    )
    answered = answering.answer(asked, AGENT if question.channel is Channel.SIDEBAR else VISITOR)
    if answered.answer.status is Status.ERROR_RETRIEVAL:
        raise LibraryUnavailable("the question could not be asked again")  # that is no proof of anything
    return answered


def over(answering: Answering, trial: Trial) -> Answering:
    """The same answering, as if."""
    # answering searches, reads and marks, and that a trial does as a library does
    return replace(answering, library=trial)


def news_in(library: Library, collection: str) -> list[DocumentKey]:
    """The news that is pinned: it goes by, so it says nothing of whether a text is good."""
    return [DocumentKey(collection, NEWS, id) for id in library.published(collection, NEWS)]


def made_in(library: Library, collection: str) -> list[int]:
    """The wordings of a language model that are searched with: a proof may not rest on what a switch takes
    away."""
    return list(library.made.all(collection)) if library.made.are_searched() else []


def without_passing(answering: Answering, library: Library) -> Answering:
    """The same answering, as if no news were pinned and no model had made a wording."""
    news, made = news_in(library, answering.collection), made_in(library, answering.collection)
    if not news and not made:
        return answering
    return over(answering, library.trial(withdraw=news, without_wordings=made))


def is_first(answered: Answered, document: str) -> bool:
    """Whether this text ("source:id") comes first."""
    return bool(answered.ranked) and answered.ranked[0] == document


def quoted(answer: Answer, document: str) -> str:
    """What is cited of this text: the answer, or the marked sentences where texts are only suggested."""
    if answer.sentences:
        own = {source.number for source in answer.sources if source.document == document}
        return " ".join(each.text for each in answer.sentences if own & set(each.sources))
    first = answer.candidates[0] if answer.candidates else None
    return " ".join(first.marked) if first and first.document == document else ""


def why_it_fails(check: Check, fact: str) -> str:
    """In words, what went wrong with a question that was asked again."""
    if not check.found:
        return wording.FIRST_WAS.format(first=check.first) if check.first else wording.NOTHING_FOUND
    return wording.FACT_NOT_QUOTED.format(fact=fact)


def what_fails(proof: Proof, fact: str) -> str:
    """The questions that failed, each with why: what the duo reads."""
    return "; ".join(
        wording.STILL_FAILS.format(question=check.question, why=why_it_fails(check, fact))
        for check in proof.checks
        if not check.passed
    )


def _asked_before(askings: Iterable[Asking], linked: Sequence[str]) -> list[Said]:
    """The questions of a signal, newest first, each once; those that nobody asked are left out."""
    questions: dict[tuple[str, ...], Said] = {}
    for asking in askings:
        fits = 0 < len(asking.text) <= MAXIMUM_LENGTH and asking.origin is not Origin.REVIEW_DATE
        if fits and not any(same_question(asking.text, each) for each in linked):
            said = Said(asking.text, asking.channel, asking.language)
            questions.setdefault(words_of(asking.text), said)
    return list(questions.values())[:MOST_QUESTIONS]


class _Without:
    """The library as if a text did not have the words of a question as a wording, or as its title; and as if
    no news were pinned and no model had made a wording."""

    def __init__(self, answering: Answering, library: Library, document: str) -> None:
        source, _, id = document.partition(":")
        self._answering = answering
        self._library = library
        self._key = DocumentKey(answering.collection, source, id)
        self._news = news_in(library, answering.collection)
        self._made = made_in(library, answering.collection)
        self._text = library.document(self._key)
        self._wordings = {
            id: each.text
            for id, each in library.wordings(answering.collection).items()
            if each.document == self._key
        }

    def own_words_of(self, question: str) -> Answering:
        """What answers when nothing of the text is this very question."""
        same = [id for id, text in self._wordings.items() if same_question(text, question)] + self._made
        titled = self._text if self._text and same_question(self._text.title, question) else None
        if not same and titled is None and not self._news:
            return self._answering
        publish = [under_another_title(titled)] if titled else []
        trial = self._library.trial(publish=publish, withdraw=self._news, without_wordings=same)
        return over(self._answering, trial)


def under_another_title(document: Document) -> Document:
    """The text as if its title were not the question: its first heading stands there instead."""
    headings = (part.heading for part in document.sections if part.heading)
    heading = next((each for each in headings if not same_question(each, document.title)), NO_TITLE)
    return replace(document, title=heading)
