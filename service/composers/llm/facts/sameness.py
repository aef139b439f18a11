"""Whether a quantity of a sentence is one of the text: the same value, bounded the same way."""

from __future__ import annotations

from embeddings.languages.base import folded
from service.composers.llm.facts.bounds import Bound
from service.composers.llm.facts.quantities import Kind, Quantity
from service.composers.llm.facts.vocabulary import content_of, vocabulary

# which bound of a sentence may come from which bound of the text
_FROM = {
    Bound.NONE: {Bound.NONE, Bound.WITHIN, Bound.AFTER},
    Bound.FROM: {Bound.FROM},
    Bound.ABOVE: {Bound.ABOVE, Bound.AFTER},
    Bound.UP_TO: {Bound.UP_TO, Bound.WITHIN},
    Bound.BELOW: {Bound.BELOW},
    Bound.WITHIN: {Bound.WITHIN, Bound.UP_TO, Bound.BELOW, Bound.NONE},
    Bound.AFTER: {Bound.AFTER, Bound.ABOVE, Bound.NONE},
}
# beside the number of somebody's years
_AGED = frozenset(
    "kind kinderen kinderkaartje leeftijd volwassene volwassenen jongere jongeren child children".split()
)
_HAS_YEARS = frozenset("u bent is wordt werd kind you are turns".split())
# before the number that is pressed on a telephone
_CHOICES = frozenset("keuze kies kiest toets optie druk press option choose".split())
# at the clock "vanaf" and "na", "tot", "voor" and "uiterlijk" are said for one another
_SIDE = {
    Bound.FROM: 1,
    Bound.ABOVE: 1,
    Bound.AFTER: 1,
    Bound.UP_TO: -1,
    Bound.BELOW: -1,
    Bound.WITHIN: -1,
    Bound.NONE: 0,
}


def is_same(said: Quantity, held: Quantity, language: str) -> bool:
    """Whether the two have one value, however they are written."""
    if said.kind is Kind.NUMBER:
        return _is_same_number(said, held, language)
    if said.kind is Kind.DATE and held.kind is Kind.DATE:
        return held.value == said.value or held.value.startswith(f"{said.value}-")
    if said.kind in (Kind.WEEKDAY, Kind.MONTH) and held.kind is not said.kind:
        return _is_within(said, held)
    if said.kind is Kind.CLOCK and held.kind is Kind.CLOCK:
        return _clock_is(said.value, held.value)
    if said.kind is held.kind:
        return said.value == held.value
    return _is_akin(said, held)


def _is_akin(said: Quantity, held: Quantity) -> bool:
    """Two kinds for one thing: "per jaar" and "een jaar", "9 uur" as a time and as a period, "de 25e"."""
    kinds = {said.kind, held.kind}
    if kinds == {Kind.EVERY, Kind.PERIOD}:
        return said.value == held.value
    if kinds == {Kind.CLOCK, Kind.PERIOD}:
        clock, period = (said, held) if said.kind is Kind.CLOCK else (held, said)
        minutes = period.value.removesuffix(" minute")
        return minutes.isdecimal() and _clock_is(
            *((clock.value, minutes) if said is clock else (minutes, clock.value))
        )
    if said.kind is Kind.PERIOD and held.kind is Kind.NUMBER:
        return _is_cut_short(said, held)
    return said.kind is Kind.ORDINAL and held.kind is Kind.DATE and held.value.split("-")[0] == said.value


def _is_cut_short(said: Quantity, held: Quantity) -> bool:
    """An age whose "jaar" is not said: "kind 4 t/m 17"."""
    number, unit = said.value.split(" ", 1)
    aged = held.before in _AGED and not _asserts(held.after, "nl")
    return aged and unit == "month" and float(held.value) * 12 == float(number)


def _clock_is(said: str, held: str) -> bool:
    """Half drie and 2 uur may be in the afternoon."""
    return said == held or (int(said) <= 12 * 60 and int(said) + 12 * 60 == int(held))


def _is_within(said: Quantity, held: Quantity) -> bool:
    """A weekday within a range of them, or the month of a date."""
    if said.kind is Kind.WEEKDAY and held.kind is Kind.WEEKDAYS:
        first, last = map(int, held.value.split("-"))
        return first <= int(said.value) <= last
    return said.kind is Kind.MONTH and held.kind is Kind.DATE and held.value.split("-")[1] == said.value


def _is_same_number(said: Quantity, held: Quantity, language: str) -> bool:
    """A bare number counts something, names something, or is an age without its "jaar"."""
    if held.kind is Kind.PERIOD and held.value.endswith(" month"):
        months = float(held.value.split()[0])
        aged = said.bound is not Bound.NONE or (
            said.before in _HAS_YEARS and not _asserts(said.after, language)
        )
        return months == float(said.value) * 12 and aged
    if held.kind is Kind.MEASURE or held.kind is Kind.PERIOD:
        return held.value.split()[0] == said.value and _same_word(
            said.after, held.value.split()[-1], language
        )
    if held.kind is not Kind.NUMBER or held.value != said.value:
        return False
    if said.before in _CHOICES:
        return held.before in _CHOICES
    counted, named = _asserts(said.after, language), _asserts(said.before, language)
    if counted:
        return _same_word(said.after, held.after, language) or (
            named and _same_word(said.before, held.before, language)
        )
    return not named or _same_word(said.before, held.before, language) or not _asserts(held.before, language)


def _asserts(word: str, language: str) -> bool:
    return bool(content_of([word], language)) if word else False


def _same_word(one: str, other: str, language: str) -> bool:
    return bool(one and other) and vocabulary(other, language).knows(folded(one))


def bound_agrees(said: Quantity, held: Quantity) -> bool:
    if said.kind is Kind.CLOCK:
        return _SIDE[said.bound] * _SIDE[held.bound] >= 0
    if said.kind not in (Kind.PERIOD, Kind.AMOUNT, Kind.SHARE, Kind.DATE, Kind.MEASURE, Kind.NUMBER):
        return True
    if {said.bound, held.bound} == {Bound.BELOW, Bound.WITHIN} and said.kind is Kind.DATE:
        return True  # "tot 15 juli" is "tussen 15 maart en 15 juli"
    if {said.bound, held.bound} == {Bound.UP_TO, Bound.BELOW} and said.kind is Kind.PERIOD:
        # "tot 5 dagen erna" is "uiterlijk 5 dagen erna"; "tot 18 jaar" is never "tot en met 18 jaar"
        return not _is_age(said.value)
    if {said.bound, held.bound} == {Bound.UP_TO, Bound.BELOW} and said.kind in (
        Kind.AMOUNT,
        Kind.SHARE,
        Kind.MEASURE,
    ):
        return True  # "tot € 325" is "hooguit € 325": a cent apart
    return held.bound in _FROM[said.bound]


def _is_age(value: str) -> bool:
    """Whether a period is one of whole years."""
    number, unit = value.split(" ", 1)
    return unit == "month" and float(number) % 12 == 0
