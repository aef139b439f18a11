"""What a visitor gets who left an address: the words of the text that now answers, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.document import Document, Section, SectionKind, Visibility
from embeddings.library import Library
from service.domain.draft import DraftState
from service.domain.gap import Gap
from service.duos import wording_drafts as wording
from service.duos.comparing import holds
from service.duos.draft_texts import key_of, published_as
from service.duos.heralds import Answer
from service.storage.drafts import KeptDrafts

LONGEST = 90  # words of a section that is quoted whole; of a longer one only the paragraph with the fact


@dataclass(frozen=True)
class AnswerOf:
    """Gives the answer to a solved signal. `contact_url` is where somebody can ask on, when the text itself
    has no page of its own."""

    library: Library
    kept: KeptDrafts
    contact_url: str

    def __call__(self, gap: Gap) -> Answer:
        text = self.library.document(key_of(gap.collection, gap.document)) if gap.document else None
        quote = quote_with(text, self._fact(gap)) if text else ""
        url = text.url if text and quote else ""
        return Answer(quote or wording.ASK_BY_PHONE, url or self.contact_url)

    def _fact(self, gap: Gap) -> str:
        """The literal that the duo wanted in the answer."""
        drafts = self.kept.of_gap(gap.id)
        own = [each for each in drafts if published_as(each) == gap.document]
        return next((each.fact for each in own if each.state is DraftState.PUBLISHED), "")


def quote_with(text: Document, fact: str) -> str:
    """The public section that holds the fact, or of a long one the paragraph; word for word. Empty when no
    visitor may see it."""
    sections = [part for part in text.sections if _may_be_mailed(text, part)]
    chosen = next((part for part in sections if fact and holds(part.text, fact)), None)
    chosen = chosen or next(iter(sections), None)
    if chosen is None or len(chosen.text.split()) <= LONGEST:
        return chosen.text.strip() if chosen else ""
    paragraphs = [each for each in chosen.text.split("\n\n") if each.strip()]
    return next((each for each in paragraphs if fact and holds(each, fact)), paragraphs[0]).strip()


def _may_be_mailed(text: Document, part: Section) -> bool:
    public = part.visibility is text.visibility is Visibility.PUBLIC
    return public and part.kind is not SectionKind.LINKS and bool(part.text.strip())
