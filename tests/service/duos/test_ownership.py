"""Who owns what: as loaded, with what was changed by hand on top, and what is weak in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from embeddings.store.database import writing
from ingest.editorial import migrate as migrate_ingest
from ingest.organisation import Department, Duo, Member, Organisation
from ingest.records import replace_organisation
from service.domain.productduo import Owner
from service.duos.ownership import Ownership, choice_name, read_ownership
from service.storage.choices import Choice, Choices, ChosenMeanwhile
from service.storage.database import open_database
from tests.service.duos.houses import COLLECTION, OWNERSHIP, PASSPORT, PERMIT, WASTE

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LOADED = Organisation(
    (Department("bz", "Burgerzaken"), Department("beheer", "Beheer")),
    (Member("kcc-1", "Anna"), Member("spec-1", "Bert"), Member("spec-2", "Carla")),
    (
        Duo("reis", "Reisdocumenten", "Burgerzaken", "kcc-1", "spec-1", (PASSPORT,)),
        Duo("afval", "Afval", "Beheer", "kcc-1", "spec-2", (WASTE, PERMIT)),
    ),
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'o.sqlite'}")
    migrate_ingest(engine)
    replace_organisation(engine, COLLECTION, LOADED)
    return engine


def read(engine: Engine) -> Ownership:
    return read_ownership(engine, Choices(engine, COLLECTION), COLLECTION)


def choose(engine: Engine, kind: str, id: str, value: object, version: int = 0) -> None:
    with writing(engine).begin() as connection:
        choice = Choice(choice_name(kind, id), value, "test", NOW, version)
        Choices(engine, COLLECTION).put(connection, choice)


def test_names_are_found_in_any_case() -> None:
    assert OWNERSHIP.department(" BURGERZAKEN ") is OWNERSHIP.departments[0]
    assert OWNERSHIP.duo("REIS") is OWNERSHIP.duos[0]
    assert [duo.id for duo in OWNERSHIP.duos_of("KCC-1")] == ["reis", "afval"]
    assert OWNERSHIP.duos_of("") == ()


@pytest.mark.parametrize(
    ("products", "department", "owner"),
    [
        ((PASSPORT,), "", Owner("reis", "Burgerzaken")),
        (("upl:onbekend", WASTE), "", Owner("afval", "Beheer")),
        ((), "burgerzaken", Owner("", "Burgerzaken")),
        (("upl:onbekend",), "Ergens anders", Owner()),
    ],
)
def test_the_duo_owns_else_the_department_else_the_coordinator(
    products: tuple[str, ...], department: str, owner: Owner
) -> None:
    assert OWNERSHIP.owner_of(products, department) == owner


def test_who_left_is_no_half_any_more() -> None:
    reis, _, parkeren = OWNERSHIP.duos
    assert [member.id for member in OWNERSHIP.present(reis)] == ["kcc-1", "spec-1"]
    assert OWNERSHIP.present(parkeren) == ()


def test_the_head_answers_for_a_department() -> None:
    head = OWNERSHIP.head_of("Burgerzaken")
    assert head is not None
    assert head.id == "hoofd"
    assert OWNERSHIP.head_of("Beheer") is None


def test_weaknesses_are_named() -> None:
    found = [
        (each.what, each.about)
        for each in OWNERSHIP.weaknesses({PASSPORT: "Paspoort", "upl:hond": "Hondenbelasting"})
    ]
    assert found == [
        ("product_without_duo", "Hondenbelasting"),
        ("member_left", "Wie wegging"),
        ("duo_without_members", "Parkeren"),
    ]


def test_it_is_as_it_was_loaded(engine: Engine) -> None:
    known = read(engine)
    assert [duo.name for duo in known.duos] == ["Reisdocumenten", "Afval"]
    assert known.owner_of([WASTE]) == Owner("afval", "Beheer")


def test_a_change_by_hand_survives_the_next_load(engine: Engine) -> None:
    choose(engine, "member", "spec-2", {"left": True})
    choose(engine, "department", "bz", {"head": "spec-1"})
    replace_organisation(engine, COLLECTION, LOADED)
    known = read(engine)
    head = known.head_of("burgerzaken")
    assert head is not None
    assert head.name == "Bert"
    assert ("duo_without_half", "Afval") in [(each.what, each.about) for each in known.weaknesses({})]


def test_a_product_that_is_given_away_leaves_its_old_duo(engine: Engine) -> None:
    choose(engine, "duo", "reis", {"products": [PASSPORT, PERMIT]})
    known = read(engine)
    assert known.owner_of([PERMIT]).duo == "reis"
    afval = known.duo("afval")
    assert afval is not None
    assert afval.products == (WASTE,)


def test_a_duo_can_be_added_dissolved_and_put_back(engine: Engine) -> None:
    choose(engine, "duo", "nieuw", {"name": "Nieuw", "department": "Beheer", "kcc_member": "kcc-1"})
    choose(engine, "duo", "reis", {"gone": True})
    assert [duo.id for duo in read(engine).duos] == ["afval", "nieuw"]
    choose(engine, "duo", "reis", None, version=1)
    assert [duo.id for duo in read(engine).duos] == ["reis", "afval", "nieuw"]


def test_the_second_who_saves_hears_of_the_first(engine: Engine) -> None:
    choose(engine, "duo", "reis", {"name": "Reizen"})
    with pytest.raises(ChosenMeanwhile) as late:
        choose(engine, "duo", "reis", {"name": "Op reis"})
    assert late.value.now.value == {"name": "Reizen"}
