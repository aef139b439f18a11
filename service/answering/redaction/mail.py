"""Finds e-mail addresses, also the ones that are spelled out; role addresses such as info@ stay."""

import re
from collections.abc import Iterator

from .finding import Span
from .reading import before

_AT = r"(?:\s{0,2}@\s{0,2}|\s?[(\[{]\s?(?:at|apenstaartje|@)\s?[)\]}]\s?|\s+ap(?:en|e)staart(?:je)?\s+)"
_DOT = r"(?:\s?\.\s?|\s?,|\s+(?:punt|dot|stip)\s+|\s?[(\[](?:punt|dot|\.)[)\]]\s?)"
_LOCAL = (
    r"(?<![\w.+%'\-])\w[\w.+%'\-]{0,63}"
    r"(?:\s(?:punt|dot|streepje|underscore|min)\s(?:(?:de|van|der|den|el)\s)*[\w+\-]+)*"
)
_TOP = r"(?:com|nl|net|org|be|de|eu|info|fr|uk|co|me|io|tr|pl|online|frl|amsterdam)"
_PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|live|icloud|yahoo|ziggo|kpnmail|kpnplanet|planet|xs4all|home"
    r"|proton|protonmail|msn|casema|chello|upcmail|telfort|zonnet|hetnet|tele2|solcon|gmx|me|mac"
    r"|onsbrabantnet|caiway)"
)

_SPOKEN_DOT = r"(?:\s+(?:punt|dot|stip)\s+|\s?[(\[](?:punt|dot|\.)[)\]]\s?)"
# a full stop and a space go on only before a top domain: else the next sentence would go along
_WITH_SIGN = re.compile(
    rf"{_LOCAL}{_AT}[\w\-]+(?:\.[\w\-]+|{_SPOKEN_DOT}[\w\-]+|(?:\s?\.\s?|\s?,\s?){_TOP}\b)*",
    re.IGNORECASE,
)
_SPELLED = re.compile(rf"{_LOCAL}\s+at\s+[\w\-]+(?:{_DOT}[\w\-]+)*?{_DOT}{_TOP}\b", re.IGNORECASE)
_AT_PROVIDER = re.compile(rf"{_LOCAL}\s+at\s+{_PROVIDER}(?:\s?\.?\s?{_TOP})?\b", re.IGNORECASE)
_WITHOUT_SIGN = re.compile(rf"(?<![\w.+\-])[\w.+\-]{{1,64}}{_PROVIDER}\s?\.\s?(?:com|nl)\b", re.IGNORECASE)

_ROLES = frozenset(
    "info gemeente kcc post contact balie burgerzaken belasting belastingen noreply no-reply klantcontact"
    " afspraak"
    " afspraken  klacht klachten melding meldingen bezwaar bezwaren griffie privacy fg avg"
    " wmo jeugd werk inkomen sociaal zorg loket"
    " omgevingsloket vergunningen vergunning handhaving parkeren invordering"
    " archief verkiezingen subsidie subsidies college raad wethouder burgemeester ondernemers economie"
    " bouwen wonen milieu afval openbareruimte klantenservice antwoord mail digid stadhuis"
    " gemeentehuis".split()
)
_ROLE_COMPOUND = re.compile("(?:" + "|".join(role for role in _ROLES if len(role) > 5) + r")[a-z\-]*")
_ANY_SIGN = re.compile(rf"\bat\b|staart|{_PROVIDER}", re.IGNORECASE)
_PERSONAL_HOST = re.compile(rf"{_PROVIDER}\b", re.IGNORECASE)
# "Een @gemeente-account": a space before the sign, none behind it and no dot is an account elsewhere.
_HANDLE = re.compile(r"\s@[^\s.,]+$")
# "Mijn e-mailadres is info@..." is the address of a small firm, and of whoever writes.
_OWN = re.compile(r"\b(?:mijn|mn|m'n|me|onze|ons|my|our)\s+(?:nieuwe?\s+)?(?:e-?\s?)?mail", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[Span]:
    """Yield addresses of people, with the sign, spelled out or half typed."""
    if "@" in text:
        yield from _personal(_WITH_SIGN, text)
        return
    if not _ANY_SIGN.search(text):
        return
    for pattern in (_WITH_SIGN, _SPELLED, _AT_PROVIDER, _WITHOUT_SIGN):
        spans = list(_personal(pattern, text))
        if spans:
            yield from spans
            return


def _personal(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    yield from (found.span() for found in pattern.finditer(text) if _is_personal(found))


def _is_personal(found: re.Match[str]) -> bool:
    return not _HANDLE.search(found[0]) and (_is_own(found) or not _is_role(found[0]))


def _is_own(found: re.Match[str]) -> bool:
    return bool(_OWN.search(before(found.string, found.start(), 60)))


def _is_role(address: str) -> bool:
    local, _, host = address.replace(" ", "").lower().partition("@")
    role = local in _ROLES or _ROLE_COMPOUND.fullmatch(local)
    return bool(role) and not _PERSONAL_HOST.match(host)
