"""`/duo`: the list of signals, the page of one, and the buttons on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.answer import Candidate
from service.domain.gap import Gap, GapState, Urgency
from service.domain.person import Person
from service.domain.question import AGENT
from service.duos.draft_texts import under_way
from service.storage.gaps import PAGE, Changed
from service.web import wording_duo as wording
from service.web.answers import Refused, Unreachable
from service.web.duo.actions import ACTIONS, Incomplete, carry_out, owner_options
from service.web.duo.lists import EMPTY, STATES, TAB_NAMES, Seen, Tab, TabView, groups_of, row_of, summary_of
from service.web.duo.signals import (
    OPENLY,
    askings_of,
    drafts_of,
    head_of,
    history_of,
    near_of,
    proof_of,
    shown_of,
)
from service.web.duo.work import (
    EXPORTERS,
    WITHDRAWERS,
    Work,
    Worker,
    duo_page,
    four_eyes_note,
    gap_of,
    replaced_by,
    returned_to,
    title_of,
    waiting_reviews,
    work_of,
)
from service.web.forms import long_form_of
from service.web.problems import Problem

LANGUAGE = "nl"
NEAREST = 3

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(long_form_of)]


@dataclass(frozen=True)
class Attempt:
    """What somebody tried on the page: what was wrong, by the button, and what they typed."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@router.get("/duo")
def signals(
    request: Request, person: Worker, toon: str = Tab.TODO, duo: str = "", vanaf: int = 0, gedaan: str = ""
) -> Response:
    """My signals, what asks most first."""
    work, start = work_of(request), max(vanaf, 0)
    tab = Tab(toon) if toon in set(Tab) else Tab.TODO
    own_duos, departments = work.signals.lists_of(person)
    ownership, now = work.signals.rules.ownership(), work.now()
    owners = [(each.id, each.name) for each in ownership.duos if own_duos is None or each.id in own_duos]
    chosen = duo if duo in dict(owners) else ""
    duos, departments = _narrowed(own_duos, departments, chosen)
    listed, count = work.signals.gaps.listed(STATES[tab], duos, departments, PAGE, start)
    reviews = waiting_reviews(work, listed, person)
    returned = returned_to(work, person) & {gap.id for gap in listed if gap.state is GapState.OPEN}
    seen = Seen(now, ownership, reviews, own_duos is None or len(own_duos) > 1, returned)
    by_state, late = work.signals.gaps.counted(duos, departments, now)
    counts = {each: sum(by_state.get(state, 0) for state in STATES[each]) for each in Tab}
    return duo_page(
        request,
        person,
        "duo/list.html",
        heading=wording.LIST_TITLE_ALL if own_duos is None else wording.LIST_TITLE,
        summary=summary_of(counts[Tab.TODO], late if tab is Tab.TODO else 0, len(reviews), len(returned)),
        done=wording.DONE.get(gedaan, ""),
        four_eyes=four_eyes_note(work),
        no_duo=own_duos is not None and not own_duos and not departments,
        owners=sorted(owners, key=lambda each: each[1]),
        owner=chosen,
        tab=tab.value,
        tabs=[_tab(each, counts[each], each is tab, chosen) for each in Tab],
        groups=groups_of(listed, seen),
        empty=EMPTY[tab],
        urgent=wording.URGENCIES[Urgency.HIGH],
        previous=_address(tab, chosen, start - PAGE) if start else "",
        next=_address(tab, chosen, start + PAGE) if start + PAGE < count else "",
        range=wording.FROM_TO.format(first=start + 1, last=start + len(listed), count=count),
        may_withdraw=person.has(*WITHDRAWERS),
        may_export=person.has(*EXPORTERS),
    )


@router.get("/duo/signalen/{number}")
def signal(request: Request, person: Worker, number: int, gedaan: str = "") -> Response:
    """One signal, with everything that is needed to mend it."""
    work = work_of(request)
    return signal_page(request, work, gap_of(work, number, person), person, done=wording.DONE.get(gedaan, ""))


