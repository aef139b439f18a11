"""A summary of an answer by a language model, and whether a text was written by one here."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from service.domain.question import API_SITE
from service.web.api.bodies import BeantwoordeVraag, Herkomst, Tekstcontrole
from service.web.api.credentials import speaks_json
from service.web.api.description import CHECK_RESPONSES, REWORD_RESPONSES
from service.web.api.routes import AskedBy, Token, turn_of
from service.web.api.shapes import question_body
from service.web.desk import Desk
from service.web.reception import desk_of
from service.web.rewording import GENERATED, reworded

router = APIRouter(dependencies=[Depends(speaks_json)])


@router.post(
    "/vragen/{id}/herschrijvingen",
    operation_id="vatAntwoordSamen",
    tags=["vragen"],
    summary="Laat een taalmodel het antwoord samenvatten",
    response_model=BeantwoordeVraag,
    responses=REWORD_RESPONSES,
)
async def reword(
    request: Request, response: Response, asker: AskedBy, id: str, token: Token = None
) -> BeantwoordeVraag:
    """Elke zin is gecontroleerd: wat niet in de bron staat, valt af. Anders krijgt u het citaat."""
    desk: Desk = desk_of(request)
    turn = await run_in_threadpool(turn_of, desk, id, asker, token)
    turn, made = await reworded(request, turn.question.id, asker, token, API_SITE)
    response.headers[GENERATED] = "true" if made.sentences else "false"
    return question_body(replace(turn, answer=replace(turn.answer, rewording=made)))


@router.post(
    "/tekstcontroles",
    operation_id="controleerTekst",
    tags=["vragen"],
    summary="Vraag of een taalmodel een tekst hier heeft gemaakt",
    response_model=Herkomst,
    responses=CHECK_RESPONSES,
)
async def check(request: Request, body: Tekstcontrole) -> Herkomst:
    """Zoekt de tekst, of een zin ervan, in wat wij nog bewaren. Een nee is geen bewijs van het tegendeel."""
    desk: Desk = desk_of(request)
    written = await run_in_threadpool(desk.reworder.kept.find, body.tekst) if desk.reworder else None
    if written is None:
        return Herkomst(aiGegenereerd=False)
    return Herkomst(aiGegenereerd=True, model=written.model, gemaakt=written.made_at)
