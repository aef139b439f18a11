"""A question as the rules read it: lower case, no accents, everyday spellings mended, sentences apart."""

from __future__ import annotations

import re
import unicodedata

from .spelling import mend

# Letters that Unicode does not take apart, as somebody without that key would type them.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_ASKS = re.compile(r"[.!;:\n…]*\?[.?!;:\n…]*")
_ENDS = re.compile(r"[.!;:\n…]+")
_NO_WORD = re.compile(r"[^\w.?]+")
_LONG = re.compile(r"([a-z])\1{2,}")


def fold(text: str) -> str:
    """Give the text in lower case without accents: "Suïcidaal" is typed as "suicidaal" too."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def read(text: str) -> str:
    """Give the words of a text with single spaces, and " . " or " ? " where a sentence ends.

    Commas and brackets are gone: a rule that looks a few words further may look past them, but
    never into the next sentence.
    """
    folded = _APOSTROPHES.sub("", _IN_NUMBER.sub("", fold(text)))
    marked = _ENDS.sub(" . ", _ASKS.sub(" ? ", folded))
    words = _NO_WORD.sub(" ", marked).split()
    return " ".join(mend(_LONG.sub(r"\1\1", word)) for word in words)
