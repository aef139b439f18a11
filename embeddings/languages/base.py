"""How a language turns a text into terms: folded, stopped, stemmed."""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:[.,:][0-9]+)*")
_MARKS = re.compile(r"[\u0300-\u036f]")


class Language(Protocol):
    """`code` is ISO 639-1. `terms` keeps the order and repeats of the text."""

    @property
    def code(self) -> str: ...

    def terms(self, text: str) -> list[str]: ...


class SnowballLanguage:
    """Terms by a Snowball stemmer (PyStemmer), on both sides: texts and questions share theirs."""

    def __init__(self, code: str, stemmer: str, stop_words: frozenset[str]) -> None:
        self.code = code
        self._stemmer = Stemmer.Stemmer(stemmer)
        self._stop_words = stop_words

    def terms(self, text: str) -> list[str]:
        words = [word for word in _WORD.findall(folded(text)) if word not in self._stop_words]
        return list(self._stemmer.stemWords(words))


def folded(text: str) -> str:
    """Lower case without accents: "financiële" and "financiele" are one word to a resident."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
