"""The three things one can do with the API: search, ask, and read back."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from service.domain.question import API_SITE, Asker
from service.storage.questions import Turn
from service.web import wording
from service.web.api.bodies import CHANNELS, BeantwoordeVraag, Vraag, Zoekopdracht, Zoekresultaat
from service.web.api.credentials import asker_of, speaks_json
from service.web.api.description import ASK_RESPONSES, READ_RESPONSES, SEARCH_RESPONSES
from service.web.api.shapes import question_body, search_body
from service.web.desk import Desk
from service.web.problems import Problem, unauthorized
from service.web.reception import desk_of
from service.web.rewording import GENERATED

router = APIRouter(dependencies=[Depends(speaks_json)])

AskedBy = Annotated[Asker, Depends(asker_of)]
Token = Annotated[
    str | None,
    Header(
        alias="Gesprek-Token", description="Sleutel van het gesprek, uit het antwoord op de eerste vraag."
    ),
]


@router.post(
    "/zoekopdrachten",
    operation_id="zoek",
    tags=["zoekopdrachten"],
    summary="Zoek teksten tijdens het typen",
    response_model=Zoekresultaat,
    responses=SEARCH_RESPONSES,
)
async def search(request: Request, asker: AskedBy, body: Zoekopdracht) -> Zoekresultaat:
    """Geeft de teksten die het best passen. Er wordt niets bewaard."""
    desk: Desk = desk_of(request)
    found = await run_in_threadpool(desk.suggest, body.tekst, asker, body.taal, body.aantal)
    return search_body(found)


@router.post(
    "/vragen",
    operation_id="stelVraag",
    tags=["vragen"],
    summary="Stel een vraag",
    status_code=201,
    response_model=BeantwoordeVraag,
    responses=ASK_RESPONSES,
)
async def ask(
    request: Request, response: Response, asker: AskedBy, body: Vraag, token: Token = None
) -> BeantwoordeVraag:
    """Beantwoordt de vraag met zinnen uit onze teksten, of zegt waarom dat niet kan.

    Persoonsgegevens worden er eerst uit gehaald. Opent de vraag een gesprek, dan staat de sleutel ervan
    in de kop `Gesprek-Token`. Bewaar die: hij komt maar één keer.
    """
    desk: Desk = desk_of(request)
    channel = CHANNELS[body.kanaal]
    reply = await run_in_threadpool(
        desk.ask, body.vraag, channel, body.taal, asker, body.gesprek, token, site=API_SITE
    )
    response.headers["Location"] = f"{request.scope['root_path']}/vragen/{reply.turn.question.id}"
    if reply.token:
        response.headers["Gesprek-Token"] = reply.token
    if reply.turn.answer.asked_back:
        response.headers[GENERATED] = "true"
    return question_body(reply.turn, reply.signal)


@router.get(
    "/vragen/{id}",
    operation_id="leesVraag",
    tags=["vragen"],
    summary="Lees een vraag terug",
    response_model=BeantwoordeVraag,
    responses=READ_RESPONSES,
)
async def read(request: Request, asker: AskedBy, id: str, token: Token = None) -> BeantwoordeVraag:
    """Geeft een vraag met het antwoord van toen. Daarvoor is de sleutel van het gesprek nodig."""
    desk: Desk = desk_of(request)
    turn = await run_in_threadpool(turn_of, desk, id, asker, token)
    return question_body(turn, await run_in_threadpool(desk.signal_of, turn.question.id))


def turn_of(desk: Desk, id: str, asker: Asker, token: str | None) -> Turn:
    """The question with this id, for who may read it. Raises Problem 401 or 404."""
    if token is None and not asker.staff:
        raise unauthorized(wording.NO_CONVERSATION_TOKEN, scheme="Gesprek-Token")
    known = _uuid_of(id)
    turn = desk.read(known, asker, token) if known else None
    if turn is None:
        raise Problem(404, wording.NO_SUCH_QUESTION)
    return turn


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
