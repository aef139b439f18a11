"""Wordings that a model made: apart from people's, searched only while wanted, gone with their text."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from embeddings.document import DocumentKey
from embeddings.library import Library, Search, Wording
from embeddings.made_wordings import Asked, Made
from embeddings.store import hiding
from embeddings.store.database import writing
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTION = "waar laat ik mijn oude bankstel"
TEXTS = {
    "grofvuil": "Wij halen grote spullen op. Maak een afspraak.",
    "bank": "Een oude bank om op te zitten.",
    "trouwen": "U trouwt in het oude raadhuis. Kies een datum.",
}
GROFVUIL = DocumentKey(COLLECTION, SOURCE, "grofvuil")
ASKED = Asked("proefmodel", "vraagvormen 1")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path, CountingEncoder())
    library.apply(COLLECTION, SOURCE, [document(id, words) for id, words in TEXTS.items()])
    library.made.search_while(lambda: True)
    return library


def made(library: Library, key: DocumentKey = GROFVUIL) -> Made:
    found = library.document(key)
    assert found
    return Made(ASKED.model, ASKED.prompt, found.digest, NOW)


def first(library: Library, question: str = QUESTION) -> str:
    return library.search(Search(question, COLLECTION, moment=NOW)).documents[0].key.id


def test_it_leads_to_its_text_and_says_what_made_it(library: Library) -> None:
    assert first(library) == "bank"
    assert library.made.put(GROFVUIL, [QUESTION], made(library), dropped=2)
    assert first(library) == "grofvuil"
    (wording,) = library.made.all(COLLECTION).values()
    assert wording == Wording(GROFVUIL, QUESTION, made=made(library))


def test_it_is_not_among_the_wordings_of_people(library: Library) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    assert library.wordings(COLLECTION) == {}
    mine = library.add_wording(GROFVUIL, QUESTION)
    assert list(library.wordings(COLLECTION)) == [mine]
    (own,) = library.made.all(COLLECTION)
    library.remove_wording(COLLECTION, own)  # a button for people's does not reach it
    assert list(library.made.all(COLLECTION)) == [own]


def test_it_is_not_searched_unless_that_is_wanted(library: Library, tmp_path: Path) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    other = open_library(tmp_path, CountingEncoder())
    assert first(other) == "bank"
    assert other.conditions(COLLECTION) == ()


def test_switched_off_it_is_gone_from_search_within_five_seconds(library: Library) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    wanted = [True]
    library.made.search_while(lambda: wanted[0])
    library.follower(COLLECTION).watch()
    assert first(library) == "grofvuil"
    wanted[0] = False
    assert _soon(library, "bank") < 5
    wanted[0] = True
    assert _soon(library, "grofvuil") < 5
    library.follower(COLLECTION).stop()


def test_all_of_them_go_at_once_in_every_process_words_included(library: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path, CountingEncoder())
    other.made.search_while(lambda: True)
    library.made.put(GROFVUIL, [QUESTION], made(library))
    other.follower(COLLECTION).refresh()
    other.follower(COLLECTION).watch()
    assert first(other) == "grofvuil"
    assert library.made.forget(COLLECTION) == 1
    assert _soon(other, "bank") < 5
    other.follower(COLLECTION).stop()
    with library.engine.connect() as connection:
        assert QUESTION not in str(connection.execute(text("SELECT text FROM library_wordings")).all())


def test_it_goes_when_its_text_changes_and_what_people_linked_stays(library: Library) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    library.add_wording(GROFVUIL, "waar blijft mijn kast")
    library.apply(COLLECTION, SOURCE, [document("grofvuil", TEXTS["grofvuil"])])
    assert len(library.made.all(COLLECTION)) == 1  # delivered again as it was
    library.apply(COLLECTION, SOURCE, [document("grofvuil", "Breng grote spullen zelf weg.")])
    assert library.made.all(COLLECTION) == {}
    assert first(library) == "bank"
    assert len(library.wordings(COLLECTION)) == 1


def test_what_was_made_of_an_older_edition_is_not_kept(library: Library) -> None:
    old = made(library)
    library.apply(COLLECTION, SOURCE, [document("grofvuil", "Breng grote spullen zelf weg.")])
    assert not library.made.put(GROFVUIL, [QUESTION], old)
    assert library.made.all(COLLECTION) == {}


def test_a_text_is_asked_about_once_and_again_when_it_changes(library: Library) -> None:
    def waiting(asked: Asked = ASKED) -> list[str]:
        return [key.id for key in library.made.waiting(COLLECTION, asked, 10)]

    assert waiting() == ["bank", "grofvuil", "trouwen"]
    library.made.put(GROFVUIL, [], made(library), dropped=5)  # nothing of it was any good
    assert waiting() == ["bank", "trouwen"]
    assert waiting(Asked("ander", ASKED.prompt)) == ["bank", "grofvuil", "trouwen"]
    assert waiting(Asked(ASKED.model, ASKED.prompt, without=(SOURCE,))) == []
    assert waiting(Asked(ASKED.model, ASKED.prompt, language="en")) == []
    library.apply(COLLECTION, SOURCE, [document("grofvuil", "Breng grote spullen zelf weg.")])
    assert waiting() == ["bank", "grofvuil", "trouwen"]
    library.made.put(GROFVUIL, [QUESTION], made(library))
    library.made.forget(COLLECTION)
    assert waiting() == ["bank", "trouwen"]  # who threw them away does not get them back by himself


def test_neither_a_withdrawn_nor_a_hidden_text_waits(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, withdraw=["bank"])
    with writing(library.engine).begin() as connection:
        hiding.hide(connection, GROFVUIL, "replaced", NOW)
    assert [key.id for key in library.made.waiting(COLLECTION, ASKED, 10)] == ["trouwen"]


def test_a_trial_searches_with_them_as_the_library_does(library: Library) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    (own,) = library.made.all(COLLECTION)
    search = Search(QUESTION, COLLECTION, moment=NOW)
    assert library.trial().search(search).documents[0].key.id == "grofvuil"
    assert library.trial(without_wordings=[own]).search(search).documents[0].key.id == "bank"


def test_tidying_forgets_what_belongs_to_texts_that_are_gone(library: Library) -> None:
    library.made.put(GROFVUIL, [QUESTION], made(library))
    library.apply(COLLECTION, SOURCE, withdraw=["grofvuil"])
    library.tidy(datetime.now(UTC) + timedelta(days=91))
    assert library.made.all(COLLECTION) == {}
    with library.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM library_questioned")).all() == []


def _soon(library: Library, wanted: str) -> float:
    """Seconds until this text comes first."""
    begun = time.monotonic()
    while first(library) != wanted and time.monotonic() - begun < 8:
        time.sleep(0.05)
    return time.monotonic() - begun
