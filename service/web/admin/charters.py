"""`/beheer/servicenormen`: how soon a signal is answered, who is reminded, and from which asking it opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.gap import GapKind, Urgency
from service.domain.person import Person
from service.duos import wording_charter
from service.duos.charter import DEFAULT_CHARTER, CharterRefused, Step, charter_of
from service.duos.choosing import Chosen
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

ADDRESS = "/beheer/servicenormen"
NAME = "charter"  # the choice that holds it
NUMBERS = ("opens_at", "remind_before", "step_days")
_STEP_NAMES = {
    "opens_at": wording.CHARTER_OPENS,
    "remind_before": wording.CHARTER_BEFORE,
    "step_days": wording.CHARTER_STEP,
}

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def show(request: Request, person: Manager, bewaard: str = "") -> Response:
    """The form with the charter as it is."""
    kept = managed(request).choices.get(NAME)
    value = kept.value if kept.value is not None else DEFAULT_CHARTER.as_json()
    done = wording.SAVED if bewaard else ""
    return _page(request, person, filled_of(value), kept, done=done)


@router.post("")
def save(request: Request, person: Manager, form: LongForm) -> Response:
    """The charter, saved; it counts for deadlines that begin from now on."""
    filled, seen = filled_in(form), version_in(form)
    try:
        charter = charter_of(value_of(filled))
        chooser_of(request, person).save("charter.changed", Chosen(NAME, charter.as_json(), seen))
    except CharterRefused as refused:
        return _page(request, person, filled, Choice(NAME, version=seen), 400, faults=refused.faults)
    except ChosenMeanwhile as first:
        theirs = filled_of(first.now.value if first.now.value is not None else DEFAULT_CHARTER.as_json())
        both = meanwhile_of(
            first.now, managed(request).now(), dict(_in_words(theirs)), dict(_in_words(filled))
        )
        return _page(request, person, filled, first.now, 409, meanwhile=both)
    return RedirectResponse(f"{ADDRESS}?bewaard=1", 303)


def cell(kind: GapKind, urgency: Urgency) -> str:
    """The name of the field with the days of a kind of signal."""
    return f"days-{kind.value}-{urgency.value}"


def filled_in(form: Mapping[str, str]) -> dict[str, str]:
    """The form as it was filled in, by the names of its fields."""
    names = [*(cell(kind, urgency) for kind in GapKind for urgency in Urgency), *NUMBERS]
    filled = {name: form.get(name, "").strip()[:10] for name in names}
    steps = {f"step-{step.value}": form.get(f"step-{step.value}", "") for step in Step}
    return filled | {name: "ja" for name, ticked in steps.items() if ticked} | {"step-duo": "ja"}


def filled_of(value: Mapping[str, Any]) -> dict[str, str]:
    """The form that stands for a charter as it is kept."""
    days = {
        cell(kind, urgency): str(value["days"][kind.value][urgency.value])
        for kind in GapKind
        for urgency in Urgency
    }
    steps = {f"step-{step}": "ja" for step in value["escalation"]}
    return days | {name: str(value[name]) for name in NUMBERS} | steps


def value_of(filled: Mapping[str, str]) -> dict[str, Any]:
    """The charter that a form stands for; what is no number stays a text, and is refused."""
    return {
        "days": {
            kind.value: {urgency.value: _number(filled[cell(kind, urgency)]) for urgency in Urgency}
            for kind in GapKind
        },
        "escalation": [step.value for step in Step if f"step-{step.value}" in filled],
        **{name: _number(filled[name]) for name in NUMBERS},
    }


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() else text


def _wrong(faults: tuple[str, ...]) -> dict[str, str]:
    """The faults that are about one field, by its name."""
    about = {wording_charter.FIELDS[name]: name for name in NUMBERS} | {
        wording_charter.CELL.format(
            kind=wording_charter.KINDS[kind], urgency=wording_charter.URGENCIES[urgency]
        ): cell(kind, urgency)
        for kind in GapKind
        for urgency in Urgency
    }
    return {name: fault for fault in faults for what, name in about.items() if fault.endswith(f" {what}.")}


def _in_words(filled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind in GapKind:
        for urgency in Urgency:
            label = f"{wording.CHARTER_KINDS[kind]}, {wording.CHARTER_URGENCIES[urgency].lower()}"
            yield label, filled.get(cell(kind, urgency), "")
    for name, label in _STEP_NAMES.items():
        yield label, filled.get(name, "")
    told = [wording.CHARTER_STEPS[step] for step in Step if f"step-{step.value}" in filled]
    yield wording.CHARTER_ESCALATION, ", ".join(told)


def _page(
    request: Request,
    person: Person,
    filled: Mapping[str, str],
    kept: Choice,
    status: int = 200,
    faults: tuple[str, ...] = (),
    **values: Any,
) -> Response:
    wrong = _wrong(faults)
    return admin_page(
        request, person, "admin/charter.html", status,
        filled=filled, wrong=wrong, general=tuple(each for each in faults if each not in wrong.values()),
        kinds=tuple(GapKind), urgencies=tuple(Urgency),
        steps=tuple(Step)[1:], cell=cell, version=kept.version,
        changed=changed_by(kept, managed(request).now()), **values,
    )  # fmt: skip
