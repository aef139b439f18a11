"""What is an origin, and what only looks like one (guards S12, S14, S15)."""

from __future__ import annotations

import pytest

from service.domain.origin import is_origin
from service.web.widget.sites import Sites, as_json, is_key, site_of

GOOD = (
    "https://www.merelveen.nl", "https://merelveen.nl", "https://www.merelveen.nl:8443",
    "https://xn--caf-dma.nl", "http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000",
)  # fmt: skip
BAD = (
    "", "null", "*", "https://*", "https://*.merelveen.nl", "http://www.merelveen.nl", "www.merelveen.nl",
    "https://www.merelveen.nl/", "https://www.merelveen.nl/pad", "https://www.merelveen.nl?x=1",
    "https://www.merelveen.nl#x", "https://gebruiker@www.merelveen.nl", "https://www.merelveen.nl:",
    "https://www.merelveen.nl:443", "http://localhost:80", "https://www.merelveen.nl:0", "https://.nl",
    "https://-x.nl", "https://x..nl", "https://café.nl", "HTTPS://WWW.MERELVEEN.NL",
    "https://www.merelveen.nl https://kwaad.example", "https://www.merelveen.nl;script-src *",
    "https://www.merelveen.nl, https://x.nl", "https://www.merelveen.nl\r\nSet-Cookie: a=b",
    "https://www.merelveen.nl\n", "data:text/html,x", "javascript:alert(1)", "file://", "blob:https://x.nl",
    "http://localhost.kwaad.example", "http://127.0.0.1.kwaad.example", "https://" + "a" * 64 + ".nl",
    "https://" + "a." * 120 + "nl",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_an_origin(text: str) -> None:
    assert is_origin(text)


@pytest.mark.parametrize("text", BAD)
def test_no_origin(text: str) -> None:
    assert not is_origin(text)


@pytest.mark.parametrize("text", BAD)
def test_what_was_kept_and_is_no_origin_lets_nobody_in(text: str) -> None:
    site = site_of("m", {"name": "M", "origins": [text, GOOD[0], 7]})
    assert site
    assert site.origins == (GOOD[0],)


def test_a_site_is_kept_as_it_was() -> None:
    site = site_of(
        "m", {"name": "M", "origins": [GOOD[0]], "theme": "utrecht", "language": "en", "on": False}
    )
    assert site
    assert site_of("m", as_json(site)) == site
    assert (site.theme, site.language, site.on) == ("utrecht", "en", False)


@pytest.mark.parametrize("value", [None, "x", 3, []])
def test_what_was_taken_away_is_no_site(value: object) -> None:
    assert site_of("m", value) is None


def test_what_cannot_be_chosen_falls_back() -> None:
    site = site_of("m", {"theme": "paars", "language": "fr", "colours": ["x"]})
    assert site
    assert (site.name, site.theme, site.language, dict(site.colours)) == ("m", "antwoordduo", "nl", {})


def test_a_site_that_is_off_is_not_found() -> None:
    on, off = site_of("aan", {"name": "A"}), site_of("uit", {"name": "U", "on": False})
    assert on
    assert off
    sites = Sites((on, off))
    assert sites.find("aan") == on
    assert sites.find("uit") is None
    assert sites.find("weg") is None


@pytest.mark.parametrize("key", ["m", "merelveen", "site-2", "a" * 40])
def test_a_key(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize("key", ["", "Merel", "a b", "-a", "a-", "a/b", "../x", "standaard", "a" * 41, "é"])
def test_no_key(key: str) -> None:
    assert not is_key(key)
