"""Finds names that nothing announces: by a first name, by initials, by what only a surname looks like."""

import re
from collections.abc import Iterator
from itertools import takewhile

from .name_openings import HONOURED, PUBLIC_PLACE
from .name_words import Word, are_sure, together
from .words import SURNAMES, is_first_name, is_ordinary, read_phrases

_CALLED_AFTER = re.compile(
    r".(?:huis|school|college|lyceum|plein|straat|laan|weg|park|hof|kade|singel|museum|fonds|stichting|brug"
    r"|tunnel|kerk|zaal|theater|tribune|prijs|toernooi|gebouw|toren|buurt|festival|wandeling|route"
    r"|monument)$"
)
_SURNAME_END = re.compile(
    r".(?:sen|stra|sma|inga|enga|ema|huis|mans?|ings?|ski|ska|wicz|czyk|enko|chuk|nov|nova|oğlu|oglu|demir"
    r"|vić|vic|ez|yan|zadeh)$"
)
_LETTERS_DUTCH_LACKS = re.compile("[şğıćčřłńśźżőűățđšžōū]")
_SHORTEST = 3
_PUBLIC = read_phrases("public_names.txt")


def find_beginnings(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield the place among the words where a name begins, and the place of its first weighty word."""
    free = 0
    for place, word in enumerate(words):
        if place < free:
            continue
        if _stands_behind_van_der(words, place):
            yield place - 2, place
        elif _is_somebody(word, words[place + 1 : place + 4]):
            if _is_monument(words, place):
                free = place + max(1, len(_run(words, place)))
            else:
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
    """Saints, royalty, shops and what is called after somebody: Sint Maarten, the Anne Frankschool."""
    before = words[place - 1].bare if place else ""
    run = _run(words, place)
    if before in HONOURED or _is_public(run) or _is_of_the_feast(words, place):
        return True
    if words[place].is_initial:
        return False
    return bool(PUBLIC_PLACE.search(words[place].bare)) or any(_is_called_after(word) for word in run[1:])


def _run(words: list[Word], place: int) -> list[Word]:
    """Give the words from a place on that one name could hold: in capitals, with particles between."""
    return list(
        takewhile(lambda word: word.has_capital or word.is_particle, together(words[place : place + 5]))
    )


def _is_public(run: list[Word]) -> bool:
    bare = tuple(word.bare for word in run)
    return any(bare[:length] in _PUBLIC for length in range(2, len(bare) + 1))


def _is_of_the_feast(words: list[Word], place: int) -> bool:
    """See the Piet of Sinterklaas."""
    return words[place].bare == "piet" and any(word.bare.startswith(("sint", "zwarte")) for word in words)


def _is_called_after(word: Word) -> bool:
    """See "Goghpark" and "Linders-actie", not the surname "Kerkhof" or "Linders-Bakker"."""
    _, dash, thing = word.text.rpartition("-")
    if dash and thing.islower() and is_ordinary(thing):
        return True
    return not word.is_surname and bool(_CALLED_AFTER.search(word.bare))
