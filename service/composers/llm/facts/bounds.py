"""How words around a number bound it: from, up to, within, after."""

from __future__ import annotations

import re
from enum import StrEnum


class Bound(StrEnum):
    """Which side of the value is meant."""

    NONE = ""
    FROM = "from"  # this or more
    ABOVE = "above"
    UP_TO = "up to"  # this or less
    BELOW = "below"
    WITHIN = "within"
    AFTER = "after"


_BEFORE: tuple[tuple[Bound, str], ...] = (
    (Bound.WITHIN, r"(?:niet|nooit|not|never) (?:\w+ )?(?:langer|longer) (?:\w+ )?(?:dan|than)"),
    (Bound.UP_TO, r"(?:niet|nooit|niemand|no|not|never) (?:\w+ ){0,3}?(?:meer|langer|ouder|hoger|groter|breder|zwaarder|later|verder|more|longer|older|higher|later) (?:\w+ )?(?:dan|than)"),
    (Bound.FROM, r"(?:niet|no|not) (?:\w+ )?(?:minder|korter|jonger|lager|kleiner|eerder|less|fewer|younger|lower|earlier) (?:\w+ )?(?:dan|than)|niet voor|not before|al(?! (?:om|op)\b)"),
    (Bound.UP_TO, r"niet na|not after"),
    (Bound.ABOVE, r"(?:meer|langer|ouder|hoger|groter|breder|zwaarder|later|more|longer|older|higher) (?:\w+ )?(?:dan|than)|boven(?: de| het)?|above|over the|over(?= €)"),
    (Bound.BELOW, r"(?:minder|korter|jonger|lager|kleiner|eerder|less|fewer|younger|lower|earlier) (?:\w+ )?(?:dan|than)|onder(?: de| het)?|nog geen|under|below"),
    (Bound.FROM, r"vanaf|minimaal|minstens|ten minste|tenminste|op zijn minst|op zijn vroegst|op z'n vroegst|vroegst|minimum(?: van)?|at least|from|starting at|sinds|since"),
    (Bound.UP_TO, r"grens(?: is| op| van| bedraagt)?|tot en met|t/m|maximaal|hooguit|hoogstens|ten hoogste|maximum(?: van)?|uiterlijk(?: op| om)?|nog maar|at most|up to|at the latest|through|no later than"),
    (Bound.WITHIN, r"binnen(?: de)?|within"),
    (Bound.AFTER, r"na|after|over"),
    (Bound.WITHIN, r"tussentot"),
    (Bound.BELOW, r"tot|before|until|till|by|to|\d+(?: uur)? ?[–—-]"),
)  # fmt: skip
_AFTER: tuple[tuple[Bound, str], ...] = (
    (Bound.FROM, r"(?:\w+ )?(?:of|en|or|and) (?:ouder|meer|hoger|langer|later|groter|older|more|higher|longer)|en op(?! \w)|\+|plus"),
    (Bound.FROM, r"[–—-] ?\d"),
    (Bound.UP_TO, r"(?:(?:a|per|each) \w+ )?at (?:the )?most"),
    (Bound.FROM, r"(?:(?:a|per|each) \w+ )?at least"),
    (Bound.UP_TO, r"(?:\w+ )?(?:of|en|or|and) (?:jonger|minder|lager|korter|eerder|younger|less|lower|fewer)"),
)  # fmt: skip
_BOUND_BEFORE = tuple(
    (
        bound,
        re.compile(
            rf"(?:^|[\W_])(?:{way})(?: (?:een|de|het|uw|a|an|the|your) [a-z-]+ (?:van|of))?"
            rf"(?: (?:de|het|the|om|op|ongeveer|een|a|jaar|dag|week|maand|leeftijd))? ?$"
        ),
    )
    for bound, way in _BEFORE
)
_BOUND_AFTER = tuple((bound, re.compile(rf"^ ?(?:{way})")) for bound, way in _AFTER)
_EARLIER = re.compile(r"(?:^|[\W_])(?<!geldt )(?<!gelden )(?<!ook )voor(?: (?:de|het|op|ongeveer))? ?$")
_RANGE = re.compile(r"(?:^|\W)(?:van|from)(?: de| the)? ?$")
_THROUGH = re.compile(
    r"^(?: (?:jaar|uur|years?|[a-z]{3,9}(?: (?:19|20)\d\d)?))? (?:tot|t/m|to|until|through)\b"
)
_OPENS = re.compile(r"\b(?:open|opent|gaan? open|begint|beginnen|start|starts|opens|van|from)\b[^,;.]*$")
_CLOSES = re.compile(r"\b(?:sluit|sluiten|dicht|closes?|stopt|eindigt)\b[^,;.]*$")


def bound_of(before: str, after: str, *, in_time: bool = True) -> Bound:
    """How a number is bounded by the words around it. Only before a point `in_time` is "voor" a bound: a
    grave "voor 20 jaar" costs what it costs."""
    for bound, pattern in _BOUND_AFTER:
        if pattern.match(after):
            return bound
    found = next((bound for bound, pattern in _BOUND_BEFORE if pattern.search(before)), Bound.NONE)
    if found is Bound.NONE and _RANGE.search(before) and _THROUGH.search(after):
        return Bound.FROM
    return Bound.BELOW if found is Bound.NONE and in_time and _EARLIER.search(before) else found


def side_of(before: str) -> Bound:
    """Which end of opening hours a bare time is, by what stands before it."""
    if _OPENS.search(before):
        return Bound.FROM
    return Bound.BELOW if _CLOSES.search(before) else Bound.NONE
