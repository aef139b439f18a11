"""What the pages of `/beheer` share: their places, who saves, and what to show when somebody was first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Protocol, cast

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from service.domain.person import Person, Role
from service.duos.choosing import Chooser
from service.storage.choices import Choice, Choices
from service.web import wording_admin as wording
from service.web import wording_register, wording_sites
from service.web.answers import Answers
from service.web.duo.moments import moment_in_words
from service.web.forms import form_of, long_form_of
from service.web.office import office_page
from service.web.problems import request_id_of
from service.web.reception import desk_of
from service.web.visitors import require

if TYPE_CHECKING:
    from service.duos.drafts import Drafts
    from service.duos.signals import Signals
    from service.web.desk import Post

MANAGING = frozenset({Role.COORDINATOR, Role.ADMIN})
_ADMIN = frozenset({Role.ADMIN})

signed_in = require()  # which roles: policy.py
Manager = Annotated[Person, Depends(signed_in)]
Form = Annotated[dict[str, str], Depends(form_of)]
LongForm = Annotated[dict[str, str], Depends(long_form_of)]


@dataclass(frozen=True)
class Place:
    """A part of `/beheer`, for who has one of the roles."""

    address: str
    name: str
    explained: str
    roles: frozenset[Role]


PLACES = (
    Place("/beheer/gemeente", *wording.PLACE_MUNICIPALITY, MANAGING),
    Place("/beheer/eigenaren", *wording.PLACE_OWNERS, MANAGING | {Role.DEPARTMENT_HEAD}),
    Place("/beheer/servicenormen", *wording.PLACE_CHARTER, MANAGING),
    Place("/beheer/sites", *wording_sites.PLACE_SITES, MANAGING),
    Place("/beheer/schakelaars", *wording_sites.PLACE_SWITCHES, MANAGING),
    Place("/beheer/gesprekken", *wording_sites.PLACE_ERASING, MANAGING),
    Place("/beheer/algoritmeregister", *wording_register.PLACE, MANAGING),
    Place("/beheer/mensen", *wording.PLACE_PEOPLE, _ADMIN),
    Place("/beheer/berichten", *wording.PLACE_NOTICES, _ADMIN),
    Place("/duo/noodstop", *wording.PLACE_EMERGENCY, frozenset({Role.EDITOR, Role.COORDINATOR})),
)


class Managed(Protocol):
    """What the desk has for these pages."""

    @property
    def answers(self) -> Answers: ...
    @property
    def signals(self) -> Signals: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def choices(self) -> Choices: ...
    @property
    def post(self) -> Post: ...
    @property
    def collection(self) -> str: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


@dataclass(frozen=True)
class Difference:
    """A part of a form in which two people do not agree."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Meanwhile:
    """Somebody saved while another was filling in the same form: what is different, side by side."""

    sentence: str
    columns: tuple[str, ...]
    differences: tuple[Difference, ...]


def managed(request: Request) -> Managed:
    """What is managed here; raises NotReady while models are loaded."""
    return cast(Managed, desk_of(request))


def places_of(person: Person) -> tuple[Place, ...]:
    """The parts that this person may see."""
    return tuple(place for place in PLACES if person.has(*place.roles))


def admin_page(request: Request, person: Person, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of `/beheer`."""
    shared: dict[str, Any] = {
        "say": wording, "places": places_of(person), "path": request.url.path,
        "may_change": person.has(*MANAGING), "meanwhile": None, "wrong": {}, "done": "",
    }  # fmt: skip
    return office_page(request, person, name, status, **(shared | values))


def chooser_of(request: Request, person: Person) -> Chooser:
    """Who saves a choice here, with the request for the audit."""
    desk = managed(request)
    signals = desk.signals
    return Chooser(
        signals.gaps.engine, desk.choices, signals.audit, desk.now, person, request_id_of(request.scope)
    )


def version_in(fields: Mapping[str, str]) -> int:
    """The version that the form was shown with; one that nobody has when it says none."""
    seen = fields.get("versie", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def meanwhile_of(
    now: Choice, moment: datetime, theirs: Mapping[str, str], mine: Mapping[str, str]
) -> Meanwhile:
    """What two people filled in, where it differs. `theirs` and `mine` go by the names of the fields."""
    name = now.chosen_by or wording.SOMEBODY
    at = moment_in_words(now.chosen_at, moment) if now.chosen_at else ""
    different = tuple(
        Difference(label, theirs.get(label, "") or wording.NOTHING, text or wording.NOTHING)
        for label, text in mine.items()
        if text != theirs.get(label, "")
    )
    columns = tuple(each.format(name=name) for each in wording.MEANWHILE_COLUMNS)
    return Meanwhile(wording.MEANWHILE.format(name=name, moment=at), columns, different)


def changed_by(choice: Choice, moment: datetime) -> str:
    """Who changed it last, in a sentence."""
    if choice.chosen_at is None:
        return wording.NEVER_CHANGED
    at = moment_in_words(choice.chosen_at, moment)
    return wording.CHANGED_BY.format(name=choice.chosen_by, moment=at)
