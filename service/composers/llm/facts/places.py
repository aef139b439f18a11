"""A fact that the text holds of something else: the price of a card, given for a passport."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured, without_quantities
from service.composers.llm.facts.sameness import bound_agrees, is_same
from service.composers.llm.facts.vocabulary import content_of, words_of

# a passage that holds several of these holds each of something else
_RIVALS = frozenset({
    Kind.AMOUNT, Kind.SHARE, Kind.PERIOD, Kind.DATE, Kind.CLOCK, Kind.NUMBER, Kind.MEASURE, Kind.TELEPHONE,
    Kind.EVERY, Kind.WEEKDAY, Kind.MONTH,
})  # fmt: skip
SEGMENT = re.compile(r"[,;:]| (?:en(?! met\b)|maar|terwijl|of|and|but|or|while) ")


def misplaced(figures: str, asserted: Sequence[Quantity], held: Material) -> Iterator[Doubt]:
    """A fact that the passages hold of something else: the price of a card given for a passport."""
    for fact in asserted:
        if fact.kind not in _RIVALS:
            continue
        around = _around(figures, fact, asserted)
        words = content_of(words_of(without_quantities(around)), held.language)
        others = [one for one in read_figured(around) if (one.kind, one.value) != (fact.kind, fact.value)]
        holders = [unit for unit in held.units if _holds(unit, fact, held.language)]
        rivals = [
            unit for unit in held.units
            if unit not in holders and any(one.kind is fact.kind for one in unit.quantities)
        ]  # fmt: skip
        own = max((_likeness(unit, words, others, held.language) for unit in holders), default=0.0)
        rival = max((_likeness(unit, words, others, held.language) for unit in rivals), default=0.0)
        if holders and rival > own:
            yield Doubt(Reason.MISPLACED, fact.value)


def _holds(unit: Unit, fact: Quantity, language: str) -> bool:
    return any(is_same(fact, one, language) and bound_agrees(fact, one) for one in unit.all_quantities)


def _likeness(unit: Unit, words: Sequence[str], others: Sequence[Quantity], language: str) -> float:
    known = sum(unit.words.likeness(word) for word in dict.fromkeys(words))
    return known + sum(
        any(is_same(other, one, language) and bound_agrees(other, one) for one in unit.all_quantities)
        for other in others
    )


def _around(figures: str, fact: Quantity, asserted: Sequence[Quantity]) -> str:
    """The part of the sentence that speaks of this fact: up to the next fact of its kind."""
    cuts = [0, *(match.end() for match in SEGMENT.finditer(figures)), len(figures)]
    rivals = [one.position for one in asserted if one.kind is fact.kind and one.position != fact.position]
    free = [not any(start <= rival < end for rival in rivals) for start, end in pairwise(cuts)]
    first = last = max(0, sum(cut <= fact.position for cut in cuts[:-1]) - 1)
    while first and free[first - 1]:
        first -= 1
    while last + 1 < len(free) and free[last + 1]:
        last += 1
    return figures[cuts[first] : cuts[last + 1]]
