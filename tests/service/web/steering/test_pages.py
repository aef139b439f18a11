from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from embeddings.store.database import writing
from evals.duo_data import Size
from service.domain.person import Person, Role
from service.storage.gap_tables import gaps
from service.web.steering.sheets import Cell, Table, csv_of
from tests.service.web.conftest import ROOT
from tests.steering_data import Steered, steered_site

PAGES = ("/sturing", "/sturing/producten", "/sturing/maandbericht", "/sturing/kennismiddag")
SHEETS = (
    "verloop", "afdelingen", "duos", "leden", "stijgers", "producten", "eerste-lijn", "teksten",
    "meest-gevraagd", "open",
)  # fmt: skip


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    site = steered_site(tmp_path_factory.mktemp("figures"), Size(200, 0, 8, 90))
    yield site
    site.engine.dispose()


@pytest.fixture(scope="module")
def people(steered: Steered) -> dict[str, Person]:
    return {
        "coordinator": steered.person(Role.COORDINATOR),
        "admin": steered.person(Role.ADMIN),
        "head": steered.person(Role.DEPARTMENT_HEAD, departments=["burgerzaken"]),
        "lost": steered.person(Role.DEPARTMENT_HEAD, name="lost"),
        "agent": steered.person(Role.AGENT),
    }


@pytest.fixture(scope="module")
def client(steered: Steered) -> Iterator[TestClient]:
    with TestClient(steered.app, base_url=ROOT, follow_redirects=False) as running:
        for _ in range(200):
            if running.get("/healthz/ready").status_code == 200:
                break
        yield running


def as_person(client: TestClient, steered: Steered, person: Person) -> TestClient:
    client.cookies.set("antwoordduo", steered.session(person))
    return client


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")), delimiter=";"))


