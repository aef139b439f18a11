"""`/beheer/schakelaars`: the chat, the API and the model, off and on again, for when something goes wrong."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person
from service.duos.choosing import Chosen
from service.storage.choices import ChosenMeanwhile
from service.web import wording_sites as wording
from service.web.admin.shared import Form, Manager, admin_page, changed_by, chooser_of, managed, version_in
from service.web.problems import Problem
from service.web.switches import NAME, NAMES, as_json, switches_in

ADDRESS = "/beheer/schakelaars"

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def show(request: Request, person: Manager, gedaan: str = "") -> Response:
    """How everything stands."""
    return _page(request, person, turned=gedaan)


@router.post("")
def turn(request: Request, person: Manager, form: Form) -> Response:
    """One of them turned; within five seconds it holds in every process."""
    name, on = form.get("onderdeel", ""), form.get("stand") == "aan"
    if name not in NAMES:
        raise Problem(400)
    kept = managed(request).choices.get(NAME)
    turned = replace(switches_in(kept.value), **{name: on})
    action = f"{name}.{'on' if on else 'off'}"
    try:
        chooser_of(request, person).save(action, Chosen(NAME, as_json(turned), version_in(form)))
    except ChosenMeanwhile:
        return _page(request, person, 409, wrong={"stand": wording.SWITCH_MEANWHILE})
    request.app.state.switches.forget()
    return RedirectResponse(f"{ADDRESS}?gedaan={name}", 303)


def _page(
    request: Request, person: Person, status: int = 200, turned: str = "", wrong: dict[str, str] | None = None
) -> Response:
    kept = managed(request).choices.get(NAME)
    switches = switches_in(kept.value)
    done = ""
    if turned in NAMES:
        done = wording.SWITCHED[getattr(switches, turned)].format(name=wording.SWITCHES[turned][0])
    return admin_page(
        request, person, "admin/switches.html", status,
        text=wording, switches=switches, names=NAMES, version=kept.version, done=done, wrong=wrong or {},
        changed=changed_by(kept, managed(request).now()),
    )  # fmt: skip
