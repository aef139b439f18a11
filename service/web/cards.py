"""Answers and candidates as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit

from service.domain.answer import Answer, Candidate, Certainty, Source, Status
from service.storage.questions import Turn
from service.web import wording
from service.web.answers import Suggestions
from service.web.asking_back import AskedBackView, asked_back_view
from service.web.dates import in_words, local_date
from service.web.quotes import Quote, quotes_of
from service.web.text_blocks import Block, excerpt, text_blocks

SHOWN = 3
CHOICES = 4  # texts that a question may be about, when we ask which one is meant
# in a crisis our own number would stand in the way of the help line
_NEEDS_NO_TELEPHONE = (Status.CLARIFY_PRODUCT, Status.CRISIS)
Copying = Callable[[Candidate], str]
_DOTS = {Certainty.HIGH: 3, Certainty.MEDIUM: 2, Certainty.LOW: 1}


def _no_copy(_candidate: Candidate) -> str:
    return ""


@dataclass(frozen=True)
class Card:
    """A candidate. `brief` is what answers; `whole` is all of it, empty when brief is all there is.

    `dots` (1 to 3) is the shape that goes with the word `certainty`. `address` is where the whole text
    stands, `copy` what one pastes of it: nothing of an internal one.
    """

    number: int
    title: str
    heading: str
    url: str
    owner: str
    updated: str
    certainty: str
    dots: int
    internal: bool
    language: str
    brief: tuple[Block, ...]
    whole: tuple[Block, ...]
    address: str
    copy: str


@dataclass(frozen=True)
class SourceLine:
    """A cited source in one line."""

    number: int
    title: str
    heading: str
    url: str
    owner: str
    updated: str
    internal: bool


@dataclass(frozen=True)
class AnswerView:
    """A whole answer as the page shows it. `announcement` is what a screen reader says."""

    outcome: str
    heading: str
    advice: str
    quotes: tuple[Quote, ...]
    open: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    cards: tuple[Card, ...]
    question: str
    removed: tuple[str, ...]
    degraded: bool
    advice_first: bool
    needs_person: bool
    failed: bool
    announcement: str
    id: str
    asked_back: AskedBackView | None


def answer_view(turn: Turn, copy: Copying = _no_copy) -> AnswerView:
    """What the page shows for a turn. `copy` says what one pastes of a text."""
    question, answer = turn.question, turn.answer
    outcome = wording.OUTCOMES[answer.status]
    return AnswerView(
        outcome=outcome.word,
        heading=outcome.heading,
        advice=wording.HINTS.get(answer.hint, outcome.advice),
        quotes=quotes_of(answer),
        open=answer.open,
        sources=tuple(_source_line(source) for source in answer.sources),
        cards=cards_of(_fitting(answer), CHOICES if answer.status is Status.CLARIFY_PRODUCT else SHOWN, copy),
        question=question.text,
        removed=question.removed,
        degraded=answer.degraded,
        advice_first=answer.status.group != "answered",
        needs_person=not answer.sentences and answer.status not in _NEEDS_NO_TELEPHONE,
        failed=answer.status.group == "error",
        announcement=_announcement(answer, outcome.heading),
        id=str(question.id),
        asked_back=asked_back_view(answer),
    )


def _fitting(answer: Answer) -> tuple[Candidate, ...]:
    """The candidates; under a cry for help only those that are about it."""
    if answer.status is not Status.CRISIS:
        return answer.candidates
    return tuple(one for one in answer.candidates if one.certainty is not Certainty.LOW)


def suggestion_announcement(suggestions: Suggestions) -> str:
    """How many texts there are, in words."""
    return _count(len(suggestions.candidates[:SHOWN]))


def cards_of(
    candidates: Iterable[Candidate], count: int = SHOWN, copy: Copying = _no_copy
) -> tuple[Card, ...]:
    """The first `count` candidates as numbered cards."""
    return tuple(_card(number, one, copy) for number, one in enumerate(tuple(candidates)[:count], start=1))


def text_address(document: str, heading: str) -> str:
    """Where the whole text "source:id" stands, opened at a heading."""
    source, _, id = document.partition(":")
    at = f"?{urlencode({'kop': heading})}" if heading else ""
    return f"/zijbalk/teksten/{quote(source, safe='')}/{quote(id, safe='')}{at}"


def _card(number: int, candidate: Candidate, copy: Copying) -> Card:
    blocks = text_blocks(candidate.text, candidate.marked)
    brief = excerpt(blocks)
    return Card(
        number=number,
        title=candidate.title,
        heading="" if candidate.heading == candidate.title else candidate.heading,
        url=web_address(candidate.url),
        owner=candidate.owner,
        updated=_day(candidate.modified_at),
        certainty=wording.CERTAINTIES[candidate.certainty],
        dots=_DOTS[candidate.certainty],
        internal=candidate.internal,
        language=candidate.language,
        brief=brief,
        whole=() if brief == blocks else blocks,
        address=text_address(candidate.document, candidate.heading),
        copy=copy(candidate),
    )


def _source_line(source: Source) -> SourceLine:
    return SourceLine(
        number=source.number,
        title=source.title,
        heading="" if source.heading == source.title else source.heading,
        url=web_address(source.url),
        owner=source.owner,
        updated=_day(source.modified_at),
        internal=source.internal,
    )


def web_address(url: str) -> str:
    """The address when it is a web page, else nothing: a source may hold `javascript:` for all we know."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _day(moment: datetime | None) -> str:
    return in_words(local_date(moment)) if moment else ""


def _announcement(answer: Answer, heading: str) -> str:
    if answer.sentences and answer.sources:
        return wording.TELL_ANSWER.format(heading=heading, title=answer.sources[0].title[:80])
    return wording.TELL_OUTCOME.format(heading=heading, count=_count(len(_fitting(answer)[:SHOWN])))


def _count(number: int) -> str:
    return wording.TELL_COUNT.get(number, wording.TELL_COUNT_MORE.format(count=number))
