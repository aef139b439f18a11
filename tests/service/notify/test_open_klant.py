"""An internal task in Open Klant: as its OpenAPI wants it, and one, also after a crash half-way."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from jsonschema import Draft4Validator, FormatChecker

from service.notify.notices import Channels, Notices
from service.notify.open_klant import (
    OpenKlant,
    OpenKlantSender,
    contact_body,
    reference_of,
    task_body,
)
from service.notify.sending import NotSent, Refused, Unreachable
from service.storage.outbox import Kind, Leased
from tests.service.notify.scene import SITE, Asked, Site, free_port, gap, leased, serving

ACTOR, DUO_ACTOR = uuid.uuid4(), uuid.uuid4()
API = "/klantinteracties/api/v1"


class FakeOpenKlant(Site):
    """Keeps klantcontacten and internetaken as Open Klant does; `dies_after` drops the line after so many."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, list[dict[str, Any]]] = {"klantcontacten": [], "internetaken": []}
        self.status = 0
        self.content: bytes | None = None
        self.dies_after = -1
        self.knows_filter = True

    def answer(self, request: Asked) -> tuple[int, dict[str, str], bytes]:
        if request.headers.get("Authorization") != "Token geheim":
            return 401, {}, b"{}"
        if self.status:
            return self.status, {}, b"{}"
        if self.content is not None:
            return 200, {}, self.content
        parts = urlsplit(request.path)
        what = parts.path.removeprefix(f"{API}/")
        if request.method == "POST":
            return self._make(what, request.json())
        [wanted] = parse_qs(parts.query)["referentienummer"]
        found = [
            each for each in self.kept[what] if each["referentienummer"] == wanted or not self.knows_filter
        ]
        return 200, {}, json.dumps({"count": len(found), "results": found}).encode()

    def _make(self, what: str, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        id = str(uuid.uuid4())
        made = {**body, "uuid": id, "url": f"{self.url}{API}/{what}/{id}"}
        self.kept[what].append(made)
        self.dies_after -= 1
        if self.dies_after == 0:
            return 502, {}, b""  # made, and the answer got lost
        return 201, {}, json.dumps(made).encode()

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.kept["klantcontacten"]), len(self.kept["internetaken"])


@pytest.fixture
def there() -> Iterator[FakeOpenKlant]:
    site = FakeOpenKlant()
    with serving(site):
        yield site


def notice(**fields: Any) -> Leased:
    [made] = Notices(SITE, Channels(open_klant=True)).opened(gap(**fields), [], duo="Paspoort en ID-kaart")
    return leased(Kind.OPEN_KLANT, made.payload)


def sender(there: FakeOpenKlant, token: str = "geheim") -> OpenKlantSender:
    return OpenKlantSender(OpenKlant(f"{there.url}{API}", token, ACTOR, {"paspoort en id-kaart": DUO_ACTOR}))


def test_a_signal_becomes_a_task_with_the_contact_that_led_to_it(there: FakeOpenKlant) -> None:
    receipt = sender(there).send(notice())
    [contact], [task] = there.kept["klantcontacten"], there.kept["internetaken"]
    assert receipt == task["url"]
    assert task["aanleidinggevendKlantcontact"] == {"uuid": contact["uuid"]}
    assert task["toegewezenAanActoren"] == [{"uuid": str(DUO_ACTOR)}]
    assert task["gevraagdeHandeling"] == "Beantwoord signaal 12"
    assert f"{SITE}/duo/signalen/12" in task["toelichting"]
    assert "woensdag 15 juli" in task["toelichting"]
    assert contact["onderwerp"] == "Signaal 12: Paspoort aanvragen"


def test_no_question_goes_along(there: FakeOpenKlant) -> None:
    sender(there).send(notice())
    assert "zoon" not in json.dumps(there.kept)


def test_a_repeat_makes_no_second_task(there: FakeOpenKlant) -> None:
    one = notice()
    assert sender(there).send(one) == sender(there).send(one)
    assert there.counts == (1, 1)
    sender(there).send(notice())
    assert there.counts == (2, 2)


@pytest.mark.parametrize("dies_after", [1, 2])
def test_an_answer_that_got_lost_makes_no_second_one(there: FakeOpenKlant, dies_after: int) -> None:
    one = notice()
    there.dies_after = dies_after
    with pytest.raises(NotSent, match="HTTP 502"):
        sender(there).send(one)
    sender(there).send(one)
    assert there.counts == (1, 1)


def test_a_server_that_does_not_know_the_filter_gives_no_wrong_task(there: FakeOpenKlant) -> None:
    there.knows_filter = False
    one, two = notice(), notice()
    first, second = sender(there).send(one), sender(there).send(two)
    assert first != second
    assert sender(there).send(one) == first
    assert there.counts == (2, 2)


