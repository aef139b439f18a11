"""The words of a text as the name finders see them: where they stand, and what in them speaks of a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from .words import SURNAMES

_LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"
_WORD = re.compile(rf"{_LETTER}+(?:['.\-]{_LETTER}+)*\.?|'[stn]\b")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?|[A-Z]")

_PARTICLES = frozenset(
    "van de der den het 't 's te ter ten la le du des da dos do di del della el al bin ibn bint ben abu abou"
    " ould von zu op in uit v d e y ait aït oulad bou vander vande o mac mc st".split()
)
# "In Drenthe", "op straat": these belong to a name only before another one ("in 't Veld", "op de Beek").
PLACING = frozenset("in op uit te u y o d v".split())
_SURE = frozenset("der den el al bin ibn bint abu abou von ait aït dos du".split())
_POSSESSIVE = re.compile(r"(?<=\w\w)'s?$")
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text, with what decides whether it belongs to a name."""

    text: str
    start: int
    end: int
    bare: str
    """In small letters, without a closing full stop or possessive s."""
    has_capital: bool
    """Latin with a capital, or a script that has none; in a text all in capitals they tell nothing."""

    @property
    def is_initial(self) -> bool:
        return bool(_INITIALS.fullmatch(self.text))

    @property
    def is_particle(self) -> bool:
        return self.bare in _PARTICLES

    @property
    def is_surname(self) -> bool:
        return self.bare in SURNAMES

    @property
    def ends_sentence(self) -> bool:
        return self.text.endswith(".") and not (self.is_initial or self.is_particle) and len(self.bare) > 2


@dataclass(frozen=True, slots=True)
class Opening:
    """How a name would begin: its first word, the particles before it and what follows without a pause."""

    word: Word
    particles: list[Word]
    following: list[Word]


def all_words(text: str) -> list[Word]:
    """Give every word of a text."""
    return list(_read(text, 0))


def words_from(text: str, start: int) -> list[Word]:
    """Give the words from a place on, as many as a name with its particles can hold."""
    return list(islice(_read(text, start), _LONGEST_NAME))


def _read(text: str, start: int) -> Iterator[Word]:
    loud = text.isupper()
    for found in _WORD.finditer(text, start):
        word, (start, end) = found[0], found.span()
        bare = _POSSESSIVE.sub("", word.rstrip(".").lower())
        yield Word(word, start, end, bare, not (loud or word[0].islower()))


def together(words: list[Word]) -> list[Word]:
    """Give the words that one name could hold: up to a comma, a digit or the end of a sentence."""
    joined = words[:1]
    for word in words[1:_LONGEST_NAME]:
        if word.start - joined[-1].end > 1 or joined[-1].ends_sentence:
            break
        joined.append(word)
    return joined


def start_of_run(words: list[Word]) -> int | None:
    """Give where the last words begin that are all in capitals or particles; None when there are none."""
    start: int | None = None
    end = words[-1].end if words else 0
    for word in reversed(words[-_LONGEST_NAME:]):
        if end - word.end > 1 or not (word.has_capital or word.is_particle):
            break
        start, end = word.start, word.start
    return start


def opening_of(words: list[Word]) -> Opening | None:
    """Split "van der Berg heeft ..." in particles, word and rest; None when it cannot begin a name."""
    words = together(words)
    particles = list(takewhile(lambda word: word.is_particle and not word.is_initial, words))
    rest = words[len(particles) :]
    if not rest or (len(particles) == 1 and particles[0].bare in PLACING):
        return None
    return Opening(rest[0], particles, rest[1:])


def are_sure(particles: list[Word]) -> bool:
    """Say whether particles hold one that only names have ("van der", "el")."""
    return any(particle.bare in _SURE for particle in particles)
