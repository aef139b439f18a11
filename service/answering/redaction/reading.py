"""The text as the finders read it: every character at its own place, look-alikes made alike."""

import re

from .finding import PersonalDataKind, Span

# Neither letter, digit, space nor punctuation: no pattern matches across it.
HIDDEN = "\ue000"

_PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in PersonalDataKind))


def _same_length_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: "-" for code in (*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63)}
    table |= {code: " " for code in (0x9, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)}
    table |= {code: "'" for code in (0x60, 0xB4, 0x2BC, 0x2018, 0x2019)}
    table |= {code: '"' for code in (0x201C, 0x201D, 0x201E)}
    for zero in (0x660, 0x6F0):
        table |= {zero + digit: str(digit) for digit in range(10)}
    return table


_SAME_LENGTH = _same_length_table()


def legible(text: str) -> str:
    """Give the text with one kind of dash, space, quote and digit, and earlier placeholders hidden."""
    return _PLACEHOLDER.sub(lambda found: HIDDEN * len(found[0]), text.translate(_SAME_LENGTH))


def hide(text: str, span: Span) -> str:
    """Give the text with one span made unreadable, everything else at its place."""
    start, end = span
    return text[:start] + HIDDEN * (end - start) + text[end:]


def before(text: str, place: int, reach: int) -> str:
    """Give what stands shortly before a place, back to what is hidden: a placeholder has no fixed length."""
    return text[max(0, place - reach) : place].rpartition(HIDDEN)[2]


def behind(text: str, place: int, reach: int) -> str:
    """Give what stands shortly behind a place, up to what is hidden."""
    return text[place : place + reach].partition(HIDDEN)[0]
