"""Tie every sentence to a passage that holds it, or drop it. No sentence left: no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from embeddings.document import Hit, Visibility
from service.composers.base import DraftSentence
from service.domain.answer import Sentence, Source

Owner = Callable[[Hit], str]


@dataclass(frozen=True)
class Cited:
    """What may be shown: sentences, and the sources that they name by number."""

    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()


def cite(draft: Sequence[DraftSentence], owner: Owner) -> Cited:
    """The draft's sentences that stand word for word in their passage, white space aside."""
    kept = [sentence for sentence in draft if _holds(sentence.hit, sentence.text)]
    numbers: dict[int, int] = {}
    for sentence in kept:
        numbers.setdefault(sentence.hit.key, len(numbers) + 1)
    hits = {sentence.hit.key: sentence.hit for sentence in kept}
    return Cited(
        sentences=tuple(Sentence(each.text, (numbers[each.hit.key],)) for each in kept),
        sources=tuple(source(hits[key], number, owner) for key, number in numbers.items()),
    )


def source(hit: Hit, number: int, owner: Owner) -> Source:
    """A copy of the passage as it stands now, with where it came from."""
    passage = hit.passage
    return Source(
        number=number,
        document=f"{passage.document.source}:{passage.document.id}",
        title=passage.title,
        heading=passage.heading,
        text=passage.text,
        url=hit.url,
        modified_at=hit.reviewed_at or hit.modified_at,
        owner=owner(hit),
        internal=passage.visibility is Visibility.INTERNAL,
    )


def _holds(hit: Hit, sentence: str) -> bool:
    wanted = " ".join(sentence.split())
    return bool(wanted) and wanted in " ".join(hit.passage.text.split())
