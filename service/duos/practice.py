"""Questions to practise with: real ones that were solved, each with the approved text that answers it.

They come from what must stay answered, and from the wordings that duos linked to texts. Who practises and
what they write is kept nowhere; counts go by product and day.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.editorial import NEWS
from service.storage.gap_tables import FORGOTTEN
from service.storage.practice_texts import TextLine, published_lines
from service.storage.regression import RegressionQuestions

if TYPE_CHECKING:
    from embeddings.library import Library

CHOICES = 4


@dataclass(frozen=True)
class PracticeQuestion:
    """A question with the text that answers it; `fact` is what has to be said, where that is known. `key`
    names it in a form."""

    key: str
    question: str
    text: TextLine
    fact: str = ""


@dataclass(frozen=True)
class Exercises:
    """Everything that one can practise with, and the texts to choose among."""

    questions: tuple[PracticeQuestion, ...]
    texts: tuple[TextLine, ...]

    def about(self, product: str) -> tuple[PracticeQuestion, ...]:
        """Those of one product (UPL address); of all when it is empty."""
        return tuple(each for each in self.questions if product in ("", each.text.product))

    def find(self, key: str) -> PracticeQuestion | None:
        """The question with this key."""
        return next((each for each in self.questions if each.key == key), None)

    def next(self, product: str, had: Collection[str], seed: str) -> PracticeQuestion | None:
        """One that was not there yet; the same one again for who asks again."""
        left = [each for each in self.about(product) if each.key not in had]
        # shuffled by the seed alone: which comes next does not change while one practises
        return min(left, key=lambda each: _mixed(seed, each.key), default=None)

    def choices(self, question: PracticeQuestion, seed: str) -> tuple[TextLine, ...]:
        """Four texts in no order, one of them right: the others of the same department, where there are
        enough, and about something else."""
        right = question.text
        others = [
            each
            for each in self.texts
            if each.document != right.document
            and each.title.casefold() != right.title.casefold()
            and (not right.product or each.product != right.product)
        ]
        others.sort(key=lambda each: (each.owner != right.owner, _mixed(seed + question.key, each.document)))
        shown = [right, *_titles_once(others)[: CHOICES - 1]]
        random.Random(seed + question.key).shuffle(shown)
        return tuple(shown)


def exercises(library: Library, collection: str) -> Exercises:
    """All that there is now; a question whose text is not published any more is left out."""
    lines = published_lines(library.engine, collection, NEWS)
    return Exercises(tuple(_questions(library, collection, lines)), tuple(lines.values()))


def _questions(
    library: Library, collection: str, lines: Mapping[str, TextLine]
) -> Iterable[PracticeQuestion]:
    once: set[str] = set()
    for question, document, fact in (*_regression(library, collection), *_wordings(library, collection)):
        text, words = lines.get(document), " ".join(question.split())
        if text and words and FORGOTTEN not in words and words.casefold() not in once:
            once.add(words.casefold())
            yield PracticeQuestion(_key(words, document), words, text, fact)


def _regression(library: Library, collection: str) -> Iterable[tuple[str, str, str]]:
    """What duos wrote or approved and must stay answered; not what fails at the moment."""
    known = RegressionQuestions(library.engine, collection).all()
    return [(each.question, each.document, each.fact) for each in known if each.holds is not False]


def _wordings(library: Library, collection: str) -> Iterable[tuple[str, str, str]]:
    known = library.wordings(collection).values()
    return [(each.text, f"{each.document.source}:{each.document.id}", "") for each in known]


def _titles_once(texts: Sequence[TextLine]) -> list[TextLine]:
    """The texts; of those with the same title the first."""
    return list({text.title.casefold(): text for text in reversed(texts)}.values())[::-1]


def _key(words: str, document: str) -> str:
    return _mixed(document, words)[:12]


def _mixed(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()
