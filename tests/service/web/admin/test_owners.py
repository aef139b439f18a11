"""Who owns what, changed on the page: duos, halves, heads and products."""

from __future__ import annotations

import html
import re
import uuid
from dataclasses import replace

import pytest

from service.domain.gap import GapState
from service.domain.person import Person, Role
from service.domain.productduo import Department, Member, Owner, Productduo
from service.duos.arranging import bring_home
from service.duos.ownership import Ownership, read_ownership
from service.web.admin.owner_forms import names_of, product_rows, seen_by
from tests.service.web.admin.conftest import AdminOffice
from tests.service.web.duo.municipality import PASSPORT_PRODUCT, WASTE, WASTE_PRODUCT

PAGE = "/beheer/eigenaren"
TRAVEL = {
    "versie": "0", "naam": "Reisdocumenten", "afdeling": "Burgerzaken", "kcc": "kcc-reis",
    "specialist": "specialist-reis",
}  # fmt: skip


def now(office: AdminOffice) -> Ownership:
    return read_ownership(office.town.engine, office.town.desk.choices, office.town.settings.collection)


def test_the_page_shows_everything_and_what_is_weak(office: AdminOffice) -> None:
    page = html.unescape(office.get("coordinator", PAGE).text)
    for shown in ("Reisdocumenten", "Afval", "Anna Bakker", "Openbare ruimte", "paspoort"):
        assert shown in page, shown
    assert "Alles is in orde" in page


def test_a_member_who_left_is_shown_with_where_to_mend_it(office: AdminOffice) -> None:
    left = {"versie": "0", "naam": "Bert Smit", "email": "bert@merelveen.example", "weg": "ja"}
    assert office.post("coordinator", f"{PAGE}/medewerkers/specialist-reis", **left).status_code == 303
    page = html.unescape(office.get("coordinator", PAGE).text)
    assert "Bert Smit is weg, en zit nog in een duo." in page
    assert "Het duo “Reisdocumenten” heeft maar één lid." in page
    assert f'href="{PAGE}/duos/duo-reis"' in page
    assert office.audit[0] == ("owner.member_changed", "owner:member:specialist-reis")


def test_a_department_head_sees_and_changes_nothing(office: AdminOffice) -> None:
    page = office.get("head", PAGE)
    assert page.status_code == 200
    assert "De coördinator of de beheerder kan het wijzigen" in page.text
    assert f'href="{PAGE}/' not in page.text
    assert office.post("head", f"{PAGE}/duos/duo-reis", **TRAVEL).status_code == 403


def test_a_department_head_sees_the_own_department_alone(office: AdminOffice) -> None:
    page = html.unescape(office.get("head", PAGE).text)
    for own in ("Burgerzaken", "Reisdocumenten", "Anna Bakker", "Bert Smit", "paspoort"):
        assert own in page, own
    for other in ("Openbare ruimte", "Afval", "Carla de Wit", "Dirk Vos", "ruimte@", "afvalinzameling"):
        assert other not in page, other


def test_a_head_reads_what_is_weak_in_the_own_department_alone(office: AdminOffice) -> None:
    for id, name in (("specialist-reis", "Bert Smit"), ("specialist-afval", "Dirk Vos")):
        left = {"versie": "0", "naam": name, "email": "x@merelveen.example", "weg": "ja"}
        assert office.post("coordinator", f"{PAGE}/medewerkers/{id}", **left).status_code == 303
    page = html.unescape(office.get("head", PAGE).text)
    assert "Bert Smit is weg" in page
    assert "Dirk Vos" not in page


def test_a_head_of_no_department_sees_nothing_and_reads_why() -> None:
    head = Person(uuid.uuid4(), "h", "Hoofd", "", frozenset({Role.DEPARTMENT_HEAD}))
    every = Ownership(
        (Department("b", "Burgerzaken"),), (Member("a", "Anna"),), (Productduo("d", "D", "Burgerzaken"),)
    )
    assert seen_by(head, every) == Ownership()
    assert seen_by(replace(head, roles=frozenset({Role.ADMIN})), every) is every


