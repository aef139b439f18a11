"""News that is pinned for a while: what everybody sees of it, and `/actueel`, where a coordinator pins it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.local_time import AMSTERDAM
from service.domain.person import Person
from service.domain.pinned import Pinned, Readers
from service.domain.question import Asker
from service.storage.pinned import PinnedMeanwhile, Pins
from service.web import wording_desk as wording
from service.web.cards import web_address
from service.web.dates import local_date
from service.web.desk_work import Colleague, DeskWork, Form, work_of
from service.web.duo.moments import day_in_words, moment_in_words, time_in_words
from service.web.office import office_page
from service.web.pages import page
from service.web.plain_text import plain
from service.web.problems import Problem, request_id_of
from service.web.reception import NotReady, desk_of
from service.web.visitors import asker_of_page

if TYPE_CHECKING:
    from service.duos.pinned import NewsDesk, Written

ADDRESS = "/actueel"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINK = 120, 1000, 500
FARTHEST = timedelta(days=366)
LAST_SHOWN = 10
_TYPED = "%Y-%m-%dT%H:%M"  # as a browser sends a day and a time

router = APIRouter(include_in_schema=False)
Visitor = Annotated[Asker, Depends(asker_of_page)]


@dataclass(frozen=True)
class PinnedView:
    """News as one reads it. `internal`: for staff alone. `until` says how long it holds, in words; `ends_at`
    is the same moment."""

    title: str
    paragraphs: tuple[str, ...]
    url: str
    until: str
    ends_at: datetime
    internal: bool


def pinned_now(request: Request, readers: Readers) -> tuple[PinnedView, ...]:
    """The news for agents or the website at this moment, at most two seconds old, the newest first."""
    kept: tuple[Pinned, ...] = request.app.state.pinned()
    now = _now(request)
    seen = [each for each in kept if each.holds(now) and each.readers in (Readers.BOTH, readers)]
    return tuple(view_of(each, now) for each in sorted(seen, key=lambda each: each.starts_at, reverse=True))


def _now(request: Request) -> datetime:
    """What time it is at the desk; news is there while models are loaded too."""
    try:
        return desk_of(request).now()
    except NotReady:
        return datetime.now(UTC)


def view_of(pinned: Pinned, now: datetime) -> PinnedView:
    """News as one reads it now."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", pinned.text))
    return PinnedView(
        title=pinned.title,
        paragraphs=tuple(part for part in paragraphs if part),
        url=web_address(pinned.url),
        until=until_in_words(pinned.ends_at, now),
        ends_at=pinned.ends_at,
        internal=pinned.readers is Readers.AGENTS,
    )


def until_in_words(ends_at: datetime, now: datetime) -> str:
    """How long news holds: until a time, to the end of a day, or until a time on a later day."""
    clock, today = time_in_words(ends_at), local_date(now)
    if ends_at.astimezone(AMSTERDAM).time() == time():
        last = local_date(ends_at) - timedelta(days=1)
        return (
            wording.UNTIL_TODAY if last == today else wording.UNTIL_DAY.format(day=day_in_words(last, today))
        )
    day = local_date(ends_at)
    if day == today:
        return wording.UNTIL_TIME.format(time=clock)
    return wording.UNTIL_MOMENT.format(day=day_in_words(day, today), time=clock)


@router.get("/zijbalk/actueel")
def pinned_part(request: Request, asker: Visitor) -> Response:
    """The news of this moment, for a sidebar that stays open all day."""
    readers = Readers.AGENTS if asker.staff else Readers.WEBSITE
    return page("parts/pinned_list.html", pinned=pinned_now(request, readers), desk=wording)


# -- the coordinator's page --------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """News in the list: `soon` says when it begins, `by` who did what when."""

    id: str
    version: int
    view: PinnedView
    readers: str
    soon: str
    by: str


@dataclass(frozen=True)
class Filled:
    """The form as it was filled in; what is wrong, by the name of the field."""

    fields: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


@router.get(ADDRESS)
def news(request: Request, person: Colleague, gedaan: str = "", opnieuw: str = "") -> Response:
    """All news, and the form for more; `opnieuw` fills it with news that is over."""
    work = work_of(request)
    known = _uuid_of(opnieuw)
    earlier = _pins(work).find(known) if known else None
    filled = Filled(_fields_of(earlier, anew=True)) if earlier else Filled()
    return _list(request, person, filled, done=wording.NEWS_DONE.get(gedaan, ""))


