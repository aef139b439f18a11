"""Mends the spellings people really use: "mn", "nix", and one slip in a long word that the rules need."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .files import mapping

SHORTEST = 7  # in a shorter word one other letter too often makes another word

# Letters that are taken for each other: they sound alike, or lie side by side. Any other wrong letter makes
# another word as easily: "gelezen" is no slip of "geleden", nor "geslapen" of "geslagen".
_ALIKE = frozenset(
    frozenset(two)
    for two in ("dt", "sz", "fv", "iy", "ck", "cs", "ae", "ei", "ou", "bp", "gh", "kq", "eu", "ao")
) | frozenset(
    frozenset(row[i : i + 2]) for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for i in range(len(row) - 1)
)


def _variants() -> dict[str, str]:
    return {
        variant: right for right, variants in mapping("spelling")["variants"].items() for variant in variants
    }


def _shortened(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _reachable() -> dict[str, str]:
    """Every word with at most one letter less, by what is left of it."""
    return {
        left: word
        for word in mapping("spelling")["long_words"]
        if len(word) >= SHORTEST
        for left in _shortened(word)
    }


_VARIANTS = _variants()
_LONG_WORDS = frozenset(mapping("spelling")["long_words"])
_REACHABLE = _reachable()


@lru_cache(maxsize=4096)
def mend(word: str) -> str:
    """Give the word as the rules spell it; a word they do not know stays as it is."""
    if word in _VARIANTS:
        return _VARIANTS[word]
    if len(word) < SHORTEST - 1 or word in _LONG_WORDS:
        return word
    near = (_REACHABLE[left] for left in _shortened(word) if left in _REACHABLE)
    return next((right for right in near if _one_slip(word, right)), word)


def _one_slip(word: str, right: str) -> bool:
    """Say whether one letter was left out, added or mistaken, or two changed places, after the first."""
    if word[0] != right[0] or abs(len(word) - len(right)) > 1:
        return False
    start = _common(word, right)
    rest, meant = word[start:], right[start:]
    return rest[1:] == meant or rest == meant[1:] or _mistaken(rest, meant) or _swapped(rest, meant)


def _mistaken(rest: str, meant: str) -> bool:
    return rest[1:] == meant[1:] and frozenset(rest[:1] + meant[:1]) in _ALIKE


def _swapped(rest: str, meant: str) -> bool:
    return len(rest) > 1 and rest[:2] == meant[1::-1] and rest[2:] == meant[2:]


def _common(word: str, right: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right))
    )
