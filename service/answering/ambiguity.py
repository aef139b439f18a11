"""One question, more than one text that it may be about: then we ask which one is meant.

A short question whose words stand in the titles of several texts, of which none is clearly ahead. The
numbers were chosen on the even lines of evals/datasets/dialogue/ambiguous.jsonl, see DECISIONS.md.
"""

from __future__ import annotations

from embeddings.document import FoundDocument
from service.answering.retrieve import Evidence

MOST = 4  # choices: more cannot be read out on the telephone
LONGEST = 14  # tokens: who says more has said which one
AHEAD = 0.04  # in score: a text this far ahead of the next is the one that is meant
NEAR = 0.06  # in score: a text further behind the first is no choice
IN_TITLE = 0.45  # how well the words of the question are met in a title, on the whole


def choices(evidence: Evidence) -> tuple[FoundDocument, ...]:
    """The two to four texts that the question may be about, best first; none when it is clear."""
    documents = evidence.documents
    encoded = evidence.found.encoded
    if encoded is None or len(encoded.states) > LONGEST or len(documents) < 2:
        return ()
    first, second = documents[:2]
    if first.score - second.score >= AHEAD or not all(_named(evidence, each) for each in (first, second)):
        return ()
    near = [each for each in documents[:MOST] if first.score - each.score < NEAR]
    return tuple(each for each in near if _named(evidence, each))


def _named(evidence: Evidence, document: FoundDocument) -> bool:
    matches = evidence.library.matches(evidence.found, document.hits[0])
    return matches is not None and float(matches.weights @ matches.title) >= IN_TITLE
