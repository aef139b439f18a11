"""Whether a sentence can be tied to one place in the text: its words, its figures and its yes or no together.

Single words and figures may all be known and yet be put together from several places into something new.
What cannot be tied to one sentence, item or row is dropped; the quote stands, and that costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import agrees, mode_beside, mode_of, negations_of
from service.composers.llm.facts.quantities import Kind, Quantity, without_quantities
from service.composers.llm.facts.sameness import bound_agrees, is_same
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of

LEAST_SHARED = 0.5  # of the words that assert something, in the place that shares most
_ALSO = re.compile(r"\b(?:ook|zelfs|also|even|too)\b")
_PER = re.compile(r"\b(?:per|elke?|iedere?|each|every) ((?:0,5 )?[a-z]{3,})")
_COMPARES = re.compile(
    r"\b((?:min|mee|snel|goedko|duur|langza|kor|lang|vroeg|eer|la|makkelij|moeilij|ho|la|be|klein|gro)\w*er|meer|minder|"
    r"(?:fast|cheap|slow|short|long|earli|lat|easi|high|low)er|less|more)\b[^.,;]{0,30}? (?:dan|than) (?!\d|€)"
)
_WE = re.compile(r"\b(?:wij|we|ons|onze|gemeente|we|us|our|municipality)\b")
_WE_DO = re.compile(
    r"\b(?:wij|we|de gemeente|the municipality) (?:betaal\w*|pay\w*|vergoed\w*|haalt?|halen|brengt?|brengen|regel\w*|bestrijd\w*|koopt?|kopen|plaats\w*)\b|"
    r"\b(?:betaalt|betalen|vergoedt|vergoeden|regelt|bestrijdt|haalt|brengt|plaatst) (?:wij|we|de gemeente)\b"
)
_DOERS = frozenset(
    "school vervoerder politie arts dokter huisarts werkgever partner buren verhuurder huisbaas eigenaar makelaar notaris "
    "rechter burgemeester wethouder college belastingdienst uwv svb cak rdw wijkteam consulent ambtenaar leverancier "
    "aannemer uitvaartondernemer begrafenisondernemer verloskundige ziekenhuis provincie rijk huisgenoot bank winkel "
    "fotograaf verzekeraar waterschap brandweer ggd landlord police doctor employer partner neighbours court mayor".split()
)
_CONDITION = re.compile(
    r"^(?P<condition>(?:als|wanneer|indien|bent|is|hebt|heeft|wordt|worden|krijgt|komt|gaat|wilt|woont|staat|doet|stond|was|if|when)\b"
    r"[^,?]+)(?:,|\?)(?: dan)? (?P<rest>.+)$"
)
_I = re.compile(r"\b(?:ik|mijn|mij|i|my)\b")


@dataclass(frozen=True)
class _Said:
    """A sentence that is looked for in the text."""

    text: str
    asserted: tuple[Quantity, ...]
    held: Material

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
        return figures + _likeness(unit, self.words) - _besides(unit, self.vocabulary) / 20

    @cached_property
    def whole(self) -> tuple[Unit, ...]:
        """The places that know all of its words."""
        return tuple(unit for share, unit in self.shares if share == 1.0)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self.text, self.held.language)


def untied(sentence: str, asserted: Sequence[Quantity], held: Material) -> Iterator[Doubt]:
    """What of a sentence cannot be tied to one place in the text."""
    said = _Said(sentence, tuple(asserted), held)
    yield from _nothing_said(said)
    yield from _far(said)
    yield from _widened(said)
    yield from _compared(said)
    yield from _counted_otherwise(said)
    yield from _done_by_another(said)
    yield from _turned(said)
    yield from _turned_on_condition(said)


def _nothing_said(said: _Said) -> Iterator[Doubt]:
    """A bare "ja", and somebody who says "ik": a municipality never does."""
    if not said.asserted and not any(map(said.held.words.knows, words_of(said.text))):
        yield Doubt(Reason.WORDS, said.text)
    own = _I.search(said.plain)
    if own and not any(_I.search(folded(unit.whole)) for unit in said.held.units):
        yield Doubt(Reason.WORDS, own[0])


def _far(said: _Said) -> Iterator[Doubt]:
    if said.words and max((share for share, _ in said.shares), default=0.0) < LEAST_SHARED:
        yield Doubt(Reason.MISPLACED, said.text)


def _widened(said: _Said) -> Iterator[Doubt]:
    """ "Ook X" where no place speaks of all of that, or one says no to it."""
    also = _ALSO.search(said.plain)
    if also and said.words:
        mode = mode_of(said.text)
        if not said.whole or not all(agrees(mode, mode_of(unit.text)) for unit in said.whole):
            yield Doubt(Reason.CONDITION, also[0])


def _compared(said: _Said) -> Iterator[Doubt]:
    """Faster or cheaper than something else, where the text does not compare."""
    for match in _COMPARES.finditer(figured(said.text)):
        if not any(re.search(rf"\b{match[1]}\b", folded(unit.whole)) for unit in said.held.units):
            yield Doubt(Reason.WORDS, match[1])


def _counted_otherwise(said: _Said) -> Iterator[Doubt]:
    """A price for another unit: "per gezin" where the text has "per kind"."""
    costs = [one for one in said.asserted if one.kind in (Kind.AMOUNT, Kind.SHARE)]
    if not costs:
        return
    holders = [
        unit for unit in said.held.units
        if any(is_same(cost, one, said.held.language) for cost in costs for one in unit.all_quantities)
    ]  # fmt: skip
    for match in _PER.finditer(figured(said.text)):
        if not any(_has_per(figured(unit.whole), match[1], said.held.language) for unit in holders):
            yield Doubt(Reason.MISPLACED, match[0])


def _has_per(figures: str, counted: str, language: str) -> bool:
    """Whether a place counts so: also "Bedrag per jaar" above a column, and "jaarlijks"."""
    half, _, word = counted.rpartition(" ")
    for match in re.finditer(
        r"\b(?:per|elke?|iedere?|each|every|a|an|een|1|voor) ((?:0,5 )?[a-z]{3,})", figures
    ):
        other_half, _, other = match[1].rpartition(" ")
        if half == other_half and vocabulary(other, language).likeness(word) == 1.0:
            return True
    return not half and bool(re.search(rf"\b{re.escape(word[:4])}\w*(?:lijks|ly)", figures))


def _done_by_another(said: _Said) -> Iterator[Doubt]:
    """Who does it: the municipality where the text names none, or one that the place does not name."""
    if (
        _WE_DO.search(said.plain)
        and said.best
        and not any(_WE.search(folded(one.whole)) for one in said.best)
    ):
        yield Doubt(Reason.MISPLACED, _WE_DO.search(said.plain)[0])  # type: ignore[index]
    for word in said.words:
        if word in _DOERS and said.best and not any(unit.words.knows(word) for unit in said.best):
            yield Doubt(Reason.MISPLACED, word)


def _turned(said: _Said) -> Iterator[Doubt]:
    """One no more or less than the place that says the same."""
    if negations_of(said.text) > 1 and not any(negations_of(unit.whole) > 1 for unit in said.best):
        yield Doubt(Reason.NEGATION, said.text)
    if not said.whole:
        return
    count, mode = negations_of(said.text) % 2, mode_of(said.text)
    texts = [text for unit in said.best for text in (unit.text, unit.whole)]
    modes = [mode_beside(text, said.vocabulary) for text in texts]
    if (
        all(count != negations_of(text) % 2 for text in texts)
        and all(each.negative for each in modes) != mode.negative
    ):
        yield Doubt(Reason.NEGATION, said.text)
    elif not any(agrees(mode, each) for each in modes):
        yield Doubt(Reason.MODE, said.text)


def _turned_on_condition(said: _Said) -> Iterator[Doubt]:
    """What follows from a condition is what the text lets follow from it."""
    match = _CONDITION.match(said.plain)
    if not match:
        return
    language = said.held.language
    condition = content_of(words_of(without_quantities(figured(match["condition"]))), language)
    rest = content_of(words_of(without_quantities(figured(match["rest"]))), language)
    places = [
        unit for unit in said.held.told
        if condition and all(map(unit.words.knows, condition)) and any(map(unit.words.knows, rest))
    ]  # fmt: skip
    mode = mode_of(match["rest"])
    if places and not any(agrees(mode, mode_of(unit.text)) for unit in places):
        yield Doubt(Reason.NEGATION, match["rest"])


def _likeness(unit: Unit, words: Sequence[str]) -> float:
    return sum(map(unit.words.likeness, words)) / len(words)


def _besides(unit: Unit, said: Vocabulary) -> int:
    return sum(not said.knows(word) for word in unit.clause.content)


def together(figures: Sequence[Quantity], held: Material) -> bool:
    """Whether one place holds all of these."""
    return any(
        all(
            any(
                is_same(one, other, held.language) and bound_agrees(one, other)
                for other in unit.all_quantities
            )
            for one in figures
        )
        for unit in held.units
    )