def test_the_task_of_somebody_else_under_our_reference_is_left_alone(there: FakeOpenKlant) -> None:
    one = notice()
    there.kept["klantcontacten"].append(
        {"uuid": str(uuid.uuid4()), "referentienummer": reference_of(one.id), "inhoud": "van een ander"}
    )
    with pytest.raises(Refused, match="in use"):
        sender(there).send(one)
    assert there.counts == (1, 0)


def test_a_duo_without_an_actor_falls_to_its_department_and_then_to_all(there: FakeOpenKlant) -> None:
    klant = OpenKlant(f"{there.url}{API}", "geheim", ACTOR, {"Burgerzaken": DUO_ACTOR})
    assert klant.actor_of({"duo": "Onbekend", "department": "burgerzaken"}) == DUO_ACTOR
    assert klant.actor_of({"duo": "", "department": ""}) == ACTOR


@pytest.mark.parametrize(("status", "kind"), [(500, NotSent), (429, NotSent), (400, Refused), (403, Refused)])
def test_what_it_says_decides(there: FakeOpenKlant, status: int, kind: type[NotSent]) -> None:
    there.status = status
    with pytest.raises(NotSent) as reason:
        sender(there).send(notice())
    assert type(reason.value) is kind


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"results": []}'])
def test_an_answer_that_is_none_counts_as_a_failure(there: FakeOpenKlant, content: bytes) -> None:
    there.content = content
    with pytest.raises(NotSent):
        sender(there).send(notice())


def test_a_wrong_token_is_refused_and_not_shown(there: FakeOpenKlant) -> None:
    with pytest.raises(Refused, match="HTTP 401"):
        sender(there, "verkeerd").send(notice())
    assert "verkeerd" not in repr(OpenKlant(there.url, "verkeerd", ACTOR))


def test_nobody_there_is_unreachable() -> None:
    klant = OpenKlant(f"http://127.0.0.1:{free_port()}{API}", "geheim", ACTOR)
    with pytest.raises(Unreachable):
        OpenKlantSender(klant).send(notice())


# -- against the OpenAPI of Open Klant ------------------------------------------------------------


@pytest.fixture(scope="module")
def openapi(shared: Path) -> dict[str, Any]:
    path = shared / "data" / "klantinteracties" / "openklant-klantinteracties-openapi.yaml"
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def writable(openapi: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema of a request: what is read only is neither wanted nor taken."""
    schema = json.loads(json.dumps(openapi["components"]["schemas"][name]))
    properties = {
        key: _resolved(openapi, value)
        for key, value in schema["properties"].items()
        if not value.get("readOnly")
    }
    required = [key for key in schema["required"] if key in properties]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _resolved(openapi: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    if "allOf" in value:
        return _resolved(openapi, value["allOf"][0])
    if "items" in value:
        return {**value, "items": _resolved(openapi, value["items"])}
    if "$ref" not in value:
        return value
    name = value["$ref"].rsplit("/", 1)[1]
    target: dict[str, Any] = openapi["components"]["schemas"][name]
    # uuid is what one gives to point at something; it is marked read only on what it names
    return writable(openapi, name) if "properties" in target else target


def faults(schema: dict[str, Any], body: dict[str, Any]) -> list[str]:
    return [
        error.message for error in Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(body)
    ]


LONG = {"title": "Een heel lange titel " * 60, "number": 99_999}


@pytest.mark.parametrize("fields", [{}, LONG, {"title": "", "due_at": None}])
def test_what_we_send_is_what_the_openapi_asks(openapi: dict[str, Any], fields: dict[str, Any]) -> None:
    one = notice(**fields)
    assert faults(writable(openapi, "Klantcontact"), contact_body(one)) == []
    task = task_body(one, str(uuid.uuid4()), ACTOR)
    assert faults(writable(openapi, "InterneTaak"), task) == []
    assert str(one.id) in task["toelichting"]


def test_the_check_against_the_openapi_sees_a_fault(openapi: dict[str, Any]) -> None:
    task = task_body(notice(), str(uuid.uuid4()), ACTOR)
    schema = writable(openapi, "InterneTaak")
    assert faults(schema, {**task, "referentienummer": "12345678901"})
    assert faults(schema, {**task, "status": "open"})
    assert faults(schema, {key: value for key, value in task.items() if key != "gevraagdeHandeling"})
    assert faults(schema, {**task, "kleur": "rood"})


def test_the_addresses_and_the_filter_are_those_of_the_openapi(openapi: dict[str, Any]) -> None:
    for path in ("/klantcontacten", "/internetaken"):
        names = {each["name"] for each in openapi["paths"][path]["get"]["parameters"]}
        assert "referentienummer" in names
        assert "post" in openapi["paths"][path]
    assert openapi["components"]["securitySchemes"]["tokenAuth"]["name"] == "Authorization"
