"""Before or after: an event that something has to precede is not one that it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.vocabulary import is_free, vocabulary

_FILL = r"(?: (?:de|het|een|uw|ons|onze|dat|die|deze|dit|u|wij|we|er|of|tijdens|or|during|dag van|datum van|the|your|our|a|you|we|it))*"
_AFTER = re.compile(rf"\b(?:na|nadat|sinds|achteraf|after|since){_FILL} (?P<event>[a-z]{{4,}})")
_BEFORE = re.compile(rf"\b(?:vóór|voordat|vooraf aan|before|until){_FILL} (?P<event>[a-z]{{4,}})")
# without its accents "voor" is mostly "for": a text that has it of the event says nothing against "before"
_MAYBE_BEFORE = re.compile(rf"\b(?:voor|vóór|voordat|tot|before|until){_FILL} (?P<event>[a-z]{{4,}})")

_BOTH = re.compile(r"\b(?:erna|ervoor|afterwards|beforehand)\b")  # "van 4 weken ervoor tot 5 dagen erna"


def reordered(sentence: str, places: Sequence[Unit], held: Material) -> Iterator[Doubt]:
    """After what the text or its nearest places have before, or before what they have after."""
    yield from _reordered(sentence, "\n".join(unit.whole for unit in places), held)
    yield from _reordered(sentence, "\n".join(unit.whole for unit in held.units), held)


def _reordered(sentence: str, text: str, held: Material) -> Iterator[Doubt]:
    if _BOTH.search(text):
        return
    after, before = _events(_AFTER, text, held.language), _events(_MAYBE_BEFORE, text, held.language)
    for event in _events(_AFTER, sentence, held.language):
        if _names(before, event, held) and not _names(after, event, held):
            yield Doubt(Reason.OPPOSITE, f"na {event}")
    for event in _events(_BEFORE, sentence, held.language):
        if _names(after, event, held) and not _names(before, event, held):
            yield Doubt(Reason.OPPOSITE, f"vóór {event}")


def _events(pattern: re.Pattern[str], text: str, language: str) -> list[str]:
    found = (folded(match["event"]) for match in pattern.finditer(text.lower()))
    return [event for event in found if not is_free(event, language)]


def _names(events: list[str], event: str, held: Material) -> bool:
    return bool(events) and vocabulary(" ".join(events), held.language).likeness(event) > 0
