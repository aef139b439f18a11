"""Questions that texts answer, as a language model words them: made of new and changed texts, checked, and
searched like known wordings, but kept apart from people's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from embeddings.document import Document, DocumentKey, SectionKind, Visibility
from embeddings.library import Library, Search
from embeddings.made_wordings import Asked, Made
from embeddings.trial import Trial
from ingest.editorial import NEWS
from service.answering.redaction import redact
from service.composers.llm.calling import Silent
from service.composers.llm.facts.material import Cited
from service.composers.llm.wordings import QuestionWriter
from service.duos.comparing import same_question

AT_ONCE = 5  # texts in a round of the worker
MOST_SECTIONS = 6
AGAIN_AFTER = timedelta(hours=1)  # a text of which the model said nothing that can be used

log = structlog.get_logger()


@dataclass(frozen=True)
class Round:
    """What a round did: texts that were asked about, questions that were kept, and those that were not."""

    texts: int = 0
    kept: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class MadeQuestions:
    """The questions that a model makes for one municipality."""

    library: Library
    collection: str
    writer: QuestionWriter
    now: Callable[[], datetime]
    _failed: dict[DocumentKey, datetime] = field(default_factory=dict, compare=False, repr=False)

    def make(self, limit: int = AT_ONCE) -> Round:
        """Ask the model about texts that it was not asked about as they are now, so many at most.

        Ends as soon as the model is off, broken, or has spent its budget of the day.
        """
        texts = kept = dropped = 0
        for key in self._waiting(limit):
            document = self.library.document(key)
            if document is None:
                continue
            asked = self.writer.write(passages_of(document))
            if isinstance(asked, Silent):
                if asked.fault is None:
                    break
                self._failed[key] = self.now()
                continue
            good = self._answered_by(document, asked.questions)
            fell = len(asked.unusable) + len(asked.questions) - len(good)
            made = Made(self.writer.calls.model, self.writer.prompt, document.digest, self.now())
            if self.library.made.put(key, good, made, fell):
                texts, kept, dropped = texts + 1, kept + len(good), dropped + fell
        if texts:
            log.info("a model made questions", texts=texts, kept=kept, dropped=dropped)
        return Round(texts, kept, dropped)

    def forget(self) -> int:
        """Take all of them away; how many."""
        return self.library.made.forget(self.collection)

    def _waiting(self, limit: int) -> list[DocumentKey]:
        since = self.now() - AGAIN_AFTER
        resting = {key for key, at in self._failed.items() if at > since}
        asked = Asked(self.writer.calls.model, self.writer.prompt, without=(NEWS,))
        waiting = self.library.made.waiting(self.collection, asked, limit + len(resting))
        return [key for key in waiting if key not in resting][:limit]

    def _answered_by(self, document: Document, questions: Iterable[str]) -> list[str]:
        """Those that lead to the text without any wording of a model, and that people do not know yet."""
        key = DocumentKey(document.collection, document.source, document.id)
        known = [document.title, *self._known(key)]
        without = self.library.trial(without_wordings=self.library.made.all(self.collection))
        return [
            question
            for question in questions
            if not redact(question).findings
            and not any(same_question(question, each) for each in known)
            and _comes_first(without, question, key)
        ]

    def _known(self, key: DocumentKey) -> list[str]:
        wordings = self.library.wordings(self.collection).values()
        return [each.text for each in wordings if each.document == key]


def passages_of(document: Document) -> list[Cited]:
    """What of a text a model may read: its public sections, no lists of links."""
    public = [
        part
        for part in document.sections
        if part.visibility is document.visibility is Visibility.PUBLIC
        and part.kind is not SectionKind.LINKS
        and part.text.strip()
    ]
    return [Cited(document.title, part.heading, part.text) for part in public[:MOST_SECTIONS]]


def _comes_first(library: Trial, question: str, key: DocumentKey) -> bool:
    found = library.search(Search(question, key.collection)).documents
    return bool(found) and found[0].key == key
