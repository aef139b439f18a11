"""Sentences that the model writes for staff, checked one by one against the passages that it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.composers.llm.calling import Calls, NotAsked, Silent
from service.composers.llm.facts.material import Cited
from service.composers.llm.grounding import Grounded, grounded
from service.composers.llm.prompting import Told
from service.composers.llm.rewording import KeptBecause
from service.domain.answer import Dropped

STAFF_SITE = "redactie"  # whose budget it is
DUTCH = "nl"


@dataclass(frozen=True)
class NotWritten:
    """Nothing may be shown: `reason` is a NotAsked, a KeptBecause, or "fault" with its kind. `dropped` are the
    sentences that did not pass."""

    reason: str
    dropped: tuple[Dropped, ...] = ()


def write_checked(
    calls: Calls, asked: Told, passages: Sequence[Cited], restored: Callable[[str], str] = str
) -> Grounded | NotWritten:
    """What of the model's sentences the passages hold: at least one, or why there is none.

    Blocks: for a thread of its own. `restored` puts back what was taken out of a sentence before it was sent.
    """
    spoken = calls.ask_now(asked, STAFF_SITE)
    if isinstance(spoken, Silent):
        return NotWritten(spoken.reason)
    said = [replace(one, text=restored(one.text)) for one in spoken.said]
    found = grounded(said, passages, asked.tokens, DUTCH)
    if found.kept or (found.languages and not found.unknown):
        calls.breaker.went_well()
    else:  # one that speaks another language or names foreign sources is as broken as one that is away
        calls.breaker.failed()
    if not calls.allowed():
        return NotWritten(NotAsked.SWITCHED_OFF)
    return found if found.kept else NotWritten(KeptBecause.NOTHING_LEFT, found.dropped)
