"""Finds full postcodes, with or without house number: one stands for a handful of houses."""

import re
from collections.abc import Iterator

from .finding import Span, needs_digits
from .house_numbers import HOUSE, NUMBER_WORD, counts_something
from .reading import before
from .words import SHORT_WORDS

_POSTCODE = re.compile(
    rf"(?<![\w.,\-€])(?P<four>[1-9][0-9]{{3}})(?P<gap>[ .\-]{{0,2}})(?P<two>[A-Z]"
    rf" ?[A-Z])(?!\w)(?P<house>(?:\s*[,;:/\-]?\s*(?:en|met|op"
    rf"|and)?\s*{NUMBER_WORD}?\s*[,:]?\s*(?:is\s)?(?<![0-9]){HOUSE}))?",
    re.IGNORECASE,
)
_POSTCODE_CUE = re.compile(r"post\s?-?code|postcde|\bpc\b|zip|postal code|\badd?ress?\b", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(
    rf"\b(?:house number|{NUMBER_WORD})\s*(?:is|:|=)?\s*(?P<house>{HOUSE})", re.IGNORECASE
)
_UNITS = frozenset("km kg cm mm cc ml pk kw kb mb gb tb wp va hz mw lm".split())


@needs_digits
def find(text: str) -> Iterator[Span]:
    """Yield full postcodes with the house number behind them; with one, a loose house number goes too."""
    spans = [span for found in _POSTCODE.finditer(text) if (span := _postcode_span(found, text))]
    yield from spans
    if spans:
        yield from _loose_house_numbers(text, spans)


def _postcode_span(found: re.Match[str], text: str) -> Span | None:
    has_house = bool(found["house"]) and not counts_something(text, found.end())
    if not _is_postcode(found, has_house, text):
        return None
    return found.start(), found.end() if has_house else found.end("two")


def _is_postcode(found: re.Match[str], has_house: bool, text: str) -> bool:
    letters = found["two"].replace(" ", "").lower()
    if letters in ("sa", "sd", "ss") or (len(found["two"]) == 3 and not found["two"].isupper()):
        return False
    if letters in SHORT_WORDS and found["two"].islower():
        return has_house and _letters_are_announced(found, text)
    if _POSTCODE_CUE.search(before(text, found.start(), 40)):
        return True
    if letters in _UNITS:
        return has_house and found["two"].isupper()
    return _letters_are_no_word(found, letters, text)


def _letters_are_announced(found: re.Match[str], text: str) -> bool:
    return bool(_POSTCODE_CUE.search(before(text, found.start(), 14)))


def _letters_are_no_word(found: re.Match[str], letters: str, text: str) -> bool:
    around = text[: found.start()] + text[found.end() :]
    shouted = around.isupper() or not found["two"].isupper()  # nothing around it says nothing
    return letters not in SHORT_WORDS or (not shouted and letters not in ("eu", "nl", "bv", "nv", "tv", "id"))


def _loose_house_numbers(text: str, postcodes: list[Span]) -> Iterator[Span]:
    for found in _HOUSE_NUMBER.finditer(text):
        span = found.span("house")
        if all(span[1] <= start or end <= span[0] for start, end in postcodes):
            yield span
