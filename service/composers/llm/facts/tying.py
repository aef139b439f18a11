"""Whether a sentence can be tied to one place in the text: its words, its figures and its yes or no together.

Single words and figures may all be known and yet be put together from several places into something new.
What cannot be tied to one sentence, item or row is dropped; the quote stands, and that costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import Mode, agrees, clauses_of, mode_beside, mode_of, negations_of
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured, without_quantities
from service.composers.llm.facts.roles import AGENTS
from service.composers.llm.facts.sameness import bound_agrees, is_same
from service.composers.llm.facts.spoken import Spoken
from service.composers.llm.facts.vocabulary import content_of, vocabulary, words_of

LEAST_SHARED = 0.5  # of the words that assert something, in the place that shares most
LEAST_SHARED_WORDS = 0.6  # the same where no figure ties it
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
# who may stand for others, or for the municipality itself
_VAGUE = frozenset(
    "kind kinderen ouder ouders gemeente bewoner bewoners bezoeker bezoekers familie club bedrijf winkel medewerker "
    "medewerkers ondernemersloket landlord police doctor employer neighbours court mayor".split()
)
_DOERS = AGENTS - _VAGUE | frozenset("landlord police doctor employer neighbours court mayor".split())
# of each row only one is meant
_EITHER = tuple(frozenset(row.split()) for row in (
    "vader moeder",
    "huurder eigenaar koper verkoper verhuurder",
    "particulier bedrijf",
    "paspoort identiteitskaart rijbewijs",
    "huwelijk partnerschap",
    "scheiding overlijden",
    "voortuin achtertuin",
    "voorkant achterkant zijkant",
    "ochtend middag avond",
    "zomer winter",
    "gemeente rechtbank ambassade",
    "aanvraag besluit",
    "inkomen spaargeld",
    "huur koop",
))  # fmt: skip
_CONDITION = re.compile(
    r"^(?P<condition>(?:als|wanneer|indien|bent|is|hebt|heeft|wordt|worden|krijgt|komt|gaat|wilt|woont|staat|doet|stond|was|if|when)\b"
    r"[^,?]+)(?:,|\?)(?: dan)? (?P<rest>.+)$"
)
_ASKED = re.compile(r"^(?P<condition>[^?]+)\?(?: dan)? (?P<rest>.+)$")
_NO, _YES = re.compile(r"nee\b"), re.compile(r"ja\b(?!,? (?:maar|soms|als|mits|behalve|tenzij))")
_NO_SUCH = re.compile(r"\b(?:geen|zonder|no|without) (?:(?:een|uw|a|an|your|any) )?(?P<what>[a-z]{3,})")
_I = re.compile(r"\b(?:ik|mijn|mij|i|my)\b")


def best_places(sentence: str, asserted: Sequence[Quantity], held: Material) -> tuple[Unit, ...]:
    """The places of the text that speak most of what a sentence says."""
    return Spoken(sentence, tuple(asserted), held).best


def whole_places(sentence: str, asserted: Sequence[Quantity], held: Material) -> tuple[Unit, ...]:
    """The places of the text that hold all of its words."""
    return Spoken(sentence, tuple(asserted), held).whole


def untied(
    sentence: str, asserted: Sequence[Quantity], held: Material, wordings: frozenset[str] = frozenset()
) -> Iterator[Doubt]:
    """What of a sentence cannot be tied to one place in the text."""
    said = Spoken(sentence, tuple(asserted), held, wordings)
    yield from _nothing_said(said)
    yield from _far(said)
    yield from _widened(said)
    yield from _compared(said)
    yield from _counted_otherwise(said)
    yield from _done_by_another(said)
    yield from _of_the_other(said)
    yield from _turned(said)
    yield from _turned_on_condition(said)
    yield from _granted(said)
    yield from _other_condition(said)
    yield from _of_another_condition(said)
    yield from _answered(said)


def _nothing_said(said: Spoken) -> Iterator[Doubt]:
    """A bare "ja", and somebody who says "ik": a municipality never does."""
    if not said.asserted and not any(map(said.held.words.knows, words_of(said.text))):
        yield Doubt(Reason.WORDS, said.text)
    own = _I.search(said.plain)
    if own and not any(_I.search(folded(unit.whole)) for unit in said.held.units):
        yield Doubt(Reason.WORDS, own[0])


def _far(said: Spoken) -> Iterator[Doubt]:
    ties = any(one.kind is not Kind.NUMBER or one.value != "1" for one in said.asserted)
    least = LEAST_SHARED if ties else LEAST_SHARED_WORDS
    most = max(
        (
            sum(
                word in said.wordings or unit.words.knows(word) or said.topic.likeness(word) == 1.0
                for word in said.words
            )
            for unit in said.held.told
        ),
        default=0,
    )
    if said.words and most < least * len(said.words):
        yield Doubt(Reason.MISPLACED, said.text)


def _widened(said: Spoken) -> Iterator[Doubt]:
    """ "Ook X" where no place speaks of all of that, or one says no to it."""
    also = _ALSO.search(said.plain)
    if also and said.words and not any(_ALSO.search(folded(unit.whole)) for unit in said.best):
        mode = mode_of(said.text)
        if not said.whole or not all(agrees(mode, mode_of(unit.text)) for unit in said.whole):
            yield Doubt(Reason.CONDITION, also[0])


def _compared(said: Spoken) -> Iterator[Doubt]:
    """Faster or cheaper than something else, where the text does not compare."""
    for match in _COMPARES.finditer(figured(said.text)):
        if not any(re.search(rf"\b{match[1]}\b", folded(unit.whole)) for unit in said.held.units):
            yield Doubt(Reason.WORDS, match[1])


def _counted_otherwise(said: Spoken) -> Iterator[Doubt]:
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


def _done_by_another(said: Spoken) -> Iterator[Doubt]:
    """Who does it: the municipality where the text names none, or one that the place does not name."""
    ours = _WE_DO.search(said.plain)
    if ours and said.best and not any(_WE.search(folded(one.whole)) for one in said.best):
        yield Doubt(Reason.MISPLACED, ours[0])
    for word in said.words:
        if (
            word in _DOERS
            and said.best
            and said.topic.likeness(word) < 1.0
            and not any(unit.words.knows(word) for unit in said.best)
        ):
            yield Doubt(Reason.MISPLACED, word)


def _of_the_other(said: Spoken) -> Iterator[Doubt]:
    """What a place says of the one, said of the other: the father for the mother."""
    spoken = frozenset(words_of(said.text))
    for row in _EITHER:
        for word in row & spoken:
            if said.best and all(_has_another(word, row - spoken, unit) for unit in said.best):
                yield Doubt(Reason.MISPLACED, word)


def _has_another(word: str, others: frozenset[str], unit: Unit) -> bool:
    text = words_of(unit.whole)
    ours = word == "gemeente" and not {"wij", "we", "ons", "onze"}.isdisjoint(text)
    return not ours and unit.words.likeness(word) < 1.0 and not others.isdisjoint(text)


def _turned(said: Spoken) -> Iterator[Doubt]:
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


def _turned_on_condition(said: Spoken) -> Iterator[Doubt]:
    """What follows from a condition is what the text lets follow from it."""
    match = _CONDITION.match(said.plain) or _ASKED.match(said.plain)
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
    shared = [sum(map(unit.words.likeness, (*condition, *rest))) for unit in places]
    places = [unit for unit, score in zip(places, shared, strict=True) if score == max(shared)]
    if places and not any(agrees(mode, _mode_of_rest(unit, rest)) for unit in places):
        yield Doubt(Reason.NEGATION, match["rest"])


def _of_another_condition(said: Spoken) -> Iterator[Doubt]:
    """What follows from the one condition, said of the other."""
    match = _CONDITION.match(said.plain) or _ASKED.match(said.plain)
    asked = [unit for unit in said.held.told if unit.context.endswith("?")]
    if not match or len(asked) < 2:
        return
    fits = [_meets(match["condition"], unit.context.split("\n")[-1], said.held.language) for unit in asked]
    follows = [_meets(match["rest"], unit.text, said.held.language) for unit in asked]
    own = [rest for fit, rest in zip(fits, follows, strict=True) if fit == max(fits)]
    if max(fits) and max(follows) >= max(own) + 2:
        yield Doubt(Reason.MISPLACED, match["rest"])


def _meets(part: str, place: str, language: str) -> float:
    """How many words and figures of a part a place has; a figure counts twice."""
    figures = figured(place)
    held = {(one.kind, one.value) for one in read_figured(figures)}
    own = {(one.kind, one.value) for one in read_figured(figured(part))}
    words = dict.fromkeys(content_of(words_of(without_quantities(figured(part))), language))
    return 2.0 * len(own & held) + sum(map(vocabulary(figures, language).likeness, words))


def _mode_of_rest(unit: Unit, rest: Sequence[str]) -> Mode:
    """How that part of a place is meant that tells what follows: its last that knows most of these words."""
    parts = [part for part in clauses_of(unit.text, unit.language) if part.content]
    known = [sum(map(part.words.knows, rest)) for part in parts]
    last = [part for part, count in zip(parts, known, strict=True) if count == max(known) and count]
    return last[-1].mode if len(parts) > 1 and last else mode_of(unit.text)


def _other_condition(said: Spoken) -> Iterator[Doubt]:
    """What follows where one is married, said of one who is not."""
    match = _ASKED.match(said.plain)
    asked = [unit for unit in said.best if unit.context.endswith("?")]
    if match and asked and len(asked) == len(said.best):
        own = negations_of(match["condition"]) % 2
        if all(negations_of(unit.context.split("\n")[-1]) % 2 != own for unit in asked):
            yield Doubt(Reason.NEGATION, match["condition"])


def _answered(said: Spoken) -> Iterator[Doubt]:
    """A yes to the question that a text says no to, and the other way round."""
    for passage in said.held.passages:
        title, text = vocabulary(passage.title, said.held.language), folded(passage.text)
        if not passage.title.endswith("?") or len(said.words) < 2 or not all(map(title.likeness, said.words)):
            continue
        negative = mode_of(said.text).negative
        if (
            _NO.match(text)
            and not negative
            and not mode_of(passage.title).negative
            and not _CONDITION.match(said.plain)
        ):
            yield Doubt(Reason.NEGATION, said.text)
        if _YES.match(text) and negative and not mode_of(passage.title).negative:
            yield Doubt(Reason.NEGATION, said.text)


def _granted(said: Spoken) -> Iterator[Doubt]:
    """What the text has only of what is not there: "is er geen asbest?", said of asbest."""
    own = {match["what"] for match in _NO_SUCH.finditer(said.plain)}
    absent = [set(_absent(said, unit)) - own for unit in said.best]
    if absent and all(absent):
        yield Doubt(Reason.NEGATION, f"geen {min(absent[0])}")


def _absent(said: Spoken, unit: Unit) -> Iterator[str]:
    """What a place speaks of only to say that it is not there, and the sentence speaks of."""
    plain = folded(unit.whole)
    if negations_of(unit.whole) != negations_of(said.text):
        for match in _NO_SUCH.finditer(plain):
            if match["what"] in said.words and len(re.findall(rf"\b{match['what']}\b", plain)) == 1:
                yield match["what"]


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
