"""A sentence that is looked for in the text: its words, and the places that share most of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from embeddings.languages.base import folded
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import Quantity, without_quantities
from service.composers.llm.facts.sameness import is_same
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of


@dataclass(frozen=True)
class Spoken:
    """A sentence that is looked for in the text."""

    text: str
    asserted: tuple[Quantity, ...]
    held: Material
    wordings: frozenset[str] = frozenset()  # words that the passages do not have, near to what they say

    @cached_property
    def plain(self) -> str:
        return folded(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(content_of(words_of(without_quantities(figured(self.text))), self.held.language))
        )

    @cached_property
    def shares(self) -> tuple[tuple[float, Unit], ...]:
        """Each place that tells something, with the share of the sentence's words that it knows."""
        if not self.words:
            return ()
        return tuple(
            (sum(map(unit.words.knows, self.words)) / len(self.words), unit) for unit in self.held.told
        )

    @cached_property
    def best(self) -> tuple[Unit, ...]:
        """The places that share most; of those the ones that tell least besides."""
        most = max((share for share, _ in self.shares), default=0.0)
        units = [unit for share, unit in self.shares if share == most and most]
        fits = [(self._fit(unit), unit) for unit in units]
        top = max((fit for fit, _ in fits), default=0.0)
        return tuple(unit for fit, unit in fits if fit == top)

    def _fit(self, unit: Unit) -> float:
        figures = sum(
            any(is_same(one, other, self.held.language) for other in unit.all_quantities)
            for one in self.asserted
        )
        own = sum(map(unit.clause.words.likeness, self.words)) / len(self.words)  # without what announces it
        return figures + (_likeness(unit, self.words) + own) / 2 - _besides(unit, self.vocabulary) / 20

    @cached_property
    def whole(self) -> tuple[Unit, ...]:
        """The places that know all of its words."""
        return tuple(unit for share, unit in self.shares if share == 1.0)

    @cached_property
    def topic(self) -> Vocabulary:
        """What the titles and headings speak of: that need not be said again in the place itself."""
        return vocabulary(
            "\n".join(unit.text for unit in self.held.units if unit.is_heading), self.held.language
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.text, self.held.language)


def _likeness(unit: Unit, words: Sequence[str]) -> float:
    return sum(map(unit.words.likeness, words)) / len(words)


def _besides(unit: Unit, said: Vocabulary) -> int:
    return sum(not said.knows(word) for word in unit.clause.content)
