"""What could not be answered, with all that a duo needs to see why."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.encoders.base import Encoded
from service.domain.answer import Candidate, Status

# outcomes that say: the texts fell short. Refusals, and questions of which it is not clear what is meant,
# say something of the question.
FELL_SHORT = frozenset({Status.NO_SOURCE, Status.LOW_CONFIDENCE})


@dataclass(frozen=True)
class FoundText:
    """A text that came close: "source:id", its products (UPL addresses) and its department. `scores`: how
    well its passages fit, best first, on the ranking's scale."""

    document: str
    title: str
    products: tuple[str, ...]
    owner: str
    scores: tuple[float, ...] = (0.0,)


@dataclass(frozen=True)
class Unanswered:
    """A question, made whole, that fell short. `shown` are the texts that were offered, `found` all that was
    found, best first.

    `encoded` is the question as the encoder read it; None when it was found by keywords only.
    """

    text: str
    status: Status
    probability: float
    shown: tuple[Candidate, ...]
    found: tuple[FoundText, ...]
    encoded: Encoded | None = None
