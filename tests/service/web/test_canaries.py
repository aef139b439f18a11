"""Personal data goes in by every door and is found nowhere afterwards (guards P3, P9)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog
from stdnum.nl import bsn

from service.web.access_log import configure_logging
from tests.service.web.conftest import Site, running_site, settings_in
from tests.service.web.fakes import FakeAnswering

_NUMBERS = [str(number) for number in range(123456700, 123457700) if bsn.is_valid(str(number))]
CANARIES = [
    *(f"kanarie.vogel{number}@voorbeeld.nl" for number in range(15)),
    *(f"06-{23456701 + 7 * number}" for number in range(12)),
    *_NUMBERS[:13],
    "NL91ABNA0417164300",
    "NL20INGB0001234567",
    "GB-123-K",
    "12-KLM-3",
    "1234 AB 56",
    "2511 CV 12",
    "4111 1111 1111 1111",
    "5500 0000 0000 0004",
    "12-03-1981",
    "Kanarielaan 17",
]
WORDS = {
    "NL": "mijn rekening is {}",
    "12-03-1981": "mijn geboortedatum is {}",
    "GB-123-K": "mijn kenteken is {}",
    "12-KLM-3": "mijn kenteken is {}",
    "Kanarielaan 17": "ik woon op {}",
}


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logging(stream)
    yield stream
    structlog.reset_defaults()


@pytest.fixture
def site(tmp_path: Path, logs: io.StringIO) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path / "data"), FakeAnswering())


def sentence(canary: str) -> str:
    words = next((words for start, words in WORDS.items() if canary.startswith(start)), "mijn gegeven is {}")
    if canary.isdigit():
        words = "mijn bsn is {}"
    return words.format(canary) + ", wat kost een paspoort?"


def go_through_every_door(site: Site, canary: str) -> list[str]:
    """Send a canary everywhere; return what is given back when one reads."""
    client, text, in_path = site.client, sentence(canary), quote(canary, safe="")
    answered = client.post("/v1/vragen", json={"vraag": text})
    token = {"Gesprek-Token": answered.headers["Gesprek-Token"]}
    read = client.get(answered.headers["Location"], headers=token)
    client.post("/v1/zoekopdrachten", json={"tekst": text})
    fields = dict.fromkeys(("sleutel", "gesprek", "email", "wachtwoord", "code", "verder"), canary)
    doors = ("/zijbalk/vragen", "/zijbalk/kandidaten", "/aanmelden", "/aanmelden/code", "/aanmelden/eerste")
    for form in doors:
        client.post(form, data={"vraag": text, **fields})
    for broken in ("kapot " + text, text * 20, [text]):
        for door, field in (("/v1/vragen", "vraag"), ("/v1/zoekopdrachten", "tekst")):
            client.post(door, json={field: broken, canary: text})
        client.post("/zijbalk/vragen", data={"vraag": broken})
    client.post("/v1/vragen", content=text * 500, headers={"Content-Type": "application/json"})
    client.post("/v1/vragen", content=text.encode(), headers={"Content-Type": "text/plain"})
    client.post("/v1/vragen", json={"vraag": text}, headers={"Authorization": f"Bearer {canary}"})
    pages = [
        client.get(f"/v1/vragen/{in_path}", headers=token),
        client.get(f"/zijbalk?vraag={in_path}"),
        client.get(f"/aanmelden?verder={in_path}"),
        client.get(f"/aanmelden/eerste?sleutel={in_path}"),
        client.get(f"/aanmelden/wachtwoord?sleutel={in_path}"),
        client.get(f"/beheer/mensen/{in_path}"),
        client.get(f"/{in_path}", headers={"Accept": "text/html", "User-Agent": canary, "Referer": canary}),
        client.get(f"/static/{in_path}"),
        client.get("/v1/openapi.json", headers={"Host": canary}),
    ]
    return [response.text for response in (read, *pages)]


@pytest.mark.slow
def test_no_canary_is_found_again(site: Site, logs: io.StringIO, tmp_path: Path) -> None:
    assert len(CANARIES) == 50
    read = "\n".join(text for canary in CANARIES for text in go_through_every_door(site, canary))
    stored = b"\n".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    everything = stored.decode("utf-8", "replace") + logs.getvalue() + read
    assert [canary for canary in CANARIES if canary in everything] == []
    assert b"wat kost een paspoort" in stored  # or nothing was stored, and this test says nothing


def test_the_log_holds_no_address_no_query_and_no_path(site: Site, logs: io.StringIO) -> None:
    site.client.get("/zijbalk?vraag=geheim")
    site.client.get("/v1/vragen/geheim", headers={"Gesprek-Token": "geheim"})
    site.client.get("/geheim")
    site.client.request("GEHEIM1", "/zijbalk")
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    requests = [line for line in lines if line["event"] == "request"][-4:]
    assert [line["route"] for line in requests] == ["/zijbalk", "/v1/vragen/{id}", "-", "/zijbalk"]
    assert set(requests[0]) == {
        "event", "level", "method", "ms", "request_id", "route", "status", "timestamp",
    }  # fmt: skip
    assert "geheim" not in logs.getvalue().lower()
    assert "testclient" not in logs.getvalue()


def test_a_crash_is_logged_with_its_place_and_the_code_on_the_page(site: Site, logs: io.StringIO) -> None:
    response = site.client.post("/v1/vragen", json={"vraag": "kapot"})
    crash = next(
        json.loads(line) for line in logs.getvalue().splitlines() if json.loads(line)["event"] == "crash"
    )
    assert crash["kind"] == "RuntimeError"
    assert response.json()["instance"] == f"urn:uuid:{crash['request_id']}"
    assert any("fakes.py" in place for place in crash["places"])
    assert "kapot" not in logs.getvalue()
