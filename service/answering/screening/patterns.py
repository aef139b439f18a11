"""Turns what stands in a rule file into a pattern that can be searched fast.

A pattern is a regular expression over whole words, with two shorthands: `<name>` stands for the cue
of that name, and `~3` for at most three words, which never reach into the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from .letters_needed import Needed, letters_needed

Cues = Mapping[str, Sequence[str]]
NEAR = 6  # words between the two of a pair

_CUE = re.compile(r"<([a-z_]+)>")
_GAP = re.compile(r"~(\d+) ")


@dataclass(frozen=True)
class Pattern:
    """A pattern over whole words, and the letters without which it cannot match."""

    source: str
    needed: Needed

    @cached_property
    def regex(self) -> re.Pattern[str]:
        # compiled when first looked for: nine hundred at once would hold up the start by a second
        return re.compile(rf"(?<!\w)(?:{self.source})(?!\w)")

    def possible(self, text: str) -> bool:
        # a plain loop: this runs some hundreds of times a question, and any() takes twice as long
        for letters in self.needed:
            if letters in text:
                return True
        return not self.needed

    def found(self, text: str) -> bool:
        return self.possible(text) and self.regex.search(text) is not None


def pattern(source: str, cues: Cues) -> Pattern:
    """Give the pattern that a line of a rule file describes."""
    return _made(_spelled_out(source, cues))


def pair(one: str, other: str, cues: Cues) -> Pattern:
    """Give the pattern of two things close to each other in a sentence, in either order."""
    return pattern(f"(?:{one}) ~{NEAR} (?:{other})|(?:{other}) ~{NEAR} (?:{one})", cues)


def nothing_but(sources: Iterable[str], cues: Cues) -> Pattern:
    """Give the pattern of a text that is made of these phrases and nothing else."""
    return _made(f"^(?:{_either(sources, cues)}(?: |$))+$")


def _either(sources: Iterable[str], cues: Cues) -> str:
    return "(?:" + "|".join(_spelled_out(source, cues) for source in sources) + ")"


def _spelled_out(source: str, cues: Cues) -> str:
    named = _CUE.sub(lambda found: _either(cues[found[1]], cues), source)
    return _GAP.sub(r"(?:\\w+ ){0,\1}", named)


@cache
def _made(source: str) -> Pattern:
    """Make a pattern once, however many rules share it."""
    return Pattern(source, letters_needed(source))
