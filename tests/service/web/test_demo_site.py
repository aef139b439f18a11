"""The website of the invented municipality: in the demo alone, with the chat from another origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.demo import put_demo_site
from service.storage.choices import Choices
from service.storage.database import open_database
from service.web.demo_site import KEY, demo_site, other_name
from service.web.widget.sites import read_sites
from service.web.widget.themes import colours_of, weak_pairs
from service.web.wording_demo_site import PAGES
from tests.service.web.conftest import Site, running_site, settings_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.sites_site import keep_site


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path, demo=True), FakeAnswering())


@pytest.mark.parametrize("path", ["/", *(f"/merelveen/{page.name}" for page in PAGES)])
@pytest.mark.parametrize(
    ("host", "chat"),
    [("127.0.0.1:8000", "http://localhost:8000"), ("localhost:8000", "http://127.0.0.1:8000")],
)
def test_each_page_has_the_chat_from_the_other_name(demo: Site, path: str, host: str, chat: str) -> None:
    response = demo.client.get(path, headers={"Host": host})
    assert response.status_code == 200
    assert f'src="{chat}/widget.js" data-site="{KEY}"' in response.text
    assert "bedachte gemeente" in response.text
    policy = response.headers["Content-Security-Policy"]
    assert f"script-src 'self' {chat};" in policy
    assert f"frame-src {chat}" in policy
    assert "frame-ancestors 'none'" in policy


def test_every_link_of_the_front_page_leads_somewhere(demo: Site) -> None:
    page = demo.client.get("/").text
    links = set(re.findall(r'href="(/[^"#]*)', page))
    assert len(links) > len(PAGES)
    for link in links:
        assert demo.client.get(link).status_code in (200, 303), link


def test_the_search_asks_the_question_without_putting_it_in_an_address(demo: Site) -> None:
    form = re.search(r'<form class="search" method="(\w+)" action="([^"]+)"', demo.client.get("/").text)
    assert form
    assert form[1] == "post"
    asked = demo.client.post(form[2], data={"vraag": "Wat kost een paspoort?"})
    assert asked.status_code == 200
    assert "83,87" in asked.text


def test_a_page_that_is_not_there(demo: Site) -> None:
    assert demo.client.get("/merelveen/onbekend").status_code == 404


def test_outside_the_demo_there_is_no_such_website(site: Site) -> None:
    assert site.client.get("/").headers["Location"] == "/zijbalk"
    assert site.client.get("/merelveen/paspoort").status_code == 404


@pytest.mark.parametrize(
    ("host", "other"),
    [
        ("127.0.0.1:8000", "localhost:8000"),
        ("localhost:8000", "127.0.0.1:8000"),
        ("[::1]:8000", "localhost:8000"),
        ("localhost", "127.0.0.1"),
        ("[::1]", "localhost"),
    ],
)
def test_the_other_name(host: str, other: str) -> None:
    assert other_name(host) == other


def test_the_demo_gets_its_website_once_and_keeps_what_was_chosen(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    engine = open_database(settings.database_url)
    choices = Choices(engine, settings.collection)
    for port in (8000, 8000, 9000):
        put_demo_site(engine, choices, demo_site(port))
    (site,) = read_sites(choices).all
    assert site.origins == tuple(
        f"http://{name}:{port}" for port in (9000, 8000) for name in ("127.0.0.1", "localhost")
    )
    assert choices.get(f"site/{KEY}").version == 2
    keep_site(settings, replace(site, name="Anders", theme="utrecht"))
    put_demo_site(engine, choices, demo_site(9000))
    (site,) = read_sites(choices).all
    assert (site.name, site.theme) == ("Anders", "utrecht")


def test_its_colours_can_be_read() -> None:
    site = demo_site(8000)
    assert weak_pairs(colours_of(site.theme, site.colours)) == []
