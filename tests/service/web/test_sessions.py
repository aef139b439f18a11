"""Staff: the key, the link, the session and its end (guards S17, S30)."""

from __future__ import annotations

from service.web.sessions import ABSOLUTE_SECONDS, IDLE_SECONDS, Sessions
from tests.service.web.conftest import STAFF_TOKEN, Site

STAFF_WORDS = "Alleen KCC"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_falls_idle() -> None:
    clock = Clock()
    sessions = Sessions(STAFF_TOKEN, clock)
    reference = sessions.open()
    clock.now = IDLE_SECONDS
    assert sessions.is_open(reference)
    clock.now += IDLE_SECONDS + 1
    assert not sessions.is_open(reference)


def test_a_busy_session_ends_after_twelve_hours() -> None:
    clock = Clock()
    sessions = Sessions(STAFF_TOKEN, clock)
    reference = sessions.open()
    while clock.now < ABSOLUTE_SECONDS:
        assert sessions.is_open(reference)
        clock.now += IDLE_SECONDS
    clock.now += 1
    assert not sessions.is_open(reference)


def test_a_link_works_once() -> None:
    sessions = Sessions(STAFF_TOKEN)
    key = sessions.new_link_key()
    assert sessions.use_link_key(key)
    assert not sessions.use_link_key(key)


def test_the_link_signs_in_and_leaves_no_key_in_the_address(site: Site) -> None:
    link = f"/zijbalk/aanmelden?sleutel={site.sessions.new_link_key()}"
    first = site.client.get(link)
    assert (first.status_code, first.headers["Location"]) == (303, "/zijbalk")
    assert STAFF_WORDS in _search(site)
    site.client.cookies.clear()
    assert "al gebruikt" in site.client.get(link).text


def test_the_form_signs_in_and_out(site: Site) -> None:
    assert STAFF_WORDS not in _search(site)
    response = site.client.post("/zijbalk/aanmelden", data={"sleutel": f" {STAFF_TOKEN} "})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert STAFF_TOKEN not in cookie
    assert STAFF_WORDS in _search(site)
    stolen = dict(site.client.cookies)
    site.client.post("/zijbalk/afmelden")
    site.client.cookies.update(stolen)
    assert STAFF_WORDS not in _search(site)


def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    for _ in range(2):
        site.client.post("/zijbalk/aanmelden", data={"sleutel": STAFF_TOKEN})
        before = site.client.cookies["antwoordduo"]
    assert site.sessions.is_open(before)
    site.client.post("/zijbalk/aanmelden", data={"sleutel": STAFF_TOKEN})
    assert not site.sessions.is_open(before)


def test_a_wrong_key_says_so(site: Site) -> None:
    response = site.client.post("/zijbalk/aanmelden", data={"sleutel": "x" * 40})
    assert response.status_code == 403
    assert "klopt niet" in response.text
    assert "Set-Cookie" not in response.headers


def test_an_invented_cookie_opens_nothing(site: Site) -> None:
    site.client.cookies.set("antwoordduo", STAFF_TOKEN)
    assert STAFF_WORDS not in _search(site)


def test_a_cookie_means_nothing_to_the_api(site: Site) -> None:
    site.client.post("/zijbalk/aanmelden", data={"sleutel": STAFF_TOKEN})
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "spoed"})
    assert "kennisartikel:spoed" not in response.text


def _search(site: Site) -> str:
    return site.client.post("/zijbalk/kandidaten", data={"vraag": "spoed"}).text
