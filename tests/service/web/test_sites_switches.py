"""Off means off, in every process, within five seconds, each by itself; a person stays near (S10, P11)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from service.storage.recent import RECENT_SECONDS, Recent
from service.web.switches import Switches, switches_in
from service.web.widget.sites import Site
from tests.service.web.conftest import Site as RunningSite
from tests.service.web.conftest import running_site, settings_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.sites_site import keep_site, keep_switches

PAGE = {"Accept": "text/html"}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[RunningSite, RunningSite]]:
    """Two processes' worth of site over one database."""
    settings = settings_in(tmp_path)
    first, second = (running_site(settings, FakeAnswering()) for _ in range(2))
    yield next(first), next(second)
    for each in (first, second):
        next(each, None)


def pass_two_seconds(*sites: RunningSite) -> None:
    """As if the two seconds had passed in which what was read still counts."""
    assert RECENT_SECONDS <= 5
    for each in sites:
        for recent in (each.client.app.state.switches, each.client.app.state.sites):  # type: ignore[attr-defined]
            assert recent._seconds == RECENT_SECONDS
            recent._read_at = time.monotonic() - RECENT_SECONDS


def test_what_one_process_turns_off_is_off_in_the_other(two: tuple[RunningSite, RunningSite]) -> None:
    one, other = two
    keep_site(one.settings, Site("merelveen", "M", ("https://www.merelveen.nl",)))
    assert [each.client.get("/vraag", headers=PAGE).status_code for each in two] == [200, 200]
    assert other.client.post("/v1/vragen", json={"vraag": "paspoort"}).status_code == 201
    keep_switches(one.settings, Switches(widget=False, api=False))
    pass_two_seconds(*two)
    for each in two:
        off = each.client.get("/chat?site=merelveen", headers=PAGE)
        assert off.status_code == 503
        assert off.headers["Retry-After"] == "60"
        assert each.client.get("/vraag", headers=PAGE).status_code == 503
        refused = each.client.post("/v1/vragen", json={"vraag": "paspoort"})
        assert refused.status_code == 503
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.headers["Retry-After"] == "60"
        assert each.client.get("/v1/openapi.json").status_code == 200
        assert each.client.get("/zijbalk", headers=PAGE).status_code == 200
    keep_switches(one.settings, Switches())
    pass_two_seconds(*two)
    assert [each.client.get("/vraag", headers=PAGE).status_code for each in two] == [200, 200]


@pytest.mark.parametrize("off", ["widget", "api"])
def test_each_goes_off_by_itself(two: tuple[RunningSite, RunningSite], off: str) -> None:
    site = two[0]
    keep_switches(site.settings, Switches(**{off: False}))
    chat = site.client.get("/vraag", headers=PAGE).status_code
    api = site.client.post("/v1/zoekopdrachten", json={"tekst": "paspoort"}).status_code
    assert (chat, api) == ((503, 200) if off == "widget" else (200, 503))


@pytest.mark.parametrize(
    ("address", "language"), [("/vraag", "nl"), ("/vraag?taal=en", "en"), ("/chat?site=engels", "en")]
)
def test_where_the_chat_is_off_a_person_is_one_click_away(
    two: tuple[RunningSite, RunningSite], address: str, language: str
) -> None:
    site = two[0]
    keep_site(site.settings, Site("engels", "E", ("https://www.merelveen.nl",), language="en"))
    keep_switches(site.settings, Switches(widget=False))
    page = site.client.get(address, headers=PAGE).text
    assert f'<html lang="{language}">' in page
    assert 'href="tel:140999"' in page
    assert site.settings.opening_hours in page
    assert site.settings.contact_url in page


def test_a_site_whose_own_chat_is_off_can_show_that(two: tuple[RunningSite, RunningSite]) -> None:
    site = two[0]
    keep_site(site.settings, Site("uit", "U", ("https://www.merelveen.nl",), on=False))
    response = site.client.get("/chat?site=uit", headers=PAGE)
    assert response.status_code == 503
    assert "frame-ancestors https://www.merelveen.nl" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in site.client.get("/chat?site=weg").headers["Content-Security-Policy"]


def test_what_was_never_chosen_is_on() -> None:
    assert switches_in(None) == switches_in({}) == switches_in("x") == Switches()
    assert switches_in({"widget": False, "onbekend": False}) == Switches(widget=False)


def test_while_the_database_is_away_it_stays_as_it_was() -> None:
    answers: list[object] = [Switches(api=False), OperationalError("x", {}, Exception()), Switches()]
    now = [0.0]

    def read() -> Switches:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Switches)
        return answer

    recent = Recent(read, Switches(), clock=lambda: now[0])
    assert recent() == Switches(api=False)
    now[0] = 1.9
    assert len(answers) == 2
    assert recent() == Switches(api=False)
    now[0] = 2.0
    assert recent() == Switches(api=False)  # the database was away
    assert len(answers) == 1
    recent.forget()
    assert recent() == Switches()