@router.post(ADDRESS)
def pin(request: Request, person: Colleague, form: Form) -> Response:
    """New news."""
    work = work_of(request)
    written, wrong = written_in(form, work.now())
    if written is None:
        return _list(request, person, Filled(form, wrong), 400)
    _desk(work).pin(written, person, request_id_of(request.scope))
    return _done(request, "nieuw")


@router.get(ADDRESS + "/{id}")
def edit(request: Request, person: Colleague, id: uuid.UUID) -> Response:
    """The form with news that is there already."""
    pinned = _found(work_of(request), id)
    return _form(request, person, pinned, Filled(_fields_of(pinned)))


@router.post(ADDRESS + "/{id}")
def change(request: Request, person: Colleague, id: uuid.UUID, form: Form) -> Response:
    """Save it as it was written now."""
    work = work_of(request)
    pinned = _found(work, id)
    written, wrong = written_in(form, work.now())
    if written is None:
        return _form(request, person, pinned, Filled(form, wrong), 400)
    try:
        seen = replace(pinned, version=_version_in(form))
        _desk(work).change(seen, written, person, request_id_of(request.scope))
    except PinnedMeanwhile as first:
        sentence = wording.NEWS_MEANWHILE.format(name=first.now.changed_by)
        return _form(request, person, first.now, Filled(_fields_of(first.now), {"": sentence}), 409)
    return _done(request, "gewijzigd")


@router.post(ADDRESS + "/{id}/stop")
def stop(request: Request, person: Colleague, id: uuid.UUID, form: Form) -> Response:
    """End it now. What ended already stays as it is."""
    work = work_of(request)
    pinned = _found(work, id)
    if pinned.ends_at > work.now():
        try:
            _desk(work).end(pinned, person, request_id_of(request.scope))
        except PinnedMeanwhile as first:
            sentence = wording.NEWS_MEANWHILE.format(name=first.now.changed_by)
            return _form(request, person, first.now, Filled(_fields_of(first.now), {"": sentence}), 409)
    return _done(request, "gestopt")


def written_in(form: Mapping[str, str], now: datetime) -> tuple[Written | None, dict[str, str]]:
    """What the form says, or what is wrong with it by the name of the field."""
    # imported late: it brings the library's door, and the site has to listen before that
    from service.duos.pinned import Written

    title, text = " ".join(plain(form.get("titel", "")).split()), plain(form.get("tekst", ""))
    url, readers = plain(form.get("link", "")), form.get("voor", "")
    starts, ends, wrong = _period(form, now)
    wrong = _faults(title, text, url, readers) | wrong
    if wrong or starts is None or ends is None:
        return None, wrong
    return Written(title, text, url, Readers(readers), starts, ends), {}


def _faults(title: str, text: str, url: str, readers: str) -> dict[str, str]:
    wrong = {
        "titel": _fault_of(title, LONGEST_TITLE, wording.NEWS_TITLE_EMPTY, wording.NEWS_TITLE_LONG),
        "tekst": _fault_of(text, LONGEST_TEXT, wording.NEWS_TEXT_EMPTY, wording.NEWS_TEXT_LONG),
        "link": wording.NEWS_LINK_WRONG if url and (len(url) > LONGEST_LINK or not web_address(url)) else "",
        "voor": "" if readers in set(Readers) else wording.NEWS_FOR_MISSING,
    }
    return {name: sentence for name, sentence in wrong.items() if sentence}


def _fault_of(text: str, longest: int, empty: str, long: str) -> str:
    if not text:
        return empty
    return long.format(maximum=longest) if len(text) > longest else ""


def _period(
    form: Mapping[str, str], now: datetime
) -> tuple[datetime | None, datetime | None, dict[str, str]]:
    """When it begins and ends. The clock is Amsterdam's: a week later is the same time of the day."""
    typed = form.get("vanaf", "").strip()
    starts = _moment(typed) if typed else now
    if starts is None:
        return None, None, {"vanaf": wording.NEWS_FROM_WRONG}
    local = starts.astimezone(AMSTERDAM)
    how_long = form.get("duur", "")
    if how_long not in wording.DURATIONS:
        return None, None, {"duur": wording.NEWS_HOW_LONG_MISSING}
    ends = {
        "uur": starts + timedelta(hours=1),
        "vandaag": datetime.combine(local.date() + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC),
        "week": (local + timedelta(days=7)).astimezone(UTC),
        "tot": _moment(form.get("tot", "")),
    }[how_long]
    if ends is None:
        return None, None, {"tot": wording.NEWS_UNTIL_WRONG}
    at = "tot" if how_long == "tot" else "vanaf"
    if ends <= max(starts, now):
        return None, None, {at: wording.NEWS_UNTIL_PAST}
    if ends - now > FARTHEST:
        return None, None, {at: wording.NEWS_UNTIL_FAR}
    return starts, ends, {}


