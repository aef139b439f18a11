"""Labelled texts: what a municipality might publish, with questions, and where in the text each answer is.

One JSON object a line, see evals/datasets/texts/README.md.
"""

from __future__ import annotations

import random
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.document import Document, Passage, Section
from embeddings.passages import passages
from embeddings.sentences import sentences
from embeddings.training.lines import UnusableTexts, each_line
from embeddings.training.split import Part, part_of

ANSWERED = "answered"
PARTLY = "partly"
SHORTEST = 8  # words: less than this left of a passage says nothing about the question
COLLECTION = "training"


@dataclass(frozen=True)
class Question:
    """`kind`: "answered", "partly" (one of the things asked), or why the text does not answer it.

    `spans`: literals of the text that answer; none when nothing does. `also`: ids of other texts that
    answer it as well.
    """

    text: str
    style: str
    kind: str
    spans: tuple[str, ...]
    reason: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A published text with its questions. `product` is what keeps siblings in one part.

    Texts of different invented municipalities may say different things of the same subject: they are
    never in one library, and never each other's negatives.
    """

    id: str
    municipality: str
    product: str
    title: str
    form: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    @property
    def part(self) -> Part:
        return part_of(self.product)

    @property
    def document(self) -> Document:
        """As a source would deliver it to the library."""
        return Document(
            id=self.id, collection=COLLECTION, source="texts", title=self.title, sections=self.sections
        )


@dataclass(frozen=True)
class Place:
    """Where a question is answered: which passage of the text, and from where to where in its text."""

    passage: int
    spans: tuple[tuple[int, int], ...]


def read_texts(place: Path, part: Part | None = None) -> list[Text]:
    """The texts of a file, or of every .jsonl file in a folder; of one part when it is named.

    Raises UnusableTexts with the line that is wrong, or when there are none.
    """
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    found = [text for file in files for text in each_line(file, _text)]
    chosen = [text for text in found if part is None or text.part is part]
    if not chosen:
        raise UnusableTexts(f"{place}: no texts in it")
    return chosen


def new_and_some_again(texts: Sequence[Text], seen: Container[str], share: float, seed: int) -> list[Text]:
    """The texts whose id was not seen yet, and of the municipalities with others this share as a whole.

    Whole ones, because what a text has to be told from are its neighbours.
    """
    homes = sorted({text.municipality for text in texts if text.id in seen})
    again = set(random.Random(seed).sample(homes, round(share * len(homes))))
    return [text for text in texts if text.id not in seen or text.municipality in again]


def _text(record: Mapping[str, Any]) -> Text:
    sections, questions = record["sections"], record["questions"]
    if not isinstance(sections, list) or not isinstance(questions, list):
        raise TypeError("sections and questions are lists")
    return Text(
        id=str(record["id"]),
        municipality=str(record["municipality"]),
        product=str(record["product"]),
        title=str(record["title"]),
        form=str(record["form"]),
        sections=tuple(Section(heading=each["heading"], text=each["text"]) for each in sections),
        questions=tuple(
            Question(
                text=each["question"],
                style=each["style"],
                kind=each["kind"],
                spans=tuple(each.get("spans", ())),
                reason=each.get("reason", ""),
                also=tuple(each.get("also", ())),
            )
            for each in questions
        ),
    )


def places(pieces: Sequence[Passage], question: Question) -> list[Place]:
    """The passages that hold one of the question's spans, in the order of the text."""
    found = []
    for number, piece in enumerate(pieces):
        spans = [
            (piece.text.index(span), piece.text.index(span) + len(span))
            for span in question.spans
            if span in piece.text
        ]
        if spans:
            found.append(Place(number, tuple(spans)))
    return found


def without_answer(piece: Passage, place: Place) -> str | None:
    """The passage's text without the sentences that answer: the nearest miss there is.

    None when next to nothing is left, or nothing was taken out.
    """
    kept, position = [], 0
    units = sentences(piece.text)
    for unit in units:
        start = piece.text.index(unit, position)
        position = start + len(unit)
        if not any(start < end and position > begin for begin, end in place.spans):
            kept.append(unit)
    left = "\n".join(kept)
    return left if len(kept) < len(units) and len(left.split()) > SHORTEST else None


def pieces_of(text: Text) -> list[Passage]:
    """The text's passages, cut as the library cuts them."""
    return passages(text.document)
