"""Finds dates of birth; dates of events, moves and laws stay."""

import re
from collections.abc import Iterator

from .finding import Span, needs_digits
from .reading import before, behind

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:r(?:uari|uary)?)?|m(?:aa)?rt|march|mar|apr(?:il)?|mei|may|jun[ei]?|jul[iy]?"
    r"|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|januar|februar|märz|juni|juli|oktober|dezember|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    r"|octubre|noviembre|diciembre)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_FULL_YEAR = r"(?:19|20)[0-9]{2}"
_IN_DIGITS = rf"{_DAY}\s?[-/. ]\s?(?:0?[1-9]|1[0-2])\s?[-/. ]\s?"
_DAY_AND_MONTH = rf"{_DAY}(?:e|ste|de|st|nd|rd|th)?\s?[-/. ]?\s?(?:of |de )?{_MONTH}"
_IN_WORDS = rf"{_DAY_AND_MONTH}\.?,?[-/. ]?\s?(?:del? )?"
_ENGLISH = rf"{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?,? {_FULL_YEAR}"
_YEAR_FIRST = rf"{_FULL_YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}"
_UNBROKEN = (
    r"(?:[0-3][0-9][01][0-9](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9]{3})"
)

_DATE = (
    rf"(?<![0-9])(?:{_YEAR_FIRST}|{_IN_DIGITS}{_YEAR}|{_IN_WORDS}{_YEAR}|{_ENGLISH}|{_UNBROKEN}"
    rf"|{_DAY_AND_MONTH}\b|{_DAY}[-/](?:0?[1-9]|1[0-2]))(?![0-9])"
)
_FEAST = (
    r"(?:(?:eerste|tweede|1e|2e) )?(?:kerst(?:dag|avond)?|nieuwjaarsdag|oudjaarsdag|oudejaarsdag"
    r"|koninginnedag|bevrijdingsdag|sinterklaas|paasdag|pinksterdag)"
)
_DAY_IN_WORDS = (
    rf"(?:{_FEAST} {_FULL_YEAR}|[^\W\d_]{{3,20}} {_MONTH} (?:negentien ?[^\W\d_]+(?: ?[^\W\d_]*tig)?"
    rf"|twee ?duizend ?[^\W\d_]*|{_YEAR}))"
)
_CUE = (
    r"(?:\bgeb(?:oren|ore|oorte\s?-?dat(?:um|a)?|oortedag|\.?\s?-?dat(?:um)?|dt|d)?\b\.?"
    r"|\bgb\.?\s?-?dat(?:um)?\b\.?|\bgeb\.?dag\b|\bnacid[oa]\b|\bnée?\b|\bnat[oa] il\b"
    r"|\bdoğum\b|\bg\.d\.|\bborn\b"
    r"|\bdate of birth\b|\bbirth\s?(?:date|day)\b|\bd\.?o\.?b\b\.?|\bverjaardag\b|\bjarig\b|\bter wereld\b)"
)
# "Geboren en ik wil voor 3 juli ..." and "geboren, kan ik op 3 juli" speak of another day.
_GAP = (
    r"(?:[\s:=(,\-]|\b(?!(?:voor|vóór|na|tussen|before|after|binnen|vanaf|sinds|tot|uiterlijk|ik|kan|moet|wil"
    r"|afspraak|can|before)\b)[^\W\d_]+\b\.?){0,12}?"
)
_AFTER_CUE = re.compile(rf"{_CUE}{_GAP}({_DATE}|{_DAY_IN_WORDS})", re.IGNORECASE)
_BEFORE_CUE = re.compile(
    rf"({_DATE}|{_FEAST} {_FULL_YEAR})[\s,:()\-]*(?:(?:is|was|mijn|m'n|mn|zijn|haar|de|te|in|ook|my|ben|ik"
    rf"|word|wordt|werd|as|his|her|date of)\s+){{0,3}}(?:[A-Z]\w+ )?{_CUE}",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    rf"\b(?:(?:ik|hij|zij|ze|zoon|dochter|man|vrouw|moeder|vader|partner|kind|baby)\s+(?:ben"
    rf"|is)\s+(?:ook\s+)?van|(?:ben|is)\s+(?:ik|hij|zij|ze)\s+van)\s+({_IN_DIGITS}{_YEAR}"
    rf"|{_IN_WORDS}{_YEAR})(?![0-9])",
    re.IGNORECASE,
)
_BESIDE_A_PERSON = re.compile(
    r"\b(?:(?:pleeg|stief|klein|adoptie)?kind(?:je|eren)?|zoon(?:tje)?|dochter(?:tje)?|baby|tweeling"
    r"|peuter|kleuter|man|vrouw|partner"
    r"|moeder|vader|oma|opa|zus|broer|kleinzoon|kleindochter|child|son|daughter|husband|wife|mother"
    r"|father)[\s,:(]{1,3}"
    rf"(?:(?:is|zijn|van|from)\s+){{0,2}}({_IN_DIGITS}{_FULL_YEAR}|{_IN_WORDS}{_FULL_YEAR}"
    rf"|{_YEAR_FIRST})(?![0-9])",
    re.IGNORECASE,
)
_OF_A_CLIENT = re.compile(
    r"\b(?:klant|cliënte?|burger|inwoner|bewoner|aanvrager|dhr|mw|mevr|mevrouw|meneer)\b[\s.,:(]{1,3}$",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![0-9.,\-/])(?:{_IN_DIGITS}(?P<year>{_FULL_YEAR})|{_IN_WORDS}(?P<year2>{_FULL_YEAR})"
    rf"|(?P<year3>{_FULL_YEAR})[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}"
    rf"|{_DAY}[-/][0-9]{{1,2}}[-/](?P<short>[3-9][0-9]))"
    r"(?![0-9])(?!-[0-9])",
    re.IGNORECASE,
)
_LAST_BIRTH_YEAR = 2015
_EVENT = re.compile(
    r"\b(?:ge?trouwd|getrouwt|trouw\w*|huwelijk\w*|gehuwd|gescheiden|scheiding\w*|overle\w+|overlij\w+"
    r"|gestorven|wet|besluit\w*|regeling\w*|verordening\w*|ingang|ingegaan|geldig\w*|verlo\w+|afgegeven"
    r"|gebouwd|bouwvergunning|bouw|gekocht|aangekocht|verhuisd\w*|ingeschreven|contract\w*|brief|uitspraak"
    r"|vergunning\w*|akte|opgericht|datum van|aangevraagd|getekend|gevestigd|rijbewijs|married|divorced"
    r"|died)\b|\b(?:sinds|vanaf|per|tot|voor|vóór|na|since|until|tussen)(?: (?:de|op))? ?$",
    re.IGNORECASE,
)


@needs_digits
def find_announced(text: str) -> Iterator[Span]:
    """Yield the day that the writer calls the day somebody was born."""
    spans = {found.span(1) for found in _AFTER_CUE.finditer(text)}
    spans |= {found.span(1) for found in _BEFORE_CUE.finditer(text)}
    for pattern in (_OF_A_PERSON, _BESIDE_A_PERSON):
        spans |= {found.span(1) for found in pattern.finditer(text)}
    yield from spans


@needs_digits
def find_bare(text: str) -> Iterator[Span]:
    """Yield full dates long enough ago to be somebody's birthday, unless an event is named before them."""
    for found in _BARE.finditer(text):
        if _is_long_ago(found) and not _is_event(found, text):
            yield found.span()


def _is_event(found: re.Match[str], text: str) -> bool:
    if _OF_A_CLIENT.search(before(text, found.start(), 20)):
        return False
    return bool(
        _EVENT.search(before(text, found.start(), 45)) or _EVENT.search(behind(text, found.end(), 20))
    )


def _is_long_ago(found: re.Match[str]) -> bool:
    year = found["year"] or found["year2"] or found["year3"]
    return bool(found["short"]) or int(year) <= _LAST_BIRTH_YEAR
