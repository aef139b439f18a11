"""Known wordings: a question that was linked to a text finds it, and is itself never shown."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from embeddings.document import Audience, DocumentKey, Section, Visibility
from embeddings.library import (
    KEPT_REVISIONS,
    TOMBSTONE_DAYS,
    Found,
    Library,
    NotPublished,
    Search,
    Wording,
)
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, note, open_library

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTION = "waar laat ik mijn oude bankstel"
TEXTS = {
    "grofvuil": "Wij halen grote spullen op. Maak een afspraak.",
    "paspoort": "Een paspoort vraagt u aan bij de balie. Dat kost geld.",
    "bank": "Een oude bank om op te zitten.",
    "trouwen": "U trouwt in het oude raadhuis. Kies een datum.",
}
GROFVUIL = DocumentKey(COLLECTION, SOURCE, "grofvuil")

# another process: it watches, and says which document comes first whenever that changes
WATCHING = """
import sys, time, pathlib
from embeddings.library import Search
from tests.factories import COLLECTION, CountingEncoder, open_library

library = open_library(pathlib.Path(sys.argv[1]), CountingEncoder())
library.follower(COLLECTION).refresh()
library.follower(COLLECTION).watch()
before = None
while True:
    first = library.search(Search(sys.argv[2], COLLECTION)).documents[0].key.id
    if first != before:
        before = first
        print(first, flush=True)
    time.sleep(0.02)
