"""The municipality's own details: as people filled them in on the page, or else as the settings say."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from service.domain.municipality import Municipality, ServiceDesk
from service.duos import wording_municipality as wording
from service.notify.mail import is_address
from service.storage.choices import Choices
from service.storage.recent import Recent

NAME = "municipality"  # the choice that holds them
FRESH_SECONDS = 4.0
LONGEST = {
    "name": 100, "telephone": 30, "opening_hours": 200, "contact_url": 500,
    "coordinator_email": 254, "privacy_url": 500,
}  # fmt: skip
LONGEST_DESK = 200
MOST_DESKS = 10
LONGEST_CRISIS = 200
MOST_CRISIS = 5
# a number of a municipality: 14 with the area code, which telephone lists do not know
_FOURTEEN = re.compile(r"14[ -]?0[0-9]{2,3}")


def municipality_of(kept: object, default: Municipality) -> Municipality:
    """The details as they were kept; what is not among them is as in `default`."""
    if not isinstance(kept, dict):
        return default
    texts = {name: kept[name] for name in LONGEST if isinstance(kept.get(name), str)}
    own: dict[str, Any] = dict(texts)
    if isinstance(kept.get("desks"), list):
        own["desks"] = tuple(_desk(each) for each in kept["desks"] if isinstance(each, dict))
    if isinstance(kept.get("crisis"), list):
        own["crisis"] = tuple(str(line) for line in kept["crisis"])
    return replace(default, **own)


def as_json(details: Municipality) -> dict[str, Any]:
    """The details as they are kept."""
    return {
        **asdict(details),
        "desks": [asdict(desk) for desk in details.desks],
        "crisis": list(details.crisis),
    }


def faults_of(details: Municipality) -> dict[str, str]:
    """What cannot be right, as a sentence by the name of its field; empty when all is well."""
    found = {
        "name": "" if details.name else wording.NAME,
        "telephone": "" if _is_telephone(details.telephone) else wording.TELEPHONE,
        "opening_hours": "" if details.opening_hours else wording.OPENING_HOURS,
        "contact_url": "" if _is_page(details.contact_url) else wording.ADDRESS_OF_PAGE,
        "coordinator_email": _fault_of_optional(details.coordinator_email, is_address, wording.EMAIL),
        "privacy_url": _fault_of_optional(details.privacy_url, _is_page, wording.ADDRESS_OF_PAGE),
        "desks": _fault_of_desks(details.desks),
        "crisis": _fault_of_crisis(details.crisis),
    }
    for name, most in LONGEST.items():
        if len(getattr(details, name)) > most:
            found[name] = wording.LONG.format(most=most)
    return {name: fault for name, fault in found.items() if fault}


class MunicipalityNow(Recent[Municipality]):
    """The details as of a few seconds ago, so that every process follows a change without asking each time.

    A page that says that the database is away wants them too: then they are as they were last.
    """

    def __init__(
        self,
        choices: Choices,
        default: Municipality,
        seconds: float = FRESH_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(
            lambda: municipality_of(choices.get(NAME).value, default),
            default, seconds, clock, "the details of the municipality",
        )  # fmt: skip


def _desk(kept: dict[str, Any]) -> ServiceDesk:
    return ServiceDesk(**{each.name: str(kept.get(each.name, "")) for each in fields(ServiceDesk)})


def _is_telephone(text: str) -> bool:
    if _FOURTEEN.fullmatch(text):
        return True
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def _is_page(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isprintable() and " " not in text
    return plain and parts.scheme == "https" and "." in (parts.hostname or "")


def _fault_of_optional(text: str, is_right: Callable[[str], bool], fault: str) -> str:
    return fault if text and not is_right(text) else ""


def _fault_of_desks(desks: tuple[ServiceDesk, ...]) -> str:
    if len(desks) > MOST_DESKS:
        return wording.DESKS.format(most=MOST_DESKS)
    if any(not desk.name for desk in desks):
        return wording.DESK_NAME
    longest = max((len(text) for desk in desks for text in asdict(desk).values()), default=0)
    return wording.LONG.format(most=LONGEST_DESK) if longest > LONGEST_DESK else ""


def _fault_of_crisis(lines: tuple[str, ...]) -> str:
    if len(lines) > MOST_CRISIS:
        return wording.CRISIS.format(most=MOST_CRISIS)
    longest = max((len(line) for line in lines), default=0)
    return wording.LONG.format(most=LONGEST_CRISIS) if longest > LONGEST_CRISIS else ""
