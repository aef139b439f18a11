"""The website of the invented municipality, for the demo: what the chat looks like where visitors meet it.

Outside the demo `/` leads to the sidebar. The chat comes from the other name of this machine, so that it is
as foreign to the page as it would be on a website of somebody else.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.settings import Settings
from service.web import wording_demo_site as wording
from service.web.guard import embed_from
from service.web.house import municipality_of
from service.web.pages import page
from service.web.problems import Problem
from service.web.widget.sites import Site
from service.web.widget.themes import BUTTON, HEAD, HOVER, LINK, OWN

KEY = "merelveen"
START = "/zijbalk"
GREEN, DARK_GREEN = "#1d4f3a", "#123526"

router = APIRouter(include_in_schema=False)


def demo_site(port: int) -> Site:
    """The website as a site with the chat: under both names of this machine, in its own colours."""
    colours = {HEAD: GREEN, BUTTON: GREEN, HOVER: DARK_GREEN, LINK: GREEN}
    origins = (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    return Site(KEY, wording.FULL_NAME, origins, OWN, colours=colours)


def other_name(host: str) -> str:
    """The other name under which a browser on this machine reaches us: another site to it."""
    name, separator, port = host.rpartition(":")
    if not separator or not port.isdigit():
        name, port = host, ""
    other = "127.0.0.1" if name == "localhost" else "localhost"
    return f"{other}:{port}" if port else other


@router.get("/")
def home(request: Request) -> Response:
    """The front page of the municipality; outside the demo the way to the sidebar."""
    if not _is_demo(request):
        return RedirectResponse(START, 303)
    return _shown(request, "demo_site/home.html")


@router.get("/merelveen/{name}")
def product(request: Request, name: str) -> Response:
    """A page about a product. Raises Problem 404, and always outside the demo."""
    found = next((each for each in wording.PAGES if each.name == name), None)
    if found is None or not _is_demo(request):
        raise Problem(404)
    return _shown(request, "demo_site/product.html", product=found)


def _is_demo(request: Request) -> bool:
    settings: Settings = request.app.state.settings
    return settings.demo


def _shown(request: Request, name: str, **values: Any) -> Response:
    chat = f"{request.url.scheme}://{other_name(request.headers['host'])}"
    response = page(name, say=wording, chat=chat, key=KEY, municipality=municipality_of(request), **values)
    embed_from(response, chat)
    return response
