"""A first version of a text for a duo: out of what the municipality has written already, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.composers.llm.calling import Calls
from service.composers.llm.checked import DUTCH, NotWritten, write_checked
from service.composers.llm.facts.material import Cited, Unit, material
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import read_figured
from service.composers.llm.facts.vocabulary import content_of, words_of
from service.composers.llm.language import language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_steered, prompt_of, told
from service.composers.llm.rewording import KeptBecause
from service.domain.answer import Dropped

PROMPT = "voorstel"
MOST_SHOWN = 2  # lines of a passage beside a sentence


@dataclass(frozen=True)
class Based:
    """A sentence, the number of the passage that holds it (from 0), and the lines there that say it."""

    text: str
    passage: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FirstVersion:
    """The sentences that passed the check, in their order; and those that did not."""

    sentences: tuple[Based, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class Drafter:
    """Writes first versions. Nothing is stored here."""

    calls: Calls

    @property
    def prompt(self) -> str:
        """Which prompt is used, with its version."""
        return prompt_of(PROMPT).label

    def draft(self, questions: Sequence[str], passages: Sequence[Cited]) -> FirstVersion | NotWritten:
        """A first version that answers these questions, which hold no personal data, out of these public
        passages; or why there is none."""
        if not questions or not passages:
            return NotWritten(KeptBecause.NOTHING_LEFT)
        if any(map(holds_order, questions)) or any(map(is_steered, passages)):
            return NotWritten(KeptBecause.STEERED)
        if any(language_of(each.text) != DUTCH for each in passages):
            return NotWritten(KeptBecause.LANGUAGE)
        parts = [("vraag", questions[0])]
        parts += [("ook gevraagd als", "\n".join(questions[1:]))] if questions[1:] else []
        found = write_checked(self.calls, told(PROMPT, parts, passages), passages)
        if isinstance(found, NotWritten):
            return found
        sentences = (_based(each.text, each.sources[0] - 1, passages) for each in found.kept)
        return FirstVersion(tuple(sentences), found.dropped)


def _based(sentence: str, number: int, passages: Sequence[Cited]) -> Based:
    return Based(sentence, number, lines_behind(sentence, passages[number]))


def lines_behind(sentence: str, passage: Cited) -> tuple[str, ...]:
    """The lines of a passage that say what this sentence says: those with its figures, else the likest."""
    units = [unit for unit in material([passage], DUTCH).units if not unit.is_heading]
    words = content_of(words_of(sentence), DUTCH)
    missing = _figures(sentence)
    lines: list[str] = []
    while units and len(lines) < MOST_SHOWN and (missing or not lines):
        best = max(units, key=lambda unit: (len(missing & _figures(unit.text)), _likeness(unit, words)))
        if lines and not missing & _figures(best.text):
            break
        lines.append(best.whole.replace("\t", " | "))
        missing -= _figures(best.text)
        units.remove(best)
    return tuple(lines)


def _figures(text: str) -> set[tuple[str, str]]:
    return {(each.kind.value, each.value) for each in read_figured(figured(text))}


def _likeness(unit: Unit, words: Sequence[str]) -> float:
    return sum(map(unit.words.likeness, words))
