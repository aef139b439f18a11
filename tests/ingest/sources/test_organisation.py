"""Departments, members and duos."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.organisation import Department, Duo, Member
from ingest.sources.organisation import read_organisation
from tests.ingest.deliveries import write_json


def envelope(**data: Any) -> dict[str, Any]:
    return {"uuid": data["identificatie"], "record": {"index": 1, "data": data}}


def organisation(**changes: Any) -> dict[str, Any]:
    whole = {
        "afdelingen": [envelope(identificatie="bz", naam="Burgerzaken", email="bz@merelveen.example"),
                       envelope(identificatie="kcc", naam="Klantcontactcentrum")],
        "medewerkers": [
            envelope(identificatie="kcc-reis", volledigeNaam="KCC reisdocumenten", functie="Medewerker",
                     emails=[{"email": "kcc-reis@merelveen.example"}],
                     afdelingen=[{"afdelingnaam": " klantcontactCENTRUM "}]),
            envelope(identificatie="spec-reis", functie="Specialist",
                     afdelingen=[{"afdelingNaam": "Burgerzaken"}]),
        ],
        "productduos": [{"identificatie": "duo-reis", "naam": "Reisdocumenten", "afdeling": "BURGERZAKEN",
                         "kccLid": "KCC-reis", "specialist": "spec-reis",
                         "producten": ["http://upl.example/p"]}],
    }  # fmt: skip
    return whole | changes


def test_names_are_matched_without_case(tmp_path: Path) -> None:
    read = read_organisation([write_json(tmp_path / "o.json", organisation())])
    assert read.problems == ()
    assert read.departments[0] == Department("bz", "Burgerzaken", "bz@merelveen.example")
    assert read.members[0] == Member(
        "kcc-reis",
        "KCC reisdocumenten",
        "kcc-reis@merelveen.example",
        "Medewerker",
        ("Klantcontactcentrum",),
    )
    assert read.duos == (
        Duo("duo-reis", "Reisdocumenten", "Burgerzaken", "kcc-reis", "spec-reis", ("http://upl.example/p",)),
    )
    assert read.owners == {"http://upl.example/p": "Burgerzaken"}


def test_a_duo_may_name_what_another_file_defines(tmp_path: Path) -> None:
    whole = organisation()
    write_json(tmp_path / "a.json", {"productduos": whole["productduos"]})
    write_json(tmp_path / "b.json", {key: whole[key] for key in ("afdelingen", "medewerkers")})
    assert len(read_organisation([tmp_path]).duos) == 1


def test_a_duo_that_names_nobody_known_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    duos = organisation()["productduos"]
    duos += [duos[0] | {"identificatie": "x", "afdeling": "Onbekend"}]
    duos += [duos[0] | {"identificatie": "y", "specialist": "niemand"}, {"naam": "zonder"}]
    read = read_organisation([write_json(tmp_path / "o.json", organisation(productduos=duos))])
    assert [duo.id for duo in read.duos] == ["duo-reis"]
    assert [problem.message for problem in read.problems] == [
        "unknown department 'Onbekend'", "unknown member 'niemand'", "a duo without identificatie",
    ]  # fmt: skip
    assert read.problems[0].where.endswith("o.json productduos 2")


def test_a_product_belongs_to_the_first_duo_that_has_it(tmp_path: Path) -> None:
    duos = organisation()["productduos"]
    duos += [duos[0] | {"identificatie": "second"}]
    read = read_organisation([write_json(tmp_path / "o.json", organisation(productduos=duos))])
    assert [len(duo.products) for duo in read.duos] == [1, 0]
    assert "already belongs to duo-reis" in read.problems[0].message


def test_a_file_that_cannot_be_read_makes_the_whole_unreadable(tmp_path: Path) -> None:
    good = write_json(tmp_path / "o.json", organisation())
    assert not read_organisation([good, tmp_path / "nowhere.json"]).readable
    good.write_text("{", "utf-8")
    assert not read_organisation([good]).readable
