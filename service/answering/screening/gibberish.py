"""Tells keys hit at random from words, by letters alone: no dictionary knows every name and slip."""

from __future__ import annotations

import re

from .files import lines
from .reading import fold

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[a-z]+")
_VOWEL = re.compile("[aeiouy]")
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{6,}")
_PAIRS = re.compile(r"^([a-z]{1,3})\1{2,}[a-z]{0,2}$")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN = 4  # neighbouring keys in a row; "proper" has three of them

SHORTEST = 4  # shorter words say nothing: "wmo", "brp" and "kvk" are words here
SHARE = 0.5  # of the letters: below it a question holds enough to search for
UNSEEN = 0.5  # of a word's letter triples

_TRIPLES = frozenset(triple for line in lines("letter_triples.txt") for triple in line.split())
_KNOWN = frozenset(lines("abbreviations.txt"))
_RUNS = frozenset(
    row[i : i + _RUN][::step] for row in _ROWS for i in range(len(row) - _RUN + 1) for step in (1, -1)
)


def is_gibberish(text: str) -> bool:
    """Say whether a text holds no words: signs only, or mostly letters as no language puts them."""
    words = _WORD.findall(fold(text))
    if not words:
        return True
    if not all(_LATIN.fullmatch(word) for word in words):
        return False  # another script: nothing here can judge it
    judged = [word for word in words if len(word) >= SHORTEST and word not in _KNOWN]
    odd = [word for word in judged if _is_hammered(word) or _is_unlike_words(word)]
    return any(map(_is_hammered, odd)) and _letters(odd) >= SHARE * _letters(judged)


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _is_hammered(word: str) -> bool:
    """Say whether a word bears the marks of a hand on the keyboard rather than of a slip."""
    return bool(
        not _VOWEL.search(word)
        or (_CONSONANTS.search(word) and _is_unlike_words(word))  # "krachtstroom" is a word
        or _PAIRS.match(word)
        or _on_neighbouring_keys(word) >= 0.6
    )


def _on_neighbouring_keys(word: str) -> float:
    """Give the share of the letters that lie in a run over neighbouring keys: all of "asdfgh"."""
    starts = [i for i in range(len(word) - _RUN + 1) if word[i : i + _RUN] in _RUNS]
    covered = {place for start in starts for place in range(start, start + _RUN)}
    return len(covered) / len(word)


def _is_unlike_words(word: str) -> bool:
    padded = f"_{word}_"
    triples = [padded[i : i + 3] for i in range(len(padded) - 2)]
    return sum(triple not in _TRIPLES for triple in triples) >= UNSEEN * len(triples)