def test_products_go_by_their_name_with_the_code_beside_it() -> None:
    upl = "http://standaarden.overheid.nl/owms/terms/"
    names = names_of(
        [f"{upl}omgVgUitweg", f"{upl}duurzhLening", f"{upl}grof_vuil"],
        {
            f"{upl}omgVgUitweg": "Inrit of uitweg aanleggen",
            f"{upl}duurzhLening": "Hoeveel subsidie krijg ik?",
        },
    )
    assert list(names.values()) == ["Inrit of uitweg aanleggen", "duurzhLening", "grof vuil"]
    rows = product_rows(Ownership(), names)
    assert {row.name: row.code for row in rows}["Inrit of uitweg aanleggen"] == "omgVgUitweg"


def test_a_duo_gets_another_half_and_name_and_goes_on_following_its_load(office: AdminOffice) -> None:
    changed = TRAVEL | {"naam": "Paspoorten", "specialist": "specialist-afval"}
    assert office.post("coordinator", f"{PAGE}/duos/duo-reis", **changed).status_code == 303
    duo = now(office).duo("duo-reis")
    assert duo is not None
    assert (duo.name, duo.specialist) == ("Paspoorten", "specialist-afval")
    kept = office.town.desk.choices.get("owner:duo:duo-reis").value
    assert kept == {"name": "Paspoorten", "specialist": "specialist-afval"}
    taken = office.post("coordinator", f"{PAGE}/duos/duo-reis/geladen", versie="1")
    assert taken.status_code == 303
    duo = now(office).duo("duo-reis")
    assert duo is not None
    assert duo.name == "Reisdocumenten"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("naam", "", "naam van ten hoogste 100"),
        ("afdeling", "Elders", "Kies een afdeling"),
        ("kcc", "wie", "Kies een medewerker"),
        ("specialist", "kcc-reis", "twee verschillende mensen"),
    ],
)
def test_a_duo_that_cannot_be_is_refused(office: AdminOffice, field: str, value: str, says: str) -> None:
    refused = office.post("coordinator", f"{PAGE}/duos/duo-reis", **(TRAVEL | {field: value}))
    assert refused.status_code == 400
    assert says in html.unescape(refused.text)
    assert office.town.desk.choices.get("owner:duo:duo-reis").version == 0


def test_the_second_who_saves_a_duo_sees_both(office: AdminOffice) -> None:
    office.post("coordinator", f"{PAGE}/duos/duo-reis", **(TRAVEL | {"naam": "Op reis"}))
    late = office.post("admin", f"{PAGE}/duos/duo-reis", **(TRAVEL | {"naam": "Reizen"}))
    page = html.unescape(late.text)
    assert late.status_code == 409
    assert "Els Kok heeft dit" in page
    assert ">Op reis</td>" in page
    assert 'value="Reizen"' in page
    again = office.post("admin", f"{PAGE}/duos/duo-reis", **(TRAVEL | {"naam": "Reizen", "versie": "1"}))
    assert again.status_code == 303


def test_a_product_goes_to_another_duo_and_back(office: AdminOffice) -> None:
    given = {"product": PASSPORT_PRODUCT, "duo": "duo-afval", "van": "duo-reis"}
    assert office.post("coordinator", f"{PAGE}/product", **given).status_code == 303
    assert now(office).owner_of([PASSPORT_PRODUCT]).duo == "duo-afval"
    assert now(office).owner_of([WASTE_PRODUCT]).duo == "duo-afval"
    back = {"product": PASSPORT_PRODUCT, "duo": "duo-reis", "van": "duo-afval"}
    assert office.post("coordinator", f"{PAGE}/product", **back).status_code == 303
    assert now(office).owner_of([PASSPORT_PRODUCT]).duo == "duo-reis"
    assert now(office).owner_of([WASTE_PRODUCT]).duo == "duo-afval"


def test_a_product_that_went_elsewhere_meanwhile_is_not_given(office: AdminOffice) -> None:
    given = {"product": PASSPORT_PRODUCT, "duo": "duo-afval", "van": "duo-reis"}
    office.post("coordinator", f"{PAGE}/product", **given)
    late = office.post("admin", f"{PAGE}/product", **given)
    assert late.status_code == 409
    assert "net aan Afval gegeven" in html.unescape(late.text)


def test_a_product_that_nobody_knows_has_no_page(office: AdminOffice) -> None:
    assert office.get("coordinator", f"{PAGE}/product?product=upl:niets").status_code == 404


