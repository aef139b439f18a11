"""The library: what is published is found, what is not is not, and nothing is done twice."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from embeddings.document import Audience, DocumentKey, Section, Visibility
from embeddings.library import KEPT_REVISIONS, Library, LibraryUnavailable, Search
from tests.factories import (
    COLLECTION,
    SOURCE,
    CountingEncoder,
    database_url,
    document,
    note,
    open_library,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(params=["exact", "faiss"])
def library(request: pytest.FixtureRequest, tmp_path: Path, encoder: CountingEncoder) -> Library:
    return open_library(tmp_path, encoder, index=request.param)


def ids(library: Library, question: str, **values: object) -> list[str]:
    search = Search(**({"text": question, "collection": COLLECTION, "moment": NOW} | values))  # type: ignore[arg-type]
    return [hit.passage.document.id for hit in library.search(search).hits]


# -- publish, replace, withdraw ------------------------------------------------------------------


def test_a_published_document_is_found_with_all_that_a_citation_needs(library: Library) -> None:
    published = document(
        "paspoort",
        sections=(Section("Kosten", "Een paspoort kost € 86,20."),),
        audience=Audience.RESIDENT,
        kind="product",
        modified_at=NOW,
        reviewed_at=NOW - timedelta(days=30),
        products=("http://standaarden.overheid.nl/owms/terms/Paspoort",),
        keywords=("reisdocument",),
    )
    applied = library.apply(COLLECTION, SOURCE, [published, document("afval")])
    assert (applied.added, applied.passages, applied.embedded, applied.unembedded) == (
        ["paspoort", "afval"], 2, 2, 0,
    )  # fmt: skip
    hit = library.search(Search("wat kost een paspoort", COLLECTION)).hits[0]
    assert hit.passage.document == DocumentKey(COLLECTION, SOURCE, "paspoort")
    assert (hit.passage.title, hit.passage.heading, hit.passage.text) == (
        "Over paspoort", "Kosten", "Een paspoort kost € 86,20.",
    )  # fmt: skip
    assert (hit.url, hit.owner, hit.language, hit.audience) == (
        published.url, "Burgerzaken", "nl", Audience.RESIDENT,
    )  # fmt: skip
    assert (hit.document_kind, hit.modified_at, hit.reviewed_at) == ("product", NOW, published.reviewed_at)
    assert (hit.products, hit.passage.keywords) == (published.products, ("reisdocument",))
    assert hit.scores.keyword > 0
    assert hit.scores.dense > 0


def test_a_document_is_read_back_as_it_was_published(library: Library) -> None:
    whole = document(
        "vergunning",
        sections=(Section("Aanvragen", "Vraag aan.\n\n• Eerst\n• Dan"), note("Bel 1234.")),
        valid_from=NOW,
        valid_until=NOW + timedelta(days=1),
        version=3,
        language="en",
        products=("a", "b"),
    )
    library.apply(COLLECTION, SOURCE, [whole])
    assert library.document(DocumentKey(COLLECTION, SOURCE, "vergunning")) == whole


def test_a_replaced_text_is_found_and_the_old_one_is_not(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval", "Grofvuil op maandag.")])
    library.refresh(COLLECTION)
    applied = library.apply(COLLECTION, SOURCE, [document("afval", "Grofvuil op dinsdag.")])
    assert applied.changed == ["afval"]
    hits = library.search(Search("grofvuil", COLLECTION)).hits
    assert [hit.passage.text for hit in hits] == ["Grofvuil op dinsdag."]


def test_a_document_without_text_is_published_and_never_found(library: Library) -> None:
    applied = library.apply(COLLECTION, SOURCE, [document("leeg", sections=()), document("vol")])
    assert (applied.added, applied.passages) == (["leeg", "vol"], 1)
    assert ids(library, "leeg") == ["vol"]


def test_an_empty_library_finds_nothing(library: Library, encoder: CountingEncoder) -> None:
    assert library.search(Search("paspoort", COLLECTION)).hits == ()
    assert library.search(Search("", COLLECTION)).hits == ()
    assert library.version(COLLECTION) == 0
    assert library.conditions(COLLECTION) == ()


def test_the_last_document_withdrawn_leaves_an_empty_library(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval")])
    assert ids(library, "afval") == ["afval"]
    assert library.apply(COLLECTION, SOURCE, withdraw=["afval"]).withdrawn == ["afval"]
    assert ids(library, "afval") == []


def test_a_withdrawn_text_is_unreachable_at_once_also_for_an_index_that_still_has_it(
    library: Library, tmp_path: Path
) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval", "Grofvuil op maandag."), document("paspoort")])
    other = open_library(tmp_path, CountingEncoder())
    assert "afval" in ids(other, "grofvuil")
    library.apply(COLLECTION, SOURCE, withdraw=["afval"])
    assert "afval" not in ids(other, "grofvuil")
    assert "afval" not in ids(library, "grofvuil")


def test_a_source_withdraws_its_own_documents_only(library: Library) -> None:
    library.apply(COLLECTION, "vac", [document("afval")])
    library.apply(COLLECTION, "sdg", [document("afval", source="sdg")])
    assert library.apply(COLLECTION, "sdg", withdraw=["afval", "onbekend"]).withdrawn == ["afval"]
    assert list(library.published(COLLECTION, "vac")) == ["afval"]
    assert list(library.published(COLLECTION, "sdg")) == []


def test_what_is_ignored_says_why(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval", version=5)])
    older = library.apply(COLLECTION, SOURCE, [document("afval", "Oud.", version=4)], ["weg"])
    assert older.ignored == [("afval", "version 4 is older than the stored one"), ("weg", "is not published")]
    late = library.apply(COLLECTION, SOURCE, withdraw={"afval": 4})
    assert late.ignored == [("afval", "withdrawn at version 4, older than the stored one")]


def test_a_withdrawal_that_comes_before_its_text_still_holds(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, withdraw={"afval": 4})
    assert library.apply(COLLECTION, SOURCE, [document("afval", version=3)]).added == []
    assert library.published(COLLECTION, SOURCE) == {}
    assert library.apply(COLLECTION, SOURCE, [document("afval", version=5)]).added == ["afval"]


def test_one_batch_with_two_versions_of_a_text_keeps_the_newer_with_its_own_words(library: Library) -> None:
    newer, older = document("afval", "Nieuw.", version=2), document("afval", "Verouderd.", version=1)
    library.apply(COLLECTION, SOURCE, [newer, older])
    hits = library.search(Search("nieuw verouderd", COLLECTION)).hits
    assert [hit.passage.text for hit in hits] == ["Nieuw."]


def test_a_change_that_breaks_off_changes_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval", "Oud.")])
    monkeypatch.setattr("embeddings.store.documents.withdraw", broken)
    with pytest.raises(ZeroDivisionError):
        library.apply(COLLECTION, SOURCE, [document("afval", "Nieuw."), document("extra")], ["afval"])
    assert list(library.published(COLLECTION, SOURCE)) == ["afval"]
    assert library.document(DocumentKey(COLLECTION, SOURCE, "afval")) == document("afval", "Oud.")
    assert library.version(COLLECTION) == 1


def broken(*_: object) -> None:
    raise ZeroDivisionError


# -- nothing is done twice -----------------------------------------------------------------------


def test_the_same_batch_three_times_changes_and_embeds_nothing_again(
    library: Library, encoder: CountingEncoder
) -> None:
    batch = [document(f"d{i}", f"Tekst nummer {i}.") for i in range(20)]
    library.apply(COLLECTION, SOURCE, batch)
    version, read = library.version(COLLECTION), encoder.passages
    for _ in range(3):
        again = library.apply(COLLECTION, SOURCE, batch)
        assert again.unchanged == [each.id for each in batch]
        assert (again.added, again.changed, again.passages, again.embedded) == ([], [], 0, 0)
    assert (library.version(COLLECTION), encoder.passages) == (version, read)


def test_only_what_changed_is_embedded(library: Library, encoder: CountingEncoder) -> None:
    sections = (Section("Kosten", "Gratis."), Section("Aanvragen", "Bel ons."))
    library.apply(COLLECTION, SOURCE, [document("afval", sections=sections)])
    changed = (Section("Kosten", "€ 5."), Section("Aanvragen", "Bel ons."))
    applied = library.apply(COLLECTION, SOURCE, [document("afval", sections=changed)])
    assert (applied.passages, applied.embedded, encoder.passages) == (2, 1, 3)


def test_a_text_that_stands_in_many_documents_is_embedded_once(
    library: Library, encoder: CountingEncoder
) -> None:
    same = (Section("Contact", "Bel 14 0599."),)
    batch = [document(f"d{i}", title="Contact", sections=same) for i in range(30)]
    applied = library.apply(COLLECTION, SOURCE, batch)
    assert (applied.passages, applied.embedded, encoder.passages) == (30, 1, 1)
    assert len(ids(library, "contact bel")) == 30


def test_a_text_that_comes_back_is_not_embedded_again(library: Library, encoder: CountingEncoder) -> None:
    for words in ("Zomertijden.", "Wintertijden.", "Zomertijden."):
        library.apply(COLLECTION, SOURCE, [document("tijden", words)])
    assert encoder.passages == 2


def test_progress_is_told_until_everything_is_done(library: Library) -> None:
    told: list[tuple[int, int]] = []
    batch = [document(f"d{i}", f"Tekst {i}.") for i in range(70)]
    library.apply(COLLECTION, SOURCE, batch, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(32, 70), (64, 70), (70, 70)]


# -- filters -------------------------------------------------------------------------------------


def test_an_expired_or_future_text_is_never_found(library: Library) -> None:
    day = timedelta(days=1)
    library.apply(
        COLLECTION,
        SOURCE,
        [
            document("nu", valid_from=NOW - day, valid_until=NOW + day),
            document("straks", valid_from=NOW + day),
            document("voorbij", valid_until=NOW - day),
            document("altijd"),
        ],
    )
    assert set(ids(library, "tekst")) == {"nu", "altijd"}
    assert set(ids(library, "tekst", moment=NOW + 2 * day)) == {"straks", "altijd"}
    assert set(ids(library, "tekst", moment=NOW - 2 * day)) == {"voorbij", "altijd"}


def test_validity_turns_at_the_very_moment(library: Library) -> None:
    library.apply(
        COLLECTION, SOURCE, [document("kort", valid_from=NOW, valid_until=NOW + timedelta(hours=1))]
    )
    tick = timedelta(microseconds=1)
    seen = [
        bool(ids(library, "kort", moment=moment))
        for moment in (NOW - tick, NOW, NOW + timedelta(hours=1) - tick, NOW + timedelta(hours=1))
    ]
    assert seen == [False, True, True, False]


def test_an_audience_sees_its_own_texts_and_those_for_everyone(library: Library) -> None:
    batch = [document(each.value, audience=each) for each in Audience]
    library.apply(COLLECTION, SOURCE, batch)
    assert set(ids(library, "tekst", audience=Audience.RESIDENT)) == {"resident", "everyone"}
    assert set(ids(library, "tekst", audience=Audience.BUSINESS)) == {"business", "everyone"}
    assert set(ids(library, "tekst")) == {"resident", "business", "everyone"}


def test_an_internal_section_is_for_those_who_may_see_it(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, [document("wmo", sections=(Section("", "Voor u."), note("Bel 1234.")))])
    staff = (Visibility.PUBLIC, Visibility.INTERNAL)

    def texts(*seen: Visibility) -> set[str]:
        found = library.search(Search("bel 1234 voor u", COLLECTION, seen))
        return {hit.passage.text for hit in found.hits}

    assert texts(Visibility.PUBLIC) == {"Voor u."}
    assert texts(*staff) == {"Voor u.", "Bel 1234."}
    assert texts(Visibility.INTERNAL) == {"Bel 1234."}
    assert texts() == set()


def test_of_a_translated_text_the_language_of_the_asker_comes(library: Library) -> None:
    library.apply(
        COLLECTION,
        SOURCE,
        [
            document("paspoort", "Een paspoort aanvragen."),
            document("paspoort-en", "Een paspoort: passport.", language="en"),
            document("alleen", "Alleen over een paspoort in het Nederlands."),
        ],
    )
    assert set(ids(library, "paspoort", language="en")) == {"paspoort-en", "alleen"}
    assert set(ids(library, "paspoort", language="nl")) == {"paspoort", "alleen"}
    assert set(ids(library, "paspoort")) == {"paspoort", "paspoort-en", "alleen"}


# -- when something is away ----------------------------------------------------------------------


def test_without_a_model_search_goes_by_keywords(tmp_path: Path) -> None:
    library = open_library(tmp_path, None)
    applied = library.apply(
        COLLECTION, SOURCE, [document("afval", "Grofvuil."), document("paspoort", "Een paspoort.")]
    )
    assert (applied.embedded, applied.unembedded) == (0, 2)
    found = library.search(Search("paspoorten", COLLECTION))
    assert [hit.passage.document.id for hit in found.hits] == ["paspoort"]
    assert (found.by_meaning, found.encoded) == (False, None)
    assert found.hits[0].scores.total == found.hits[0].scores.keyword > 0
    assert library.conditions(COLLECTION) == ("no_model",)


def test_a_model_that_fails_at_a_question_means_keywords_and_is_told(
    library: Library, encoder: CountingEncoder
) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval", "Grofvuil."), document("paspoort", "Een paspoort.")])
    assert library.search(Search("paspoort", COLLECTION)).by_meaning
    encoder.fails = True
    found = library.search(Search("paspoort", COLLECTION))
    assert ([hit.passage.document.id for hit in found.hits], found.by_meaning) == (["paspoort"], False)
    assert library.conditions(COLLECTION) == ("model_fails",)
    encoder.fails = False
    assert library.search(Search("paspoort", COLLECTION)).by_meaning
    assert library.conditions(COLLECTION) == ()


def test_texts_published_without_a_model_are_found_by_keyword_and_embedded_later(
    library: Library, encoder: CountingEncoder
) -> None:
    encoder.fails = True
    batch = [document("afval", "Grofvuil."), document("paspoort", "Een paspoort, nog een paspoort.")]
    applied = library.apply(COLLECTION, SOURCE, [*batch, document("kaart", "Geen paspoort maar een kaart.")])
    assert (applied.added, applied.embedded, applied.unembedded) == (["afval", "paspoort", "kaart"], 0, 3)
    encoder.fails = False
    found = library.search(Search("paspoort", COLLECTION))
    assert [hit.passage.document.id for hit in found.hits] == ["paspoort", "kaart"]
    assert not found.by_meaning
    assert library.conditions(COLLECTION) == ("missing_vectors",)
    assert library.tidy()["embedded"] == 3
    library.refresh(COLLECTION)
    assert library.conditions(COLLECTION) == ()
    assert library.search(Search("paspoort", COLLECTION)).by_meaning
    assert library.tidy()["embedded"] == 0


def test_a_model_that_fails_halfway_keeps_what_it_made(
    library: Library, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(done: int, total: int) -> None:
        encoder.fails = True

    batch = [document(f"d{i}", f"Tekst {i}.") for i in range(40)]
    applied = library.apply(COLLECTION, SOURCE, batch, on_progress=fail)
    assert (applied.embedded, applied.unembedded) == (32, 8)
    assert len(library.published(COLLECTION, SOURCE)) == 40
    encoder.fails = False
    assert library.tidy()["embedded"] == 8


def test_a_text_without_a_vector_among_others_is_still_found_by_its_words(
    library: Library, encoder: CountingEncoder
) -> None:
    library.apply(COLLECTION, SOURCE, [document(f"d{i}", f"Tekst {i}.") for i in range(5)])
    encoder.fails = True
    library.apply(COLLECTION, SOURCE, [document("nieuw", "Grofvuil en snoeihout.")])
    encoder.fails = False
    assert "nieuw" in ids(library, "snoeihout")


def test_a_database_that_is_away_is_a_breakdown_and_not_an_empty_answer(
    library: Library, tmp_path: Path
) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval")])
    fresh = open_library(tmp_path, CountingEncoder())
    ids(library, "afval")
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        connection.execute("ALTER TABLE library_passages RENAME TO elsewhere")
    connection.close()
    for each in (library, fresh):
        with pytest.raises(LibraryUnavailable):
            each.search(Search("afval", COLLECTION))


def test_another_model_starts_afresh_and_never_mixes_vectors(tmp_path: Path) -> None:
    first, second = CountingEncoder(16, name="model-a"), CountingEncoder(24, name="model-b")
    batch = [document(f"d{i}", f"Tekst over onderwerp{i}.") for i in range(12)]
    open_library(tmp_path, first).apply(COLLECTION, SOURCE, batch)
    old = open_library(tmp_path, first)
    new = open_library(tmp_path, second)
    assert ids(old, "onderwerp3")[0] == "d3"
    assert not new.search(Search("onderwerp3", COLLECTION)).by_meaning
    assert new.conditions(COLLECTION) == ("missing_vectors",)
    assert new.tidy()["embedded"] == 12
    new.refresh(COLLECTION)
    assert second.passages == 12
    assert ids(new, "onderwerp3")[0] == ids(old, "onderwerp3")[0] == "d3"
    for library, dimensions in ((old, 16), (new, 24)):
        snapshot = library.follower(COLLECTION).snapshot()
        assert {snapshot.states(key).shape[1] for key in snapshot.rows} == {dimensions}  # type: ignore[union-attr]
    folders = sorted(path.name for path in (tmp_path / "indexes" / COLLECTION).iterdir())
    assert folders == ["model-a", "model-b"]


# -- what is left behind -------------------------------------------------------------------------


def test_no_byte_of_a_withdrawn_text_stays_in_the_database(library: Library, tmp_path: Path) -> None:
    secret = "Zeldzaamwoordje staat hier" + " en nog eens zeldzaamwoordje" * 200
    internal = (Section("Zeldzaamkopje", secret), note("Zeldzaamnotitie"))
    withdrawn = document(
        "geheim",
        title="Zeldzaamtitel",
        sections=internal,
        keywords=("zeldzaamtrefwoord",),
        owner="Zeldzaamdienst",
    )
    library.apply(COLLECTION, SOURCE, [withdrawn, document("ander", "Iets anders.")])
    assert rows_with(library, "eldzaam") > 0
    library.apply(COLLECTION, SOURCE, withdraw=["geheim"])
    assert rows_with(library, "eldzaam") == 0
    library.tidy()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"eldzaam" not in file.read_bytes().lower(), file.name
    assert ids(library, "iets anders") == ["ander"]


def test_no_byte_of_a_replaced_text_stays_either(library: Library, tmp_path: Path) -> None:
    library.apply(COLLECTION, SOURCE, [document("tarief", "Het kost zeldzaambedrag." * 300)])
    library.apply(COLLECTION, SOURCE, [document("tarief", "Het is gratis.")])
    library.tidy()
    assert not [file for file in tmp_path.rglob("library.*") if b"zeldzaam" in file.read_bytes()]


def rows_with(library: Library, word: str) -> int:
    tables = ("library_documents", "library_passages")
    with library.engine.connect() as connection:
        rows = [row for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]
    return sum(word in str(tuple(row)) for row in rows)


def test_tombstones_and_unused_vectors_go_in_time_and_nothing_else_does(
    library: Library, encoder: CountingEncoder
) -> None:
    library.apply(COLLECTION, SOURCE, [document("weg", "Dit gaat weg."), document("blijft", "Dit blijft.")])
    library.apply(COLLECTION, SOURCE, withdraw=["weg"])
    now = datetime.now(UTC)
    nothing = {"tombstones": 0, "removed": 0, "vectors": 0, "embedded": 0}
    assert library.tidy(now) == nothing
    assert library.tidy(now + timedelta(days=2)) == nothing | {"vectors": 1}
    assert library.tidy(now + timedelta(days=89)) == nothing
    assert library.tidy(now + timedelta(days=91)) == nothing | {"tombstones": 1}
    assert [hit.passage.document.id for hit in library.search(Search("dit", COLLECTION)).hits] == ["blijft"]
    assert encoder.passages == 2


def test_every_setting_of_the_database_that_keeps_it_whole_is_on(library: Library) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with library.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() >= 5000
    assert found == wanted


def test_a_passage_whose_key_means_another_text_now_is_not_cited(library: Library, tmp_path: Path) -> None:
    """A database that was put back and went on: an index that has not looked yet ranks by the old text."""
    library.apply(COLLECTION, SOURCE, [document("afval", "Grofvuil op maandag.")])
    assert ids(library, "grofvuil") == ["afval"]
    with library.engine.begin() as connection:
        connection.execute(text("UPDATE library_passages SET text = 'Heel iets anders.'"))
    assert ids(library, "grofvuil") == []


def test_a_hit_is_a_value_that_nobody_can_change(library: Library) -> None:
    library.apply(COLLECTION, SOURCE, [document("afval")])
    hit = library.search(Search("afval", COLLECTION)).hits[0]
    assert replace(hit, url="x") != hit
    with pytest.raises(AttributeError):
        hit.url = "x"  # type: ignore[misc]


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    library = open_library(tmp_path / "new" / "place")
    assert library.version(COLLECTION) == 0
    assert database_url(tmp_path / "new" / "place").endswith("library.sqlite")
    assert (tmp_path / "new" / "place" / "library.sqlite").is_file()


def test_a_text_that_was_merely_absent_comes_back_as_it_was(library: Library) -> None:
    grofvuil = document("a", "Grofvuil ophalen is gratis.", version=3)
    library.apply(COLLECTION, SOURCE, [grofvuil])
    library.apply(COLLECTION, SOURCE, withdraw=["a"])
    assert library.apply(COLLECTION, SOURCE, [grofvuil]).added == ["a"]
    assert set(library.published(COLLECTION, SOURCE)) == {"a"}


def test_an_edition_that_its_source_withdrew_does_not_come_back(library: Library) -> None:
    grofvuil = document("a", "Grofvuil ophalen is gratis.", version=3)
    library.apply(COLLECTION, SOURCE, [grofvuil])
    library.apply(COLLECTION, SOURCE, withdraw={"a": 3})
    assert library.apply(COLLECTION, SOURCE, [grofvuil]).unchanged == ["a"]
    assert library.published(COLLECTION, SOURCE) == {}
    assert library.apply(COLLECTION, SOURCE, [replace(grofvuil, version=4)]).added == ["a"]


def test_tidy_deletes_the_empty_rows_of_passages_that_went_long_ago(library: Library) -> None:
    for number in range(KEPT_REVISIONS + 2):
        library.apply(COLLECTION, SOURCE, [document("a", f"Uitgave {number}.")])
    assert library.tidy()["removed"] == 1
    found = library.search(Search("Uitgave", COLLECTION))
    assert [hit.passage.text for hit in found.hits] == [f"Uitgave {KEPT_REVISIONS + 1}."]


def test_a_slip_of_the_pen_finds_the_text_that_was_meant(library: Library) -> None:
    texts = {"uittreksel": "Een uittreksel vraagt u aan.", "grofvuil": "Grofvuil laat u ophalen."}
    library.apply(COLLECTION, SOURCE, [document(id, text) for id, text in texts.items()])
    assert ids(library, "waar krijg ik een uitreksel")[0] == "uittreksel"
    assert ids(library, "grofvuyl")[0] == "grofvuil"
