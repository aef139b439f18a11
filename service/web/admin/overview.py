"""`/beheer`: the parts that somebody may see, and how sure the system may be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.web import wording_admin as wording
from service.web.admin.shared import Manager, admin_page, managed
from service.web.dates import in_words
from service.web.problems import request_id_of
from service.web.visitors import people_of

FAILS = "regression_set_fails"  # the reason that a person can take away

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Calibration:
    """What was measured, in sentences: when, and what may be answered where."""

    measured: str
    promises: tuple[tuple[str, str], ...]


@router.get("/beheer")
def overview(request: Request, person: Manager, gedaan: str = "") -> Response:
    """Where to go, and the state of the calibration."""
    condition = managed(request).answers.condition()
    known = wording.REASONS
    reasons = tuple(known.get(code, wording.REASON_OTHER.format(code=code)) for code in condition.reasons)
    return admin_page(
        request, person, "admin/overview.html",
        reasons=reasons, calibration=calibration_in(_shipped()), doubted=FAILS in condition.reasons,
        done=wording.CONFIRMED if gedaan else "",
    )  # fmt: skip


@router.post("/beheer/meting")
def confirm(request: Request, person: Manager) -> Response:
    """Say that the calibration holds for the texts as they are now, on record."""
    desk = managed(request)
    desk.drafts.regression.confirm_calibration(person.display_name)
    people_of(request).audit.note(
        str(person.id), "calibration.confirmed", desk.collection, request_id=request_id_of(request.scope)
    )
    return RedirectResponse("/beheer?gedaan=vastgelegd", 303)


def calibration_in(content: dict[str, Any]) -> Calibration:
    """The calibration as people read it. What it does not promise is not said."""
    promises = content.get("fits", {}).get("reader", {}).get("promises", {})
    said = tuple(
        (wording.CHANNELS[channel], _promise(promises[channel]))
        for channel in wording.CHANNELS
        if channel in promises
    )
    return Calibration(
        wording.CONDITION_DATE.format(date=in_words(date.fromisoformat(content["date"]))), said
    )


def _promise(promise: dict[str, Any]) -> str:
    sentence = wording.PROMISE_NONE if promise.get("cut_off") is None else wording.PROMISE
    return sentence.format(risk=f"{promise['risk'] * 100:g} %".replace(".", ","))


def _shipped() -> dict[str, Any]:
    text = resources.files("service.answering").joinpath("calibration.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
