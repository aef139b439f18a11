"""Whether the cited passages hold what a sentence asserts, and if not, which of it they do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from embeddings.languages.base import folded
from service.composers.llm.facts.conditions import unconditioned
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.limits import limits, opposites
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.names import capitalised
from service.composers.llm.facts.nearness import is_new
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.order import reordered
from service.composers.llm.facts.places import SEGMENT, misnamed, misplaced, misstepped
from service.composers.llm.facts.polarity import (
    Clause,
    Mode,
    agrees,
    clauses_of,
    mode_beside,
    mode_of,
    negations_of,
)
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured, without_quantities
from service.composers.llm.facts.roles import swapped
from service.composers.llm.facts.sameness import bound_agrees, is_same
from service.composers.llm.facts.tying import best_places, together, untied, whole_places
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of

_REASONS = {
    Kind.MAIL: Reason.LINK, Kind.LINK: Reason.LINK, Kind.POSTCODE: Reason.ADDRESS,
    Kind.TELEPHONE: Reason.TELEPHONE, Kind.AMOUNT: Reason.AMOUNT, Kind.SHARE: Reason.SHARE,
    Kind.DATE: Reason.DATE, Kind.WEEKDAY: Reason.DATE, Kind.WEEKDAYS: Reason.DATE, Kind.MONTH: Reason.DATE,
    Kind.CLOCK: Reason.TIME, Kind.PERIOD: Reason.PERIOD, Kind.EVERY: Reason.PERIOD,
    Kind.MEASURE: Reason.MEASURE, Kind.NUMBER: Reason.NUMBER, Kind.ORDINAL: Reason.NUMBER,
}  # fmt: skip
# days stand above a column or in rows of their own, and how to reach somebody stands apart
_APART = frozenset({Kind.WEEKDAY, Kind.WEEKDAYS, Kind.ORDINAL, Kind.TELEPHONE, Kind.MAIL, Kind.LINK})
# what the text does not name cannot be denied in its words
_DENIES = frozenset("geen zonder no without".split())
# an unknown word after one of these names a thing; a thing that the text does not know is new
_BEFORE_A_THING = frozenset(
    "de het een geen uw zijn haar ons onze hun dit dat deze die met bij via naar van voor op in aan uit door over tot "
    "zonder per elk elke ieder iedere alle meer minder veel weinig wat "
    "the a an your our his her its their this that these those with at by to of for on in from through without per "
    "each every all more less much any".split()
)


def doubts(sentence: str, held: Material, near: Mapping[str, float] | None = None) -> tuple[Doubt, ...]:
    """What the passages do not hold of a sentence; nothing when it may be shown.

    `near` says of its words how near they come to the passages; without it no unknown word is a wording.
    """
    unknown = unknown_words(sentence, held)
    new = _new(unknown, sentence, near or {})
    wordings = frozenset(unknown) - frozenset(new)
    figures = figured(sentence)
    asserted = read_figured(figures)
    clauses = clauses_of(sentence, held.language)
    nearest = best_places(sentence, asserted, held)
    return (
        *_of_quantities(asserted, nearest, held),
        *_of_names(sentence, held),
        *_of_words(sentence, unknown, new, held),
        *(
            ()
            if _stands(sentence, asserted, held)
            else (*_of_modes(clauses, held), *_of_denials(sentence, clauses, held))
        ),
        *opposites(sentence, asserted, held),
        *limits(sentence, held),
        *misplaced(figures, asserted, held),
        *untied(sentence, asserted, held, wordings),
        *_of_the_denied(sentence, wordings, held),
        *swapped(sentence, held),
        *reordered(sentence, nearest, held),
        *unconditioned(sentence, nearest, held),
        *misnamed(sentence, held),
        *misstepped(sentence, nearest, held),
        *_scattered(figures, asserted, held),
    )


def _of_quantities(asserted: Sequence[Quantity], nearest: Sequence[Unit], held: Material) -> Iterator[Doubt]:
    for quantity in asserted:
        same = [one for one in held.quantities if is_same(quantity, one, held.language)]
        if not same and _is_counted(quantity, nearest, held):
            continue
        if not same:
            yield Doubt(_REASONS[quantity.kind], f"{quantity.value} {quantity.after}".strip())
        elif not any(bound_agrees(quantity, one) for one in same):
            yield Doubt(Reason.BOUND, f"{quantity.bound} {quantity.value}".strip())


def _is_counted(said: Quantity, nearest: Sequence[Unit], held: Material) -> bool:
    """A number whose thing stands above its column, and "een stuk" of what the text has one of."""
    if said.kind is not Kind.NUMBER or not said.after:
        return False
    if said.value == "1":
        return any(
            re.search(
                rf"\b(?:een|1|a|an|one) (?:(?!eigen)[a-z]+ )?{re.escape(said.after)}\b", folded(unit.whole)
            )
            for unit in nearest
        )
    return any(
        unit.words.knows(said.after)
        and one.kind is Kind.NUMBER
        and one.value == said.value
        and not one.after
        and bound_agrees(said, one)
        for unit in held.told
        for one in unit.quantities
    )


def _scattered(figures: str, asserted: Sequence[Quantity], held: Material) -> Iterator[Doubt]:
    """Figures of one part of a sentence that stand in different places of the text."""
    cuts = [0, *(match.end() for match in SEGMENT.finditer(figures)), len(figures)]
    for start, end in pairwise(cuts):
        part = [one for one in asserted if start <= one.position < end and one.kind not in _APART]
        if len(part) > 1 and not together(part, held):
            yield Doubt(Reason.MISPLACED, figures[start:end].strip())


def _of_names(sentence: str, held: Material) -> Iterator[Doubt]:
    text = folded("\n".join(unit.whole for unit in held.units))
    for name in capitalised(sentence):
        if not held.words.knows(folded(name)) and not re.search(rf"\b{re.escape(folded(name))}\b", text):
            yield Doubt(Reason.NAME, name)


def unknown_words(sentence: str, held: Material) -> list[str]:
    """The words that assert something and that the passages do not have."""
    content = content_of(words_of(without_quantities(figured(sentence))), held.language)
    return [word for word in dict.fromkeys(content) if not held.words.knows(word)]


def _new(unknown: Sequence[str], sentence: str, near: Mapping[str, float]) -> list[str]:
    """Those of them that are no wording of what the passages say."""
    words = words_of(sentence)
    denied = {after for before, after in pairwise(words) if before in _DENIES}
    return [
        word
        for word in unknown
        if word not in near or word in denied or is_new(word, near[word], is_thing(word, sentence))
    ]


def _of_words(sentence: str, unknown: Sequence[str], new: Sequence[str], held: Material) -> Iterator[Doubt]:
    """The words that are new: a thing never, another word seldom."""
    content = content_of(words_of(without_quantities(figured(sentence))), held.language)
    weighed = len(new) < len(unknown)  # a model saw to which are new
    if any(is_thing(word, sentence) for word in new) or len(new) * 5 > len(set(content)) or (weighed and new):
        yield from (Doubt(Reason.WORDS, word) for word in new)


def is_thing(word: str, sentence: str) -> bool:
    """Whether it is used as the name of a thing or as what is said of one; a verb seldom follows these."""
    words = words_of(without_quantities(figured(sentence)))
    return any(words[at - 1] in _BEFORE_A_THING for at, each in enumerate(words) if each == word and at)


def _of_modes(clauses: Sequence[Clause], held: Material) -> Iterator[Doubt]:
    for clause in clauses:
        if not content_of(words_of(without_quantities(figured(clause.text))), held.language):
            continue  # "op zaterdag": says nothing by itself
        nearest = nearest_clauses(clause, held) | _modes_within(clause, held)
        if nearest and not clause.is_bounded and not any(agrees(clause.mode, mode) for mode in nearest):
            against = all(mode.negative for mode in nearest) != clause.mode.negative
            yield Doubt(Reason.NEGATION if against else Reason.MODE, clause.text)


def _stands(sentence: str, asserted: Sequence[Quantity], held: Material) -> bool:
    """Whether a place holds all of its words and figures, as much a yes or a no, and as binding."""
    known = {*whole_places(sentence, asserted, held), *(held.told if asserted else ())}
    words = content_of(words_of(without_quantities(figured(sentence))), held.language)
    return any(
        agrees(mode_of(sentence), mode_of(unit.text)) and negations_of(sentence) == negations_of(unit.text)
        for unit in known
        if sum(map(unit.words.knows, words)) * 2 >= len(words)
        and all(any(is_same(one, other, held.language) for other in unit.all_quantities) for one in asserted)
    )


def _modes_within(clause: Clause, held: Material) -> set[Mode]:
    """The negative modes of what the text tells in words that this clause all repeats."""
    return {
        each.mode
        for each in _told(held)
        if each.mode.negative and each.content and all(map(clause.words.knows, each.content))
    }


def _of_denials(sentence: str, clauses: Sequence[Clause], held: Material) -> Iterator[Doubt]:
    """A yes to what the text says no to, all of whose words the sentence repeats."""
    if any(clause.mode.negative or clause.is_bounded for clause in clauses):
        return
    said = vocabulary(sentence, held.language)
    denied = _largest(said, [each for each in _told(held) if each.mode.negative and not each.is_bounded])
    granted = _largest(said, [each for each in _told(held) if not each.mode.negative])
    if denied > granted:
        yield Doubt(Reason.NEGATION, sentence)


def _of_the_denied(sentence: str, wordings: frozenset[str], held: Material) -> Iterator[Doubt]:
    """A leave, half in other words, about what the text has only where it says no."""
    if not wordings or mode_of(sentence) is not Mode.MAY:
        return
    for word in content_of(words_of(without_quantities(figured(sentence))), held.language):
        modes = [mode_of(unit.whole) for unit in held.told if unit.words.likeness(word) == 1.0]
        if modes and all(mode.negative for mode in modes):
            yield Doubt(Reason.NEGATION, word)


def _told(held: Material) -> Iterator[Clause]:
    """What the text tells, whole sentences; a question tells nothing."""
    return (unit.clause for unit in held.told)


def _largest(said: Vocabulary, told: Sequence[Clause]) -> int:
    """The most words of one of these of which the sentence holds every one."""
    return max((len(each.content) for each in told if all(map(said.knows, each.content))), default=0)


def nearest_clauses(clause: Clause, held: Material) -> set[Mode]:
    """The modes of those clauses of the text that share most with this one."""
    content = [word for word in clause.content if held.words.knows(word)]
    scored: list[tuple[float, Mode]] = []
    for unit in held.units:
        for each in (*unit.clauses, unit.clause):
            shared = sum(each.words.knows(word) for word in content)
            if shared:
                scored.append((shared, mode_beside(each.text, clause.words)))
    best = max((shared for shared, _ in scored), default=0)
    return {mode for shared, mode in scored if shared == best}
