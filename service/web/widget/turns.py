"""A question with its answer as a visitor reads it: the short answer first, then the texts it stands in.

Nothing in here says how sure we are in figures, or which duo keeps a text (guard S8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from service.domain.answer import Answer, Candidate, Certainty, Source, Status
from service.storage.questions import Turn
from service.web.asking_back import AskedBackView, asked_back_view
from service.web.cards import CHOICES, SHOWN, web_address
from service.web.dates import local_date
from service.web.quotes import Quote, quotes_of
from service.web.rewording import RewordingView, view_of
from service.web.text_blocks import Block, text_blocks
from service.web.widget.words import Said, Words

# 112, 14 0999, 0800-0113, 030 123 45 67, +31 30 1234567
_NUMBER = re.compile(
    r"(?<![\w-])(1(?:12|13|44)|14 ?0\d{2,3}|0\d{2,3}[ -]?\d[\d -]{2,8}\d|\+31[\d -]{8,12}\d)(?![\w-])"
)
OUR_LANGUAGE = "nl"  # of a text that does not say
LONGEST_ANNOUNCEMENT = 150  # guard T3
_LONGEST_TITLE = 80
# outcomes after which texts are offered to read: never as the answer
_OFFERS_TEXTS = (Status.LOW_CONFIDENCE, Status.NO_SOURCE, Status.PERSONAL_CASE, Status.CRISIS)
# outcomes after which somebody of the municipality can still find the answer
_CAN_BE_FOUND = (Status.LOW_CONFIDENCE, Status.NO_SOURCE, Status.ANSWERED_PARTLY)
# in a crisis our own number would stand in the way of the help line; with a choice there is no need yet
_NEEDS_NO_TELEPHONE = (Status.ANSWERED, Status.CLARIFY_PRODUCT, Status.CRISIS)


@dataclass(frozen=True)
class Reading:
    """A text that can be opened and read. `language` is empty where it is the language of the page."""

    number: int
    title: str
    heading: str
    url: str
    updated: str
    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Line:
    """A number to call, with the address that dials it."""

    name: str
    number: str
    address: str


@dataclass(frozen=True)
class TurnView:
    """One turn of a conversation.

    `language` is that of the answer, empty where it is the language of the page; `note` says so.
    `removed` are the kinds of personal data that were taken out, in words. `texts` are offered to read;
    `which`: one of them is meant, and who opens it reads what it says of this question.
    `kind` is the group of the outcome. `announcement` is all that a screen reader says by itself.
    `rewording` is what a model made of the quotes, where that was shown in their place (guard A2).
    """

    id: str
    question: str
    removed: str
    kind: str
    heading: str
    advice: str
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    rewording: RewordingView | None
    language: str
    note: str
    sources: tuple[Reading, ...]
    open: tuple[str, ...]
    texts: tuple[Reading, ...]
    which: bool
    degraded: bool
    needs_person: bool
    can_be_judged: bool
    can_be_found: bool
    failed: bool
    urgent: bool
    announcement: str
    asked_back: AskedBackView | None


def turn_view(turn: Turn, words: Words) -> TurnView:
    """What a visitor sees of a turn."""
    question, answer = turn.question, turn.answer
    said = said_of(answer, words)
    sources, texts = _sources(answer, words), _texts(answer, words)
    language = sources[0].language if sources else ""
    return TurnView(
        id=str(question.id),
        question=question.text,
        removed=", ".join(words.kinds.get(kind, kind) for kind in question.removed),
        kind=answer.status.group,
        heading=said.heading,
        advice=said.advice,
        lines=_lines(answer, words),
        quotes=quotes_of(answer),
        rewording=view_of(answer.rewording, staff=False) if answer.rewording and answer.is_reworded else None,
        language=language,
        note=note_of(language, words),
        sources=sources,
        open=answer.open,
        texts=texts,
        which=answer.status is Status.CLARIFY_PRODUCT,
        degraded=answer.degraded and not answer.sentences,
        needs_person=answer.status not in _NEEDS_NO_TELEPHONE,
        can_be_judged=answer.status.group == "answered",
        can_be_found=answer.status in _CAN_BE_FOUND,
        failed=answer.status.group == "error",
        urgent=answer.status is Status.CRISIS,
        announcement=_announcement(said.heading, answer, len(texts), words),
        asked_back=asked_back_view(answer),
    )


def said_of(answer: Answer, words: Words) -> Said:
    """The heading and the advice: those of the hint where it has them."""
    outcome, hint = words.outcomes[answer.status], words.hints.get(answer.hint)
    return Said(hint.heading or outcome.heading, hint.advice) if hint else outcome


def note_of(language: str, words: Words) -> str:
    """A sentence for a text that is not in the language of the page."""
    return words.in_language.get(language, words.in_other_language) if language else ""


def day_of(moment: datetime | None, words: Words) -> str:
    """A day as one says it in that language; empty when nobody knows it."""
    if moment is None:
        return ""
    day = local_date(moment)
    return f"{day.day} {words.months[day.month - 1]} {day.year}"


def dialled(number: str) -> str:
    """The address that dials a number as it is written: "14 0999" gives "tel:140999"."""
    plus = "+" if number.lstrip().startswith("+") else ""
    return f"tel:{plus}{re.sub(r'[^0-9]', '', number)}"


def callables(text: str) -> tuple[tuple[str, str], ...]:
    """The text in pieces, each with the address that dials it where it is a telephone number."""
    return tuple(
        (piece, dialled(piece) if place % 2 else "") for place, piece in enumerate(_NUMBER.split(text))
    )


def _lines(answer: Answer, words: Words) -> tuple[Line, ...]:
    """The numbers that belong to the hint; in a crisis there is always one."""
    known = words.lines.get(answer.hint, words.danger if answer.status is Status.CRISIS else ())
    return tuple(Line(one.name, one.number, dialled(one.number)) for one in known)


def _sources(answer: Answer, words: Words) -> tuple[Reading, ...]:
    languages = {candidate.document: candidate.language for candidate in answer.candidates}
    return tuple(
        _reading(
            source.number, source, _quoted_from(answer, source), words, languages.get(source.document, "")
        )
        for source in answer.sources
    )


def _quoted_from(answer: Answer, source: Source) -> tuple[str, ...]:
    return tuple(one.text for one in answer.sentences if source.number in one.sources)


def _texts(answer: Answer, words: Words) -> tuple[Reading, ...]:
    """The texts that come closest, where there is no answer; in a crisis only those that are about it."""
    if answer.status is Status.CLARIFY_PRODUCT:
        meant = {one.title: one for one in reversed(answer.candidates)}  # each title once, the best of it
        near: Iterable[Candidate] = (one for one in answer.candidates if meant[one.title] is one)
        return _readings(near, words, CHOICES)
    if answer.status not in _OFFERS_TEXTS:
        return ()
    cited = {source.document for source in answer.sources}
    near = (
        one
        for one in answer.candidates
        if one.document not in cited
        and not (answer.status is Status.CRISIS and one.certainty is Certainty.LOW)
    )
    return _readings(near, words, SHOWN)


def _readings(candidates: Iterable[Candidate], words: Words, most: int) -> tuple[Reading, ...]:
    return tuple(
        _reading(number, one, one.marked, words, one.language)
        for number, one in enumerate(islice(candidates, most), start=1)
    )


def _reading(
    number: int, text: Source | Candidate, marked: tuple[str, ...], words: Words, language: str
) -> Reading:
    own = (language or OUR_LANGUAGE) == words.language
    return Reading(
        number=number,
        title=text.title,
        heading="" if text.heading == text.title else text.heading,
        url=web_address(text.url),
        updated=day_of(text.modified_at, words),
        language="" if own else language or OUR_LANGUAGE,
        blocks=text_blocks(text.text, marked),
    )


def _announcement(heading: str, answer: Answer, texts: int, words: Words) -> str:
    if answer.sentences and answer.sources:
        said = words.tell_answer.format(heading=heading, title=answer.sources[0].title[:_LONGEST_TITLE])
    else:
        said = words.tell_outcome.format(heading=heading, texts=words.tell_texts[texts])
    return said.strip()[:LONGEST_ANNOUNCEMENT]
