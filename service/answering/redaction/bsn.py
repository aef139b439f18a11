"""Finds citizen service numbers (BSN)."""

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from .finding import Span, needs_digits

_CUE = (
    r"(?:\bb\.?\s?s\.?\s?n(?:n?um+er|nr|r|s)?\b\.?|\bburger\s?-?\s?s\w*(?:\s?-?\s?(?:num+er|nr|no)\b)?"
    r"|\bsofi\s?-?\s?(?:nummer|nr|no)?\b|\bcitizen service (?:number|no)\b|\bsocial security (?:number|no)\b)"
)
_GAP = r"[^0-9\ue000]{0,40}?"


def _digits(count: int) -> str:
    return rf"[0-9](?:[ .\-/]{{0,3}}[0-9]){{{count - 1}}}(?![0-9])"


# After the cue a digit too few or too many is a typing error, and still a BSN.
_NUMBER = "(?:" + "|".join(_digits(count) for count in (9, 8, 10, 7)) + ")"
_AFTER_CUE = re.compile(rf"{_CUE}{_GAP}({_NUMBER})", re.IGNORECASE)
_BEFORE_CUE = re.compile(rf"(?<![0-9])({_NUMBER})[^0-9\ue000]{{0,25}}?{_CUE}", re.IGNORECASE)
_BARE = re.compile(rf"(?<![0-9€])(?<![0-9][ .\-/])(?<!€ )({_digits(9)})(?![ .\-/]?[0-9])(?!\s?euro)")
_UNBROKEN = re.compile(r"(?<![\w€.,])[0-9]{9}(?![\w]|[.,][0-9])")


@needs_digits
def find_announced(text: str) -> Iterator[Span]:
    """Yield numbers that the writer calls a BSN, right or wrong by the 11-test."""
    after = [found.span(1) for found in _AFTER_CUE.finditer(text)]
    yield from after or (found.span(1) for found in _BEFORE_CUE.finditer(text))


@needs_digits
def find_bare(text: str) -> Iterator[Span]:
    """Yield nine digits that pass the 11-test, whatever stands around them."""
    yield from (found.span(1) for found in _BARE.finditer(text) if _passes(found[1]))
    yield from (found.span() for found in _UNBROKEN.finditer(text) if _passes(found[0]))


def _passes(number: str) -> bool:
    return bsn.is_valid(re.sub(r"[^0-9]", "", number))
