"""Letters without which a pattern cannot match: looking for those first saves nearly all of the time.

A search for a pattern walks over a whole question; asking whether "brand" occurs in it at all takes a
hundredth of that. The letters are read off the pattern, so that whoever writes a rule need not think of it.
"""

from __future__ import annotations

import re

Needed = frozenset[str]
NOTHING: Needed = frozenset()

_LETTERS = re.compile("[a-zA-Z0-9 ]+")
_OTHER_THAN_A_GROUP = re.compile(r"\[[^\]]*\]|\\.|.")
_QUANTIFIER = re.compile(r"[?*+]|\{[^}]*\}")


def letters_needed(pattern: str) -> Needed:
    """Give pieces of text of which any match holds at least one; none when nothing can be said."""
    needed = _Reader(pattern).either()
    return frozenset(piece for piece in needed if not any(other in piece for other in needed - {piece}))


def worth(needed: Needed) -> tuple[int, int]:
    """Rank what is needed: long pieces are seldom there, and few are soon looked for."""
    return min(map(len, needed), default=0), -len(needed)


def start_of(piece: str) -> str:
    """Give the letters under which a piece is looked up: four, or two where it has no four."""
    return piece[:4] if len(piece) >= 4 else piece[:2]


def starts_in(text: str) -> set[str]:
    """Give every start that a piece somewhere in the text can have, the empty one among them."""
    places = range(len(text))
    return {text[i : i + 4] for i in places} | {text[i : i + 2] for i in places} | {*text, ""}


class _Reader:
    """Reads a pattern from left to right: alternatives are joined, of a sequence the best part is kept."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def either(self) -> Needed:
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        return frozenset().union(*ways) if all(ways) else NOTHING

    def _sequence(self) -> Needed:
        found: list[Needed] = []
        while self._pattern[self._at : self._at + 1] not in ("", "|", ")"):
            part = self._run() or self._part()
            found += [part] if self._must_be_there() else []
        return max(filter(None, found), key=worth, default=NOTHING)

    def _run(self) -> Needed:
        """Read letters; where the last of them has a quantifier, it is left for the next turn."""
        letters = _LETTERS.match(self._pattern, self._at)
        if letters is None:
            return NOTHING
        many = letters.end() - self._at > 1
        end = letters.end() - (many and _QUANTIFIER.match(self._pattern, letters.end()) is not None)
        run = self._pattern[self._at : end]
        self._at = end
        return frozenset({run})

    def _part(self) -> Needed:
        """Read a group, a set of characters or a class; only a plain group says what is needed."""
        if self._take("("):
            plain = self._take("?:")
            inner = self.either()
            self._take(")")
            return inner if plain else NOTHING
        other = _OTHER_THAN_A_GROUP.match(self._pattern, self._at)
        self._at = other.end() if other else self._at + 1
        return NOTHING

    def _must_be_there(self) -> bool:
        """Read the quantifier of what was just read, if any."""
        quantifier = _QUANTIFIER.match(self._pattern, self._at)
        if quantifier is None:
            return True
        self._at = quantifier.end()
        return quantifier[0][:2] not in ("?", "*", "{0")

    def _take(self, sign: str) -> bool:
        taken = self._pattern.startswith(sign, self._at)
        self._at += len(sign) if taken else 0
        return taken
