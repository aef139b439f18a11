"""Calling back: who sees it, what happens with it, and that number and name stand nowhere else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from service.domain.callback import Callback, CallbackState
from service.duos.callbacks import Callbacks, Telling, as_dialled, telephone_of, without_caller
from service.notify.notices import Channels
from service.storage.callbacks import KeptCallbacks
from service.storage.outbox import Kind
from service.web.callbacks import callback_news
from tests.service.web.desk_town import DeskOffice, Letterbox, desk_office
from tests.service.web.duo.municipality import NOW, Municipality

NUMBER, E164, NAME = "06 - 1234 5678", "+31612345678", "Quirijn Zwaluwstaart"
CANARIES = ("12345678", "612345678", "1234 5678", "Quirijn", "Zwaluwstaart")
FILLED = {
    "nummer": NUMBER, "naam": NAME, "wanneer": "morning", "afdeling": "Burgerzaken",
    "over": "Wat kost spoed?",
}  # fmt: skip


@pytest.fixture
def office(town: Municipality) -> Iterator[DeskOffice]:
    with desk_office(town) as site:
        yield site


def left(office: DeskOffice, **changes: str) -> Callback:
    answer = office.post("agent", "/terugbellen/nieuw", **(FILLED | changes))
    assert answer.status_code == 303, answer.text
    id = answer.headers["location"].split("/")[2]
    [kept] = [each for each in rows(office).open() if str(each.id) == id]
    return kept


def rows(office: DeskOffice) -> KeptCallbacks:
    return KeptCallbacks(office.town.engine, office.desk.collection)


def act(office: DeskOffice, name: str, kept: Callback, action: str, **fields: str) -> int:
    form = {"versie": str(kept.version)} | fields
    return office.post(name, f"/terugbellen/{kept.id}/{action}", **form).status_code


def dumped(office: DeskOffice) -> dict[str, str]:
    """Every table of the database, as text."""
    path = office.town.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}


def in_files(office: DeskOffice) -> list[str]:
    """The canaries that stand somewhere in the files of the database."""
    folder = Path(office.town.settings.database_url.removeprefix("sqlite:///")).parent
    content = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    return [canary for canary in CANARIES if canary.encode() in content]


def test_an_agent_leaves_a_request_for_the_department_of_the_nearest_text(office: DeskOffice) -> None:
    question = office.ask("Wat kost een paspoort?").turn.question
    page = office.get("agent", f"/terugbellen/nieuw?vraag={question.id}").text
    assert '<option value="Burgerzaken" selected>' in page
    assert "Wat kost een paspoort?</textarea>" in page
    assert "uiterlijk vrijdag 27 november" in page
    kept = left(office, vraag=str(question.id))
    assert (kept.telephone, kept.caller, kept.department) == (E164, NAME, "Burgerzaken")
    assert kept.due_at == datetime(2026, 11, 27, 16, tzinfo=UTC)
    said = office.get("agent", f"/terugbellen/{kept.id}/staat-klaar").text
    assert "u wordt gebeld, uiterlijk vrijdag 27 november." in said
    assert NAME not in said
    assert office.get("anna", f"/terugbellen/{kept.id}/staat-klaar").status_code == 404


def test_number_and_name_stand_in_one_table_and_nowhere_else(
    office: DeskOffice, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    about = f"Bel {NAME} op {NUMBER}, of meneer zwaluwstaart op 0031612345678."
    kept = left(office, over=about)
    assert act(office, "anna", kept, "niet-bereikt", notitie=f"{NAME} nam niet op, {NUMBER}") == 303
    kept = rows(office).open()[0]
    assert (
        act(office, "anna", kept, "doorgeven", aan="Openbare ruimte", notitie=f"Voor Quirijn {E164}") == 303
    )
    office.post("agent", "/terugbellen/nieuw", nummer=NUMBER, naam=NAME)  # refused: says nothing in a log
    for table, content in dumped(office).items():
        found = [canary for canary in CANARIES if canary.casefold() in content.casefold()]
        if table == "service_callbacks":
            assert "Zwaluwstaart" in content
        else:
            assert found == [], table
    kept = rows(office).open()[0]
    words = " ".join([kept.about, *(note.text for note in kept.notes)]).casefold()
    assert [canary for canary in CANARIES if canary.casefold() in words] == []
    logged = capsys.readouterr()
    for text in (logged.out, logged.err, caplog.text):
        assert [canary for canary in CANARIES if canary in text] == []


def test_who_is_called_is_erased_to_the_last_byte(office: DeskOffice) -> None:
    kept = left(office)
    assert in_files(office) != []
    assert act(office, "bert", kept, "gebeld", notitie="Uitgelegd wat spoed kost.") == 303
    done = rows(office).find(kept.id)
    assert done is not None
    assert (done.state, done.telephone, done.caller) == (CallbackState.DONE, "", "")
    assert in_files(office) == []
    [figures] = rows(office).figures(NOW - timedelta(days=1), NOW)
    assert (figures.came, figures.done, figures.in_time, figures.waiting) == (1, 1, 1, 0)
    assert act(office, "bert", done, "gebeld") == 404
    assert office.audit[:2] == ["callback.called", "callback.left"]


@pytest.mark.parametrize(
    ("name", "sees"),
    [("anna", True), ("head", True), ("coordinator", True), ("admin", True), ("carla", False)],
)
def test_the_department_sees_its_own(office: DeskOffice, name: str, sees: bool) -> None:
    kept = left(office)
    page = office.get(name, "/terugbellen")
    assert ("06 12345678" in page.text) is sees
    assert act(office, name, kept, "niet-bereikt") == (303 if sees else 404)


def test_agents_and_editors_have_no_list(office: DeskOffice) -> None:
    for name in ("agent", "editor"):
        assert office.get(name, "/terugbellen").status_code == 403


def test_a_department_hears_of_it_without_the_number(office: DeskOffice) -> None:
    left(office)
    notices = office.outbox.lease(list(Kind), "test", 60, 10)
    assert {each.kind for each in notices} == set(Kind)
    for each in notices:
        assert [canary for canary in CANARIES if canary in str(each.payload)] == []
        assert each.payload["facts"]["link"] == "https://antwoorden.merelveen.example/terugbellen"
    mail = next(each for each in notices if each.kind is Kind.MAIL)
    assert mail.payload["to"]["address"] == "burgerzaken@merelveen.example"


def test_a_task_holds_the_number_where_that_was_chosen_and_until_somebody_called(town: Municipality) -> None:
    with desk_office(town, Channels(mail=True, open_klant=True, callers=True)) as office:
        kept = left(office)
        payload = dumped(office)["service_outbox"]
        assert E164 in payload
        notices = office.outbox.lease(list(Kind), "test", 60, 10)
        assert [each.kind for each in notices if "caller" in each.payload["facts"]] == [Kind.OPEN_KLANT]
        assert [each.sensitive for each in notices if each.kind is Kind.OPEN_KLANT] == [True]
        assert act(office, "anna", kept, "gebeld") == 303
        assert in_files(office) == []


def test_it_is_handed_to_another_department(office: DeskOffice) -> None:
    kept = left(office)
    assert act(office, "anna", kept, "doorgeven", aan="Openbare ruimte") == 400
    assert act(office, "anna", kept, "doorgeven", aan="Burgerzaken", notitie="Van ons?") == 400
    assert act(office, "anna", kept, "doorgeven", aan="Elders", notitie="Van hen.") == 400
    assert act(office, "anna", kept, "doorgeven", aan="Openbare ruimte", notitie="Gaat over afval.") == 303
    assert "06 12345678" not in office.get("anna", "/terugbellen").text
    page = office.get("carla", "/terugbellen").text
    assert "Gaat over afval." in page
    assert "Anna Bakker, vandaag 10.30: doorgegeven." in page
    mails = [each.payload["to"]["address"] for each in office.outbox.lease([Kind.MAIL], "test", 60, 10)]
    assert mails == ["burgerzaken@merelveen.example", "ruimte@merelveen.example"]


def test_the_second_of_two_colleagues_is_told(office: DeskOffice) -> None:
    kept = left(office)
    assert act(office, "anna", kept, "niet-bereikt") == 303
    assert act(office, "bert", kept, "gebeld") == 409
    assert "1 keer niet bereikt." in office.get("bert", "/terugbellen").text


def test_what_is_late_is_said_once_and_marked(office: DeskOffice) -> None:
    left(office)
    assert _round(office) == 0
    office.town.at = NOW + timedelta(days=3)
    assert _round(office) == 1
    assert _round(office) == 0
    page = office.get("anna", "/terugbellen").text
    assert "Te laat: had gemoeten op vrijdag 27 november" in page
    assert "Er wacht 1 terugbelverzoek. 1 ervan is te laat." in page


def test_a_number_that_waits_too_long_is_erased_and_the_coordinator_hears(office: DeskOffice) -> None:
    kept = left(office)
    office.town.at = NOW + timedelta(days=30)
    assert _round(office) == 1  # the reminder alone
    assert in_files(office) != []
    office.town.at = NOW + timedelta(days=30, seconds=1)
    assert _round(office) == 1
    assert in_files(office) == []
    expired = rows(office).find(kept.id)
    assert expired is not None
    assert expired.state is CallbackState.EXPIRED
    page = office.get("coordinator", "/terugbellen").text
    assert "Bij 1 verzoek belde niemand op tijd." in page
    [mail] = [
        each for each in office.outbox.lease([Kind.MAIL], "test", 60, 10)
        if each.payload["event"] == "callback_expired"
    ]  # fmt: skip
    assert mail.payload["to"]["address"] == "els@merelveen.example"


def test_the_words_of_what_was_closed_go_later_and_the_count_stays(office: DeskOffice) -> None:
    kept = left(office)
    assert act(office, "anna", kept, "gebeld", notitie="Gesproken.") == 303
    office.town.at = NOW + timedelta(days=31)
    assert _round(office) == 1
    closed = rows(office).find(kept.id)
    assert closed is not None
    assert (closed.about, closed.notes, closed.reporter) == ("", (), None)
    assert rows(office).figures(NOW - timedelta(days=1), office.town.at)[0].done == 1


def test_the_agent_reads_how_it_ended(office: DeskOffice) -> None:
    kept, agent = left(office), office.town.persons["agent"]
    assert callback_news(office.desk, agent) == ()
    act(office, "anna", kept, "gebeld")
    [news] = callback_news(office.desk, agent)
    assert news.text == "De beller is teruggebeld op woensdag 25 november."
    assert office.post("anna", f"/terugbellen/berichten/{kept.id}").status_code == 303
    assert len(callback_news(office.desk, agent)) == 1
    assert office.post("agent", f"/terugbellen/berichten/{kept.id}").status_code == 303
    assert callback_news(office.desk, agent) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nummer": ""}, "Vul het telefoonnummer in."),
        ({"nummer": "12345"}, "Dit nummer klopt niet."),
        ({"nummer": "06 123456789012"}, "Dit nummer klopt niet."),
        ({"over": " "}, "Vul in waar het over gaat."),
        ({"over": "x" * 501}, "Maak dit korter"),
        ({"naam": "x" * 101}, "Maak de naam korter"),
        ({"afdeling": "Elders"}, "Kies een afdeling uit de lijst."),
    ],
)
def test_a_form_that_cannot_be_right_says_why(
    office: DeskOffice, change: dict[str, str], sentence: str
) -> None:
    answer = office.post("agent", "/terugbellen/nieuw", **(FILLED | change))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert rows(office).open() == ()


@pytest.mark.parametrize(
    ("typed", "kept", "dialled"),
    [
        ("0612345678", "+31612345678", "06 12345678"),
        ("+32 470 12 34 56", "+32470123456", "+32 470 12 34 56"),
        ("0049 30 901820", "+4930901820", "+49 30 901820"),
        ("020-5551234", "+31205551234", "020 555 1234"),
    ],
)
def test_dutch_and_foreign_numbers(typed: str, kept: str, dialled: str) -> None:
    assert telephone_of(typed) == kept
    assert as_dialled(kept) == dialled


def test_the_caller_is_taken_out_of_what_is_written() -> None:
    text = without_caller(
        "De heer de Vries (Vries) belt van 06-12345678 of +31 6 1234 5678.", E164, "J. de Vries"
    )
    assert "Vries" not in text
    assert "1234" not in text
    assert "belt van" in text


def _round(office: DeskOffice) -> int:
    """What the worker does every few minutes."""
    post, town = cast(Letterbox, office.desk.post), office.town
    signals = town.desk.signals
    telling = Telling(post.outbox, post.notices, post.heralds.coordinators)
    wanted = Callbacks(
        rows(office), signals.rules, signals.audit, telling, lambda: town.at, 2, timedelta(days=30)
    )
    return wanted.remind() + wanted.forget()