"""


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: CountingEncoder) -> Library:
    library = open_library(tmp_path, encoder)
    library.apply(COLLECTION, SOURCE, [document(id, text) for id, text in TEXTS.items()])
    return library


def ask(library: Library, text: str = QUESTION, **values: object) -> Found:
    return library.search(Search(text, COLLECTION, **({"moment": NOW} | values)))  # type: ignore[arg-type]


def first(library: Library, text: str = QUESTION) -> str:
    return ask(library, text).documents[0].key.id


def test_a_linked_question_leads_to_its_document(library: Library) -> None:
    assert first(library) == "bank"
    id = library.add_wording(GROFVUIL, QUESTION)
    found = ask(library)
    assert found.documents[0].key == GROFVUIL
    assert found.documents[0].score > found.documents[1].score
    library.remove_wording(COLLECTION, id)
    assert first(library) == "bank"


def test_it_is_no_hit_and_the_documents_own_passages_are(library: Library) -> None:
    before = ask(library)
    library.add_wording(GROFVUIL, QUESTION)
    found = ask(library)
    assert {hit.passage.text for hit in found.hits} <= set(TEXTS.values())
    assert [hit.passage.text for hit in found.documents[0].hits] == [TEXTS["grofvuil"]]
    # its own score says how well the passage fits: nothing of the wording in it
    assert sorted(hit.scores.total for hit in found.hits) == sorted(hit.scores.total for hit in before.hits)
    assert found.token_weights is not None
    assert before.token_weights is not None
    assert found.token_weights.tolist() == before.token_weights.tolist()
    assert library.document(GROFVUIL) == document("grofvuil", TEXTS["grofvuil"])


def test_it_changes_nothing_for_a_question_that_is_far_from_it(library: Library) -> None:
    questions = ["paspoort aanvragen", "wat kost een paspoort", "raadhuis trouwen datum", "oude"]
    before = [ask(library, question).documents for question in questions]
    library.add_wording(GROFVUIL, QUESTION)
    assert [ask(library, question).documents for question in questions] == before


def test_passages_that_neither_words_nor_vectors_proposed_are_found_by_a_wording(
    tmp_path: Path, encoder: CountingEncoder
) -> None:
    library = open_library(tmp_path, encoder)
    crowd = [document(f"d{i}", f"{QUESTION} nummer {i}", title=QUESTION) for i in range(150)]
    parts = tuple(Section(f"Kop {i}", f"Heel iets anders, deel {i} van vijf.") for i in range(5))
    library.apply(COLLECTION, SOURCE, [*crowd, document("anders", sections=parts, title="Anders")])
    question = f"zeg {QUESTION} nummer dan"
    assert "anders" not in {hit.passage.document.id for hit in ask(library, question).hits}
    library.add_wording(DocumentKey(COLLECTION, SOURCE, "anders"), question)
    found = library.search(Search(question, COLLECTION), 5)
    (own,) = [each for each in found.documents if each.key.id == "anders"]
    assert len(own.hits) == 3  # the best three, beside the five that were asked for
    totals = [hit.scores.total for hit in own.hits]
    assert totals == sorted(totals, reverse=True)
    assert all(hit.scores.dense > 0 for hit in own.hits)  # scored like any other, for whoever judges them
    assert found.hits[-3:] == own.hits


def test_it_survives_its_source_and_follows_a_new_title(library: Library, encoder: CountingEncoder) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    renamed = document("grofvuil", "Een nieuwe tekst.", title="Afval dat groot is")
    applied = library.apply(COLLECTION, SOURCE, [renamed])
    assert applied.embedded == 2  # the passage, and the wording after its new title
    assert ask(library).documents[0].hits[0].passage.text == "Een nieuwe tekst."
    assert library.conditions(COLLECTION) == ()
    before = encoder.passages
    assert library.apply(COLLECTION, SOURCE, [renamed]).unchanged == ["grofvuil"]
    assert encoder.passages == before


def test_it_rests_while_its_document_is_withdrawn(library: Library) -> None:
    id = library.add_wording(GROFVUIL, QUESTION)
    library.apply(COLLECTION, SOURCE, withdraw=["grofvuil"])
    assert first(library) == "bank"
    assert library.wordings(COLLECTION) == {id: Wording(GROFVUIL, QUESTION)}
    library.apply(COLLECTION, SOURCE, [document("grofvuil", TEXTS["grofvuil"])])
    assert first(library) == "grofvuil"


def test_a_document_that_comes_back_after_its_vectors_were_tidied_away_has_its_wording(
    library: Library,
) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    library.apply(COLLECTION, SOURCE, withdraw=["grofvuil"])
    assert library.tidy(datetime.now(UTC) + timedelta(days=2))["vectors"] == 2
    library.apply(COLLECTION, SOURCE, [document("grofvuil", TEXTS["grofvuil"])])
    assert first(library) == "grofvuil"


def test_tidying_keeps_what_is_in_use(library: Library) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    assert library.tidy(datetime.now(UTC) + timedelta(days=2))["vectors"] == 0


def test_wordings_go_with_the_tombstone_of_their_document(library: Library, tmp_path: Path) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    library.apply(COLLECTION, SOURCE, withdraw=["grofvuil"])
    library.tidy(datetime.now(UTC) + timedelta(days=TOMBSTONE_DAYS + 1))
    assert library.wordings(COLLECTION) == {}
    library.apply(COLLECTION, SOURCE, [document("grofvuil", TEXTS["grofvuil"])])
    for each in (library, open_library(tmp_path, CountingEncoder())):
        assert first(each) == "bank"


def test_a_removed_wording_leaves_no_bytes_and_then_no_row(library: Library, tmp_path: Path) -> None:
    id = library.add_wording(GROFVUIL, "een heel bijzondere zeehondvraag")
    library.remove_wording(COLLECTION, id)
    library.tidy()
    assert not any(b"zeehondvraag" in file.read_bytes() for file in tmp_path.glob("library.sqlite*"))
    for number in range(KEPT_REVISIONS + 1):
        library.apply(COLLECTION, SOURCE, [document("telt", f"Tekst {number}.")])
    library.tidy()
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        assert connection.execute("SELECT COUNT(*) FROM library_wordings").fetchone() == (0,)


def test_who_may_not_see_the_document_is_not_led_to_it(library: Library) -> None:
    hidden = {
        "intern": document("intern", sections=(note("Alleen voor ons."),)),
        "later": document("later", "Nog niet.", valid_from=NOW + timedelta(days=1)),
        "voorbij": document("voorbij", "Niet meer.", valid_until=NOW),
        "bedrijf": document("bedrijf", "Voor bedrijven.", audience=Audience.BUSINESS),
    }
    library.apply(COLLECTION, SOURCE, list(hidden.values()))
    for_residents = ask(library, audience=Audience.RESIDENT).documents
    assert {each.key.id for each in for_residents} == set(TEXTS)
    for id in hidden:
        library.add_wording(DocumentKey(COLLECTION, SOURCE, id), QUESTION)
    assert ask(library, audience=Audience.RESIDENT).documents == for_residents
    staff = (Visibility.PUBLIC, Visibility.INTERNAL)
    to_staff = ask(library, visibilities=staff, audience=Audience.RESIDENT)
    assert to_staff.documents[0].key.id == "intern"
    assert ask(library, audience=Audience.BUSINESS).documents[0].key.id == "bedrijf"
    tomorrow = ask(library, moment=NOW + timedelta(days=1), audience=Audience.RESIDENT)
    assert tomorrow.documents[0].key.id == "later"


def test_wordings_of_texts_that_one_may_not_see_take_no_place(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.ranking.RECOGNISED", 1)
    library.apply(COLLECTION, SOURCE, [document("intern", sections=(note("Alleen voor ons."),))])
    library.add_wording(DocumentKey(COLLECTION, SOURCE, "intern"), QUESTION)
    library.add_wording(GROFVUIL, f"{QUESTION} dan")
    assert first(library) == "grofvuil"


def test_an_internal_passage_is_not_shown_for_a_wording_of_a_public_text(library: Library) -> None:
    mixed = document("gemengd", sections=(Section("", "Openbaar."), note(f"Geheim: {QUESTION}.")))
    library.apply(COLLECTION, SOURCE, [mixed])
    library.add_wording(DocumentKey(COLLECTION, SOURCE, "gemengd"), QUESTION)
    (shown,) = ask(library).documents[0].hits
    assert shown.passage.text == "Openbaar."


def test_a_wording_leads_nowhere_in_another_municipality(library: Library) -> None:
    other = "vinkendal"
    library.apply(other, SOURCE, [document(id, text, collection=other) for id, text in TEXTS.items()])
    before = library.search(Search(QUESTION, other)).documents
    id = library.add_wording(GROFVUIL, QUESTION)
    assert library.wordings(other) == {}
    assert library.search(Search(QUESTION, other)).documents == before
    library.remove_wording(other, id)
    assert first(library) == "grofvuil"


def test_the_same_wording_again_is_the_same_one(library: Library) -> None:
    id = library.add_wording(GROFVUIL, QUESTION)
    version = library.version(COLLECTION)
    assert library.add_wording(GROFVUIL, f" {QUESTION}\n") == id
    assert library.version(COLLECTION) == version
    library.remove_wording(COLLECTION, id)
    library.remove_wording(COLLECTION, id)
    assert library.version(COLLECTION) == version + 1
    assert library.add_wording(GROFVUIL, QUESTION) > id  # an id is never used twice


def test_nothing_can_be_linked_to_what_is_not_published_nor_a_wording_be_empty(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, withdraw=["paspoort"])
    for id in ("nooit", "paspoort"):
        with pytest.raises(NotPublished):
            library.add_wording(DocumentKey(COLLECTION, SOURCE, id), QUESTION)
    with pytest.raises(ValueError, match="without words"):
        library.add_wording(GROFVUIL, " \n")
    assert library.wordings(COLLECTION) == {}


def test_a_wording_without_a_vector_waits_for_the_model(library: Library, encoder: CountingEncoder) -> None:
    first(library)
    encoder.fails = True
    library.add_wording(GROFVUIL, QUESTION)
    encoder.fails = False
    assert first(library) == "bank"
    assert library.conditions(COLLECTION) == ("missing_vectors",)
    assert library.tidy()["embedded"] == 1
    library.refresh(COLLECTION)
    assert first(library) == "grofvuil"
    assert library.conditions(COLLECTION) == ()


def test_without_a_model_keywords_alone_rank(library: Library, tmp_path: Path) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    assert first(open_library(tmp_path, None)) == "bank"


def test_another_process_follows_within_two_seconds(library: Library, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHING, str(tmp_path), QUESTION], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "bank\n"
        id = library.add_wording(GROFVUIL, QUESTION)
        began = time.monotonic()
        assert process.stdout.readline() == "grofvuil\n"
        assert time.monotonic() - began < 2
        library.remove_wording(COLLECTION, id)
        began = time.monotonic()
        assert process.stdout.readline() == "bank\n"
        assert time.monotonic() - began < 2
    finally:
        process.kill()
        process.communicate()


def test_wordings_survive_a_new_base(library: Library) -> None:
    library.add_wording(GROFVUIL, QUESTION)
    crowd = [document(f"d{i}", f"Onderwerp nummer{i}.") for i in range(220)]
    library.apply(COLLECTION, SOURCE, crowd)
    base = library.snapshot(COLLECTION).base
    assert base is not None
    assert len(base.places) == len(TEXTS) + len(crowd)
    assert first(library) == "grofvuil"


# -- how much has changed ------------------------------------------------------------------------


def test_what_changed_since_a_version_is_counted_by_passage(library: Library) -> None:
    version = library.version(COLLECTION)
    assert library.changed_since(COLLECTION, version) == (0, 4)
    assert library.changed_since(COLLECTION, 0) == (4, 4)
    library.apply(COLLECTION, SOURCE, [document("nieuw"), document("bank", "Een bank met geld.")])
    assert library.changed_since(COLLECTION, version) == (2, 5)  # a new one, and a mended one
    library.apply(COLLECTION, SOURCE, withdraw=["trouwen", "paspoort"])
    assert library.changed_since(COLLECTION, version) == (3, 3)
    assert library.changed_since(COLLECTION, library.version(COLLECTION)) == (0, 3)


def test_a_text_that_came_back_or_got_another_owner_has_not_changed(library: Library) -> None:
    version = library.version(COLLECTION)
    library.apply(COLLECTION, SOURCE, withdraw=["bank"])
    library.apply(COLLECTION, SOURCE, [document("bank", TEXTS["bank"], owner="Iemand anders")])
    assert library.changed_since(COLLECTION, version) == (0, 4)
    library.apply(COLLECTION, SOURCE, [document("bank", TEXTS["bank"], visibility=Visibility.INTERNAL)])
    assert library.changed_since(COLLECTION, version) == (1, 4)
