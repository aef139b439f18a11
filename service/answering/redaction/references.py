"""Finds numbers by which a municipality knows somebody's case, bill, pass or document."""

import re
from collections.abc import Iterator

from .finding import Span, needs_digits
from .reading import before

_THING = (
    r"zaak?|do+s+ier|aanslag(?:biljet)?|klant|cli[eë]nt|debiteur(?:en)?|referentie|aanvraa?g|melding"
    r"|meld(?:ings)?|polis|factuur|vordering|nota|relatie|lidmaatschap|bezwaar|vergunning|document|paspoort"
    r"|pas|id(?:-?kaart)?|rijbewijs|identiteits(?:kaart|bewijs)|correspondentie|registratie|ontvangst|boete"
    r"|bon|beschikking|pati[eë]nt|order|bestelling|bestel|betalings?|subject|toewijzing"
    r"|verblijfs?(?:document|vergunning)?|vreemdelingen|inschrijf|inschrijvings?|stadspas|ooievaarspas"
    r"|burger|persoons|tracking|kaart|klacht|afspraak|contract|incasso|beschikkings|besluit|brief|akte"
    r"|verzoek|naheffing(?:s(?:aanslag)?)?|aanmaning|dwangbevel|case|reference|file|passport|application"
    r"|customer|client|invoice|ref"
)
_NUMBER_WORD = r"(?:nummer|nmr|numer|numero|nr|no|number|kenmerk|code|id)"
_STRONG = (
    rf"(?:\b(?:{_THING})s?[\s\-]?{_NUMBER_WORD}(?![^\W\d_])|\b(?:ons |uw |mijn |betalings?)?kenmerk\b"
    rf"|\breferentie\b"
    rf"|\breference\b|\bref\b\.?|\b(?:{_THING})\s+(?:met|onder|heeft|had|has|with)\s+(?:als\s+"
    rf"|het\s+)?{_NUMBER_WORD}\b)"
)
# What stands in the street carries a number too, and is nobody's.
_OBJECT = (
    r"(?:boom|bomen|paal|lantaarn(?:paal)?|lichtmast|mast|put|container|perceels?|kavel|halte|(?:parkeer)?vak"
    r"|prullenbak|loket|lijst|stembureau|brug|sluis|ligplaats|bank|kast|bord)-?(?:nummer|nr)"
)
_COMPOUND = (
    r"\b(?!telefoon|volg|huis|rekening|artikel|model|type|lijn|service|alarm|route|kamer|toestel|gladheids"
    rf"|nood|nacht|{_OBJECT})\w{{2,}}-?(?:nummer|nr|kenmerk)\b|\b(?:met|onder) (?:het )?(?:nummer|nr)\b"
    r"|\b[va]-(?:nummer|nr)\b"
)
_WEAK = rf"(?:\b(?:{_THING})s?\b|{_COMPOUND})"
_IS = (
    r"(?:[\s.:#=,(\"']|\b(?:is|was|met|onder|nummer|nr|no|van|mijn|mn|m'n|mij|het|dat|ook|als|voor|de|die"
    r"|number|heeft|stond|staat|op|ik|heb|kreeg|gekregen|dit|number|met|number)\b){0,12}"
)
_TOKEN = (
    r"(?P<token>(?-i:[A-Z]{1,4}"
    r" )?[A-Z]{0,8}(?:[\-./]?(?:[A-Z]{1,6}[\-./])?(?=[A-Z]{0,6}[0-9])[A-Z0-9]+){1,6}(?:"
    r" [0-9]{2,6}){0,5})(?![\w])"
)
_UNBROKEN = _TOKEN.replace("(?: [0-9]{2,6}){0,5}", "").replace("(?-i:[A-Z]{1,4} )?", "")
_AFTER_STRONG = re.compile(rf"{_STRONG}{_IS}{_TOKEN}", re.IGNORECASE)
_AFTER_WEAK = re.compile(rf"{_WEAK}{_IS}{_UNBROKEN}", re.IGNORECASE)
# "Inschrijfnummer woningzoekende 8360889": one word of any kind may stand between.
_AFTER_A_WORD = re.compile(rf"{_STRONG}\s+[^\W\d_]{{3,24}}{_IS}{_UNBROKEN}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w\-/])(?:[A-Z]{1,8}[\-/. ]?(?:19|20)?[0-9]{2}[\-/.][0-9]{3,9}|20[0-9]{2}[\-/.][0-9]{5,9}"
    r"|[A-Z]{1,6}[\-/][0-9]{4,10}|[A-Z]{2,8}[\-/][0-9]{2,6}[\-/][0-9]{2,9}|Z[0-9]{6,10}|z-?(?:19"
    r"|20)?[0-9]{2}[\-/.][0-9]{3,9})(?:[\-/.][A-Z0-9]+)?(?![\w])",
)
_DOCUMENT_CUE = re.compile(r"paspoort|passport|\bid\b|id-?kaart|identiteit|document|rijbewijs", re.IGNORECASE)
_DOCUMENT = re.compile(r"(?<!\w)(?=[A-Z]*[0-9])[A-NP-Z]{2}[A-NP-Z0-9]{6}[0-9](?!\w)", re.IGNORECASE)
_NAMED_OBJECT = re.compile(
    r"\b(?:boom|(?:lantaarn)?paal|lichtmast|mast|put|(?:ondergrondse )?container|prullenbak|kavel|halte"
    r"|brug|bank"
    r"|verkeersbord|laadpaal|automaat)\s*(?:(?:met|heeft)\s+)?(?:(?:het\s+)?(?:nummer|nr\.?)\s*)?$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s?(?:euro|eur\b|€|,-|%|procent|jaar|weken|dagen|maanden|uur|m2|km|kg|personen|mensen)"
)
_YEAR = re.compile(r"(?:[A-Z]+ )?(?:19|20)[0-9]{2}(?:[-/.](?:19|20)?[0-9]{2})?")
_SERVICE = re.compile(r"0[89]0[0-9]|14 ?0[0-9]{2,3}$|116 ?[0-9]{3}$|\+|0[1-9][ \-]?(?:[0-9][ \-]?){8}$")
_DATE = re.compile(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}")


