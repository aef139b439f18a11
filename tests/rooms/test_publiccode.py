"""publiccode.yml is one that catalogues can read (standard 0.7, guard D7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

MANDATORY = [
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
    "legal", "maintenance", "localisation",
]  # fmt: skip
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}


@pytest.mark.parametrize("key", MANDATORY)
def test_a_mandatory_key_is_there(key: str) -> None:
    assert CODE[key]


def test_the_words_are_those_of_the_standard() -> None:
    assert CODE["publiccodeYmlVersion"] == "0.7"
    assert CODE["platforms"] == ["web"]
    assert CODE["softwareType"] == "standalone/web"
    assert CODE["developmentStatus"] in STATUSES
    assert CODE["legal"]["license"] == "EUPL-1.2"


def test_the_description_is_in_dutch_and_of_the_right_length() -> None:
    dutch = CODE["description"]["nl"]
    assert len(dutch["shortDescription"]) <= 150
    assert "\n" not in dutch["shortDescription"]
    assert 150 <= len(dutch["longDescription"]) <= 10_000
    assert 5 <= len(dutch["features"]) <= 20


def test_contacts_are_functions_at_an_address_that_is_nobody_s() -> None:
    assert CODE["maintenance"]["type"] == "internal"
    assert CODE["maintenance"]["contacts"]
    for contact in CODE["maintenance"]["contacts"]:
        assert contact["name"].startswith(("Beheer", "Team"))
        assert contact["email"].endswith(".example")


def test_the_languages_of_the_pages_are_named() -> None:
    assert CODE["localisation"]["localisationReady"] in (True, False)
    assert CODE["localisation"]["availableLanguages"] == ["nl"]


def test_its_pictures_are_in_the_repository() -> None:
    for picture in CODE["description"]["nl"]["screenshots"]:
        assert (ROOT / picture).is_file()
