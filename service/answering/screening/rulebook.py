"""Reads the rule files, and gives the first verdict that a text earns.

A rule is a small conjunction: every pattern of `all` is found and none of `none`; or the text is
made of the phrases of `only` and nothing else. Patterns are regular expressions over whole words,
with two shorthands: `<name>` stands for the cue of that name, and `~3` for at most three words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from service.domain.answer import Status

from .files import mapping
from .letters_needed import Needed, letters_needed, worth
from .verdict import Verdict

_CUE = re.compile(r"<([a-z_]+)>")
_GAP = re.compile(r"~(\d+) ")


@dataclass(frozen=True)
class Pattern:
    """A pattern over whole words, and the letters without which it cannot match."""

    regex: re.Pattern[str]
    needed: Needed

    def possible(self, text: str) -> bool:
        # a plain loop: this runs some hundreds of times a question, and any() takes twice as long
        for letters in self.needed:
            if letters in text:
                return True
        return not self.needed

    def found(self, text: str) -> bool:
        return self.possible(text) and self.regex.search(text) is not None


@dataclass(frozen=True)
class Rule:
    """A verdict, and when it is given. `words` is the most words the text may have."""

    name: str
    verdict: Verdict
    every: tuple[Pattern, ...]
    none: tuple[Pattern, ...]
    words: int

    def holds(self, text: str) -> bool:
        return (
            all(pattern.possible(text) for pattern in self.every)
            and text.count(" ") < self.words
            and all(pattern.regex.search(text) for pattern in self.every)
            and not any(pattern.found(text) for pattern in self.none)
        )


class Rulebook:
    """The rules of some files, in order."""

    def __init__(self, *names: str) -> None:
        self.rules = tuple(rule for name in names for rule in _rules(mapping(name)))

    def first(self, text: str) -> Rule | None:
        """Give the first rule that holds for a text as `reading.read` gives it."""
        return next((rule for rule in self.rules if rule.holds(text)), None)

    def verdict(self, text: str) -> Verdict | None:
        """Give the verdict of the first rule that holds."""
        rule = self.first(text)
        return rule.verdict if rule else None


def _rules(content: Mapping[str, Any]) -> Iterator[Rule]:
    cues = {**mapping("cues")["cues"], **content.get("cues", {})}
    for group in content["groups"]:
        verdict = Verdict(Status(content["status"]), group["hint"], bool(group.get("firm", content["firm"])))
        not_in_group = group.get("none", ())
        for rule in group["rules"]:
            yield _rule(rule, verdict, not_in_group, cues)


def _rule(
    rule: Mapping[str, Any], verdict: Verdict, not_in_group: Iterable[str], cues: Mapping[str, Any]
) -> Rule:
    every = [_pattern(_spelled_out(source, cues)) for source in rule.get("all", ())]
    if "only" in rule:
        every.append(_pattern(f"^(?:{_either(rule['only'], cues)}(?: |$))+$"))
    none = [_pattern(_spelled_out(source, cues)) for source in (*rule.get("none", ()), *not_in_group)]
    every.sort(key=lambda pattern: worth(pattern.needed), reverse=True)  # what is seldom there goes first
    return Rule(rule["name"], verdict, tuple(every), tuple(none), int(rule.get("words", 500)))


def _either(sources: Iterable[str], cues: Mapping[str, Any]) -> str:
    return "(?:" + "|".join(_spelled_out(source, cues) for source in sources) + ")"


def _spelled_out(source: str, cues: Mapping[str, Any]) -> str:
    named = _CUE.sub(lambda found: _either(cues[found[1]], cues), source)
    return _GAP.sub(r"(?:\\w+ ){0,\1}", named)


@cache
def _pattern(source: str) -> Pattern:
    """Compile a pattern once, however many rules share it."""
    return Pattern(re.compile(rf"(?<!\w)(?:{source})(?!\w)"), letters_needed(source))