@needs_digits
def find(text: str) -> Iterator[Span]:
    """Yield case numbers after the word for them, and the shapes nothing else has ("Z-2026-004417")."""
    spans = [found.span("token") for found in _AFTER_STRONG.finditer(text) if _fits(found, text, digits=3)]
    spans += [found.span("token") for found in _AFTER_WEAK.finditer(text) if _fits(found, text, digits=5)]
    spans += [found.span("token") for found in _AFTER_A_WORD.finditer(text) if _fits(found, text, digits=6)]
    spans += [found.span() for found in _BARE.finditer(text) if _is_bare_reference(found)]
    spans += [found.span() for found in _documents(text)]
    yield from spans


def _documents(text: str) -> Iterator[re.Match[str]]:
    if _DOCUMENT_CUE.search(text):
        yield from (found for found in _DOCUMENT.finditer(text) if len(re.findall(r"[0-9]", found[0])) >= 2)


def _fits(found: re.Match[str], text: str, digits: int) -> bool:
    token = found["token"]
    if len(re.findall(r"[0-9]", token)) < digits or "€" in found[0] or _is_of_an_object(found):
        return False
    return not (
        _YEAR.fullmatch(token)
        or _SERVICE.match(token)
        or _DATE.match(token)
        or _AMOUNT.match(text, found.end())
    )


def _is_bare_reference(found: re.Match[str]) -> bool:
    return not (_YEAR.fullmatch(found[0]) or _is_of_an_object(found))


def _is_of_an_object(found: re.Match[str]) -> bool:
    """See "container met nummer OC-0471"."""
    return bool(_NAMED_OBJECT.search(before(found.string, found.start(), 30)))
