"""A conversation as a file for its owner: to read in a browser, or as data for another program (guard P6)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from starlette.responses import Response

from service.storage.questions import Turn
from service.web.api.shapes import question_body
from service.web.house import municipality_of
from service.web.pages import page
from service.web.reception import desk_of
from service.web.widget.showing import frame_of
from service.web.widget.turns import day_of, turn_view
from service.web.widget.visiting import Visit

FILE = "gesprek-met-de-gemeente"


@dataclass(frozen=True)
class Reworded:
    """Words of a language model, with its name and the day."""

    text: str
    model: str
    day: str


def as_page(request: Request, visit: Visit, turns: Sequence[Turn], now: datetime) -> Response:
    """The conversation as a page that can be read anywhere: it asks nothing from anybody."""
    response = page(
        "widget/saved.html",
        views=[turn_view(turn, visit.words) for turn in turns],
        asked=[day_of(turn.question.asked_at, visit.words) for turn in turns],
        reworded=[_reworded(turn, visit) for turn in turns],
        helped={str(each) for each in _helped(request, turns)},
        day=day_of(now, visit.words),
        **frame_of(request, visit),
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}.html"'
    return response


def _reworded(turn: Turn, visit: Visit) -> Reworded | None:
    """What a model made of the quote, where that was shown (guard A2)."""
    made = turn.answer.rewording
    return Reworded(made.text, made.model, day_of(made.made_at, visit.words)) if made and made.text else None


def as_data(request: Request, visit: Visit, turns: Sequence[Turn], now: datetime) -> Response:
    """The conversation as JSON, in the words of the API."""
    helped = _helped(request, turns)
    data = {
        "gemeente": municipality_of(request).name,
        "gesprek": visit.conversation,
        "opgeslagenOp": now.isoformat(timespec="seconds"),
        "vragen": [_turn(turn, turn.question.id in helped) for turn in turns],
    }
    return Response(
        json.dumps(data, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{FILE}.json"'},
    )


def _helped(request: Request, turns: Sequence[Turn]) -> frozenset[uuid.UUID]:
    """The questions of which somebody said that the answer helps."""
    return desk_of(request).helped.among([turn.question.id for turn in turns])


def _turn(turn: Turn, helped: bool) -> dict[str, Any]:
    question = turn.question
    asked = {
        "vraag": question.text,
        "gesteldOp": question.asked_at.isoformat(timespec="seconds"),
        "verwijderd": list(question.removed),
        "helpt": helped,
    }
    return asked | question_body(turn).model_dump(mode="json", by_alias=True, exclude={"signaal"})
