"""Finds bank accounts and payment cards."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from .finding import Span, needs_digits

_DUTCH_IBAN = re.compile(
    r"(?<![A-Z0-9])NL[ .\-]{0,3}[0-9][ ]?[0-9][ .\-]{0,3}(?:[A-Z][ .\-]?){4}(?:[ .\-]{0,3}[0-9]){8,11}"
    r"(?![0-9])",
    re.IGNORECASE,
)
_IBAN_LIKE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}[ .\-]?[0-9][ ]?[0-9](?:[ .\-]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE
)
_ACCOUNT_AFTER_CUE = re.compile(
    r"\b(?:iban|(?:bank)?rek(?:ening)?\.?\s?-?(?:nummer|nr|no)|bankrekening|rekening|giro(?:nummer"
    r"|rekening)?|account number"
    r"|bank account)\b[^0-9\ue000]{0,25}?(?<![A-Z])((?:[A-Z]{2}[ .\-]?)?[0-9]"
    r"(?:[ .\-]{0,2}[A-Z]{0,4}[ .\-]{0,2}[0-9]){5,26})(?![0-9])(?!\s?(?:euro|eur\b|,-))",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:[A-Za-z]{2}[ .\-]?)?[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2}(?![0-9])")
_CARD_LIKE = re.compile(r"(?<![0-9])[0-9](?:[ .\-]{0,2}[0-9]){12,18}(?![0-9])")
_CARD_CUE = re.compile(r"card|kaart|\w*pas\b|visa|master|maestro|amex|pasnummer", re.IGNORECASE)
_IN_FOURS = re.compile(r"[0-9]{4}(?:[ .\-][0-9]{4}){3}")


@needs_digits
def find_accounts(text: str) -> Iterator[Span]:
    """Yield IBANs of any country and spacing, and any number called an account."""
    yield from (*_dutch(text), *_foreign(text))
    if not _DUTCH_IBAN.search(text):
        yield from (found.span(1) for found in _ACCOUNT_AFTER_CUE.finditer(text) if _is_account(found))


def _is_account(found: re.Match[str]) -> bool:
    return "€" not in found[0] and not _DATE.match(found[1])


def _dutch(text: str) -> Iterator[Span]:
    # By its shape, not by its check digits: a mistyped IBAN still points at one person.
    yield from (found.span() for found in _DUTCH_IBAN.finditer(text))


def _foreign(text: str) -> Iterator[Span]:
    for found in _IBAN_LIKE.finditer(text):
        length = _valid_length(found[0])
        if length and not _DUTCH_IBAN.match(text, found.start()):
            yield found.start(), found.start() + length


def _valid_length(candidate: str) -> int:
    """Length of the longest valid IBAN the candidate starts with; the words behind it are no part of it."""
    ends = [place + 1 for place, letter in enumerate(candidate) if letter.isalnum()]
    return next(
        (end for end in reversed(ends[14:]) if iban.is_valid(candidate[:end], check_country=False)), 0
    )


@needs_digits
def find_cards(text: str) -> Iterator[Span]:
    """Yield card numbers: by Luhn, by the print in fours, or because the writer says card."""
    for found in _CARD_LIKE.finditer(text):
        if _is_card(found[0]) or _CARD_CUE.search(text[: found.start()]):
            yield found.span()


def _is_card(number: str) -> bool:
    return bool(_IN_FOURS.fullmatch(number)) or luhn.is_valid(re.sub(r"[^0-9]", "", number))
