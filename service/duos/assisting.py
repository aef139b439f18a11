"""What a language model does for a duo: a first version of a text, and a section in plain words.

Of a signal go the questions without personal data, of the library public passages; of a text in the making
everything that may be about a person is taken out, and put back in what the model wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

import structlog

from embeddings.document import DocumentKey, Hit, Section, Visibility
from ingest.editorial import NEWS
from service.answering.redaction import redact
from service.composers.llm.checked import NotWritten
from service.composers.llm.drafting import Based, Drafter, FirstVersion
from service.composers.llm.facts.material import Cited
from service.composers.llm.plain import Plainer, PlainWriter
from service.composers.llm.rewording import KeptBecause
from service.domain.draft import Assistance, Draft, SourcedSentence
from service.domain.gap import Asking, Gap
from service.domain.person import Person
from service.duos.comparing import words_of
from service.duos.draft_rules import DraftRefused
from service.duos.draft_texts import FirstText, InPlainWords, under_way
from service.storage.gap_tables import FORGOTTEN

if TYPE_CHECKING:
    from service.duos.drafting import Drafting

MOST_QUESTIONS = 5
MOST_PASSAGES = 6
OF_A_QUESTION = 3  # texts that each question brings
OF_A_TEXT = 2  # passages of one text
PERSONAL = "personal"  # what was made holds personal data, which a text may not

log = structlog.get_logger()


@dataclass(frozen=True)
class Assisting:
    """The work that the settings let a model do for duos; None is work that it does not do."""

    drafter: Drafter | None = None
    plain_writer: PlainWriter | None = None

    @property
    def may_draft(self) -> bool:
        """Whether a first version can be asked for now."""
        return self.drafter is not None and self.drafter.calls.allowed()

    @property
    def may_simplify(self) -> bool:
        """Whether a section can be put in plain words now."""
        return self.plain_writer is not None and self.plain_writer.calls.allowed()

    def first_version(self, drafts: Drafting, gap: Gap, by: Person) -> Draft | NotWritten:
        """A text that a model began for a signal, on the list of who asked for it; or why there is none.

        A text that is being written already is left as it is, and given back. Raises LibraryUnavailable, and
        ReviewRefused when this person may not work on the signal.
        """
        known = under_way(drafts.of_gap(gap.id))
        if known or self.drafter is None:
            return known or NotWritten(KeptBecause.NOTHING_LEFT)
        questions = questions_of(gap, drafts.signals.gaps.askings(gap.id))
        hits = nearest(drafts, questions)
        passages = [Cited(each.passage.title, each.passage.heading, each.passage.text) for each in hits]
        found = self.drafter.draft(questions, passages)
        self._log("voorstel", found)
        if isinstance(found, NotWritten):
            return found
        first = _first_text(found, hits, self.drafter, drafts.now())
        try:
            # somebody may have begun one while the model wrote
            return under_way(drafts.of_gap(gap.id)) or drafts.begin(gap, by, first=first)
        except DraftRefused:
            return NotWritten(PERSONAL, found.dropped)

    def in_plain_words(self, title: str, section: Section) -> Plainer | NotWritten:
        """A section as it is typed now in plain words, or why there is nothing better. Nothing is kept."""
        if self.plain_writer is None:
            return NotWritten(KeptBecause.NOTHING_LEFT)
        if section.visibility is Visibility.INTERNAL:
            return NotWritten(KeptBecause.INTERNAL)
        cited = Cited(title, section.heading, section.text)
        hidden = [piece for text in (title, section.heading, section.text) for piece in _personal(text)]
        found = self.plain_writer.rewrite(cited, hidden)
        self._log("eenvoudig", found)
        return found

    @property
    def plain_words(self) -> InPlainWords:
        """Which model puts sections in plain words, and with which prompt."""
        writer = self.plain_writer
        return InPlainWords(writer.calls.model, writer.prompt) if writer else InPlainWords("", "")

    def _log(self, task: str, found: FirstVersion | Plainer | NotWritten) -> None:
        """How it went, without a word of what was written."""
        reason = found.reason if isinstance(found, NotWritten) else ""
        kept = len(found.sentences) if isinstance(found, FirstVersion) else 0
        log.info("a model wrote for a duo", task=task, reason=reason, kept=kept, dropped=len(found.dropped))


def questions_of(gap: Gap, askings: Iterable[Asking]) -> tuple[str, ...]:
    """What is asked in a signal, once more without personal data: the signal's own words first, those that
    were erased left out."""
    once: dict[tuple[str, ...], str] = {}
    for text in (gap.question, *(asking.text for asking in askings)):
        if FORGOTTEN not in text:
            once.setdefault(words_of(text), redact(text).text)
    return tuple(once.values())[:MOST_QUESTIONS]


def nearest(drafts: Drafting, questions: Sequence[str]) -> list[Hit]:
    """The public Dutch passages that come closest to these questions now, best first; none of the news, which
    ends by itself. Raises LibraryUnavailable."""
    # imported late: it brings the models' runtimes, and the site has to listen before that
    from embeddings.library import Search

    ranked: dict[DocumentKey, list[Hit]] = {}
    for question in questions:
        search = Search(question, drafts.collection, (Visibility.PUBLIC,), language="nl")
        for document in drafts.library.search(search).documents[:OF_A_QUESTION]:
            known = ranked.setdefault(document.key, [])
            known += [hit for hit in document.hits if hit.key not in [each.key for each in known]]
    hits = [
        hit
        for own in ranked.values()
        for hit in own[:OF_A_TEXT]
        if hit.language == "nl" and not _is_news(hit)
    ]
    return hits[:MOST_PASSAGES]


def _is_news(hit: Hit) -> bool:
    return hit.passage.document.source == NEWS


def _first_text(found: FirstVersion, hits: Sequence[Hit], drafter: Drafter, at: datetime) -> FirstText:
    """The sentences as one section, a paragraph for each text that they are from."""
    parts = groupby(found.sentences, key=lambda each: hits[each.passage].passage.document)
    text = "\n\n".join(" ".join(each.text for each in part) for _, part in parts)
    sentences = tuple(_sourced(each, hits[each.passage]) for each in found.sentences)
    assistance = Assistance(drafter.calls.model, drafter.prompt, at, sentences, found.dropped)
    return FirstText((Section("", text),), assistance)


def _sourced(sentence: Based, hit: Hit) -> SourcedSentence:
    key, passage = hit.passage.document, hit.passage
    return SourcedSentence(
        sentence.text, f"{key.source}:{key.id}", passage.title, passage.heading, hit.url, sentence.lines
    )


def _personal(text: str) -> list[str]:
    """The pieces of a text that may be about a person."""
    return [text[each.start : each.end] for each in redact(text).findings]
