"""A fact that the text holds of something else: the price of a card, given for a passport."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.names import capitalised
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured, without_quantities
from service.composers.llm.facts.sameness import bound_agrees, is_same
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of

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
        around = _around(figures, fact, asserted, held.language)
        words = content_of(words_of(without_quantities(around)), held.language)
        others = [one for one in read_figured(around) if one.kind is not fact.kind]
        held_in = [unit for unit in held.units if _holds(unit, fact, held.language)]
        holders = [unit for unit in held_in if not _has_its_own(unit, fact, held.language)] or held_in
        rivals = [
            unit for unit in held.units
            if unit not in holders and any(one.kind is fact.kind for one in unit.quantities)
        ]  # fmt: skip
        own = max((_tied(unit, fact, words, others, held.language) for unit in holders), default=0.0)
        rival = max((_tied(unit, fact, words, others, held.language) for unit in rivals), default=0.0)
        if holders and rival > own:
            yield Doubt(Reason.MISPLACED, fact.value)


def misnamed(sentence: str, held: Material) -> Iterator[Doubt]:
    """What the text says of another name: of Morocco what it says of Turkey."""
    names = list(dict.fromkeys(folded(name) for name in capitalised(sentence) if len(name) > 1))
    words = [word for word in content_of(words_of(sentence), held.language) if word not in names]
    titles = {unit.text for unit in held.units if unit.is_heading}
    told = [replace(unit, context="") if unit.context in titles else unit for unit in held.told]
    for name in names:
        holders = [unit for unit in told if _speaks(unit.whole, name)]
        rivals = [unit for unit in told if not _speaks(unit.whole, name) and _names(unit) - set(names)]
        own = max((_likeness(unit, words, (), held.language) for unit in holders), default=0.0)
        rival = max((_likeness(unit, words, (), held.language) for unit in rivals), default=0.0)
        if holders and rival > own:
            yield Doubt(Reason.MISPLACED, name)


def _names(unit: Unit) -> set[str]:
    return {folded(name) for name in capitalised(unit.text) if len(name) > 1}


def _speaks(text: str, name: str) -> bool:
    return name in words_of(text)


def _holds(unit: Unit, fact: Quantity, language: str) -> bool:
    return any(is_same(fact, one, language) and bound_agrees(fact, one) for one in unit.all_quantities)


def _has_its_own(unit: Unit, fact: Quantity, language: str) -> bool:
    """Whether a place only leans on this fact, and has another of its kind itself."""
    own = [one for one in unit.quantities if one.kind is fact.kind]
    return (
        bool(own) and not unit.context.endswith("?") and not any(is_same(fact, one, language) for one in own)
    )


def _tied(
    unit: Unit, fact: Quantity, words: Sequence[str], others: Sequence[Quantity], language: str
) -> float:
    """How much of a sentence a place says. Where what it leans on has a fact of its own, those words go with that."""
    before = len(unit.all_quantities) > len(unit.quantities) and any(
        one.kind is fact.kind for one in read_figured(figured(unit.context))
    )
    if before and any(one.kind is fact.kind for one in unit.quantities):
        return _likeness(replace(unit, context=""), words, others, language)
    return _likeness(unit, words, others, language)


def _likeness(unit: Unit, words: Sequence[str], others: Sequence[Quantity], language: str) -> float:
    known = sum(unit.words.likeness(word) for word in dict.fromkeys(words))
    return known + sum(
        any(is_same(other, one, language) and bound_agrees(other, one) for one in unit.all_quantities)
        for other in others
    )


def _around(figures: str, fact: Quantity, asserted: Sequence[Quantity], language: str) -> str:
    """The part of the sentence that speaks of this fact: up to the next fact of its kind."""
    cuts = [0, *(match.end() for match in SEGMENT.finditer(figures)), len(figures)]
    rivals = [one.position for one in asserted if one.kind is fact.kind and one.position != fact.position]
    free = [not any(start <= rival < end for rival in rivals) for start, end in pairwise(cuts)]
    first = last = max(0, sum(cut <= fact.position for cut in cuts[:-1]) - 1)
    while first and free[first - 1]:
        first -= 1
    while last + 1 < len(free) and (
        free[last + 1] or not _says(figures[cuts[first] : cuts[last + 1]], language)
    ):
        last += 1  # "op zaterdag en zondag is het gratis" says it of both
    return figures[cuts[first] : cuts[last + 1]]


def _says(figures: str, language: str) -> bool:
    return bool(content_of(words_of(without_quantities(figures)), language))


# one step is not the other: what is said of collecting is not said of applying
_STEPS = "aanvragen ophalen verlengen opzeggen aanmelden afmelden inleveren wijzigen inschrijven verwijderen ruilen".split()


def misstepped(sentence: str, places: Sequence[Unit], held: Material) -> Iterator[Doubt]:
    """What the text says of another step."""
    if held.language != "nl":
        return
    said = vocabulary(sentence, held.language)
    for step in _STEPS:
        if said.likeness(step) == 1.0 and places and all(_is_of_another(step, said, unit) for unit in places):
            yield Doubt(Reason.MISPLACED, step)


def _is_of_another(step: str, said: Vocabulary, unit: Unit) -> bool:
    others = [each for each in _STEPS if unit.words.likeness(each) == 1.0]
    return bool(others) and not unit.words.knows(step) and not any(map(said.knows, others))
