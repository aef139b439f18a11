"""Fields of a plain form."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request

from service.web.problems import Problem

FORM = "application/x-www-form-urlencoded"
FEW, MANY = 20, 600


async def form_of(request: Request) -> dict[str, str]:
    """The fields of the form that was sent; of a name that comes twice the last."""
    return await _fields(request, FEW)


async def long_form_of(request: Request) -> dict[str, str]:
    """The same of a form with a line or a section for each of many things."""
    return await _fields(request, MANY)


async def _fields(request: Request, most: int) -> dict[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise Problem(415)
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise Problem(400) from error
