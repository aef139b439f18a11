"""Finds telephone numbers of people; service numbers stay readable."""

import re
from collections.abc import Iterator

import phonenumbers

from .finding import Span
from .reading import before

_SEP = r"[ .\-/()]{0,3}"
_DUTCH = re.compile(rf"(?<![0-9+])(?<![0-9][.,])\(?0(?:{_SEP}[0-9]){{9}}(?![0-9])")
_MOBILE_MISTYPED = re.compile(rf"(?<![0-9+])(?<![0-9][.,])\(?0 ?6(?:{_SEP}[0-9]){{7,9}}(?![0-9])")
_WITHOUT_ZERO = re.compile(r"(?<![\w.,+\-/])6[ \-]?[0-9]{8}(?![\w]|[.,][0-9])")
_FOREIGN_INLAND = re.compile(r"(?<![0-9+])(?<![0-9][.,])0[1-9][0-9]{1,4}[ /\-]?[0-9]{5,8}(?![0-9])")
_FOREIGN = re.compile(rf"(?<![0-9A-Za-z])\(?(?:\+|00){_SEP}[1-9](?:{_SEP}[0-9]){{6,14}}(?![0-9])")
_AFTER_CUE = re.compile(
    r"\b(?:tel(?:efoon)?\.?(?:nummer|nr)?|tel\.?\s?nr|mobiel\w*|mob|gsm|whats?app\w*|appen|contact\w*"
    r"|bel(?:len|t)?|bereikba+r|bereiken|phone|call|number is|nummer is"
    r"|n(?:umme)?r\.? is)\b[^0-9\ue000]{0,25}?"
    rf"([+(]{{0,2}}[0-9](?:{_SEP}[0-9]){{5,13}})(?![0-9])(?!\s?(?:euro|eur\b|uur|,-))",
    re.IGNORECASE,
)
# Where the place is named the number rings, a digit may be lacking: "of thuis 050 312345".
_AT_A_PLACE = re.compile(
    rf"\b(?:thuis|huistelefoon|vast(?:e lijn)?|op (?:het|mijn) werk|privé|prive|at home)\b[\s:(=]{{1,3}}"
    rf"(0[1-9](?:{_SEP}[0-9]){{6,8}})(?![0-9])",
    re.IGNORECASE,
)
_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_SPELLED = re.compile(rf"\bnul(?:[ ,\-]+{_DIGIT_WORD}){{8,10}}\b", re.IGNORECASE)

# "Bel mij op 088 ..." against "kan ik ze bellen met 088 ...".
_CALL_ME = re.compile(
    r"\b(?:mij|me|mijn|mn|m'n|ons|onze|my|us|terug\w*|bereikba+r|bereiken|zijn|haar|n(?:umme)?r\.? is)\b",
    re.IGNORECASE,
)
# Free and paid service numbers, the municipality's 14 number, the emergency and European 116 lines.
_COMPANY = re.compile(r"\(?0\D{0,3}8\D{0,3}8")
_SERVICE = re.compile(r"0?0?(?:31)?0?(?:800|900|906|909)\d{4,7}|140\d{2,3}|116\d{3}|112|113")
_DATE_OR_TIME = re.compile(
    r"\(?[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}[.:][0-9]{2}\s?-\s?[0-9]{1,2}[.:][0-9]{2}"
)


def find(text: str) -> Iterator[Span]:
    """Yield Dutch and foreign numbers however they are spaced, and any number one is asked to call."""
    spans = (*_by_shape(text), *_announced(text), *(found.span() for found in _SPELLED.finditer(text)))
    yield from spans


def _by_shape(text: str) -> Iterator[Span]:
    for pattern in (_DUTCH, _MOBILE_MISTYPED, _WITHOUT_ZERO, _FOREIGN_INLAND):
        yield from (found.span() for found in pattern.finditer(text) if _is_own(found[0]))
    yield from (_trimmed(found) for found in _FOREIGN.finditer(text) if _is_foreign(found[0]))


def _announced(text: str) -> Iterator[Span]:
    yield from (found.span(1) for found in _AFTER_CUE.finditer(text) if _is_asked_to_call(found))
    yield from (found.span(1) for found in _AT_A_PLACE.finditer(text) if _is_own(found[1]))


def _is_personal(number: str) -> bool:
    return not (_SERVICE.fullmatch(re.sub(r"[^0-9]", "", number)) or _DATE_OR_TIME.match(number))


def _is_asked_to_call(found: re.Match[str]) -> bool:
    if not _is_personal(found[1]):
        return False
    said = before(found.string, found.start(1), 60)
    return not _COMPANY.match(found[1]) or bool(_CALL_ME.search(said))


def _is_own(number: str) -> bool:
    # 088 belongs to organisations: personal only when somebody says it is the number to call.
    return _is_personal(number) and not _COMPANY.match(number)


def _is_foreign(number: str) -> bool:
    return _is_personal(number) and (number.lstrip("(").startswith("+") or _reaches_someone(number))


def _reaches_someone(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "NL"))
    except phonenumbers.NumberParseException:
        return False


def _trimmed(found: re.Match[str]) -> Span:
    """The number without digits of what follows it ("… 56 2 kinderen"), where that can be told."""
    number = found[0]
    ends = [place + 1 for place, sign in enumerate(number) if sign.isdigit()]
    fitting = (end for end in reversed(ends[7:]) if _is_assigned(number[:end]))
    return found.start(), found.start() + next(fitting, len(number))


def _is_assigned(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "NL"))
    except phonenumbers.NumberParseException:
        return False
