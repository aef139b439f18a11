"""Whose is it? The duos that own the texts that came closest, the likeliest first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from service.answering.unanswered import FoundText
from service.domain.productduo import Owner, Productduo
from service.duos.ownership import Ownership

OFFERED = 3
# a passage that scores this much less than the best one counts 1/e of it; chosen on the demo's questions
# (right duo first .787 by rank, .829 by this), `python -m evals gaps --questions evals/datasets/demo`
REACH = 0.05


def duos_for(found: Sequence[FoundText], ownership: Ownership) -> list[Productduo]:
    """At most three duos, the likeliest first: each passage votes for the duo of its text, as loudly as it
    fits the question."""
    best = max((text.scores[0] for text in found), default=0.0)
    votes: dict[str, float] = {}
    for text in found:
        duo = ownership.duo_of(text.products)
        if duo:
            loud = sum(math.exp((score - best) / REACH) for score in text.scores)
            votes[duo.id] = votes.get(duo.id, 0.0) + loud
    likeliest = sorted(votes, key=lambda id: -votes[id])[:OFFERED]
    return [duo for id in likeliest if (duo := ownership.duo(id))]


def owner_for(found: Sequence[FoundText], ownership: Ownership) -> Owner:
    """On whose list it comes: the likeliest duo's, else the department's of the first text that names one,
    else the coordinator's."""
    duos = duos_for(found, ownership)
    if duos:
        return Owner(duos[0].id, duos[0].department)
    for text in found:
        owner = ownership.owner_of((), text.owner)
        if owner.department:
            return owner
    return Owner()
