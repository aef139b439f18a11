"""Finds what lets somebody in: codes, passwords, user names."""

import re
from collections.abc import Iterator

from .finding import Span
from .reading import HIDDEN, behind
from .words import is_ordinary, may_be_name

_IS = (
    r"(?:\s*(?:is|was|luidt|=|:|>|nu|dus|nog|steeds|gewoon|namelijk|ook|toch|voor|van|mijn|m'n|mn|digid|de"
    r"|het|sms|app|nummer|this|for|on|at)(?![\w]))*[\s:=\"'(]*"
)
_SECRET = (
    r"(?:wachtwo+rd|wachtwrd|\bww\b|\bpaswoord|passwo?rd|\bpass\b|passcode|passphrase|gebruikers?\s?-?naam"
    r"|inlognaam|user\s?name|gebruikers?|accountnaam|account|digid\s?(?==|:)|\buser\s?(?==|:)|\bpwd?\b"
    r"|\blogin(?:naam)?)"
)
_CODE = (
    r"(?:(?<![\w\-])(?<!error )(?<!fout )(?<!status )(?:code(?:tje)?|sms|tan)|\b(?!post|qr|bar|streepjes"
    r"|kleur|fout|sbi|dress|zip|land"
    r"|tarief|error|klas|gedrags|product|vak|zone)[a-z]+code|(?:activ\w+|inlog|login|toegangs?|koppel"
    r"|verific\w+|controle|beveiligings?|machtigings?|bevestigings?|sms|pin|puk|tan|digid|cvc|cvv|toegang"
    r"|app|afspraak|verification|security|access)[\s\-]?codes?|\bpin\b|\bpuk\b|\bcvc\b|\bcvv\b|pincode)"
)
_AFTER_SECRET = re.compile(rf"{_SECRET}(?P<is>{_IS})(?P<token>[^\s\ue000]{{3,64}})", re.IGNORECASE)
_AFTER_CODE = re.compile(
    rf"{_CODE}{_IS}(?P<token>(?=[A-Z]{{0,12}}[\-.]?[0-9])[A-Z0-9]+(?:[\-.][A-Z0-9]+)*"
    rf"(?:(?:[ ][0-9]){{3,7}}|(?:[ ][0-9]{{2,4}}){{0,4}}))(?![\w])",
    re.IGNORECASE,
)
_BEFORE_CODE = re.compile(
    r"(?<![\w.,\-])(?P<token>[0-9]{4,8})\s+(?:is|was|staat er als|(?:[^\W\d_]{2,15}\s+){0,2}als)"
    r"\s+(?:mijn|m'n|mn|de|het|een|mijn digid)?\s*[\w\- ]{0,12}?(?:(?<!post)code|wachtwoord|pincode|pin)\b",
    re.IGNORECASE,
)
_FURTHER_ON = re.compile(
    rf"{_CODE}[^0-9\n.?!\ue000]{{0,40}}?(?:\bis|\bwas|[:=])\s*(?P<token>[0-9]{{4,8}})(?![\w])", re.IGNORECASE
)
_LETTERS = re.compile(
    rf"{_CODE}[^0-9\n.?!\ue000]{{0,40}}?(?:\bis|\bwas|[:=])\s*(?P<token>(?-i:[A-Z]{{4,10}}))(?![\w])",
    re.IGNORECASE,
)
_CUE = re.compile(rf"{_SECRET}|{_CODE}|\bdigid\b", re.IGNORECASE)
_PIECE = re.compile(r"[^\s\ue000()\"/]{4,40}")
_REACH = 80
_MIXED = re.compile(
    r"(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])(?![0-9]+[a-z]{1,5}$)[a-z0-9\-!?@$%&*+.]+", re.IGNORECASE
)
_USER_NAME = re.compile(r"[a-z0-9]+[._][a-z0-9]+", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:digid|mijn\w+|berichtenbox|eherkenning|idin|ideal|wifi|whatsapp|youtube|iphone|ipad|ios|android"
    r"|samsung|windows|office|covid|chrome|edge)[0-9.]*",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"[0-9_@!#$%&*+]|[a-z][A-Z]|\w\.\w")
