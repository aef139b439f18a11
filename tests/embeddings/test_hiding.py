"""Texts that are published and may not be found: gone everywhere at once, back without the last reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from embeddings.document import DocumentKey
from embeddings.library import Library, Search
from embeddings.store import hiding
from embeddings.store.database import writing
from tests.factories import COLLECTION, SOURCE, document, open_library

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = DocumentKey(COLLECTION, SOURCE, "paspoort")
TEXTS = (
    document("paspoort", "Een paspoort kost € 86,20."),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op."),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path)
    library.apply(COLLECTION, SOURCE, TEXTS)
    return library


def hide(library: Library, why: str = "replaced", key: DocumentKey = KEY) -> None:
    with writing(library.engine).begin() as connection:
        hiding.hide(connection, key, why, NOW)


def show(library: Library, why: str = "replaced") -> None:
    with writing(library.engine).begin() as connection:
        hiding.show(connection, KEY, why)


def found(library: Library, question: str = "Wat kost een paspoort?") -> list[str]:
    return [each.key.id for each in library.search(Search(question, COLLECTION)).documents]


def test_a_hidden_text_is_found_by_no_process_and_read_by_none(library: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path)
    assert "paspoort" in found(other)
    hide(library)
    for each in (library, other):
        assert found(each) == ["grofvuil"]
        assert each.document(KEY) is None


def test_its_source_goes_on_publishing_it(library: Library) -> None:
    hide(library)
    newer = document("paspoort", "Een paspoort kost € 90,00.")
    assert library.apply(COLLECTION, SOURCE, [newer]).changed == ["paspoort"]
    assert "paspoort" not in found(library)
    assert library.published(COLLECTION, SOURCE)["paspoort"].digest == newer.digest
    with library.engine.connect() as connection:
        assert hiding.document(connection, KEY) == newer
    show(library)
    assert library.document(KEY) == newer
    assert "paspoort" in found(library)


def test_it_comes_back_when_the_last_reason_is_gone(library: Library) -> None:
    hide(library, "replaced")
    hide(library, "withdrawn")
    show(library, "replaced")
    assert "paspoort" not in found(library)
    show(library, "withdrawn")
    assert "paspoort" in found(library)


def test_hiding_twice_or_showing_what_is_not_hidden_changes_nothing(library: Library) -> None:
    show(library)
    before = library.version(COLLECTION)
    hide(library)
    hide(library)
    assert library.version(COLLECTION) == before + 1


def test_a_text_can_be_hidden_before_it_comes(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, withdraw=["paspoort"])
    hide(library)
    library.apply(COLLECTION, SOURCE, TEXTS)
    assert "paspoort" not in found(library)


def test_another_municipality_or_source_is_not_hidden_with_it(library: Library) -> None:
    hide(library, key=DocumentKey("elders", SOURCE, "paspoort"))
    hide(library, key=DocumentKey(COLLECTION, "sdg", "paspoort"))
    assert "paspoort" in found(library)


def test_a_known_wording_of_a_hidden_text_leads_nowhere(library: Library) -> None:
    library.add_wording(KEY, "Reisboekje aanschaffen")
    assert found(library, "Reisboekje aanschaffen")[0] == "paspoort"
    hide(library)
    assert "paspoort" not in found(library, "Reisboekje aanschaffen")


def test_a_trial_hides_what_is_hidden_and_shows_what_it_publishes(library: Library) -> None:
    hide(library)
    question = Search("Wat kost een paspoort?", COLLECTION)
    assert [each.key.id for each in library.trial().search(question).documents] == ["grofvuil"]
    trial = library.trial(publish=[document("paspoort", "Een paspoort kost € 90,00.")])
    assert trial.search(question).documents[0].key == KEY
