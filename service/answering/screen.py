"""Says, before anything is stored or searched, what may be kept of a question and whether it is for us.

People first: a cry for help is recognised before all else. What is firm holds whatever the library
finds; what is not firm only counts where the library has no sure answer. The rules are data, in
`screening/rules`, each group with its date and its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from embeddings.plain_text import fold_spaces, strip_controls
from service.answering.redaction import redact
from service.answering.screening.gibberish import is_gibberish
from service.answering.screening.reading import read
from service.answering.screening.rulebook import Rulebook
from service.answering.screening.verdict import Verdict
from service.domain.answer import Status
from service.domain.question import MAXIMUM_LENGTH

__all__ = ["QuestionRefused", "Screened", "Verdict", "screen"]

_GIBBERISH = Verdict(Status.OUT_OF_SCOPE, "scope.gibberish", firm=True)

# Crisis has its own book: it reads what was really written, the others what is left of it.
_CRISIS = Rulebook("crisis")
# The order is the judgement: an angry person with a case has a case, and "asdf" is no subject.
_FIRM = Rulebook("injection", "personal_case", "abuse")
_LATER = Rulebook("other_authority", "out_of_scope")


class QuestionRefused(Exception):
    """The text cannot be a question. `reason` is "empty" or "too_long"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Screened:
    """What may be stored and searched of a question, and what screening has to say about it.

    `removed` holds the kinds of personal data that were taken out, in the order of the text.
    """

    text: str
    removed: tuple[str, ...]
    verdict: Verdict | None


def screen(text: str) -> Screened:
    """Give a question without personal data, with a verdict where it needs one.

    Raises QuestionRefused when nothing is left to read, or when it is too long: never cut (guard S7).
    """
    legible = _legible(text)
    redacted = redact(legible)
    removed = tuple(dict.fromkeys(str(finding.kind) for finding in redacted.findings))
    return Screened(redacted.text, removed, _verdict(legible, redacted.text))


def _legible(text: str) -> str:
    legible = fold_spaces(strip_controls(text)).strip()
    if not legible:
        raise QuestionRefused("empty")
    if len(legible) > MAXIMUM_LENGTH:
        raise QuestionRefused("too_long")
    return legible


def _verdict(legible: str, redacted: str) -> Verdict | None:
    """Ask one after the other; the first that has something to say is heard."""
    words = read(redacted)
    judges: tuple[Callable[[], Verdict | None], ...] = (
        lambda: _CRISIS.verdict(words if legible == redacted else read(legible)),
        lambda: _FIRM.verdict(words),
        lambda: _GIBBERISH if is_gibberish(redacted) else None,
        lambda: _LATER.verdict(words),
    )
    return next((verdict for judge in judges if (verdict := judge())), None)
