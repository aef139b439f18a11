"""One signal as its page shows it: how it was asked, what was shown, why that fell short, and its history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from service.domain.answer import Candidate, Status
from service.domain.draft import Draft, DraftState, Proof
from service.domain.gap import Asking, Gap, GapEvent, Origin, Shown, Urgency
from service.duos.ownership import Ownership
from service.web import wording_duo as wording
from service.web.cards import Card, cards_of
from service.web.duo.lists import owner_in_words, question_of
from service.web.duo.moments import due_in_words, moment_in_words, pressure
from service.web.text_blocks import Block, text_blocks

OPENLY = 3  # questions that stand open on the page; the older ones are folded


@dataclass(frozen=True)
class Head:
    """What a signal is, in one look."""

    number: int
    version: int
    question: str
    kind_explained: str
    state: str
    due: str
    pressure: str
    owner: str
    urgency: str
    urgent: bool
    asked: int
    closed: bool
    merged: bool
    reason: str


@dataclass(frozen=True)
class Asked:
    """The same words, however often. `ids` are those of the askings, with commas between them."""

    text: str
    ids: str
    times: int
    about: str
    why: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class ShownText:
    """A text that was shown then, with what fits best marked where that is known."""

    title: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Near:
    """A text that comes close now. `document` is its reference; one that only staff see can be mended too."""

    card: Card
    document: str


@dataclass(frozen=True)
class Event:
    """A line of history."""

    when: str
    who: str
    what: str
    note: str


@dataclass(frozen=True)
class DraftLine:
    """A text in the making, or one that was placed."""

    id: uuid.UUID
    title: str
    state: str
    link: str
    editable: bool


@dataclass(frozen=True)
class CheckLine:
    """One question that was asked again."""

    question: str
    paraphrase: bool
    passed: bool
    found: bool
    quoted: bool
    certain: bool
    first: str


@dataclass(frozen=True)
class ProofView:
    """All questions asked again, at one moment."""

    at: str
    solved: bool
    checks: tuple[CheckLine, ...]


def head_of(gap: Gap, ownership: Ownership, now: datetime) -> Head:
    """The head of the page."""
    return Head(
        number=gap.number,
        version=gap.version,
        question=question_of(gap),
        kind_explained=wording.KINDS_EXPLAINED[gap.kind],
        state=wording.STATES[gap.state],
        due="" if gap.state.is_closed else due_in_words(gap.due_at, now),
        pressure="none" if gap.state.is_closed else pressure(gap.due_at, now),
        owner=owner_in_words(gap.owner, ownership),
        urgency=wording.URGENCIES[gap.urgency],
        urgent=gap.urgency is Urgency.HIGH,
        asked=gap.asked,
        closed=gap.state.is_closed,
        merged=gap.merged_into is not None,
        reason=gap.reason,
    )


def askings_of(askings: Sequence[Asking], now: datetime) -> tuple[Asked, ...]:
    """How it was asked, newest first; equal words once, with how often."""
    by_words: dict[str, list[Asking]] = {}
    for asking in askings:
        by_words.setdefault(" ".join(asking.text.casefold().split()), []).append(asking)
    return tuple(_asked(same, now) for same in by_words.values())


def why_of(asking: Asking) -> str:
    """Why it fell short, as a sentence."""
    if asking.fault is not None:
        return wording.FAULTS[asking.fault]
    if asking.origin in (Origin.REVIEW_DATE, Origin.REGRESSION, Origin.FOUND):
        return wording.WHY_ORIGIN[asking.origin]
    return wording.WHY[asking.status or Status.NO_SOURCE]


def shown_of(askings: Sequence[Asking], near: Iterable[Candidate]) -> tuple[ShownText, ...]:
    """What the newest asking with texts was shown."""
    marked: dict[str, tuple[str, ...]] = {}
    for candidate in near:
        marked[candidate.document] = marked.get(candidate.document, ()) + candidate.marked
    shown = next((asking.shown for asking in askings if asking.shown), ())
    return tuple(_shown(one, marked.get(one.document, ())) for one in shown)


def near_of(candidates: Sequence[Candidate]) -> tuple[Near, ...]:
    """The texts that come close now, as cards."""
    return tuple(
        Near(card, candidate.document)
        for card, candidate in zip(cards_of(candidates), candidates, strict=False)
    )


def history_of(
    events: Iterable[GapEvent], now: datetime, title_of: Callable[[str], str]
) -> tuple[Event, ...]:
    """What happened, newest first; the same thing several times on end is one line, with its last moment.
    `title_of` gives the title of a text ("source:id")."""
    lines = [
        Event(moment_in_words(event.at, now), event.actor, _action(event), _note(event, title_of))
        for event in events
    ]
    runs = [list(run) for _, run in groupby(lines, key=lambda line: (line.who, line.what, line.note))]
    return tuple(run[-1] for run in reversed(runs))


def drafts_of(drafts: Iterable[Draft], replaced_by: Callable[[Draft], Draft | None]) -> tuple[DraftLine, ...]:
    """The texts of a signal, those that were thrown away left out. `replaced_by` gives what is in force in
    the place of one."""
    return tuple(
        _draft_line(draft, replaced_by(draft)) for draft in drafts if draft.state is not DraftState.DROPPED
    )


def proof_of(proof: Proof, now: datetime) -> ProofView:
    """A proof, what still fails first."""
    checks = sorted(proof.checks, key=lambda check: check.passed)
    return ProofView(
        at=wording.PROOF_AT.format(moment=moment_in_words(proof.at, now)),
        solved=proof.solved,
        checks=tuple(
            CheckLine(
                check.question,
                check.paraphrase,
                check.passed,
                check.found,
                check.quoted,
                check.certain,
                "" if check.found else check.first,
            )
            for check in checks
        ),
    )


def _asked(same: list[Asking], now: datetime) -> Asked:
    newest = same[0]
    channels = dict.fromkeys(wording.CHANNELS[asking.channel] for asking in same)
    about = [wording.TIMES.format(count=len(same))] if len(same) > 1 else []
    about += [
        wording.VIA.format(channels=", ".join(channels)),
        wording.LAST_ASKED.format(moment=moment_in_words(newest.asked_at, now))
        if len(same) > 1
        else moment_in_words(newest.asked_at, now),
    ]
    why = [why_of(newest)]
    if newest.origin in (Origin.AGENT, Origin.ADDRESS):
        why.append(wording.WHY_ORIGIN[newest.origin])
    return Asked(
        text=newest.text,
        ids=",".join(str(asking.id) for asking in same),
        times=len(same),
        about=" · ".join(about),
        why=" ".join(why),
        remarks=tuple(dict.fromkeys(asking.remark for asking in same if asking.remark)),
    )


def _shown(one: Shown, marked: tuple[str, ...]) -> ShownText:
    heading = "" if one.heading == one.title else one.heading
    return ShownText(one.title, heading, text_blocks(one.text, marked))


def _action(event: GapEvent) -> str:
    return wording.EVENTS.get(event.action, wording.EVENT_OTHER)


def _note(event: GapEvent, title_of: Callable[[str], str]) -> str:
    """What was written with it; a value of ours in words."""
    if event.action in ("published", "linked"):
        return title_of(event.note)
    if event.action == "urgency" and event.note in set(Urgency):
        return wording.URGENCIES[Urgency(event.note)]
    if event.action in ("merged", "split") and event.note.isdigit():
        return wording.SIGNAL.format(number=event.note)
    return "" if event.action == "proven" else event.note


def _draft_line(draft: Draft, newer: Draft | None) -> DraftLine:
    title = draft.document.title or wording.UNTITLED
    editable = draft.state in (DraftState.WRITING, DraftState.RETURNED)
    link = wording.CONTINUE_DRAFT if editable else wording.LOOK_AT_DRAFT
    state = wording.DRAFT_STATES[draft.state]
    if newer:
        state = wording.REPLACED_BY.format(title=newer.document.title)
    return DraftLine(draft.id, title, state, link.format(title=title), editable)
