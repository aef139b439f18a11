"""Say what is missing or wrong, leave an address for the answer, and see how a signal ends."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.concurrency import run_in_threadpool

from service.domain.gap import Gap
from service.domain.question import Asker
from service.notify.mail import is_address
from service.settings import Settings
from service.web import wording
from service.web.api.bodies import (
    FAULTS,
    Antwoordadres,
    Beoordeling,
    Signaal,
    SignaalKort,
    Signaalverzoek,
)
from service.web.api.credentials import asker_of, speaks_json
from service.web.api.description import REPORT_RESPONSES, SIGNAL_RESPONSES
from service.web.api.routes import AskedBy, Token, turn_of
from service.web.api.shapes import signal_body
from service.web.desk import Desk
from service.web.problems import Problem, unauthorized
from service.web.reception import desk_of

MOST = 2**31 - 1

router = APIRouter(dependencies=[Depends(speaks_json)])

Number = Annotated[int, Path(ge=1, le=MOST, description="Nummer van het signaal, zoals mensen het noemen.")]


def staff_only(asker: Annotated[Asker, Depends(asker_of)]) -> Asker:
    """Staff, or 401."""
    if not asker.staff:
        raise unauthorized()
    return asker


Staff = Annotated[Asker, Depends(staff_only)]


@router.post(
    "/vragen/{id}/beoordelingen",
    operation_id="beoordeelAntwoord",
    tags=["signalen"],
    summary="Zeg wat er niet klopt aan een antwoord",
    status_code=201,
    response_model=SignaalKort,
    responses=REPORT_RESPONSES,
)
async def judge(
    request: Request, asker: AskedBy, id: str, body: Beoordeling, token: Token = None
) -> SignaalKort:
    """Het duo dat over de tekst gaat, ziet de vraag met uw uitleg. Persoonsgegevens worden eruit gehaald."""
    fault = FAULTS[body.fout]

    def reject(desk: Desk, question: uuid.UUID) -> Gap:
        return desk.signals.reject(question, fault, body.toelichting, by_staff=asker.staff)

    return await _reported(request, asker, id, token, reject)


@router.post(
    "/vragen/{id}/signalen",
    operation_id="vraagHetDuo",
    tags=["signalen"],
    summary="Leg een vraag voor aan het productduo",
    status_code=201,
    response_model=SignaalKort,
    responses=REPORT_RESPONSES,
)
async def ask_duo(request: Request, asker: Staff, id: str, body: Signaalverzoek) -> SignaalKort:
    """Voor medewerkers. De vraag staat meteen open op de lijst van het duo."""

    def ask(desk: Desk, question: uuid.UUID) -> Gap:
        return desk.signals.ask_duo(question, None, body.toelichting)

    return await _reported(request, asker, id, None, ask)


@router.post(
    "/vragen/{id}/antwoordadressen",
    operation_id="laatAdresAchter",
    tags=["signalen"],
    summary="Laat een e-mailadres achter om het antwoord te krijgen",
    status_code=201,
    response_model=SignaalKort,
    responses=REPORT_RESPONSES,
)
async def leave_address(
    request: Request, asker: AskedBy, id: str, body: Antwoordadres, token: Token = None
) -> SignaalKort:
    """Het adres wordt alleen hiervoor gebruikt. Het wordt gewist zodra het antwoord verstuurd is."""
    settings: Settings = request.app.state.settings
    if not settings.mail_host:
        raise Problem(409, wording.NO_MAIL_HERE)  # an answer is only promised where it can be sent
    if not is_address(body.email):
        raise Problem(400, wording.BAD_ADDRESS)

    def leave(desk: Desk, question: uuid.UUID) -> Gap:
        return desk.signals.leave_address(question, body.email)

    return await _reported(request, asker, id, token, leave)


@router.get(
    "/signalen/{nummer}",
    operation_id="leesSignaal",
    tags=["signalen"],
    summary="Lees een signaal",
    response_model=Signaal,
    responses=SIGNAL_RESPONSES,
)
async def read(request: Request, asker: Staff, nummer: Number) -> Signaal:
    """Voor medewerkers: waar een vraag staat en hoe het afloopt."""
    desk: Desk = desk_of(request)
    gap = await run_in_threadpool(desk.signals.gaps.find, nummer)
    if gap is None:
        raise Problem(404, wording.NO_SUCH_SIGNAL)
    return signal_body(gap, desk.signals.rules.ownership())


async def _reported(
    request: Request, asker: Asker, id: str, token: str | None, report: Callable[[Desk, uuid.UUID], Gap]
) -> SignaalKort:
    desk: Desk = desk_of(request)
    turn = await run_in_threadpool(turn_of, desk, id, asker, token)
    gap = await run_in_threadpool(report, desk, turn.question.id)
    return SignaalKort(signaal=gap.id)
