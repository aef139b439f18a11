"""How fast one may ask (guard S22): exactly as much as allowed, per person or per address, calmly refused."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request

from service.domain.person import Role
from service.web.limits import Allowed, Limits, TooFast, address_of, read_limit
from tests.service.web.conftest import Site, running_site, settings_in
from tests.service.web.fakes import FakeAnswering

QUESTION = {"vraag": "Wat kost een paspoort?"}


def passes(count: Callable[[], None]) -> bool:
    try:
        count()
    except TooFast:
        return False
    return True


def site_with(folder: Path, **limits: str) -> Iterator[Site]:
    return running_site(settings_in(folder, **limits), FakeAnswering())


def test_of_200_at_once_exactly_the_limit_passes() -> None:
    limits = Limits(Allowed(address="60/hour"))
    start = threading.Barrier(20)

    def ask(_number: int) -> list[bool]:
        start.wait()
        return [passes(lambda: limits.count("address", "192.0.2.1")) for _ in range(10)]

    with ThreadPoolExecutor(20) as people:
        passed = [one for each in people.map(ask, range(20)) for one in each]
    assert (len(passed), sum(passed)) == (200, 60)
    assert passes(lambda: limits.count("address", "192.0.2.2"))


def test_what_has_no_limit_is_not_counted() -> None:
    limits = Limits(Allowed())
    assert all(passes(lambda: limits.count("address", "x")) for _ in range(500))


def test_who_goes_too_fast_hears_when_there_is_room(tmp_path: Path) -> None:
    for site in site_with(tmp_path, limit_address="2/hour"):
        assert [site.client.post("/v1/vragen", json=QUESTION).status_code for _ in range(3)] == [
            201,
            201,
            429,
        ]
        refused = site.client.post("/v1/vragen", json=QUESTION)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert 3500 < int(refused.headers["Retry-After"]) <= 3600
        page = site.client.post("/zijbalk/vragen", data=QUESTION, headers={"Accept": "text/html"})
        assert page.status_code == 429
        assert "te veel vragen" in page.text
        assert site.settings.telephone in page.text
        with_key = site.client.post("/v1/vragen", json=QUESTION, headers=site.staff)
        assert with_key.status_code == 201


def test_staff_are_counted_by_account_and_not_by_address(tmp_path: Path) -> None:
    for site in site_with(tmp_path, limit_address="1/hour", limit_writes="3/minute"):
        for email in ("een@merelveen.example", "twee@merelveen.example"):
            site.sign_in(Role.AGENT, email=email)
            codes = [site.client.post("/zijbalk/vragen", data=QUESTION).status_code for _ in range(4)]
            assert codes == [200, 200, 200, 429]


def test_pages_of_staff_and_searches_of_visitors_have_their_own_limits(tmp_path: Path) -> None:
    for site in site_with(tmp_path, limit_reads="2/minute", limit_lookups="2/minute"):
        looked = [site.client.post("/zijbalk/kandidaten", data=QUESTION).status_code for _ in range(3)]
        assert looked == [200, 200, 429]
        assert [site.client.get("/zijbalk").status_code for _ in range(5)] == [200] * 5
        site.sign_in(Role.AGENT)
        assert [site.client.get("/zijbalk").status_code for _ in range(3)] == [200, 200, 429]
        assert site.client.get("/static/icon.svg").status_code == 200
        assert site.client.get("/healthz/live").status_code == 200


def test_a_conversation_has_a_limit_that_a_made_up_id_does_not_pass(tmp_path: Path) -> None:
    for site in site_with(tmp_path, limit_conversation="2/10 minute"):
        first = site.client.post("/v1/vragen", json=QUESTION)
        follow = QUESTION | {"gesprek": first.json()["gesprek"]}
        token = {"Gesprek-Token": first.headers["Gesprek-Token"]}
        codes = [site.client.post("/v1/vragen", json=follow, headers=token).status_code for _ in range(2)]
        assert codes == [201, 429]
        made_up = QUESTION | {"gesprek": str(uuid.uuid4())}
        assert site.client.post("/v1/vragen", json=made_up).status_code == 404


def test_a_conversation_has_one_question_at_a_time() -> None:
    now = [1000.0]
    limits, conversation = Limits(Allowed(), clock=lambda: now[0]), uuid.uuid4()
    with limits.one_at_a_time(conversation):
        with pytest.raises(TooFast), limits.one_at_a_time(conversation):
            raise AssertionError("two at once")
        with limits.one_at_a_time(uuid.uuid4()):
            pass
    with limits.one_at_a_time(conversation):
        now[0] += 31  # lost: it does not block for ever
        with limits.one_at_a_time(conversation):
            pass


def test_addresses_are_not_kept_as_they_are() -> None:
    limits = Limits(Allowed(address="60/hour"))
    limits.count("address", "192.0.2.77")
    assert "192.0.2.77" not in repr(vars(limits._window.storage))


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_that_of_a_subscriber(host: str, counted: str) -> None:
    headers = [(b"x-forwarded-for", b"203.0.113.9"), (b"forwarded", b"for=203.0.113.9")]
    request = Request({"type": "http", "client": (host, 1), "headers": headers})
    assert address_of(request) == counted


@pytest.mark.parametrize(
    ("text", "amount", "seconds"), [("60/hour", 60, 3600), ("10/10 minute", 10, 600), ("3/second", 3, 1)]
)
def test_a_limit_is_read(text: str, amount: int, seconds: int) -> None:
    item = read_limit(text)
    assert (item.amount, item.get_expiry()) == (amount, seconds)


@pytest.mark.parametrize("text", ["", "60", "0/hour", "60/day", "-1/hour", "60 per hour", "60/hour;"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        read_limit(text)
