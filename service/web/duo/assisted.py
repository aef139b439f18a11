"""What a language model did for a text, as its page shows it: sentences beside their sources, and a section
beside its plain version."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from service.composers.llm.checked import NotWritten
from service.composers.llm.plain import Plainer
from service.composers.llm.plainness import Plainness
from service.domain.answer import Dropped
from service.domain.draft import Draft, SourcedSentence
from service.duos.draft_texts import InPlainWords
from service.web import wording_assisted as wording
from service.web.cards import web_address
from service.web.duo.moments import moment_in_words
from service.web.duo.work import Work, name_of
from service.web.wording_rewording import REASONS as DROPPED_BECAUSE

_FIGURE = re.compile(r"€ ?\d[\d.,]*(?<=\d)|\d+(?:[.,:/-]\d+)*%?")

Run = tuple[str, bool]  # a piece of text, and whether it is a figure


@dataclass(frozen=True)
class SentenceView:
    """A sentence with its source. `kept`: it still stands in the text as the model wrote it."""

    number: int
    runs: tuple[Run, ...]
    title: str
    url: str
    lines: tuple[tuple[Run, ...], ...]
    kept: bool


@dataclass(frozen=True)
class DroppedView:
    """A sentence that was not used, and why."""

    text: str
    why: str


@dataclass(frozen=True)
class AssistedView:
    """What a model did for a text. `checked` says who checked every sentence, `mine` whether that is who
    looks."""

    marks: tuple[str, ...]
    made: str
    sentences: tuple[SentenceView, ...]
    dropped: tuple[DroppedView, ...]
    checked: str
    mine: bool


@dataclass(frozen=True)
class PlainView:
    """A section in plain words, or in `nothing` why it is as it was."""

    number: int
    nothing: str = ""
    text: str = ""
    made: str = ""
    by: str = ""
    measures: tuple[tuple[str, str, str], ...] = ()
    lost: tuple[str, ...] = ()
    dropped: tuple[DroppedView, ...] = ()


def assisted_view(
    request: Request, work: Work, draft: Draft, reader: uuid.UUID | None = None
) -> AssistedView | None:
    """What the page of a text says of its help by a model; None without any. `reader` is who looks."""
    helped, now = draft.assistance, work.now()
    if helped is None:
        return None
    checked = helped.checked_by == draft.author and helped.checked_at is not None
    said = wording.NOT_CHECKED
    if checked and helped.checked_at:
        name, moment = name_of(request, helped.checked_by), moment_in_words(helped.checked_at, now)
        said = wording.CHECKED_BY.format(name=name, moment=moment)
    marks = ((wording.MARK_BEGUN, bool(helped.sentences)), (wording.MARK_PLAIN, helped.plain))
    text = " ".join(" ".join(part.text.split()) for part in draft.document.sections)
    return AssistedView(
        marks=tuple(mark for mark, holds in marks if holds),
        made=wording.MADE.format(model=helped.model, moment=moment_in_words(helped.at, now)),
        sentences=tuple(_sentence(n, each, text) for n, each in enumerate(helped.sentences, start=1)),
        dropped=dropped_views(helped.dropped),
        checked=said,
        mine=checked and helped.checked_by == reader,
    )


def plain_view(number: int, found: Plainer | NotWritten, by: InPlainWords) -> PlainView:
    """A section as a model would say it, for the page of its text."""
    if isinstance(found, NotWritten):
        why = reason_in_words(found.reason)
        dropped = dropped_views(found.dropped)
        return PlainView(number, wording.PLAIN_NOTHING.format(number=number, why=why), dropped=dropped)
    return PlainView(
        number,
        text=found.text,
        made=wording.PLAIN_MADE.format(model=by.model),
        by=f"{by.model} · {by.prompt}",
        measures=(
            (wording.PLAIN_WORDS, _words(found.before), _words(found.after)),
            (wording.PLAIN_LIX, f"{found.before.lix:.0f}", f"{found.after.lix:.0f}"),
        ),
        lost=tuple(wording.LOST[each.kind].format(sentence=each.sentence) for each in found.lost),
        dropped=dropped_views(found.dropped),
    )


def reason_in_words(reason: str) -> str:
    """Why there is nothing of a model, in a sentence."""
    return wording.REASONS.get(reason, wording.FAULT)


def dropped_views(dropped: Sequence[Dropped]) -> tuple[DroppedView, ...]:
    """The sentences that were not used, each with why."""
    return tuple(DroppedView(each.text, DROPPED_BECAUSE.get(each.reason, each.reason)) for each in dropped)


def runs_of(text: str) -> tuple[Run, ...]:
    """A text in pieces, its figures apart, so that they can be compared at a glance."""
    runs: list[Run] = []
    end = 0
    for found in _FIGURE.finditer(text):
        runs += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return tuple(run for run in (*runs, (text[end:], False)) if run[0])


def _sentence(number: int, sentence: SourcedSentence, text: str) -> SentenceView:
    heading = "" if sentence.heading in ("", sentence.title) else f", {sentence.heading}"
    return SentenceView(
        number=number,
        runs=runs_of(sentence.text),
        title=sentence.title + heading,
        url=web_address(sentence.url),
        lines=tuple(runs_of(line) for line in sentence.lines),
        kept=" ".join(sentence.text.split()) in text,
    )


def _words(plainness: Plainness) -> str:
    return f"{plainness.words_a_sentence:.1f}".replace(".", ",")
