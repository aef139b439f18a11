"""Finds names of people: after a word that announces one, at the end under a greeting, and by themselves."""

import re
from collections.abc import Callable, Iterator

from . import name_cues, name_openings
from .finding import Span
from .name_words import Opening, Word, all_words, opening_of, start_of_run, together, words_from
from .uncued_names import find_beginnings

_CUES: tuple[tuple[re.Pattern[str], Callable[[Opening], bool]], ...] = (
    (name_cues.AFTER_ANNOUNCED, name_openings.announced),
    (name_cues.AFTER_NAME_OF, name_openings.announced),
    (name_cues.AFTER_TITLE, name_openings.announced),
    (name_cues.AFTER_OWNER, name_openings.owner),
    (name_cues.AFTER_FUNCTION, name_openings.function),
    (name_cues.AFTER_RELATIVE, name_openings.doubtful),
    (name_cues.AFTER_KIN_OF, name_openings.doubtful),
    (name_cues.AFTER_I_AM, name_openings.doubtful),
    (name_cues.OPENING, name_openings.caller),
)
# "Groetjes Fatma (06...)" and "groet, Jan - Kerkstraat" still close a letter.
_LETTER_ENDS = re.compile(r"\s*(?:$|[\n.!,;:()\ue000\-/0-9?]|x+\b|en\b|tel|uit\b|ps\b)", re.IGNORECASE)


def find(text: str) -> Iterator[Span]:
    """Yield names after a cue first, then those that give themselves away."""
    for pattern, may_open in _CUES:
        for found in pattern.finditer(text):
            yield from _name_at(text, found.start("name"), may_open)
    yield from _under_a_greeting(text)
    yield from _before_here(text)
    yield from _before_its_cue(text)
    yield from _uncued(text)


def _name_at(text: str, start: int, may_open: Callable[[Opening], bool]) -> Iterator[Span]:
    words = words_from(text, start)
    opening = opening_of(words) if words and words[0].start == start else None
    if opening and may_open(opening):
        yield words[0].start, _end_of_name(opening.word, opening.following)


def _under_a_greeting(text: str) -> Iterator[Span]:
    for found in name_cues.AFTER_CLOSING.finditer(text):
        spans = _name_at(text, found.start("name"), name_openings.closing)
        yield from (span for span in spans if _LETTER_ENDS.match(text, span[1]))


def _before_here(text: str) -> Iterator[Span]:
    found = name_cues.HERE.match(text)
    if found:
        yield from _name_at(text[: found.end("name")], found.start("name"), name_openings.doubtful)


def _before_its_cue(text: str) -> Iterator[Span]:
    for found in name_cues.BEHIND.finditer(text):
        start = start_of_run(all_words(text[: found.start()]))
        if start is not None:
            yield from _name_at(text[: found.start()], start, name_openings.announced)


def _uncued(text: str) -> Iterator[Span]:
    if text.isupper():
        return
    words = all_words(text)
    for begin, place in find_beginnings(words):
        yield words[begin].start, _end_of_name(words[place], together(words[place:])[1:])


def _end_of_name(first: Word, following: list[Word]) -> int:
    last, particles = first, list[Word]()
    for word in following:
        if word.is_particle:
            particles.append(word)
        elif name_openings.continues(word, particles, first):
            last, particles = word, []
        else:
            break
    return last.end - (last.text.endswith(".") and not last.is_initial)