_MERE_NUMBER = re.compile(r"[0-9]{1,3}|[0-9]+[.,][0-9]+")
# one quick look: most questions speak of nothing of the kind
_ANY_CUE = re.compile(
    r"code|w[ao]+[crt]|\bww\b|pass|paswo|gebruik|user|log|p[iu][nk]\b|cv[cv]|pwd?\b|account|digid",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:vergeten|verlopen|kwijt|fout|verkeerd|onjuist|ongeldig|niet|geblokkeerd|veranderd|gewijzigd|onbekend"
    r"|te|een|mij|ook|weg|leeg|al|nu|hetzelfde|goed|juist|wrong|not|expired|lost)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"\.(?:nl|com|org|eu|be|de|pdf|docx?|jpe?g)$", re.IGNORECASE)
_SHORTEST_MIXED = 5
_END = ".,;:!?)\"'"


def find(text: str) -> Iterator[Span]:
    """Yield the code or word that follows its name; "wachtwoord is vergeten" gives nothing away."""
    if not _ANY_CUE.search(text):
        return
    for found in _AFTER_SECRET.finditer(text):
        if _is_secret(found):
            yield _without_end(found)
    yield from (found.span("token") for found in _AFTER_CODE.finditer(text) if _is_code(found["token"]))
    yield from _somewhere_behind(text)
    for pattern in (_FURTHER_ON, _BEFORE_CODE):
        yield from (found.span("token") for found in pattern.finditer(text))
    if not text.isupper():
        yield from (found.span("token") for found in _LETTERS.finditer(text))


def _somewhere_behind(text: str) -> Iterator[Span]:
    """Yield what nobody says in a sentence: "mijn wachtwoord heb ik veranderd in Welkom2025!"."""
    for cue in _CUE.finditer(text):
        for piece in _PIECE.finditer(behind(text, cue.end(), _REACH)):
            token = piece[0].rstrip(_END)
            if _is_no_language(token):
                start = cue.end() + piece.start()
                yield start, start + len(token)


def _is_no_language(token: str) -> bool:
    if _KNOWN.fullmatch(token):
        return False
    if _MIXED.fullmatch(token):
        return len(re.findall(r"[a-z0-9]", token, re.IGNORECASE)) >= _SHORTEST_MIXED
    return bool(_USER_NAME.fullmatch(token)) and not (_HOST.search(token) or _are_glued_words(token))


def _are_glued_words(token: str) -> bool:
    """See a forgotten space ("vergeten.wat") rather than a user name ("veldman.t", "jan.bakker")."""
    parts = re.split("[._]", token)
    return len(parts) == 2 and "_" not in token and all(is_ordinary(p) and not may_be_name(p) for p in parts)


def _is_secret(found: re.Match[str]) -> bool:
    token = found["token"].rstrip(_END)
    if len(token) < 3 or _MERE_NUMBER.fullmatch(token) or _KNOWN.fullmatch(token) or _are_glued_words(token):
        return False
    if _MADE_UP.search(token):
        return len(token) > 3
    said = re.search(r"[:=]|\b(?:is|was|luidt)\b", found["is"], re.IGNORECASE)
    if not said:
        return False
    return (
        token.istitle() or not is_ordinary(token) or (_is_beside_another(found) and not _STATE.match(token))
    )


def _is_beside_another(found: re.Match[str]) -> bool:
    """See "gebruikersnaam is [inlogcode] en het wachtwoord is appeltaart"."""
    return HIDDEN in found.string[max(0, found.start() - 30) : found.start()]


def _is_code(token: str) -> bool:
    digits = len(re.findall(r"[0-9]", token))
    mixed = digits < len(re.sub(r"[^A-Z0-9]", "", token, flags=re.IGNORECASE))
    return (
        digits >= 4
        or (digits == 3 and (mixed or len(token) == 3))
        or (mixed and len(token) >= 5)
        or _is_short_code(token)
    )


def _is_short_code(token: str) -> bool:
    return len(token) == 4 and len(re.findall(r"[0-9]", token)) == 2 and token.isupper()


def _without_end(found: re.Match[str]) -> Span:
    start = found.start("token")
    return start, start + max(len(found["token"].rstrip(_END)), 1)
