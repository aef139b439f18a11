"""The calm page that stands where the chat is off: how to reach a person, in full (guard P11)."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from service.web import wording_sites as wording
from service.web.house import municipality_of
from service.web.pages import page
from service.web.switches import RETRY_SECONDS, WidgetOff
from service.web.widget.embedding import framed, theme_address
from service.web.widget.sites import LANGUAGES, sites_of


async def on_widget_off(request: Request, _off: WidgetOff) -> Response:
    """503, in the look of the website and in the language that was asked for."""
    key, chosen = request.query_params.get("site", ""), request.query_params.get("taal", "")
    # also of a site whose own chat is off: its page has to be able to show this
    site = next((each for each in sites_of(request).all if each.key == key), None)
    language = chosen if chosen in LANGUAGES else (site.language if site else LANGUAGES[0])
    response = page(
        "off.html", 503, {"Retry-After": RETRY_SECONDS},
        text=wording.WIDGET_OFF if language == "nl" else wording.WIDGET_OFF_ENGLISH,
        language=language, municipality=municipality_of(request), theme=theme_address(site), say=wording,
        origins=site.origins if site else (),
    )  # fmt: skip
    return framed(response, site) if site else response
