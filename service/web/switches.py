"""What is on and what is off: the chat, the API and the language model, each by itself (guard S10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from fastapi import Request

from service.storage.choices import Choices
from service.web import wording_sites as wording
from service.web.problems import Problem

NAME = "switches"  # the choice that holds them
RETRY_SECONDS = "60"  # nobody knows how long it stays off: a client should not hammer


@dataclass(frozen=True)
class Switches:
    """`widget` is the chat and `/vraag`; `api` is everything under `/v1`; `model` lets a model reword."""

    widget: bool = True
    api: bool = True
    model: bool = True


NAMES = tuple(each.name for each in fields(Switches))


class WidgetOff(Exception):
    """The chat is off: who opens it gets the telephone number, the hours and the desks."""


def switches_of(request: Request) -> Switches:
    """The switches as of two seconds ago at most."""
    now: Callable[[], Switches] = request.app.state.switches
    return now()


def read_switches(choices: Choices) -> Switches:
    """The switches as they are kept."""
    return switches_in(choices.get(NAME).value)


def switches_in(kept: object) -> Switches:
    """The switches in a kept value; what was never chosen is on."""
    chosen: dict[str, Any] = kept if isinstance(kept, dict) else {}
    return Switches(**{name: chosen.get(name) is not False for name in NAMES})


def as_json(switches: Switches) -> dict[str, bool]:
    """The switches as they are kept."""
    return asdict(switches)


def widget_is_on(request: Request) -> None:
    """A dependency of the chat's routes. Raises WidgetOff."""
    if not switches_of(request).widget:
        raise WidgetOff


def api_is_on(request: Request) -> None:
    """A dependency of the API's routes. Raises Problem 503."""
    if not switches_of(request).api:
        raise Problem(503, wording.API_OFF, {"Retry-After": RETRY_SECONDS})