@router.post("/duo/signalen/{number}/{action}")
def act(request: Request, person: Worker, number: int, action: str, form: Form) -> Response:
    """Carry out a button of the page, and show the signal as it is then."""
    work = work_of(request)
    gap = gap_of(work, number, person)
    if action not in ACTIONS:
        raise Problem(404)
    try:
        after = carry_out(work.signals, action, gap, person, form)
    except Incomplete as missing:
        return signal_page(
            request, work, gap, person, 400, Attempt({action: missing.sentence}, {action: form})
        )
    except Changed as changed:
        attempt = Attempt({action: wording.CHANGED}, {action: form})
        return signal_page(request, work, changed.now, person, 409, attempt)
    if not work.signals.may_work_on(after, person):
        return RedirectResponse(f"/duo?gedaan={action}", 303)
    return RedirectResponse(f"/duo/signalen/{after.number}?gedaan={action}", 303)


def signal_page(
    request: Request,
    work: Work,
    gap: Gap,
    person: Person,
    status: int = 200,
    attempt: Attempt | None = None,
    done: str = "",
) -> Response:
    """The page of a signal. `attempt` is what somebody tried there in vain."""
    ownership, now, gaps = work.signals.rules.ownership(), work.now(), work.signals.gaps
    askings, near = gaps.askings(gap.id), _near(work, gap)
    attempt = attempt or Attempt()
    likely = [] if gap.state.is_closed else _likely(work, gap, person)
    into = gaps.get(gap.merged_into) if gap.merged_into else None
    drafts = work.drafts.of_gap(gap.id)
    return duo_page(
        request,
        person,
        "duo/signal.html",
        status,
        head=head_of(gap, ownership, now),
        done=done,
        wrong=attempt.wrong,
        typed=attempt.typed,
        merged_into=into.number if into else 0,
        proofs=[proof_of(proof, now) for proof in gaps.proofs(gap.id)],
        askings=askings_of(askings, now),
        openly=OPENLY,
        shown=shown_of(askings, near or ()),
        near=near_of(near or ()),
        search_failed=near is None,
        drafts=drafts_of(drafts, lambda draft: replaced_by(work, draft)),
        may_draft=bool(work.assisting and work.assisting.may_draft and under_way(drafts) is None),
        owners=owner_options(ownership),
        urgencies=[(each.value, name) for each, name in wording.URGENCIES.items()],
        likely=[row_of(each, Seen(now, ownership)) for each in likely],
        history=history_of(gaps.history(gap.id), now, lambda document: title_of(work, document)),
    )


def _near(work: Work, gap: Gap) -> Sequence[Candidate] | None:
    """The texts that come close now; None when searching fails: the rest of the page is no less true."""
    try:
        return work.answers.suggest(gap.question, AGENT, LANGUAGE, NEAREST).candidates
    except Unreachable:
        return None
    except Refused:
        return ()


def _likely(work: Work, gap: Gap, person: Person) -> list[Gap]:
    """Signals of this person that may ask the same."""
    return [other for other, _ in work.signals.likely(gap) if work.signals.may_work_on(other, person)]


def _narrowed(
    duos: frozenset[str] | None, departments: frozenset[str] | None, chosen: str
) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """One's own lists, or of these only the one that was chosen."""
    return (frozenset({chosen}), frozenset()) if chosen else (duos, departments)


def _tab(tab: Tab, count: int, here: bool, duo: str) -> TabView:
    return TabView(_address(tab, duo), TAB_NAMES[tab], count, here)


def _address(tab: Tab, duo: str, start: int = 0) -> str:
    values: dict[str, Any] = {"toon": tab.value} | ({"duo": duo} if duo else {})
    return "/duo?" + urlencode(values | ({"vanaf": start} if start > 0 else {}))