def test_each_number_leads_to_as_many_rows(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    page = text_of(as_person(client, steered, people["coordinator"]), "/sturing")
    shown: dict[str, set[str]] = {}
    for address, number in re.findall(r'<a href="(/sturing/signalen[^"]+)">(\d+)<', page):
        shown.setdefault(address.replace("&amp;", "&"), set()).add(number)
    assert len(shown) > 60
    for address, numbers in shown.items():
        found = re.search(r"(\d+) signa|Geen signalen", text_of(client, address))
        assert found is not None
        # the median of days leads to what was solved too
        assert (found[1] or "0") in numbers, address


def test_a_head_sees_own_departments_alone(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    as_person(client, steered, people["head"])
    page = text_of(client, "/sturing")
    others = [each for each in steered.municipality.ownership.duos if each.department != "Burgerzaken"]
    assert not [duo.name for duo in others if f'<th scope="row" data-column="Productduo">{duo.name}<' in page]
    assert "Per collega" in page
    for wrong in (
        "afdeling=Belastingen",
        f"duo={others[0].id}",
        f"lid={others[-1].specialist}",
        "van_niemand=ja",
    ):
        rows = client.get(f"/sturing/signalen?wat=open&{wrong}")
        if wrong.startswith("van_niemand"):
            assert "mijn afdelingen" in rows.text
        else:
            assert rows.status_code == 404, wrong
    assert client.get("/sturing?afdeling=Belastingen").status_code == 404
    assert client.get("/sturing/maandbericht?afdeling=Belastingen").status_code == 404
    numbers = {row[0] for row in rows_of(text_of(client, "/sturing/csv/signalen?wat=nieuw"))[1:]}
    all_of_them = rows_of(
        text_of(as_person(client, steered, people["coordinator"]), "/sturing/csv/signalen?wat=nieuw")
    )
    own = {row[0] for row in all_of_them[1:] if _is_of(row[2], "Burgerzaken", steered)}
    assert numbers == own != set()


def _is_of(owner: str, department: str, steered: Steered) -> bool:
    duos = {f"duo {duo.name}" for duo in steered.municipality.ownership.duos if duo.department == department}
    return owner in duos or owner == f"afdeling {department}"


def test_members_by_name_are_not_for_an_admin(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    as_person(client, steered, people["admin"])
    assert "Per collega" not in text_of(client, "/sturing")
    assert client.get("/sturing/csv/leden").status_code == 404
    member = steered.municipality.ownership.duos[0].kcc_member
    assert client.get(f"/sturing/signalen?wat=open&lid={member}").status_code == 404
    assert "Deze collega" not in text_of(client, "/sturing/maandbericht")


def test_a_head_without_a_department_sees_nothing_and_reads_why(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    page = text_of(as_person(client, steered, people["lost"]), "/sturing")
    assert "nog niet aan een afdeling gekoppeld" in page
    assert not re.findall(r'<a href="/sturing/signalen[^"]+">[1-9]', page)
    assert client.get("/sturing/maandbericht").status_code == 404


def test_agents_do_not_get_in(client: TestClient, steered: Steered, people: dict[str, Person]) -> None:
    as_person(client, steered, people["agent"])
    for path in (*PAGES, "/sturing/signalen?wat=open", "/sturing/csv/duos"):
        assert client.get(path).status_code == 403, path


@pytest.mark.parametrize(
    "query", ["periode=week", "periode=kwartaal", "periode=eigen&van=2026-10-03&tot=2026-10-20"]
)
def test_every_page_shows_every_period(
    client: TestClient, steered: Steered, people: dict[str, Person], query: str
) -> None:
    as_person(client, steered, people["coordinator"])
    for path in PAGES:
        text_of(client, f"{path}?{query}")


@pytest.mark.parametrize(
    "query",
    [
        "periode=eigen",
        "periode=eigen&van=2026-10-20&tot=2026-10-03",
        "periode=eigen&van=x&tot=y",
        "periode=maand&dag=2027-01-01",
    ],
)
def test_dates_that_cannot_be_meant_are_told(
    client: TestClient, steered: Steered, people: dict[str, Person], query: str
) -> None:
    page = text_of(as_person(client, steered, people["coordinator"]), f"/sturing?{query}")
    assert 'role="alert"' in page
    assert "november 2026" in page


def test_what_is_no_number_does_not_exist(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    as_person(client, steered, people["coordinator"])
    for path in (
        "/sturing/signalen",
        "/sturing/signalen?wat=alles",
        "/sturing/csv/nee",
        "/sturing/signalen?wat=open&bladzijde=99",
    ):
        assert client.get(path).status_code == 404, path


def test_every_table_comes_as_csv_and_stands_in_the_audit(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    as_person(client, steered, people["coordinator"])
    for name in SHEETS:
        answer = client.get(f"/sturing/csv/{name}?periode=kwartaal&sinds=2026-10-01")
        assert answer.headers["content-type"].startswith("text/csv"), name
        header, *rows = rows_of(answer.text)
        assert all(len(row) == len(header) for row in rows), name
    assert [line.action for line in steered.people.audit.lines(len(SHEETS))] == ["export"] * len(SHEETS)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_stays_words_in_a_spreadsheet(cell: str) -> None:
    table = Table("", ("naam", "=kop"), ((Cell("paspoort"), Cell(cell)),))
    (header, row) = rows_of(csv_of(table))
    assert header[1] == "'=kop"
    assert row[1].startswith("'")


def test_what_people_typed_is_never_markup(
    client: TestClient, steered: Steered, people: dict[str, Person]
) -> None:
    script = "<script>alert(1)</script>"
    with writing(steered.engine).begin() as connection:
        connection.execute(
            update(gaps).where(gaps.c.number == 1).values(question=script, opened_at=gaps.c.first_asked_at)
        )
    as_person(client, steered, people["coordinator"])
    wanted = "/sturing/signalen?wat=nieuw&periode=eigen&van=2026-01-01&tot=2026-11-30&product=<script>"
    assert script not in text_of(client, wanted)
    assert "&lt;script&gt;" in client.get(wanted).text
