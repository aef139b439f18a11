"""Finds what lets somebody in: codes, passwords, user names."""

import re
from collections.abc import Iterator

from .finding import Span
from .words import is_ordinary

_IS = (
    r"(?:\s*(?:is|was|luidt|=|:|>|nu|dus|nog|steeds|gewoon|namelijk|ook|toch|voor|van|mijn|m'n|mn|digid|de"
    r"|het|sms|app|nummer|this|for|on|at)(?![\w]))*[\s:=\"'(]*"
)
_SECRET = (
    r"(?:wachtwo+rd|wachtwrd|\bww\b|\bpaswoord|passwo?rd|\bpass\b|passcode|passphrase|gebruikers?\s?-?naam"
    r"|inlognaam|user\s?name|gebruikers?|accountnaam|account|digid\s?(?==|:)|\bpwd?\b|\blogin(?:naam)?)"
)
_CODE = (
    r"(?:(?<![\w\-])(?:code(?:tje)?|sms|tan)|\b(?!post|qr|bar|streepjes|kleur|fout|sbi|dress|zip|land"
    r"|tarief|error|klas|gedrags|product|vak|zone)[a-z]+code|(?:activ\w+|inlog|login|toegangs?|koppel"
    r"|verific\w+|controle|beveiligings?|machtigings?|bevestigings?|sms|pin|puk|tan|digid|cvc|cvv|toegang"
    r"|app|afspraak|verification|security|access)[\s\-]?codes?|\bpin\b|\bpuk\b|\bcvc\b|\bcvv\b|pincode)"
)
_AFTER_SECRET = re.compile(rf"{_SECRET}(?P<is>{_IS})(?P<token>[^\s\ue000]{{3,64}})", re.IGNORECASE)
_AFTER_CODE = re.compile(
    rf"{_CODE}{_IS}(?P<token>(?=[A-Z]{{0,12}}[\-.]?[0-9])[A-Z0-9]+(?:[\-.][A-Z0-9]+)*"
    rf"(?:[ ][0-9]{{2,4}}){{0,4}})(?![\w])",
    re.IGNORECASE,
)
_BEFORE_CODE = re.compile(
    r"(?<![\w.,\-])(?P<token>[0-9]{4,8})\s+(?:is|was|als|staat er als)\s+(?:mijn|m'n|mn|de|het|een"
    r"|mijn digid)?\s*[\w\- ]{0,12}?(?:code|wachtwoord|pincode|pin)\b",
    re.IGNORECASE,
)
_FURTHER_ON = re.compile(
    rf"{_CODE}[^0-9\n.?!\ue000]{{0,40}}?(?:\bis|\bwas|[:=])\s*(?P<token>[0-9]{{4,8}})(?![\w])", re.IGNORECASE
)
_LETTERS = re.compile(
    rf"{_CODE}[^0-9\n.?!\ue000]{{0,40}}?(?:\bis|\bwas|[:=])\s*(?P<token>(?-i:[A-Z]{{4,10}}))(?![\w])",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"[0-9_@!#$%&*+]|[a-z][A-Z]|\w\.\w")
_MERE_NUMBER = re.compile(r"[0-9]{1,3}|[0-9]+[.,][0-9]+")
# one quick look: most questions speak of nothing of the kind
_ANY_CUE = re.compile(
    r"code|w[ao]+[crt]|\bww\b|pass|paswo|gebruik|user|log|p[iu][nk]\b|cv[cv]|pwd?\b|account|digid",
    re.IGNORECASE,
)
_END = ".,;:!?)\"'"


def find(text: str) -> Iterator[Span]:
    """Yield the code or word that follows its name; "wachtwoord is vergeten" gives nothing away."""
    if not _ANY_CUE.search(text):
        return
    for found in _AFTER_SECRET.finditer(text):
        if _is_secret(found):
            yield _without_end(found)
    yield from (found.span("token") for found in _AFTER_CODE.finditer(text) if _is_code(found["token"]))
    for pattern in (_FURTHER_ON, _BEFORE_CODE):
        yield from (found.span("token") for found in pattern.finditer(text))
    if not text.isupper():
        yield from (found.span("token") for found in _LETTERS.finditer(text))


def _is_secret(found: re.Match[str]) -> bool:
    token = found["token"].rstrip(_END)
    if _MERE_NUMBER.fullmatch(token) or len(token) < 3:
        return False
    if _MADE_UP.search(token):
        return len(token) > 3
    said = re.search(r"[:=]|\b(?:is|was|luidt)\b", found["is"], re.IGNORECASE)
    return bool(said) and (not is_ordinary(token) or token.istitle())


def _is_code(token: str) -> bool:
    digits = len(re.findall(r"[0-9]", token))
    mixed = digits < len(re.sub(r"[^A-Z0-9]", "", token, flags=re.IGNORECASE))
    return digits >= 4 or (digits == 3 and (mixed or len(token) == 3)) or (mixed and len(token) >= 5)


def _without_end(found: re.Match[str]) -> Span:
    start = found.start("token")
    return start, start + max(len(found["token"].rstrip(_END)), 1)
