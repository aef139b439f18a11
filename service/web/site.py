"""The whole site: pages, API and health behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from service.settings import Settings
from service.web import health, sidebar, signing_in, static_files
from service.web.access_log import AccessLog
from service.web.api.application import build_api
from service.web.desk import Desk
from service.web.errors import handle_errors
from service.web.guard import LOOPBACK_NAMES, Guard
from service.web.reception import Reception
from service.web.sessions import Sessions


def build_site(
    settings: Settings,
    load: Callable[[], Desk],
    sessions: Sessions,
    hosts: frozenset[str] = LOOPBACK_NAMES,
) -> FastAPI:
    """A site that listens at once and answers as soon as `load` has brought the desk."""
    reception = Reception(load)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # questions and typing share these threads: the machine is never asked to do more at a time
        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        reception.open()
        yield

    site = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    api = build_api(settings)
    for app in (site, api):
        app.state.reception, app.state.sessions, app.state.settings = reception, sessions, settings
    for part in (health, static_files, signing_in, sidebar):
        site.include_router(part.router)
    site.mount("/v1", api)
    handle_errors(site)
    site.add_middleware(Guard, hosts=hosts)
    site.add_middleware(AccessLog)
    return site
