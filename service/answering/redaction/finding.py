"""What a redaction hands back: the readable text, and where something was taken out of which kind."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

Span = tuple[int, int]
_DIGIT = re.compile("[0-9]")
Finder = Callable[[str], Iterable[Span]]


class PersonalDataKind(StrEnum):
    """Kind of personal data; the value is the word residents and agents see between brackets."""

    BSN = "BSN"
    IBAN = "IBAN"
    PHONE = "telefoonnummer"
    EMAIL = "e-mailadres"
    POSTCODE = "postcode en huisnummer"
    ADDRESS = "adres"
    BIRTH_DATE = "geboortedatum"
    LICENCE_PLATE = "kenteken"
    CASE_NUMBER = "zaaknummer"
    PAYMENT_CARD = "betaalkaart"
    LOGIN_CODE = "inlogcode"
    NAME = "naam"

    @property
    def placeholder(self) -> str:
        """The word put in the place of what was found: it keeps the sentence's meaning."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where personal data stood in the original text. Never the words themselves."""

    kind: PersonalDataKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text that may be stored, logged and embedded, with what was taken out of it."""

    text: str
    findings: tuple[Finding, ...]


def needs_digits(find: Finder) -> Finder:
    """Skip a finder where no digit stands: most questions hold none, and it is most of the time spent."""

    @wraps(find)
    def find_where_digits(text: str) -> Iterable[Span]:
        return find(text) if _DIGIT.search(text) else ()

    return find_where_digits


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, of those that overlap the first and longest."""
    end = -1
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            yield span
            end = span[1]
