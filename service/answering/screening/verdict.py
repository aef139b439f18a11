"""What screening can say about a question."""

from dataclasses import dataclass

from service.domain.answer import Status


@dataclass(frozen=True)
class Verdict:
    """Why a question is not simply answered, and what the asker can do.

    `hint` is the key of a sentence people read, or "". `firm`: it holds whatever the library finds;
    otherwise only where the library has no sure answer.
    """

    status: Status
    hint: str
    firm: bool


def heard(by_rule: Verdict | None, by_meaning: Verdict | None) -> Verdict | None:
    """The rules come first; but a cry for help goes before all else, also where the rules heard only a
    swear word in it."""
    cried = by_meaning is not None and by_meaning.status is Status.CRISIS
    if cried and not (by_rule and by_rule.status is Status.CRISIS):
        return by_meaning
    return by_rule or by_meaning
