"""Finds names that nothing announces: by a first name, by initials, by what only a surname looks like."""

import re
from collections.abc import Iterator
from itertools import takewhile

from .name_openings import HONOURED, PUBLIC_PLACE
from .name_words import Word, are_sure
from .words import SURNAMES, is_first_name, is_ordinary

_CALLED_AFTER = re.compile(
    r".(?:huis|school|college|lyceum|plein|straat|laan|weg|park|hof|kade|singel|museum|fonds|stichting|brug"
    r"|tunnel|kerk)$"
)
_SURNAME_END = re.compile(
    r".(?:sen|stra|sma|inga|enga|ema|huis|mans?|ings?|ski|ska|wicz|czyk|enko|chuk|nov|nova|oğlu|oglu|demir"
    r"|vić|vic|ez|yan|zadeh)$"
)
_LETTERS_DUTCH_LACKS = re.compile("[şğıćčřłńśźżőűățđšžōū]")
_SHORTEST = 3


def find_beginnings(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield the place among the words where a name begins, and the place of its first weighty word."""
    for place, word in enumerate(words):
        if _stands_behind_van_der(words, place):
            yield place - 2, place
        elif _is_somebody(word, words[place + 1 : place + 4]) and not _is_monument(words, place):
            yield place, place


def _stands_behind_van_der(words: list[Word], place: int) -> bool:
    """See "van der Heijden"; "van Den Haag" is a town."""
    if place < 2 or words[place - 2].bare != "van" or words[place - 1].text not in ("der", "den"):
        return False
    return words[place].has_capital and words[place].is_surname


def _is_somebody(word: Word, following: list[Word]) -> bool:
    if is_first_name(word.bare) and _is_first_name_here(word, following):
        return True
    return word.has_capital and _is_surname_here(word, following)


def _is_first_name_here(word: Word, following: list[Word]) -> bool:
    """A first name with a capital is enough; without one, a surname must follow."""
    if word.has_capital and len(word.bare) >= _SHORTEST:
        return not (word.text.isupper() and len(word.text) <= _SHORTEST + 1)
    return _has_surname(word, following) and (following[0].is_surname or are_sure(following[:1]))


def _is_surname_here(word: Word, following: list[Word]) -> bool:
    """See "D. Smeets", "Jansen-Okafor", "Gülşen" and "Gradus Wevers": hardly anything else."""
    if word.is_initial:
        return word.text.endswith(".") and _has_surname(word, following)
    return _is_surname_by_itself(word) or (not is_ordinary(word.bare) and _has_known_surname(word, following))


def _is_surname_by_itself(word: Word) -> bool:
    parts = word.bare.split("-")
    if len(parts) > 1 and all(part in SURNAMES for part in parts):
        return True
    # other surnames may be a place (Drenthe) or a word
    ends_like_one = word.is_surname and _SURNAME_END.search(word.bare)
    return bool(ends_like_one or _LETTERS_DUTCH_LACKS.search(word.text)) and not is_ordinary(word.bare)


def _has_surname(word: Word, following: list[Word]) -> bool:
    last = _behind_particles(word, following)
    return last is not None and (last.is_surname or (last.has_capital and not is_ordinary(last.bare)))


def _has_known_surname(word: Word, following: list[Word]) -> bool:
    last = _behind_particles(word, following)
    return last is not None and last.is_surname and last.has_capital


def _behind_particles(word: Word, following: list[Word]) -> Word | None:
    particles = list(takewhile(lambda other: other.is_particle, following))
    apart = word.ends_sentence or (following and following[0].start > word.end + 1)
    return None if apart or len(particles) == len(following) else following[len(particles)]


def _is_monument(words: list[Word], place: int) -> bool:
    """Saints, royalty and what is called after somebody: Sint Maarten, the Anne Frankschool."""
    before = words[place - 1].bare if place else ""
    after = words[place + 1] if place + 1 < len(words) else None
    if before in HONOURED or words[place].is_initial or (after and after.is_surname):
        return before in HONOURED
    return bool(PUBLIC_PLACE.search(words[place].bare) or (after and _CALLED_AFTER.search(after.bare)))
