"""Takes personal data out of what residents write, before anything is stored, logged or embedded."""

from . import bank, birth_dates, bsn, login_codes, mail, names, phones, plates, postcodes, references, streets
from .finding import Finder, Finding, PersonalDataKind, Redacted, apart
from .reading import hide, legible
from .words import is_ordinary

__all__ = ["Finding", "PersonalDataKind", "Redacted", "redact", "warm_up"]

# The order decides who may claim digits first: what a word announces goes before what a shape suggests.
_FINDERS: tuple[tuple[PersonalDataKind, Finder], ...] = (
    (PersonalDataKind.EMAIL, mail.find_addresses),
    (PersonalDataKind.BSN, bsn.find_announced),
    (PersonalDataKind.IBAN, bank.find_accounts),
    (PersonalDataKind.LOGIN_CODE, login_codes.find),
    (PersonalDataKind.LICENCE_PLATE, plates.find),
    (PersonalDataKind.BIRTH_DATE, birth_dates.find_announced),
    (PersonalDataKind.CASE_NUMBER, references.find),
    (PersonalDataKind.PAYMENT_CARD, bank.find_cards),
    (PersonalDataKind.PHONE, phones.find),
    (PersonalDataKind.BSN, bsn.find_bare),
    (PersonalDataKind.POSTCODE, postcodes.find),
    (PersonalDataKind.ADDRESS, streets.find),
    (PersonalDataKind.BIRTH_DATE, birth_dates.find_bare),
    (PersonalDataKind.NAME, names.find),
)


def redact(text: str, colleagues: bool = False) -> Redacted:
    """Give the text with a readable placeholder wherever a person could be recognised.

    With `colleagues` names stay: staff write to each other by name.
    """
    findings = _findings(legible(text))
    if colleagues:
        findings = tuple(each for each in findings if each.kind is not PersonalDataKind.NAME)
    return Redacted(_with_placeholders(text, findings), findings)


def warm_up() -> None:
    """Load the dictionary and the telephone plan now (most of a second), not at the first question."""
    redact("Heeft Xhevdet 0031612345678 gebeld?")
    is_ordinary("xhevdet")


def _findings(text: str) -> tuple[Finding, ...]:
    # Hiding one thing can uncover another; redacting twice changes nothing only after a round without any.
    found: list[Finding] = []
    while new := _one_round(text):
        found += new
        for finding in new:
            text = hide(text, (finding.start, finding.end))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _one_round(text: str) -> list[Finding]:
    found: list[Finding] = []
    for kind, find in _FINDERS:
        for start, end in list(apart(find(text))):
            found.append(Finding(kind, start, end))
            text = hide(text, (start, end))
    return found


def _with_placeholders(text: str, findings: tuple[Finding, ...]) -> str:
    pieces: list[str] = []
    position = 0
    for finding in findings:
        pieces += (text[position : finding.start], finding.kind.placeholder)
        position = finding.end
    return "".join((*pieces, text[position:]))
