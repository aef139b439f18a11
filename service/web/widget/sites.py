"""The websites that have the chat: which addresses may show it, in which look and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from service.domain.origin import is_origin
from service.storage.choices import Choices
from service.web.widget.themes import OUR_THEME, OWN, THEMES

PREFIX = "site/"  # the choices that hold them
LANGUAGES = ("nl", "en")
MOST_ORIGINS = 10
LONGEST_NAME = 100
# the theme of `/vraag`, which belongs to no site
NO_SITE = "standaard"
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True)
class Site:
    """A website with the chat. `key` is public: it stands in the page of the website, and protects nothing.

    `origins` are the only pages that may show the chat. `theme` is one of `THEMES`, or `OWN` with the colours
    of `colours` (by token).
    """

    key: str
    name: str
    origins: tuple[str, ...] = ()
    theme: str = OUR_THEME
    language: str = "nl"
    on: bool = True
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sites:
    """All of them, by name."""

    all: tuple[Site, ...] = ()

    def find(self, key: str) -> Site | None:
        """The site with this key that has its chat on."""
        return next((site for site in self.all if site.key == key and site.on), None)


def sites_of(request: Request) -> Sites:
    """The sites as of two seconds ago at most."""
    now: Callable[[], Sites] = request.app.state.sites
    return now()


def read_sites(choices: Choices) -> Sites:
    """The sites as they are kept."""
    kept = (site_of(key, choice.value) for key, choice in choices.under(PREFIX).items())
    return Sites(tuple(sorted((site for site in kept if site), key=lambda site: (site.name, site.key))))


def site_of(key: str, value: object) -> Site | None:
    """A site as it was kept; None when it was taken away. What is no origin any more lets nobody in."""
    if not isinstance(value, dict):
        return None
    theme, colours = value.get("theme"), value.get("colours")
    return Site(
        key,
        str(value.get("name") or key),
        tuple(each for each in value.get("origins", ()) if isinstance(each, str) and is_origin(each)),
        theme if theme in (*THEMES, OWN) else OUR_THEME,
        value["language"] if value.get("language") in LANGUAGES else LANGUAGES[0],
        value.get("on") is not False,
        {str(token): str(colour) for token, colour in colours.items()} if isinstance(colours, dict) else {},
    )


def as_json(site: Site) -> dict[str, Any]:
    """A site as it is kept; its key is the name of the choice."""
    return {
        "name": site.name, "origins": list(site.origins), "theme": site.theme,
        "language": site.language, "on": site.on, "colours": dict(site.colours),
    }  # fmt: skip


def is_key(text: str) -> bool:
    """Whether this may be the key of a site: it stands in addresses, so small letters, figures and dashes."""
    return bool(_KEY.fullmatch(text)) and text != NO_SITE
