"""Whether the process lives, and whether it can answer: for whoever watches over it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from service.web import wording
from service.web.problems import RETRY_AFTER_SECONDS
from service.web.reception import Reception, reception_of

router = APIRouter(prefix="/healthz", include_in_schema=False)


@router.api_route("/live", methods=["GET", "HEAD"])
async def live() -> Response:
    """200 as long as the process runs."""
    return JSONResponse({"status": "live"})


@router.api_route("/ready", methods=["GET", "HEAD"])
def ready(reception: Annotated[Reception, Depends(reception_of)]) -> Response:
    """200 once questions are answered, with words only when degraded; 503 before that."""
    readiness = reception.readiness()
    body = {"status": readiness.state, "reasons": list(readiness.reasons)}
    if readiness.can_answer:
        return JSONResponse(body)
    text = wording.STARTING if readiness.state == "starting" else wording.PROBLEMS[503]
    return JSONResponse(
        {**body, "title": text.title, "detail": text.detail}, 503, {"Retry-After": RETRY_AFTER_SECONDS}
    )
