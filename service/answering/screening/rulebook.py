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
from .verdict import Verdict

_CUE = re.compile(r"<([a-z_]+)>")
_GAP = re.compile(r" ~(\d) ")


@dataclass(frozen=True)
class Rule:
    """A verdict, and when it is given. `words` is the most words the text may have."""

    name: str
    verdict: Verdict
    every: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    words: int

    def holds(self, text: str, seen: dict[re.Pattern[str], bool]) -> bool:
        return (
            text.count(" ") < self.words
            and all(_found(pattern, text, seen) for pattern in self.every)
            and not any(_found(pattern, text, seen) for pattern in self.none)
        )


def _found(pattern: re.Pattern[str], text: str, seen: dict[re.Pattern[str], bool]) -> bool:
    """Search a pattern once a text: rules share their cues, and a search is most of the time spent."""
    if pattern not in seen:
        seen[pattern] = pattern.search(text) is not None
    return seen[pattern]


class Rulebook:
    """The rules of some files, in order."""

    def __init__(self, *names: str) -> None:
        self.rules = tuple(rule for name in names for rule in _rules(mapping(name)))

    def first(self, text: str) -> Rule | None:
        """Give the first rule that holds for a text as `reading.read` gives it."""
        seen: dict[re.Pattern[str], bool] = {}
        return next((rule for rule in self.rules if rule.holds(text, seen)), None)


def _rules(content: Mapping[str, Any]) -> Iterator[Rule]:
    cues = {**mapping("cues")["cues"], **content.get("cues", {})}
    for group in content["groups"]:
        verdict = Verdict(Status(content["status"]), group["hint"], bool(group.get("firm", content["firm"])))
        not_in_group = group.get("none", ())
        for rule in group["rules"]:
            yield _rule(rule, verdict, not_in_group, cues)


def _rule(rule: Mapping[str, Any], verdict: Verdict, not_in_group: Iterable[str], cues: Mapping[str, Any]) -> Rule:
    every = [_pattern(source, cues) for source in rule.get("all", ())]
    if "only" in rule:
        every.append(_compiled(f"^(?:{_either(rule['only'], cues)}(?: |$))+$"))
    none = [_pattern(source, cues) for source in (*rule.get("none", ()), *not_in_group)]
    return Rule(rule["name"], verdict, tuple(every), tuple(none), int(rule.get("words", 500)))


def _pattern(source: str, cues: Mapping[str, Any]) -> re.Pattern[str]:
    return _compiled(rf"(?<!\w)(?:{_spelled_out(source, cues)})(?!\w)")


def _either(sources: Iterable[str], cues: Mapping[str, Any]) -> str:
    return "(?:" + "|".join(_spelled_out(source, cues) for source in sources) + ")"


def _spelled_out(source: str, cues: Mapping[str, Any]) -> str:
    named = _CUE.sub(lambda found: _either(cues[found[1]], cues), source)
    return _GAP.sub(r" (?:\\w+ ){0,\1}", named)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)
