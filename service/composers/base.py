"""What a composer gives: sentences, each with the passage it was taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.document import Hit, Marked


@dataclass(frozen=True)
class MarkedHit:
    """A found passage with its quotable units and how well each fits the question."""

    hit: Hit
    marks: tuple[Marked, ...]


@dataclass(frozen=True)
class DraftSentence:
    """A sentence that `cite` still has to check against its passage."""

    text: str
    hit: Hit


class Composer(Protocol):
    """A draft out of the passages of one document, best first. An empty draft means: no answer in them."""

    def compose(self, passages: Sequence[MarkedHit]) -> tuple[DraftSentence, ...]: ...
