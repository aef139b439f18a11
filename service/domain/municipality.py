"""What a municipality says about itself: on every screen, in every mail, under every answer that needs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceDesk:
    """A place where people can come in. `hours` is a text as one reads it aloud."""

    name: str
    address: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Municipality:
    """How to reach the municipality, and what its own people do in a crisis.

    `crisis` are lines that stand above ours when somebody is in danger. `coordinator_email` gets what
    nobody else can get.
    """

    name: str
    telephone: str
    opening_hours: str
    contact_url: str
    desks: tuple[ServiceDesk, ...] = ()
    crisis: tuple[str, ...] = ()
    coordinator_email: str = ""
    privacy_url: str = ""