def test_a_new_duo_can_be_made_and_own_something(office: AdminOffice) -> None:
    new = TRAVEL | {"naam": "Huwelijk & geboorte", "specialist": ""}
    assert office.post("coordinator", f"{PAGE}/duos/nieuw", **new).status_code == 303
    duo = next(each for each in now(office).duos if each.name == "Huwelijk & geboorte")
    assert re.fullmatch(r"huwelijk-geboorte-[0-9a-f]{6}", duo.id)
    given = {"product": PASSPORT_PRODUCT, "duo": duo.id, "van": "duo-reis"}
    assert office.post("coordinator", f"{PAGE}/product", **given).status_code == 303
    assert now(office).owner_of([PASSPORT_PRODUCT]) == Owner(duo.id, "Burgerzaken")
    assert office.post("coordinator", f"{PAGE}/duos/{duo.id}/geladen", versie="2").status_code == 404


def test_a_new_member_can_be_a_half(office: AdminOffice) -> None:
    new = {"versie": "0", "naam": "Nora Nieuw", "email": "nora@merelveen.example"}
    assert office.post("coordinator", f"{PAGE}/medewerkers/nieuw", **new).status_code == 303
    member = next(each for each in now(office).members if each.name == "Nora Nieuw")
    filled = TRAVEL | {"specialist": member.id}
    assert office.post("coordinator", f"{PAGE}/duos/duo-reis", **filled).status_code == 303
    wrong = office.post("coordinator", f"{PAGE}/medewerkers/nieuw", **(new | {"email": "nora"}))
    assert wrong.status_code == 400


def test_a_department_gets_a_head(office: AdminOffice) -> None:
    named = {"versie": "0", "hoofd": "specialist-reis", "email": "post@merelveen.example"}
    assert office.post("coordinator", f"{PAGE}/afdelingen/burgerzaken", **named).status_code == 303
    head = now(office).head_of("Burgerzaken")
    assert head is not None
    assert head.name == "Bert Smit"
    assert office.get("coordinator", f"{PAGE}/afdelingen/burgerzaken").status_code == 200


def test_what_a_dissolved_duo_had_goes_to_its_department(office: AdminOffice) -> None:
    signals = [office.town.signal(f"Afvalvraag {number}", owner=WASTE) for number in range(3)]
    closed = office.town.signal("Oude vraag", owner=WASTE, state=GapState.DISMISSED)
    gone = office.post("coordinator", f"{PAGE}/duos/duo-afval/opheffen", versie="0")
    assert gone.headers["Location"] == f"{PAGE}?gedaan=opgeheven&aantal=3"
    gaps = office.town.desk.signals.gaps
    for each in signals:
        found = gaps.get(each.id)
        assert found is not None
        assert found.owner == Owner("", "Openbare ruimte")
    kept = gaps.get(closed.id)
    assert kept is not None
    assert kept.owner == WASTE
    page = html.unescape(office.get("coordinator", PAGE).text)
    assert "Opgeheven duo’s" in page
    assert office.post("coordinator", f"{PAGE}/duos/duo-afval/geladen", versie="1").status_code == 303
    assert now(office).duo("duo-afval") is not None


def test_a_signal_that_came_too_late_is_brought_home(office: AdminOffice) -> None:
    office.post("coordinator", f"{PAGE}/duos/duo-afval/opheffen", versie="0")
    late = office.town.signal("Nog een afvalvraag", owner=WASTE)
    desk = office.town.desk
    assert bring_home(desk.signals, desk.choices) == 1
    assert bring_home(desk.signals, desk.choices) == 0
    found = desk.signals.gaps.get(late.id)
    assert found is not None
    assert found.owner == Owner("", "Openbare ruimte")


def test_who_saw_an_older_duo_does_not_dissolve_it(office: AdminOffice) -> None:
    office.post("coordinator", f"{PAGE}/duos/duo-reis", **(TRAVEL | {"naam": "Op reis"}))
    late = office.post("admin", f"{PAGE}/duos/duo-reis/opheffen", versie="0")
    assert late.status_code == 409
    assert now(office).duo("duo-reis") is not None


def test_names_are_text(office: AdminOffice) -> None:
    office.post("coordinator", f"{PAGE}/duos/duo-reis", **(TRAVEL | {"naam": "<script>alert(1)</script>"}))
    for path in (PAGE, f"{PAGE}/duos/duo-reis"):
        assert "<script>alert" not in office.get("coordinator", path).text
