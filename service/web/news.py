"""How it ended: what an agent brought to a duo, once the signal is closed."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.gap import Asking, Gap, GapState
from service.domain.person import Person
from service.web import wording_report as wording
from service.web.desk import Desk


@dataclass(frozen=True)
class News:
    """How something ended that an agent brought to a duo."""

    asking: str
    question: str
    text: str
    solved: bool


def news_of(desk: Desk, person: Person | None) -> tuple[News, ...]:
    """What this person brought to a duo and that has ended since; none without a loop."""
    if person is None or desk.loop is None:
        return ()
    return tuple(_news(asking, gap) for asking, gap in desk.signals.gaps.untold(person.id))


def _news(asking: Asking, gap: Gap) -> News:
    solved = gap.state is GapState.SOLVED
    said = (
        wording.NEWS_SOLVED.format(title=gap.title)
        if solved
        else wording.NEWS_DISMISSED.format(reason=gap.reason)
    )
    return News(str(asking.id), asking.text, said, solved)
