"""Which words of a sentence are known from a passage: by stem, lemma, compound, or a word that is alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import simplemma
import Stemmer

from embeddings.languages.base import folded

LISTS = Path(__file__).with_name("words")
_STEMMERS = {"nl": "dutch", "en": "english"}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# "haalt … op" and "ophalen" are one verb
PARTICLES = (
    "terug", "binnen", "samen", "langs", "klaar", "open", "dicht", "leeg", "door", "over", "voor", "vast", "neer",
    "mee", "aan", "uit", "toe", "weg", "bij", "op", "af", "in", "na", "om",
)  # fmt: skip
_APART = re.compile(  # "op te halen"; "om te halen" and "door te bellen" are two words
    rf"\b({'|'.join(part for part in PARTICLES if part not in ('om', 'door', 'na', 'voor'))}) te ([a-z]{{3,}}en)\b"
)
_SHORTEST_PART = 4
MOST_ASKED = 2_000  # words are kept of one text
# letters that are words, or what an apostrophe leaves; any other one names something: "zone A"
_LETTERS = {"nl": frozenset("ujmnst"), "en": frozenset("aidmst")}


@lru_cache(maxsize=50_000)
def keys_of(word: str, language: str) -> frozenset[str]:
    """The forms under which a word is looked up: stem, stem of its lemma, that without a verb's particle."""
    lemma = folded(simplemma.lemmatize(folded(word), lang=language))
    bare = (_stemmer(language).stemWord(form) for form in _without_particle(lemma, language))
    return plain_keys(word, language).union(bare)


@lru_cache(maxsize=50_000)
def plain_keys(word: str, language: str) -> frozenset[str]:
    plain = folded(word)
    forms = {plain, folded(simplemma.lemmatize(plain, lang=language))}
    return frozenset(_stemmer(language).stemWord(form) for form in forms)


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded; figures are no words."""
    return WORD.findall(_APART.sub(r"\1\2", folded(text)))


@lru_cache(maxsize=20_000)
def is_free(word: str, language: str) -> bool:
    """Whether a word asserts nothing by itself."""
    return word in _LETTERS[language] or word in free_words(language)


@cache
def free_words(language: str) -> frozenset[str]:
    return frozenset(folded(word) for line in _lines(f"free_{language}.txt") for word in line.split())


@lru_cache(maxsize=50_000)
def alike(word: str, language: str) -> frozenset[str]:
    """The keys of the words that this one may stand for."""
    table = _alike(language)
    return frozenset(other for key in plain_keys(word, language) for other in table.get(key, ()))


@dataclass(frozen=True)
class Vocabulary:
    """The words of a text. `keys` are all forms of them, `words` the words themselves."""

    language: str
    keys: frozenset[str]
    words: frozenset[str]

    # what was looked up before; it lives as long as the text
    _asked: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def knows(self, word: str) -> bool:
        """Whether the text holds this word, another form of it, or one that it may stand for."""
        if word not in self._asked:
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            self._asked[word] = self._holds(word) or self._has_alike(word) or self._knows_parts(word)
        return self._asked[word]

    def likeness(self, word: str) -> float:
        """How much like a word of the text: 1 for the same, less for one that may stand for it."""
        return 1.0 if self._holds(word) else 0.5 if self.knows(word) else 0.0

    def _holds(self, word: str) -> bool:
        return not self.keys.isdisjoint(keys_of(word, self.language))

    def _has_alike(self, word: str) -> bool:
        return not self.keys.isdisjoint(alike(word, self.language))

    def _knows_parts(self, word: str) -> bool:
        """A part of a compound of the text, or a compound of words of the text."""
        if self.language != "nl" or len(word) < _SHORTEST_PART:
            return False
        forms = {*keys_of(word, self.language), *_roots(word)}
        stems = [key for key in forms if len(key) >= _SHORTEST_PART]
        if any(_is_part(stem, other) for stem in stems for other in self.words if len(other) > len(stem) + 2):
            return True
        return any(self._holds_part(head) and self._holds_part(tail) for head, tail in _halves(word))

    def _holds_part(self, part: str) -> bool:
        return self._holds(part) or self._has_alike(part)


def vocabulary(text: str, language: str) -> Vocabulary:
    """The vocabulary of a text."""
    words = frozenset(words_of(text))
    parts = frozenset(part for word in words for part in re.split(r"['’-]", word) if len(part) > 2)
    keys = frozenset(key for word in words | parts for key in keys_of(word, language))
    return Vocabulary(language, keys, words)


def content_of(words: Iterable[str], language: str) -> list[str]:
    """The words that assert something."""
    return [word for word in words if not is_free(word, language)]


@lru_cache(maxsize=20_000)
def _roots(word: str) -> tuple[str, ...]:
    """What a verb is in a compound: "kopen" is "koop" in "koopwoning", "reizen" is "reis"."""
    lemma = folded(simplemma.lemmatize(word, lang="nl"))
    match = re.fullmatch(r"([a-z]*?)([aeiou]{1,2})([bcdfghklmnprstvwz])en", lemma)
    if not match:
        return ()
    before, vowel, after = match.groups()
    double = vowel * 2 if len(vowel) == 1 and vowel != "i" else vowel
    return (before + double + {"v": "f", "z": "s"}.get(after, after),)


def _is_part(stem: str, word: str) -> bool:
    """Head or tail of a compound; the tail may be inflected."""
    if word.startswith(stem):
        return True
    at = word.rfind(stem)
    return at >= 3 and len(word) - at - len(stem) <= 2


@lru_cache(maxsize=20_000)
def _halves(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(_cut(word))


def _cut(word: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a compound in two, a joining s or en left out."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:at], word[at:].lstrip("-")
        yield head.rstrip("-"), tail
        if tail.startswith("s") and len(tail) > _SHORTEST_PART:
            yield head, tail[1:]
        if head.endswith("s") and len(head) > _SHORTEST_PART:
            yield head[:-1], tail


def _without_particle(lemma: str, language: str) -> Iterator[str]:
    if language != "nl" or not lemma.endswith("en"):
        return
    for particle in PARTICLES:
        if lemma.startswith(particle) and len(lemma) - len(particle) >= 5:
            yield lemma[len(particle) :]
            return


@cache
def _alike(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _lines(f"alike_{language}.txt"):
        for left, right in _pairs(line):
            for key in plain_keys(left, language):
                table.setdefault(key, set()).update(plain_keys(right, language))
    return {key: frozenset(others) for key, others in table.items()}


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    if ":" in line:
        left, _, rest = line.partition(":")
        yield from ((word, other) for word in left.split() for other in rest.split())
        return
    group = [word.strip() for word in line.split("=")]
    yield from ((one, other) for one in group for other in group if one != other and " " not in one + other)


def _lines(name: str) -> list[str]:
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])
