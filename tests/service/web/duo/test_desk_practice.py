"""Practising: real solved questions, the approved text, and counts without names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from embeddings.document import DocumentKey
from embeddings.store.database import writing
from service.domain.draft import RegressionQuestion
from service.duos.practice import exercises
from service.storage.practice import PracticeCounts, Verdict
from service.storage.regression import keep
from service.web.dates import local_date
from service.web.practice import Session, session_in
from tests.service.web.desk_town import DeskOffice, desk_office
from tests.service.web.duo.municipality import NOW, PASSPORT_PRODUCT, WASTE_PRODUCT, Municipality

FEE = "Hoeveel betaal ik voor een paspoort?"


@pytest.fixture
def office(town: Municipality) -> Iterator[DeskOffice]:
    with desk_office(town) as site:
        yield site


def solved(office: DeskOffice, question: str = FEE, document: str = "vac:paspoort", **values: object) -> None:
    """A question that has to stay answered."""
    filled = {"fact": "€ 83,87", "gap": None, "added_at": NOW, "holds": True} | values
    one = RegressionQuestion(uuid.uuid4(), office.desk.collection, question, document, **filled)  # type: ignore[arg-type]
    with writing(office.town.engine).begin() as connection:
        keep(connection, [one])


def fields_in(page: str) -> dict[str, str]:
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    }


def choices_in(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'name="keuze" value="([^"]*)"', page)]


def counted(office: DeskOffice) -> list[tuple[str, int, int, int]]:
    counts = PracticeCounts(office.town.engine, office.desk.collection).products(local_date(NOW))
    return [(each.product, each.right, each.partly, each.wrong) for each in counts]


def test_without_solved_questions_the_page_says_so_kindly(office: DeskOffice) -> None:
    page = office.get("agent", "/oefenen").text
    assert "Er zijn nog geen vragen om mee te oefenen." in page
    assert "Begin met oefenen" not in page


@pytest.mark.parametrize(("document", "said", "counts"), [
    ("vac:paspoort", "Goed gekozen", (1, 0, 0)),
    ("vac:grofvuil", "Dit was een andere tekst", (0, 0, 1)),
])  # fmt: skip
def test_a_text_is_picked_and_counted_without_a_name(
    office: DeskOffice, document: str, said: str, counts: tuple[int, int, int]
) -> None:
    solved(office)
    page = office.get("agent", "/oefenen/vraag?manier=kiezen&zaad=1").text
    assert FEE in page
    assert len(choices_in(page)) == 3  # there are no four texts here
    assert {"vac:paspoort", document} <= set(choices_in(page))
    answer = office.post("agent", "/oefenen/antwoord", **fields_in(page), keuze=document).text
    assert said in answer
    assert re.search(r"<mark>[^<]*€\s83,87", answer)
    assert "Bron: Wat kost een paspoort?" in answer
    assert counted(office) == [(PASSPORT_PRODUCT, *counts)]
    dump = str(PracticeCounts(office.town.engine, office.desk.collection).products(local_date(NOW)))
    assert "Henk" not in dump


def test_own_words_are_judged_by_who_wrote_them_and_kept_nowhere(office: DeskOffice) -> None:
    solved(office)
    page = office.get("agent", "/oefenen/vraag?manier=eigen&zaad=1").text
    answer = office.post("agent", "/oefenen/antwoord", **fields_in(page), antwoord="Ruim zwaluwtachtig euro.")
    assert "Ruim zwaluwtachtig euro." in answer.text
    assert "Dit moet erin: € 83,87" in answer.text
    assert counted(office) == []
    after = office.post("agent", "/oefenen/oordeel", **fields_in(answer.text), oordeel="partly")
    assert counted(office) == [(PASSPORT_PRODUCT, 0, 1, 0)]
    end = office.get("agent", after.headers["location"]).text
    assert "U beantwoordde 1 vraag." in end
    assert "Deels: 1" in end
    path = office.town.settings.database_url.removeprefix("sqlite:///")
    with open(path, "rb") as file:
        assert b"zwaluwtachtig" not in file.read()


def test_a_question_counts_once_in_a_round(office: DeskOffice) -> None:
    solved(office)
    page = office.get("agent", "/oefenen/vraag?manier=kiezen&zaad=1").text
    form = fields_in(page)
    office.post("agent", "/oefenen/antwoord", **form, keuze="vac:paspoort")
    again = office.post(
        "agent", "/oefenen/antwoord", **(form | {"gehad": form["vraag"]}), keuze="vac:paspoort"
    )
    assert again.status_code == 303
    assert counted(office) == [(PASSPORT_PRODUCT, 1, 0, 0)]


def test_who_picks_nothing_is_asked_to(office: DeskOffice) -> None:
    solved(office)
    page = office.get("agent", "/oefenen/vraag?manier=kiezen&zaad=1").text
    for chosen in ("", "vac:elders"):
        answer = office.post("agent", "/oefenen/antwoord", **fields_in(page), keuze=chosen)
        assert answer.status_code == 400
        assert "Kies eerst een tekst." in answer.text
    assert counted(office) == []


def test_questions_of_one_product_or_of_all(office: DeskOffice) -> None:
    solved(office)
    solved(office, "Halen jullie een bank op?", "vac:grofvuil", fact="")
    solved(office, "Weggevallen tekst", "vac:weg")
    solved(office, "Mislukt nu", "vac:paspoort", holds=False)
    library = office.town.library
    library.add_wording(DocumentKey(office.desk.collection, "vac", "paspoort"), "prijs van een pas")
    page = office.get("agent", "/oefenen").text
    assert "Alle producten (3 vragen)" in page
    assert "Wat kost een paspoort? (2 vragen)" in page
    assert "Grofvuil laten ophalen (1 vraag)" in page
    known = exercises(library, office.desk.collection)
    assert {each.question for each in known.about(WASTE_PRODUCT)} == {"Halen jullie een bank op?"}
    assert known.next("", [each.key for each in known.questions], "zaad") is None
    assert {known.next("", (), seed).question for seed in "abcdefgh"} >= {FEE, "prijs van een pas"}  # type: ignore[union-attr]
    asked = known.about(WASTE_PRODUCT)[0]
    assert known.choices(asked, "x") == known.choices(asked, "x")
    assert asked.text in known.choices(asked, "x")


def test_the_coordinator_sees_where_it_goes_wrong(office: DeskOffice) -> None:
    counts = PracticeCounts(office.town.engine, office.desk.collection)
    day = local_date(NOW)
    for product, verdict in (
        (PASSPORT_PRODUCT, Verdict.RIGHT), (PASSPORT_PRODUCT, Verdict.WRONG), (WASTE_PRODUCT, Verdict.WRONG),
        ("", Verdict.RIGHT),
    ):  # fmt: skip
        counts.add(day, product, verdict)
    page = office.get("coordinator", "/oefenen").text
    places = [
        page.index(name) for name in ("Grofvuil laten ophalen", "Wat kost een paspoort?", "Zonder product")
    ]
    assert places == sorted(places)
    assert "misgaan" not in office.get("agent", "/oefenen").text


def test_how_far_somebody_is_goes_along_in_the_address() -> None:
    session = Session("p&x", "eigen", "7").after("abc", Verdict.RIGHT).after("def", Verdict.WRONG)
    fields = {name: values[0] for name, values in parse_qs(urlsplit(session.address).query).items()}
    assert session_in(fields) == session
    odd = session_in({"gehad": "a,<b>,c", "uitslag": "gxnn", "manier": "raar"})
    assert (odd.had, odd.outcome, odd.way) == (("a", "c"), "gn", "kiezen")
