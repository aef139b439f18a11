"""What a page of the chat is sent with: who may show it in a frame, and where its look stands."""

from __future__ import annotations

from starlette.responses import Response

from service.web.guard import frame_by
from service.web.widget.sites import NO_SITE, Site
from service.web.widget.themes import OUR_THEME, colours_of, style_of, version_of


def framed(response: Response, site: Site) -> Response:
    """The same page, for a frame on this website alone. A site without origins is shown nowhere."""
    frame_by(response, site.origins)
    return response


def theme_address(site: Site | None) -> str:
    """The address of the look of a site, or of the page without one. It changes with the colours."""
    style = style_of(colours_of(site.theme, site.colours) if site else colours_of(OUR_THEME, {}))
    return f"/chat/thema/{site.key if site else NO_SITE}.css?v={version_of(style)}"