def _moment(typed: str) -> datetime | None:
    try:
        return datetime.strptime(typed.strip()[:16], _TYPED).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    except ValueError:
        return None


def _fields_of(pinned: Pinned, anew: bool = False) -> dict[str, str]:
    fields = {
        "titel": pinned.title, "tekst": pinned.text, "link": pinned.url, "voor": pinned.readers.value,
    }  # fmt: skip
    if anew:
        return fields
    return fields | {
        "duur": "tot",
        "vanaf": pinned.starts_at.astimezone(AMSTERDAM).strftime(_TYPED),
        "tot": pinned.ends_at.astimezone(AMSTERDAM).strftime(_TYPED),
    }


def _list(request: Request, person: Person, filled: Filled, status: int = 200, done: str = "") -> Response:
    work = work_of(request)
    now, pins = work.now(), _pins(work)
    coming = pins.coming(now)
    return _page(
        request, person, "pinned/list.html", status, filled,
        now=[_row(each, now) for each in coming if each.holds(now)],
        later=[_row(each, now) for each in reversed(coming) if not each.holds(now)],
        over=[_row(each, now) for each in pins.over(now, LAST_SHOWN)],
        done=done,
    )  # fmt: skip


def _form(request: Request, person: Person, pinned: Pinned, filled: Filled, status: int = 200) -> Response:
    return _page(
        request, person, "pinned/edit.html", status, filled, row=_row(pinned, work_of(request).now())
    )


def _page(
    request: Request, person: Person, name: str, status: int, filled: Filled, **values: Any
) -> Response:
    longest = {"titel": LONGEST_TITLE, "tekst": LONGEST_TEXT, "link": LONGEST_LINK}
    return office_page(
        request, person, name, status,
        desk=wording, filled=filled.fields, wrong=filled.wrong, longest=longest,
        readers=[(each.value, said) for each, said in wording.READERS.items()], **values,
    )  # fmt: skip


def _row(pinned: Pinned, now: datetime) -> Row:
    by = [wording.NEWS_BY.format(name=pinned.pinned_by, moment=moment_in_words(pinned.pinned_at, now))]
    if pinned.version > 1:
        changed = moment_in_words(pinned.changed_at, now)
        by.append(wording.NEWS_CHANGED_BY.format(name=pinned.changed_by, moment=changed))
    view = view_of(pinned, now)
    if pinned.ends_at <= now:
        view = replace(view, until=wording.NEWS_ENDED.format(moment=_exactly(pinned.ends_at, now)))
    soon = (
        wording.NEWS_STARTS.format(moment=_exactly(pinned.starts_at, now)) if pinned.starts_at > now else ""
    )
    return Row(str(pinned.id), pinned.version, view, wording.READERS[pinned.readers], soon, " ".join(by))


def _exactly(moment: datetime, now: datetime) -> str:
    """A day with its time."""
    return f"{day_in_words(local_date(moment), local_date(now))} {time_in_words(moment)}"


def _found(work: DeskWork, id: uuid.UUID) -> Pinned:
    pinned = _pins(work).find(id)
    if pinned is None:
        raise Problem(404, wording.NO_SUCH_NEWS)
    return pinned


def _pins(work: DeskWork) -> Pins:
    return Pins(work.signals.gaps.engine, work.collection)


def _desk(work: DeskWork) -> NewsDesk:
    from service.duos.pinned import NewsDesk

    return NewsDesk(_pins(work), work.drafts.library, work.signals.audit, work.now)


def _done(request: Request, what: str) -> Response:
    request.app.state.pinned.forget()
    return RedirectResponse(f"{ADDRESS}?gedaan={what}", 303)


def _version_in(form: Mapping[str, str]) -> int:
    seen = form.get("versie", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
