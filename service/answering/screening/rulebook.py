"""Reads the rule files, and gives the first verdict that a text earns.

A rule is a small conjunction. It holds when every pattern of `all` is found, the two of `near` stand
close together, at least two of `two_of` are found, nothing is left beside the phrases of `only`, and
none of `none` is found: as many of these as the rule names. `words` is the most words it looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.answer import Status

from .files import mapping
from .letters_needed import start_of, starts_in, worth
from .patterns import Cues, Pattern, nothing_but, pair, pattern
from .verdict import Verdict

ANY_LENGTH = 500


@dataclass(frozen=True)
class Rule:
    """A verdict, and when it is given."""

    name: str
    verdict: Verdict
    every: tuple[Pattern, ...]
    two_of: tuple[Pattern, ...]
    none: tuple[Pattern, ...]
    words: int

    def holds(self, text: str) -> bool:
        return (
            all(pattern.possible(text) for pattern in self.every)
            and text.count(" ") < self.words
            and all(pattern.regex.search(text) for pattern in self.every)
            and (not self.two_of or sum(pattern.found(text) for pattern in self.two_of) > 1)
            and not any(pattern.found(text) for pattern in self.none)
        )

    def starts(self) -> frozenset[str]:
        """The beginnings of the letters that are needed; the empty one stands in every text."""
        needed = self.every[0].needed if self.every else frozenset()
        return frozenset(map(start_of, needed)) or frozenset({""})


class Rulebook:
    """The rules of some files, in order, with an index by the letters they need.

    Hundreds of rules would each look through the text; the index leaves the ten or twenty that may hold.
    """

    def __init__(self, *names: str) -> None:
        self.rules = tuple(rule for name in names for rule in _rules(mapping(name)))
        self._by_start: dict[str, set[int]] = {}
        for place, rule in enumerate(self.rules):
            for start in rule.starts():
                self._by_start.setdefault(start, set()).add(place)

    def first(self, text: str) -> Rule | None:
        """Give the first rule that holds for a text as `reading.read` gives it."""
        there = self._by_start.keys() & starts_in(text)
        places = sorted(set().union(*(self._by_start[start] for start in there)))
        return next((self.rules[place] for place in places if self.rules[place].holds(text)), None)

    def verdict(self, text: str) -> Verdict | None:
        """Give the verdict of the first rule that holds."""
        rule = self.first(text)
        return rule.verdict if rule else None


def _rules(content: Mapping[str, Any]) -> Iterator[Rule]:
    cues: Cues = {**mapping("cues")["cues"], **content.get("cues", {})}
    for group in content["groups"]:
        verdict = Verdict(Status(content["status"]), group["hint"], bool(content["firm"]))
        for rule in group["rules"]:
            yield _rule(rule, verdict, group.get("none", ()), cues)


def _rule(rule: Mapping[str, Any], verdict: Verdict, not_in_group: Iterable[str], cues: Cues) -> Rule:
    # what is seldom there is looked for first
    every = sorted(_every(rule, cues), key=lambda wanted: worth(wanted.needed), reverse=True)
    none = (pattern(source, cues) for source in (*rule.get("none", ()), *not_in_group))
    two_of = (pattern(source, cues) for source in rule.get("two_of", ()))
    return Rule(
        rule["name"], verdict, tuple(every), tuple(two_of), tuple(none), rule.get("words", ANY_LENGTH)
    )


def _every(rule: Mapping[str, Any], cues: Cues) -> Iterator[Pattern]:
    for source in rule.get("all", ()):
        yield pattern(source, cues)
    if "near" in rule:
        one, other = rule["near"]
        yield pair(one, other, cues)
    if "only" in rule:
        yield nothing_but(rule["only"], cues)
