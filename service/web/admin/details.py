"""`/beheer/gemeente`: what the municipality says about itself on every screen and in every mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.municipality import Municipality, ServiceDesk
from service.domain.person import Person
from service.duos.choosing import Chosen
from service.duos.municipality import LONGEST, MOST_DESKS, NAME, as_json, faults_of, municipality_of
from service.settings import Settings
from service.storage.choices import Choice, ChosenMeanwhile
from service.web import wording_admin as wording
from service.web.admin.shared import (
    LongForm,
    Manager,
    admin_page,
    changed_by,
    chooser_of,
    managed,
    meanwhile_of,
    version_in,
)
from service.web.house import municipality_in
from service.web.plain_text import plain

ADDRESS = "/beheer/gemeente"
# what the fields of the form are called, by the parts that they fill
NAMES = {
    "name": "naam", "telephone": "telefoon", "opening_hours": "openingstijden", "contact_url": "contact",
    "privacy_url": "privacy", "coordinator_email": "coordinator",
}  # fmt: skip
DESK_NAMES = {"name": "naam", "address": "adres", "hours": "tijden"}

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def show(request: Request, person: Manager, bewaard: str = "") -> Response:
    """The form with the details as they are."""
    kept = managed(request).choices.get(NAME)
    done = wording.SAVED if bewaard else ""
    return _page(request, person, municipality_of(kept.value, _default(request)), kept, done=done)


@router.post("")
def save(request: Request, person: Manager, form: LongForm) -> Response:
    """The details, saved; every process shows them within five seconds."""
    details, seen = details_in(form), version_in(form)
    wrong = faults_of(details)
    if wrong:
        return _page(request, person, details, Choice(NAME, version=seen), 400, wrong=wrong)
    try:
        chooser_of(request, person).save("municipality.changed", Chosen(NAME, as_json(details), seen))
    except ChosenMeanwhile as first:
        theirs = municipality_of(first.now.value, _default(request))
        both = meanwhile_of(
            first.now, managed(request).now(), dict(_in_words(theirs)), dict(_in_words(details))
        )
        return _page(request, person, details, first.now, 409, meanwhile=both)
    return RedirectResponse(f"{ADDRESS}?bewaard=1", 303)


def details_in(form: Mapping[str, str]) -> Municipality:
    """What the form says. A desk without a word is none."""
    texts = {part: _line(form, name) for part, name in NAMES.items()}
    rows = [
        {part: _line(form, f"balie-{number}-{name}") for part, name in DESK_NAMES.items()}
        for number in range(1, MOST_DESKS + 2)
    ]
    desks = tuple(ServiceDesk(**row) for row in rows if any(row.values()))
    lines = tuple(line for each in plain(form.get("crisis", "")).split("\n") if (line := each.strip()))
    return Municipality(**texts, desks=desks, crisis=lines)


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(plain(form.get(name, "")).split())


def _in_words(details: Municipality) -> Iterator[tuple[str, str]]:
    """The details by the names that the form gives them."""
    for name, (label, _) in wording.MUNICIPALITY_FIELDS.items():
        yield label, getattr(details, name)
    yield wording.CRISIS_LABEL, "\n".join(details.crisis)
    lines = (", ".join(filter(None, (desk.name, desk.address, desk.hours))) for desk in details.desks)
    yield wording.DESKS_TITLE, "\n".join(lines)


def _page(
    request: Request, person: Person, details: Municipality, kept: Choice, status: int = 200, **values: Any
) -> Response:
    empty = (ServiceDesk(""),) if len(details.desks) < MOST_DESKS else ()
    return admin_page(
        request, person, "admin/municipality.html", status,
        details=details, desks=(*details.desks, *empty), version=kept.version,
        longest=LONGEST, names=NAMES, desk_names=DESK_NAMES, changed=changed_by(kept, managed(request).now()),
        retention=_retention(_settings(request)), **values,
    )  # fmt: skip


def _retention(settings: Settings) -> str:
    days = settings.retention_days
    if days == 0:
        return wording.RETENTION_NEVER
    return wording.RETENTION_DAY if days == 1 else wording.RETENTION_DAYS.format(days=days)


def _default(request: Request) -> Municipality:
    return municipality_in(_settings(request))


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
