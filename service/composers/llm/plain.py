"""A section of a text in plain words: held against the section itself, with what was lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from embeddings.languages.base import folded
from embeddings.sentences import is_row, sentences
from service.composers.llm.calling import Calls
from service.composers.llm.checked import DUTCH, NotWritten, write_checked
from service.composers.llm.facts.material import Cited
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured
from service.composers.llm.facts.sameness import is_same
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of
from service.composers.llm.language import language_of
from service.composers.llm.plainness import Plainness, plainness
from service.composers.llm.prompting import is_steered, prompt_of, told
from service.composers.llm.rewording import KeptBecause
from service.domain.answer import Dropped

PROMPT = "eenvoudig"
LONGEST = 2_000  # characters of a section: more would be cut off, and twelve sentences could not hold it
_LINKS = frozenset({Kind.LINK, Kind.MAIL})
# what begins, or is, a condition
_CONDITION = re.compile(
    r"\b(?:als|indien|wanneer|mits|tenzij|behalve|alleen|slechts|uitsluitend|zolang|zonder|"
    r"voorwaarde\w*|uitzondering\w*|pas|niet|geen)\b"
)
_SAME = 0.6  # of the words of a condition that come back


class Unfit(StrEnum):
    """Why a section is not put in plain words, beside the reasons of the model."""

    TABLE = "table"
    LONG = "long"
    EMPTY = "empty"


class LostKind(StrEnum):
    """What stood in the section and does not stand in the plain version."""

    FIGURE = "figure"
    LINK = "link"
    CONDITION = "condition"


@dataclass(frozen=True)
class Lost:
    """A sentence of the section of which something is gone."""

    kind: LostKind
    sentence: str


@dataclass(frozen=True)
class Plainer:
    """The section in plain words, how plain both are, what was dropped and what was lost."""

    text: str
    before: Plainness
    after: Plainness
    dropped: tuple[Dropped, ...]
    lost: tuple[Lost, ...]


@dataclass(frozen=True)
class PlainWriter:
    """Puts sections in plain words. Nothing is stored here."""

    calls: Calls

    @property
    def prompt(self) -> str:
        """Which prompt is used, with its version."""
        return prompt_of(PROMPT).label

    def rewrite(self, section: Cited, hidden: Sequence[str] = ()) -> Plainer | NotWritten:
        """A section for the public in plain words, or why there is nothing better. `hidden` are pieces of it
        that may not leave the house: the model reads a mark for each, and they are put back."""
        unfit = unfit_for(section)
        if unfit:
            return NotWritten(unfit)
        marks = {f"GEGEVEN{number}": each for number, each in enumerate(dict.fromkeys(hidden), start=1)}
        shown = Cited(*(_marked(each, marks) for each in (section.title, section.heading, section.text)))
        asked = told(PROMPT, [], [shown])
        found = write_checked(self.calls, asked, [section], lambda text: _restored(text, marks))
        if isinstance(found, NotWritten):
            return found
        text = " ".join(each.text for each in found.kept)
        before, after = plainness([section.text]), plainness([text])
        return Plainer(text, before, after, found.dropped, lost(section.text, text))


def unfit_for(section: Cited) -> str:
    """Why a section cannot be put in plain words; empty when it can."""
    if not section.text.strip():
        return Unfit.EMPTY
    if any(map(is_row, section.text.split("\n"))):
        return Unfit.TABLE
    if len(section.title) + len(section.heading) + len(section.text) > LONGEST:
        return Unfit.LONG
    if is_steered(section):
        return KeptBecause.STEERED
    return "" if language_of(section.text) == DUTCH else KeptBecause.LANGUAGE


def lost(before: str, after: str) -> tuple[Lost, ...]:
    """What of a text does not come back in another: figures, links and conditions, by the sentence that they
    stood in."""
    figures = read_figured(figured(after))
    told_now = sentences(after)
    found = (
        Lost(kind, " ".join(sentence.split()))
        for sentence in sentences(before)
        for kind in _lost_of(sentence, figures, told_now)
    )
    return tuple(dict.fromkeys(found))


def _lost_of(sentence: str, figures: Sequence[Quantity], told_now: Sequence[str]) -> Iterator[LostKind]:
    for quantity in read_figured(figured(sentence)):
        if not any(is_same(quantity, each, DUTCH) for each in figures):
            yield LostKind.LINK if quantity.kind in _LINKS else LostKind.FIGURE
    if _CONDITION.search(folded(sentence)) and not any(_says(each, sentence) for each in told_now):
        yield LostKind.CONDITION


def _says(sentence: str, condition: str) -> bool:
    """Whether a sentence has a condition with most of the same words."""
    if not _CONDITION.search(folded(sentence)):
        return False
    words = _words_of_condition(condition)
    said: Vocabulary = vocabulary(sentence, DUTCH)
    return sum(map(said.knows, words)) >= _SAME * len(words)


def _words_of_condition(sentence: str) -> list[str]:
    """The words of the condition: those that assert something, from its first word to the next comma."""
    plain = folded(sentence)
    found = _CONDITION.search(plain)
    words = words_of(plain[found.end() :].split(",")[0]) if found else []
    return content_of(words, DUTCH) or words or content_of(words_of(plain), DUTCH)


def _marked(text: str, marks: dict[str, str]) -> str:
    for mark, piece in sorted(marks.items(), key=lambda pair: -len(pair[1])):
        text = text.replace(piece, mark)
    return text


def _restored(text: str, marks: dict[str, str]) -> str:
    for mark in sorted(marks, key=len, reverse=True):
        text = text.replace(mark, marks[mark])
    return text
