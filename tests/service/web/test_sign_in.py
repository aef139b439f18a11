"""Signing in and out on the pages: cookies, the way back, what is told and what not (guards S17 to S19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import anyio
import pyotp
import pytest
from fastapi.testclient import TestClient

from service.domain.person import Role
from service.people.one_time_keys import Purpose
from service.web.forgetting import forget_now_and_then
from service.web.site import build_site
from service.web.visitors import own_path
from tests.service.web.conftest import (
    PASSWORD,
    Reply,
    Site,
    add_person,
    desk_in,
    people_in,
    running_site,
    settings_in,
)
from tests.service.web.fakes import FakeAnswering

STAFF_WORDS = "Alleen KCC"
EMAIL = "bo@merelveen.example"
NEW = {"nieuw": "zes merels in de boom", "nogeens": "zes merels in de boom"}


def sign_in(site: Site, **fields: str) -> Reply:
    return site.client.post("/aanmelden", data={"email": EMAIL, "wachtwoord": PASSWORD} | fields)


def search(site: Site) -> str:
    return site.client.post("/zijbalk/kandidaten", data={"vraag": "spoed"}).text


def test_the_form_signs_in_and_out(site: Site) -> None:
    add_person(site.people, Role.AGENT, email=EMAIL)
    assert STAFF_WORDS not in search(site)
    response = sign_in(site)
    assert (response.status_code, response.headers["Location"]) == (303, "/zijbalk")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert STAFF_WORDS in search(site)
    stolen = dict(site.client.cookies)
    site.client.post("/afmelden")
    site.client.cookies.update(stolen)
    assert STAFF_WORDS not in search(site)


def test_signing_in_again_ends_the_session_before_and_takes_no_planted_one(site: Site) -> None:
    add_person(site.people, Role.AGENT, email=EMAIL)
    site.client.cookies.set("antwoordduo", "planted", domain="localhost.local", path="/")
    sign_in(site)
    before = site.client.cookies["antwoordduo"]
    assert before != "planted"
    sign_in(site)
    assert site.people.sessions.person(before) is None


def test_a_wrong_password_says_the_same_as_a_wrong_name_and_repeats_neither(site: Site) -> None:
    add_person(site.people, Role.AGENT, email=EMAIL)
    pages = [sign_in(site, wachtwoord="x" * 20), sign_in(site, email="nobody@merelveen.example")]
    assert [page.status_code for page in pages] == [400, 400]
    assert pages[0].text == pages[1].text
    assert "horen niet bij elkaar" in pages[0].text
    assert 'role="alert"' in pages[0].text
    assert "Set-Cookie" not in pages[0].headers


def test_too_many_tries_wait_and_say_how_long(site: Site) -> None:
    for _ in range(5):
        sign_in(site, wachtwoord="x" * 20)
    response = site.client.post("/aanmelden", data={"email": EMAIL}, headers={"Accept": "text/html"})
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 300
    assert "Wacht 5 minuten" in response.text


def test_one_comes_back_to_the_page_that_was_asked_for(site: Site) -> None:
    add_person(site.people, Role.AGENT, email=EMAIL)
    asked = site.client.get("/wachtwoord?bewaard=1")
    assert asked.headers["Location"] == "/aanmelden?verder=%2Fwachtwoord%3Fbewaard%3D1"
    assert 'name="verder" value="/wachtwoord?bewaard=1"' in site.client.get(asked.headers["Location"]).text
    assert sign_in(site, verder="/wachtwoord?bewaard=1").headers["Location"] == "/wachtwoord?bewaard=1"
    assert site.client.get("/aanmelden?verder=/wachtwoord").headers["Location"] == "/wachtwoord"


@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        ("/duo", "/duo"),
        ("/duo/1?x=2", "/duo/1?x=2"),
        ("", "/zijbalk"),
        ("https://evil.example", "/zijbalk"),
        ("//evil.example", "/zijbalk"),
        ("/\\evil.example", "/zijbalk"),
        ("javascript:alert(1)", "/zijbalk"),
        ("/x\r\nSet-Cookie: a=b", "/zijbalk"),
        ("/aanmelden", "/zijbalk"),
        ("/" + "x" * 600, "/zijbalk"),
    ],
)
def test_one_never_goes_on_to_another_site(path: str, goes_to: str) -> None:
    assert own_path(path) == goes_to


def test_over_https_the_cookie_is_tied_to_this_host(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, hosts="antwoorden.merelveen.example")
    people = people_in(settings)
    add_person(people, Role.AGENT, email=EMAIL)
    app = build_site(settings, lambda: desk_in(settings, FakeAnswering()), people)
    for root in ("https://localhost", "http://localhost"):
        client = TestClient(app, base_url=root, follow_redirects=False)
        cookie = client.post("/aanmelden", data={"email": EMAIL, "wachtwoord": PASSWORD}).headers[
            "Set-Cookie"
        ]
        assert cookie.startswith("__Host-antwoordduo=")
        assert "; Secure" in cookie
        assert "Domain" not in cookie


def test_an_editor_sets_up_the_second_step_and_uses_it(site: Site) -> None:
    add_person(site.people, Role.EDITOR, email=EMAIL)
    assert sign_in(site, verder="/wachtwoord").headers["Location"] == "/aanmelden/code"
    assert STAFF_WORDS not in search(site), "a password alone opens nothing"
    page = site.client.get("/aanmelden/code").text
    letters = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert letters
    app = pyotp.TOTP(letters[1].replace(" ", ""))
    assert site.client.get("/aanmelden/code.svg").headers["Content-Type"] == "image/svg+xml"
    assert site.client.post("/aanmelden/code", data={"code": "12"}).status_code == 400
    kept = site.client.post("/aanmelden/code", data={"code": app.now()})
    recovery = re.findall(r"<code>(\w{5}-\w{5})</code>", kept.text)
    assert len(recovery) == 10
    assert 'href="/wachtwoord"' in kept.text
    assert STAFF_WORDS in search(site)
    site.client.post("/afmelden")
    sign_in(site)
    assert site.client.get("/aanmelden/code.svg").status_code == 404, (
        "the secret is shown the first time only"
    )
    assert "Letters voor de app" not in site.client.get("/aanmelden/code").text
    assert site.client.post("/aanmelden/code", data={"code": recovery[0]}).headers["Location"] == "/zijbalk"
    assert STAFF_WORDS in search(site)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_starts_at_the_second_step(site: Site, method: str) -> None:
    sent = {"data": {"code": "123456"}} if method == "post" else {}
    response = getattr(site.client, method)("/aanmelden/code", **sent)
    assert (response.status_code, response.headers["Location"]) == (303, "/aanmelden")


def test_the_first_admin_is_made_once(site: Site) -> None:
    key = site.people.first_admin_key()
    form = {"sleutel": str(key), "naam": "Bea", "email": EMAIL, **NEW}
    assert site.client.get(f"/aanmelden/eerste?sleutel={key}").status_code == 200
    wrong = site.client.post("/aanmelden/eerste", data=form | {"nieuw": "kort", "email": "geen adres"})
    assert wrong.status_code == 400
    assert wrong.text.count('role="alert"') == 3
    made = site.client.post("/aanmelden/eerste", data=form)
    assert made.headers["Location"] == "/aanmelden?nieuw=1"
    assert "Meld u nu aan" in site.client.get("/aanmelden?nieuw=1").text
    assert site.client.post("/aanmelden/eerste", data=form | {"email": "x@y.example"}).status_code == 404
    (account,) = site.people.accounts.all()
    assert account.person.roles == {Role.ADMIN}
    assert sign_in(site, wachtwoord=NEW["nieuw"]).headers["Location"] == "/aanmelden/code"


def test_a_first_admin_is_not_made_beside_another(site: Site) -> None:
    key = site.people.first_admin_key()
    add_person(site.people, Role.ADMIN)
    assert site.client.get(f"/aanmelden/eerste?sleutel={key}").status_code == 404


def test_the_link_of_an_admin_sets_a_password_once(site: Site) -> None:
    person = add_person(site.people, Role.AGENT, email=EMAIL)
    elsewhere = site.people.sessions.open(person.id)
    key = site.people.keys.new(Purpose.PASSWORD, person.id)
    assert EMAIL in site.client.get(f"/aanmelden/wachtwoord?sleutel={key}").text
    unlike = site.client.post("/aanmelden/wachtwoord", data={"sleutel": key, **NEW, "nogeens": "x"})
    assert (unlike.status_code, "niet gelijk" in unlike.text) == (400, True)
    chosen = site.client.post("/aanmelden/wachtwoord", data={"sleutel": key, **NEW})
    assert chosen.headers["Location"] == "/aanmelden?nieuw=1"
    assert site.people.sessions.person(elsewhere) is None
    again = site.client.post("/aanmelden/wachtwoord", data={"sleutel": key, **NEW})
    assert again.status_code == 404
    assert sign_in(site, wachtwoord=NEW["nieuw"]).status_code == 303


def test_changing_ones_password_needs_the_old_one_and_ends_other_sessions(site: Site) -> None:
    person = site.sign_in(Role.AGENT, email=EMAIL)
    elsewhere = site.people.sessions.open(person.id)
    wrong = site.client.post("/wachtwoord", data={"nu": "x", **NEW})
    assert (wrong.status_code, "van nu klopt niet" in wrong.text) == (400, True)
    common = {"nu": PASSWORD, "nieuw": "welkom123456", "nogeens": "welkom123456"}
    assert "Veel mensen" in site.client.post("/wachtwoord", data=common).text
    assert site.client.post("/wachtwoord", data={"nu": PASSWORD, **NEW}).status_code == 303
    assert STAFF_WORDS in search(site)
    assert site.people.sessions.person(elsewhere) is None


def test_a_password_is_never_shown_or_logged_again(site: Site) -> None:
    site.sign_in(Role.AGENT, email=EMAIL)
    page = site.client.post(
        "/wachtwoord", data={"nu": "geheim-van-nu", "nieuw": "geheim-nieuw", "nogeens": "a"}
    )
    assert "geheim" not in page.text
    assert "geheim" not in str(site.people.audit.lines())


def test_the_site_forgets_tries_by_itself(site: Site) -> None:
    forgotten: list[bool] = []

    class Forgetful:
        def forget_past(self) -> None:
            forgotten.append(True)

    async def run() -> None:
        with anyio.move_on_after(0.2):
            await forget_now_and_then(Forgetful(), 0.01)  # type: ignore[arg-type]

    anyio.run(run)
    assert forgotten


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path, demo=True), FakeAnswering())


def test_the_demo_offers_its_people_at_a_click(demo: Site) -> None:
    page = demo.client.get("/aanmelden?verder=/wachtwoord").text
    offered = re.findall(r'name="persoon" value="([^"]+)"', page)
    assert offered == [
        "kcc",
        "lid kcc-1",
        "lid spec-1",
        "redacteur",
        "coordinator",
        "afdelingshoofd",
        "beheerder",
    ]
    assert "KCC-medewerker reisdocumenten" in page
    for key in offered:
        demo.client.cookies.clear()
        response = demo.client.post("/aanmelden/demo", data={"persoon": key, "verder": "/wachtwoord"})
        assert (response.status_code, response.headers["Location"]) == (303, "/wachtwoord")
        assert STAFF_WORDS in search(demo)
    admin = demo.client.get("/beheer/mensen")
    assert admin.status_code == 200, "the admin of the demo needs no second step"
    roles = [role for account in demo.people.accounts.all() for role in account.person.roles]
    assert set(roles) == set(Role)
    member = next(one.person for one in demo.people.accounts.all() if one.person.member == "spec-1")
    assert member.roles == {Role.DUO_MEMBER}
    assert demo.client.post("/aanmelden/demo", data={"persoon": "burgemeester"}).status_code == 404


def test_without_the_demo_nobody_signs_in_at_a_click(site: Site) -> None:
    assert "persoon" not in site.client.get("/aanmelden").text
    assert site.client.post("/aanmelden/demo", data={"persoon": "beheerder"}).status_code == 404
    assert site.people.accounts.all() == ()
