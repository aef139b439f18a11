"""Who may show our pages in a frame, and what other sites may read (guards S11, S12, S14, S15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from starlette.responses import Response

from service.web.guard import NO_FEATURES, SECURITY_HEADERS, embed_from, frame_by
from service.web.policy import POLICY
from service.web.widget.sites import Site
from tests.service.web.conftest import Site as RunningSite
from tests.service.web.conftest import running_site, settings_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.sites_site import keep_site
from tests.service.web.test_sites_origins import BAD

ORIGINS = ("https://www.merelveen.nl", "https://merelveen.nl")
SITE = Site("merelveen", "Gemeente Merelveen", ORIGINS)
DESKTOP = "https://kiss.merelveen.nl"
LOOK_ALIKES = (
    "null", "https://www.merelveen.nl.kwaad.example", "https://kwaad-www.merelveen.nl", "http://www.merelveen.nl",
    "https://www.merelveen.nl:8443", "https://WWW.merelveen.nl", "https://kwaad.example",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningSite]:
    settings = settings_in(tmp_path, desktops=DESKTOP, hosts="localhost")
    keep = running_site(settings, FakeAnswering())
    running = next(keep)
    keep_site(settings, SITE)
    keep_site(settings, Site("leeg", "Zonder adres"))
    keep_site(settings, Site("uit", "Uit", ORIGINS, on=False))
    running.client.app.state.sites.forget()  # type: ignore[attr-defined]
    yield running
    next(keep, None)


def ancestors(response: object) -> str:
    policy = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    found = re.search(r"frame-ancestors ([^;]+)", policy)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/chat?site=merelveen", "/chat?site=merelveen&taal=en", "/chat?site=uit"])
def test_the_chat_may_be_shown_by_the_addresses_of_its_site_alone(site: RunningSite, path: str) -> None:
    response = site.client.get(path, headers={"Accept": "text/html"})
    assert ancestors(response) == " ".join(ORIGINS)
    assert "X-Frame-Options" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Permissions-Policy"] == NO_FEATURES
    assert "Set-Cookie" not in response.headers
    assert not any(name.startswith("antwoordduo") for name in response.headers)


@pytest.mark.parametrize(
    "path", ["/chat", "/chat?site=leeg", "/chat?site=onbekend", "/vraag", "/", "/beheer"]
)
def test_what_belongs_to_no_address_is_shown_nowhere(site: RunningSite, path: str) -> None:
    response = site.client.get(path, headers={"Accept": "text/html"})
    assert ancestors(response) == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("origin", LOOK_ALIKES)
def test_what_a_client_says_of_itself_changes_nothing(site: RunningSite, origin: str) -> None:
    headers = {"Accept": "text/html", "Origin": origin, "Referer": f"{origin}/x"}
    assert ancestors(site.client.get("/chat?site=merelveen", headers=headers)) == " ".join(ORIGINS)
    asked = site.client.post("/chat/vragen", data={"site": "merelveen", "vraag": "x"}, headers=headers)
    assert asked.status_code == 403


def test_no_answer_may_be_read_by_another_site(site: RunningSite) -> None:
    routes = [route.split(" ") for route in POLICY if "{" not in route]
    for (method, path), origin in product(routes, ("null", LOOK_ALIKES[1], ORIGINS[0])):
        response = site.client.request(method, path, headers={"Origin": origin})
        open_to_all = path in ("/widget.js", "/v1/openapi.json")
        may_read = response.headers.get("Access-Control-Allow-Origin")
        assert may_read == ("*" if open_to_all else None), (path, origin)
        assert "Access-Control-Allow-Credentials" not in response.headers
        shared = response.headers["Cross-Origin-Resource-Policy"]
        assert shared == ("cross-origin" if open_to_all else "same-origin"), path


@pytest.mark.parametrize("path", ["/zijbalk", "/aanmelden"])
def test_the_sidebar_may_be_shown_by_the_desktops_alone(site: RunningSite, path: str) -> None:
    response = site.client.get(path, headers={"Accept": "text/html"})
    assert ancestors(response) == DESKTOP
    assert "X-Frame-Options" not in response.headers


def test_without_desktops_nobody_shows_the_sidebar(tmp_path: Path) -> None:
    for running in running_site(settings_in(tmp_path), FakeAnswering()):
        assert ancestors(running.client.get("/zijbalk")) == "'none'"


@pytest.mark.parametrize(("where", "tied"), [("iframe", True), ("document", False), ("", False)])
def test_a_session_in_a_desktop_is_for_that_desktop_alone(site: RunningSite, where: str, tied: bool) -> None:
    headers = {"Sec-Fetch-Dest": where, "Sec-Fetch-Site": "same-origin"} if where else {}
    response = site.client.post("/afmelden", headers=headers)
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-antwoordduo=")
    assert ("Partitioned" in cookie, "SameSite=none" in cookie) == (tied, tied)
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_origin_gets_into_no_policy(text: str) -> None:
    response = Response()
    frame_by(response, [text])
    embed_from(response, text)
    assert response.headers["antwoordduo-framed-by"] == ""
    assert "antwoordduo-embeds" not in response.headers


def test_a_header_from_outside_opens_nothing(site: RunningSite) -> None:
    asked = {"antwoordduo-framed-by": "https://kwaad.example", "antwoordduo-embeds": "https://kwaad.example"}
    response = site.client.get("/beheer/gemeente", headers=asked)
    assert response.headers["Content-Security-Policy"] == SECURITY_HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("key", ["merelveen", "standaard"])
def test_a_look_may_be_kept_for_ever_under_the_address_of_its_colours(site: RunningSite, key: str) -> None:
    plain = site.client.get(f"/chat/thema/{key}.css")
    assert plain.headers["Cache-Control"] == "no-store"
    assert plain.headers["Content-Type"].startswith("text/css")
    page = site.client.get("/chat?site=merelveen" if key == "merelveen" else "/vraag").text
    found = re.search(rf"/chat/thema/{key}\.css\?v=\w+", page)
    assert found
    assert "immutable" in site.client.get(found[0]).headers["Cache-Control"]


def test_a_site_that_is_not_there_has_no_look(site: RunningSite) -> None:
    assert site.client.get("/chat/thema/onbekend.css").status_code == 404
