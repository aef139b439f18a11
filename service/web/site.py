"""The whole site: pages, API and health behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from anyio import create_task_group, to_thread
from fastapi import Depends, FastAPI
from starlette.exceptions import HTTPException

from embeddings.store.database import open_engine
from service.domain.municipality import Municipality
from service.domain.pinned import Pinned
from service.people.people import People
from service.people.throttle import TooMany
from service.settings import Settings, listed
from service.storage.choices import Choices
from service.storage.pinned import MOST_PINNED, Pins
from service.storage.recent import Recent
from service.web import (
    callbacks,
    choosing_password,
    demo_site,
    health,
    people,
    pinned,
    practice,
    provider_sign_in,
    reporting,
    rewording,
    second_step,
    sidebar,
    sidebar_text,
    signing_in,
    static_files,
)
from service.web.access_log import AccessLog
from service.web.admin import (
    charters,
    details,
    erasing,
    overview,
    owners,
    register,
    sites,
    switches,
    undelivered,
)
from service.web.api.application import build_api
from service.web.desk import Desk
from service.web.duo import (
    assisted_pages,
    emergency_pages,
    link_pages,
    review_pages,
    signal_pages,
    text_pages,
)
from service.web.errors import handle_errors
from service.web.forgetting import forget_erased, forget_now_and_then
from service.web.guard import LOOPBACK_NAMES, Guard
from service.web.house import municipality_in
from service.web.limits import Limits, allowed_in, pace
from service.web.off import on_widget_off
from service.web.policy import enforce
from service.web.reception import Reception
from service.web.signing_in import on_too_many
from service.web.steering import pages as steering_pages
from service.web.switches import Switches, WidgetOff, read_switches
from service.web.visitors import SignInFirst, ask_to_sign_in
from service.web.widget import calm, chat, loader, themes
from service.web.widget.sites import Sites, read_sites

PARTS = (
    health, static_files, demo_site, sidebar, sidebar_text, reporting, rewording,
    signing_in, second_step, choosing_password, provider_sign_in, people,
    themes, loader, chat,
    # the buttons of a signal come last: they match whatever their path does not
    text_pages, assisted_pages, review_pages, link_pages, emergency_pages, signal_pages,
    steering_pages, pinned, callbacks, practice,
    overview, details, owners, charters, sites, switches, register, erasing, undelivered,
)  # fmt: skip


def build_site(
    settings: Settings,
    load: Callable[[], Desk],
    known: People,
    hosts: frozenset[str] = LOOPBACK_NAMES,
    municipality: Callable[[], Municipality] | None = None,
) -> FastAPI:
    """A site that listens at once and answers as soon as `load` has brought the desk."""
    limits = Limits(allowed_in(settings))
    reception = Reception(lambda: replace(load(), pace=limits))
    choices_engine = open_engine(settings.database_url)
    choices = Choices(choices_engine, settings.collection)
    sites_now = Recent(lambda: read_sites(choices), Sites())
    pins = Pins(choices_engine, settings.collection)
    pinned_now = Recent(lambda: pins.latest(MOST_PINNED), tuple[Pinned, ...]())
    switches_now = Recent(lambda: read_switches(choices), Switches())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # questions and typing share these threads: the machine is never asked to do more at a time
        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        reception.open()
        async with create_task_group() as tasks:
            tasks.start_soon(forget_now_and_then, known)
            tasks.start_soon(forget_erased, reception.desk)
            yield
            tasks.cancel_scope.cancel()

    site = FastAPI(
        dependencies=[Depends(enforce), Depends(pace)], lifespan=lifespan,
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    api = build_api(settings)
    for app in (site, api):
        app.state.reception, app.state.people, app.state.settings = reception, known, settings
        app.state.municipality = municipality or (lambda: municipality_in(settings))
        app.state.sites, app.state.switches, app.state.limits = sites_now, switches_now, limits
        app.state.pinned = pinned_now
    for part in PARTS:
        site.include_router(part.router)
    site.mount("/v1", api)
    handle_errors(site)
    # what the pages of people may raise; the API knows neither sessions nor tries
    people_errors: dict[Any, Any] = {
        SignInFirst: ask_to_sign_in, TooMany: on_too_many, WidgetOff: on_widget_off,
        HTTPException: calm.on_no_route,
    }  # fmt: skip
    for kind, handler in people_errors.items():
        site.add_exception_handler(kind, handler)
    site.add_middleware(Guard, hosts=hosts, desktops=listed(settings.desktops), refuse=calm.refuse)
    site.add_middleware(AccessLog)
    return site
