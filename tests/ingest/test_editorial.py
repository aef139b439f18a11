"""The door that service uses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from embeddings.document import Audience, Document, Section, SectionKind, Visibility
from embeddings.store.database import open_engine
from ingest import editorial
from ingest.organisation import Department, Duo, Member, Organisation
from ingest.records import migrate, replace_organisation
from tests.ingest.deliveries import documents, vac, write_json
from tests.ingest.memory_library import MemoryLibrary

TEXT = Document(
    "merelveen", "", "t1", "Wat kost een paspoort?",
    (Section("", "Dit kost het:\n\n• kind € 65,10\n• volwassene € 86,20"),
     Section("Tarieven", "Wat\tPrijs\nPaspoort\t€ 86,20"),
     Section("Nota", "Bel <1234>.", SectionKind.NOTE, Visibility.INTERNAL)),
    owner="Burgerzaken", audience=Audience.RESIDENT, keywords=("pas",), products=("http://upl.example/p",),
    url="https://www.example/paspoort",
)  # fmt: skip


def test_a_text_is_published_under_the_name_of_the_editors() -> None:
    library = MemoryLibrary()
    published = editorial.publish_text(library, TEXT)
    assert list(published.outcome.added) == ["t1"]
    assert published.warnings == ()
    assert ("merelveen", "redactie", "t1") in library.documents


def test_a_text_without_text_is_not_published() -> None:
    with pytest.raises(ValueError, match="needs a title"):
        editorial.publish_text(MemoryLibrary(), Document("m", "", "t", "Titel", (Section("Kop", " "),)))


def test_a_text_looks_beforehand_as_it_is_published() -> None:
    library = MemoryLibrary()
    untidy = replace(TEXT, sections=(*TEXT.sections, Section("Leeg", " ")))
    editorial.publish_text(library, untidy)
    assert editorial.as_published(untidy) == library.documents["merelveen", "redactie", "t1"]
    assert editorial.as_published(untidy).sections == TEXT.sections


def test_a_text_that_was_withdrawn_may_be_published_again() -> None:
    library = MemoryLibrary()
    editorial.publish_text(library, TEXT)
    assert list(editorial.withdraw_text(library, "merelveen", "t1").withdrawn) == ["t1"]
    assert library.documents == {}
    assert list(editorial.publish_text(library, TEXT).outcome.added) == ["t1"]


def test_a_text_written_out_as_a_vac_is_valid_and_reads_back_the_same(shared: Path, tmp_path: Path) -> None:
    data = editorial.as_vac_object(TEXT)
    jsonschema.validate(data, json.loads((shared / "data/objecttypes/vac-schema.json").read_text("utf-8")))
    whole = vac("t1")
    whole["record"]["data"] = data
    (again,) = documents("vac", write_json(tmp_path / "v.json", whole))
    assert [part.text for part in again.sections] == [part.text for part in TEXT.sections]
    assert (again.title, again.owner, again.audience) == (TEXT.title, TEXT.owner, TEXT.audience)
    assert (again.keywords, again.products, again.url) == (TEXT.keywords, TEXT.products, TEXT.url)


def test_an_internal_text_never_becomes_the_answer_of_a_vac() -> None:
    internal = Document("m", "", "t", "Nota", (Section("", "Geheim."),), visibility=Visibility.INTERNAL)
    assert editorial.as_vac_object(internal)["antwoord"] == ""


def test_who_owns_what_can_be_asked(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'e.db'}")
    migrate(engine)
    duo = Duo("duo", "Reis", "Burgerzaken", "a", "b", ("http://upl.example/p",))
    whole = Organisation(
        (Department("bz", "Burgerzaken"),), (Member("a", "KCC"), Member("b", "Spec")), (duo,)
    )
    replace_organisation(engine, "m", whole)
    assert editorial.duo_of_product(engine, "m", "http://upl.example/p") == duo
    assert editorial.duo_of_product(engine, "m", "http://upl.example/x") is None
    assert editorial.duo_of_product(engine, "other", "http://upl.example/p") is None
    assert editorial.departments(engine, "m") == whole.departments
    assert editorial.members(engine, "m") == whole.members
    assert editorial.duos(engine, "m") == (duo,)
    assert editorial.runs(engine, "m") == ()
