"""Sites for the tests: kept as people keep them on the page, without the page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from embeddings.store.database import open_engine, writing
from service.settings import Settings
from service.storage.choices import Choice, Choices
from service.web.switches import NAME, Switches
from service.web.switches import as_json as switches_as_json
from service.web.widget.sites import PREFIX, Site, as_json

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def keep_site(settings: Settings, site: Site) -> None:
    """Save a site, over what was there."""
    _keep(settings, PREFIX + site.key, as_json(site))


def keep_switches(settings: Settings, switches: Switches) -> None:
    """Save the switches, over what was there."""
    _keep(settings, NAME, switches_as_json(switches))


def _keep(settings: Settings, name: str, value: dict[str, Any]) -> None:
    engine = open_engine(settings.database_url)
    choices = Choices(engine, settings.collection)
    with writing(engine).begin() as connection:
        choices.put(connection, Choice(name, value, "Els Kok", NOW, choices.get(name).version))
    engine.dispose()
