"""The API as an application of its own, mounted at /v1."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from service.settings import Settings
from service.web.api.description import CONTACT, TITLE, describe, described_by
from service.web.api.feedback import router as feedback
from service.web.api.rewordings import router as rewordings
from service.web.api.routes import router
from service.web.errors import handle_errors, on_crash
from service.web.guard import API_VERSION
from service.web.house import municipality_of
from service.web.limits import pace_api
from service.web.switches import api_is_on

DESCRIPTION = """\
Stel een vraag over de producten en diensten van de gemeente. U krijgt zinnen terug die letterlijk in de
teksten van de gemeente staan, met hun bron. Of u leest eerlijk dat er geen antwoord is.

Zonder sleutel ziet u openbare teksten en de afdeling die ze bijhoudt. Met de sleutel van een medewerker
(`Authorization: Bearer …`) ziet u ook interne teksten.
"""
TAGS = [
    {"name": "zoekopdrachten", "description": "Teksten zoeken tijdens het typen."},
    {"name": "vragen", "description": "Vragen stellen en teruglezen."},
    {"name": "signalen", "description": "Zeggen wat er ontbreekt of niet klopt, en zien hoe het afloopt."},
]


def build_api(settings: Settings) -> FastAPI:
    """The API with its description at /v1/openapi.json. No page of its own: that would come from a CDN."""
    api = FastAPI(
        title=TITLE.format(name=settings.municipality),
        version=API_VERSION,
        description=DESCRIPTION,
        contact={
            "name": CONTACT.format(name=settings.municipality),
            "url": settings.contact_url,
            "email": settings.contact_email,
        },
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for part in (router, feedback, rewordings):
        api.include_router(part, dependencies=[Depends(api_is_on), Depends(pace_api)])

    @api.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> JSONResponse:
        return JSONResponse(described_by(describe(api), municipality_of(request)))

    handle_errors(api)
    # a mounted application has its own last resort: without this it would answer in plain text
    api.add_exception_handler(Exception, on_crash)
    return api
