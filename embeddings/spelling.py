"""Mends slips of the pen in a question: words that neither the dictionaries nor the texts know.

The encoder reads word pieces: "uitreksel" and "gevonde" fall into other pieces than the words that are
meant, and the right text is missed. A word is replaced by a word of the texts, or a common one, when one
letter differs (from seven letters on two, when it sounds nearly alike), and is left alone when it is known,
is made of two known words, or looks like a name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from embeddings.languages.base import folded

SHORTEST = 4  # letters: in a shorter word another letter makes another word
LONG, LONGER = 7, 10  # letters from which two may differ: when it sounds alike, or anyhow
COMMON = 1000  # times in the subtitles that the Dutch list was counted in: may be what was meant
KNOWN_PART = 300  # … and may be a part of a compound
_OPENING = frozenset({"hoe", "id"})  # short parts that people write to the next word: "hoelaat", "idkaart"
_FIRST_LETTER = 0.7  # people seldom miss the first one
_SOUNDS_ALIKE = 0.5
_OF_THE_TEXTS = 0.35

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS = (".", "!", "?", ":", "\n")
# as it sounds, roughly: what people write for one another in Dutch
_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("ij|y", "ei"), ("ou", "au"), ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("ti", "si"), ("ks", "x"),
        ("c", "k"), ("z", "s"), ("v", "f"), ("d$", "t"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip


class Spelling:
    """Knows the words of a library's texts, beside those of the dictionaries.

    `texts` is asked at the first word that no dictionary knows.
    """

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._meant = lru_cache(maxsize=4096)(self._nearest)

    def mended(self, text: str) -> str:
        """The text with its slips mended; the same text when there are none."""
        return _WORD.sub(lambda found: self._word(found[0], text[: found.start()].rstrip(" \"'(")), text)

    def prepare(self) -> None:
        """Count the words now, so that no question waits for it."""
        _ = self._by_length

    @cached_property
    def words(self) -> Mapping[str, int]:
        """The words of the texts, folded, with how often each stands there."""
        return Counter(
            word for text in self._texts() for word in _WORD.findall(folded(text)) if len(word) >= SHORTEST
        )

    def _word(self, word: str, before: str) -> str:
        plain = folded(word)
        begins = not before or before.endswith(_SENTENCE_ENDS)
        if len(plain) < SHORTEST or not plain.isalpha() or (word[0].isupper() and not begins):
            return word
        if plain in dictionary().known or plain in self.words:
            return word
        return self._meant(plain) or word

    def _nearest(self, plain: str) -> str | None:
        """The word that was meant, if any comes near enough."""
        most = 2 if len(plain) >= LONG and not self._is_compound(plain) else 1
        near = [
            word
            for words in (dictionary().by_length, self._by_length)
            for length in range(len(plain) - most, len(plain) + most + 1)
            for word in words.get(length, ())
        ]
        heard = sounds(plain)
        found = [
            (self._unlikeliness(plain, heard, word, distance), word)
            for word, distance, _ in process.extract(
                plain, near, scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if distance <= 1 or len(plain) >= LONGER or OSA.distance(heard, sounds(word)) <= 1
        ]
        return min(found)[1] if found else None

    def _unlikeliness(self, plain: str, heard: str, word: str, distance: float) -> float:
        """How unlikely it is that this was meant: letters apart, less for a word that is used much."""
        apart = min(distance, OSA.distance(heard, sounds(word)) + _SOUNDS_ALIKE)
        if word[0] != plain[0]:
            apart += _FIRST_LETTER
        here = self.words.get(word, 0)
        return (
            apart
            - (_OF_THE_TEXTS + 0.08 * math.log10(1 + here) if here else 0.0)
            - 0.1 * math.log10(1 + dictionary().common.get(word, 0) / 50)
        )

    def _is_compound(self, plain: str) -> bool:
        """Whether it is two known words written together, with or without an s between: "schoolpad"."""
        return any(
            self._is_part(plain[place:])
            and (
                self._is_part(plain[:place])
                or (plain[place - 1] == "s" and self._is_part(plain[: place - 1]))
            )
            for place in range(2, len(plain) - 3)
        )

    def _is_part(self, word: str) -> bool:
        if len(word) < SHORTEST:
            return word in _OPENING
        return word in self.words or dictionary().common.get(word, 0) >= KNOWN_PART

    @cached_property
    def _by_length(self) -> Mapping[int, list[str]]:
        return _by_length(self.words)


@dataclass(frozen=True)
class Dictionary:
    """`known`: Dutch and English words. `common`: how often the commoner Dutch ones were counted;
    `by_length`: the commonest of them."""

    known: frozenset[str]
    common: Mapping[str, int]
    by_length: Mapping[int, list[str]]


@cache
def dictionary() -> Dictionary:
    """The word lists of pyspellchecker, folded. The first call takes most of a second."""
    dutch = SpellChecker(language="nl").word_frequency.dictionary
    english = SpellChecker(language="en").word_frequency.dictionary
    common: Counter[str] = Counter()
    for word, times in dutch.items():
        if times >= KNOWN_PART and len(word) >= SHORTEST:
            common[folded(word)] += times
    known = frozenset(map(folded, dutch)) | frozenset(map(folded, english))
    return Dictionary(known, common, _by_length(word for word, times in common.items() if times >= COMMON))


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(len(word), []).append(word)
    return found


@lru_cache(maxsize=50_000)
def sounds(word: str) -> str:
    """Roughly how a Dutch word sounds: "leeftijt" and "leeftijd" give the same."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word
