"""Finds licence plates: the fourteen Dutch patterns, and any plate that is called one."""

import re
from collections.abc import Iterator

from .finding import Span, needs_digits
from .words import SHORT_WORDS, is_ordinary

# The RDW's side codes 1 to 14: X is a letter, 9 a digit.
_OLD = "XX-99-99 99-99-XX 99-XX-99 XX-99-XX XX-XX-99 99-XX-XX".split()
_MODERN = "99-XXX-9 9-XXX-99 XX-999-X X-999-XX XXX-99-X X-99-XXX 9-XX-999 999-XX-9".split()


def _pattern(side_code: str, separator: str) -> str:
    return separator.join(f"{_SIGN[group[0]]}{{{len(group)}}}" for group in side_code.split("-"))


_SIGN = {"X": "[A-Z]", "9": "[0-9]"}


def _any_of(separator: str, codes: list[str]) -> str:
    return r"(?<![\w\-])(?:" + "|".join(_pattern(code, separator) for code in codes) + r")(?![\w\-])"


_BELGIAN = ["9-XXX-999"]
_ALL = _OLD + _MODERN
_DASHED = re.compile(_any_of(r"\s?-\s?", _ALL + _BELGIAN), re.IGNORECASE)
_LOOSE = re.compile(_any_of(r"[ .\-]{0,3}", _ALL), re.IGNORECASE)
_CAPITALS = re.compile(_any_of(" ", _MODERN))
# Plates since 2000 carry no vowels, and what starts with a letter may be the number of a printer.
_UNBROKEN = re.compile(_any_of("", [code for code in _MODERN if code[0] == "9"]), re.IGNORECASE)
# "2-XGD 07": one dash is enough where the letters are as on a plate.
_HALF_DASHED = re.compile(_any_of(r"[ .\-]{1,3}", _MODERN), re.IGNORECASE)
# Letters first and unbroken may be a printer (HP250G): only where somebody typed it in.
_TYPED = re.compile(
    r"\b(?:app|systeem|invoe\w+|ingevoerd|ingevuld|ingetypt|ty[pf]p?e?fout|aangemeld|geregistreerd)\b",
    re.IGNORECASE,
)
_UNBROKEN_MODERN = re.compile(_any_of("", _MODERN))
_GERMAN = re.compile(r"(?<![\w\-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[0-9]{2,4}[EH]?(?![\w\-])")
# "WGM 4K82", "WA 12345": in capitals beside a car.
_POLISH = re.compile(r"(?<![\w\-])[A-Z]{2,3} (?:[0-9]{5}|[0-9](?=[0-9A-Z]*[A-Z])[0-9A-Z]{3,4})(?![\w\-])")
_MONTH = re.compile(r"jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mar|may|oct", re.IGNORECASE)
_CUE = re.compile(
    r"kenteken|nummer(?:bord|plaat)|\bauto|\bwagen|\bmotor|scooter|brommer|\bbus|aanhang|camper|caravan"
    r"|\bbolide|plate|\bcar\b|\bvan\b[^\ue000]{0,5}\breg|voertuig|parkeer|geparkeerd|geflitst|parking"
    r"|\bboetes?\b|bekeur|naheffing|weggesleept|slagboom|garage|milieuzone|ontheffing",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:kenteken(?:plaat|nummer)?s?|nummer(?:bord|plaat)|licen[cs]e plate|plate(?: number)?)\b(?:\s*(?:is"
    r"|=|:|nr\.?|nummer|number|van|mijn|de|auto|wagen|was|met|,"
    r"|\())*\s*((?=[A-Z \-.]{0,6}[0-9])[A-Z0-9]{1,4}(?:[ .\-]{0,3}[A-Z0-9]{1,5}){1,3})(?![\w])",
    re.IGNORECASE,
)


@needs_digits
def find(text: str) -> Iterator[Span]:
    """Yield plates with dashes anywhere, and without dashes where a word or the signs leave no doubt."""
    spans = {found.span() for found in _DASHED.finditer(text) if not _MONTH.search(found[0])}
    spans |= {found.span() for found in _CAPITALS.finditer(text) if not _has_vowel(found[0])}
    spans |= {found.span() for found in _UNBROKEN.finditer(text) if not _has_vowel(found[0])}
    spans |= {found.span() for found in _HALF_DASHED.finditer(text) if _is_half_dashed(found[0])}
    if _TYPED.search(text):
        spans |= {found.span() for found in _UNBROKEN_MODERN.finditer(text) if not _has_vowel(found[0])}
    spans |= {found.span() for found in _GERMAN.finditer(text)}
    yield from sorted(spans) or _with_cue(text)


def _with_cue(text: str) -> Iterator[Span]:
    if not _CUE.search(text):
        return
    spans = [found.span() for found in _LOOSE.finditer(text) if _is_no_phrase(found[0], text)]
    if not text.isupper():
        spans += [found.span() for found in _POLISH.finditer(text)]
    yield from spans or (span for found in _ANNOUNCED.finditer(text) if (span := _announced(found)))


def _is_no_phrase(plate: str, text: str) -> bool:
    """Tell "12 ab 34" from "10 van 50"; what looks like a postcode needs the word kenteken."""
    groups = re.findall(r"[A-Z]+", plate, re.IGNORECASE)
    letters = "".join(groups).lower()
    if " " in plate and any(group.islower() and group in SHORT_WORDS for group in groups):
        return False
    old = bool(re.fullmatch(r"[0-9]{4} ?[A-Z]{2}", plate, re.IGNORECASE))
    return (
        letters not in SHORT_WORDS
        and not is_ordinary(letters)
        and not (old and "kenteken" not in text.lower())
    )


def _is_half_dashed(plate: str) -> bool:
    return "-" in plate and not _has_vowel(plate) and not _MONTH.search(plate)


def _has_vowel(plate: str) -> bool:
    return bool(re.search(r"[aeiou]", plate, re.IGNORECASE))


def _announced(found: re.Match[str]) -> Span | None:
    """The plate of any country without the words behind it; None for a mere phrase ("van 2025 of later")."""
    plate = _without_words_behind(found[1])
    letters = re.findall(r"[A-Z]+", plate, re.IGNORECASE)
    is_phrase = any(part.lower() in SHORT_WORDS or (len(part) > 3 and is_ordinary(part)) for part in letters)
    if is_phrase or not letters or len(re.findall(r"[0-9]", plate)) < 2:
        return None
    return found.start(1), found.start(1) + len(plate)


def _without_words_behind(plate: str) -> str:
    while (last := re.search(r" ([A-Za-z]+)$", plate)) and not (last[1].isupper() and len(last[1]) < 4):
        if len(last[1]) < 4 and last[1].lower() not in SHORT_WORDS:
            break
        plate = plate[: last.start()]
    return plate
