"""The municipality as the pages show it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request

from service.domain.municipality import Municipality
from service.settings import Settings


def municipality_in(settings: Settings) -> Municipality:
    """The details that an installation begins with."""
    return Municipality(
        name=settings.municipality,
        telephone=settings.telephone,
        opening_hours=settings.opening_hours,
        contact_url=settings.contact_url,
    )


def municipality_of(request: Request) -> Municipality:
    """The details as of a few seconds ago; also there while models are loaded, or the database is away."""
    now: Callable[[], Municipality] = request.app.state.municipality
    return now()
