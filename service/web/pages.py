"""Pages out of templates: escaped, in one look, with the sentences of wording.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from service.web import wording
from service.web.house import municipality_of
from service.web.problems import Problem, request_id_of
from service.web.static_files import static_url

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# an amount is read in one go: its sign does not stay behind at the end of a line
_TEMPLATES.filters["together"] = lambda text: text.replace("€ ", "€\N{NO-BREAK SPACE}")
_TEMPLATES.globals.update(words=wording, static_url=static_url)


def page(name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
    """A template filled in with values: dataclasses and texts, never rows."""
    return HTMLResponse(_TEMPLATES.get_template(name).render(values), status, headers)


def error_page(request: Request, problem: Problem) -> HTMLResponse:
    """An error in the look of the other pages."""
    code = request_id_of(request.scope) if problem.status >= 500 else ""
    municipality = municipality_of(request)
    return page(
        "error.html", problem.status, problem.headers, text=problem.text, code=code, municipality=municipality
    )
