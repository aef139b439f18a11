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
