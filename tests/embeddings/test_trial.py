"""A trial finds what the library would find, were it so; and nothing of it stays behind."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from embeddings import catalogue
from embeddings.document import Document, DocumentKey, Hit, Scores, Section, Visibility
from embeddings.encoders.base import Encoder
from embeddings.library import Found, Library, LibraryUnavailable, Search, Searching, Wording
from evals.soak import quick_folder
from tests.factories import SOURCE, CountingEncoder, document, note, open_library

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAFF = (Visibility.PUBLIC, Visibility.INTERNAL)
WORDS = ("paspoort", "kosten", "raadhuis", "grofvuil", "afspraak", "rijbewijs", "balie", "spoed")
PLACES = (f"c{number}" for number in itertools.count())  # a municipality for each example, in one library
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
SECTIONS = st.builds(
    lambda text, internal: note(text) if internal else Section("Kosten", text), SENTENCES, st.booleans()
)
DOCUMENTS = st.builds(
    lambda id, title, sections: document(id, title=title, sections=tuple(sections)),
    st.sampled_from("abcdef"), SENTENCES, st.lists(SECTIONS, max_size=3),
)  # fmt: skip
SETS = st.lists(DOCUMENTS, max_size=6, unique_by=lambda each: each.id)
QUESTIONS = st.lists(SENTENCES, min_size=1, max_size=3)
LINKS = st.lists(st.tuples(st.sampled_from("abcdef"), SENTENCES), max_size=4, unique=True)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with TemporaryDirectory(dir=quick_folder()) as folder:
        library = open_library(Path(folder), CountingEncoder())
        yield library
        library.engine.dispose()


@pytest.fixture
def place(library: Library) -> str:
    """A municipality with a few texts of its own."""
    place = next(PLACES)
    texts = {
        "grofvuil": "Wij halen grote spullen op. Maak een afspraak.",
        "paspoort": "Een paspoort vraagt u aan bij de balie. Dat kost geld.",
        "trouwen": "U trouwt in het oude raadhuis. Kies een datum.",
    }
    library.apply(place, SOURCE, [document(id, text, collection=place) for id, text in texts.items()])
    return place


def in_place(documents: Sequence[Document], place: str) -> list[Document]:
    return [replace(each, collection=place) for each in documents]


def ask(searching: Searching, place: str, question: str, **values: object) -> Found:
    return searching.search(Search(question, place, **({"moment": NOW} | values)))  # type: ignore[arg-type]


def first(searching: Searching, place: str, question: str) -> str:
    return ask(searching, place, question).documents[0].key.id


def assert_same(one: Searching, other: Searching, place: str, question: str) -> None:
    """The same documents and passages in the same order, with the same scores, marks and matches."""
    for visibilities in (STAFF, STAFF[:1]):
        left = ask(one, place, question, visibilities=visibilities)
        right = ask(other, place, question, visibilities=visibilities)
        assert [each.key for each in left.documents] == [each.key for each in right.documents]
        scores = [each.score for each in right.documents]
        assert [each.score for each in left.documents] == pytest.approx(scores, abs=1e-5)
        for mine, theirs in zip(left.documents, right.documents, strict=True):
            assert [bare(hit) for hit in mine.hits] == [bare(hit) for hit in theirs.hits]
        assert [bare(hit) for hit in left.hits] == [bare(hit) for hit in right.hits]
        for hit, same in zip(left.hits, right.hits, strict=True):
            assert numbers(one, left, hit) == pytest.approx(numbers(other, right, same), abs=1e-5)


def bare(hit: Hit) -> Hit:
    return replace(hit, key=0, scores=Scores())


def numbers(searching: Searching, found: Found, hit: Hit) -> list[float]:
    matches = searching.matches(found, hit)
    met = [] if matches is None else [matches.late, *matches.passage.tolist(), *matches.title.tolist()]
    marks = [mark.score for mark in searching.mark(found, hit, "paspoort kosten")]
    scores = hit.scores
    return [scores.dense, scores.keyword, scores.late, scores.total, *met, *marks]


# -- as the library ------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(texts=SETS, links=LINKS, question=SENTENCES)
def test_a_trial_of_nothing_finds_what_the_library_finds(
    library: Library, texts: list[Document], links: list[tuple[str, str]], question: str
) -> None:
    place = next(PLACES)
    library.apply(place, SOURCE, in_place(texts, place))
    link(library, place, links, {each.id for each in texts})
    assert_same(library.trial(), library, place, question)


@settings(max_examples=40, deadline=None)
@given(
    before=SETS, drafts=SETS, withdrawn=st.sets(st.sampled_from("abcdef"), max_size=2),
    known=LINKS, new=LINKS, forgotten=st.integers(0, 4), questions=QUESTIONS,
)  # fmt: skip
def test_a_trial_finds_what_the_library_finds_once_it_is_so(
    library: Library, before: list[Document], drafts: list[Document], withdrawn: set[str],
    known: list[tuple[str, str]], new: list[tuple[str, str]], forgotten: int, questions: list[str],
) -> None:  # fmt: skip
    place = next(PLACES)
    library.apply(place, SOURCE, in_place(before, place))
    link(library, place, known, {each.id for each in before})
    digests = {each.id: each.digest for each in in_place(before, place)}
    # a draft that is the live text keeps its place among equals when it is published: nothing to try
    publish = [each for each in in_place(drafts, place) if digests.get(each.id) != each.digest]
    withdraw = (withdrawn & digests.keys()) - {each.id for each in publish}
    there = ({each.id for each in publish} | digests.keys()) - withdraw
    wordings = [Wording(DocumentKey(place, SOURCE, id), text) for id, text in new if id in there]
    without = list(library.wordings(place))[:forgotten]
    fresh = [each for each in wordings if each not in library.wordings(place).values()]
    trial = library.trial(publish, [DocumentKey(place, SOURCE, id) for id in withdraw], fresh, without)
    tried = [ask(trial, place, question) for question in questions]

    library.apply(place, SOURCE, publish, sorted(withdraw))
    for wording in fresh:
        library.add_wording(wording.document, wording.text)
    for id in without:
        library.remove_wording(place, id)
    for question, found in zip(questions, tried, strict=True):
        really = ask(library, place, question)
        assert [bare(hit) for hit in found.hits] == [bare(hit) for hit in really.hits]
        scores = [each.score for each in really.documents]
        assert [each.score for each in found.documents] == pytest.approx(scores, abs=1e-5)


def link(library: Library, place: str, links: Sequence[tuple[str, str]], there: set[str]) -> None:
    for id, text in links:
        if id in there:
            library.add_wording(DocumentKey(place, SOURCE, id), text)


@pytest.mark.parametrize("encoder", [catalogue.HASHING, pytest.param("bundled", marks=pytest.mark.model)])
@pytest.mark.parametrize("index", ["exact", "faiss"])
def test_a_draft_scores_as_it_does_once_it_is_published(
    request: pytest.FixtureRequest, encoder: str, index: str
) -> None:
    with TemporaryDirectory(dir=quick_folder()) as folder:
        chosen: Encoder = catalogue.encoder(
            encoder, request.getfixturevalue("model_cache") if encoder == "bundled" else Path(folder)
        )
        really = open_library(Path(folder) / "really", chosen, index=index)
        trying = open_library(Path(folder) / "trying", chosen, index=index)
        texts = [document(f"d{i}", f"Over {word}. Dat regelt u zelf.") for i, word in enumerate(WORDS)]
        draft = document(
            "d3", title="Grof afval wegbrengen",
            sections=(Section("Kosten", "Een bank ophalen kost € 32,50."), note("Bel de opzichter.")),
        )  # fmt: skip
        for each in (really, trying):
            each.apply(texts[0].collection, SOURCE, texts)
            each.add_wording(DocumentKey(draft.collection, SOURCE, "d3"), "waar moet mijn bankstel heen")
        trial = trying.trial([draft])
        really.apply(draft.collection, SOURCE, [draft])
        for question in ("wat kost grofvuil ophalen", "waar moet mijn bankstel heen", "balie", "opzichter"):
            assert_same(trial, really, draft.collection, question)
        for each in (really, trying):
            each.engine.dispose()


# -- what is in it -------------------------------------------------------------------------------


def test_a_draft_takes_the_place_of_the_live_text(library: Library, place: str) -> None:
    live = library.document(DocumentKey(place, SOURCE, "grofvuil"))
    assert live is not None
    draft = replace(live, title="Bankstel", sections=(Section("", "Wij halen uw bankstel op."),))
    trial = library.trial([draft])
    key = DocumentKey(place, SOURCE, "grofvuil")
    assert (trial.document(key), library.document(key)) == (draft, live)
    found = ask(trial, place, "grote spullen bankstel")
    texts = [hit.passage.text for hit in found.hits if hit.passage.document == key]
    assert texts == ["Wij halen uw bankstel op."]
    (own,) = found.documents[0].hits
    assert own.key < 0
    assert own.passage.title == "Bankstel"
    assert [mark.text for mark in trial.mark(found, own, "bankstel")] == ["Wij halen uw bankstel op."]
    # without a title that says what was asked, the same text is found less well
    question = "bankstel"
    assert ask(library.trial([replace(draft, title="Iets")]), place, question).documents[0].score < (
        ask(trial, place, question).documents[0].score
    )


def test_a_withdrawn_text_is_gone(library: Library, place: str) -> None:
    key = DocumentKey(place, SOURCE, "paspoort")
    trial = library.trial(withdraw=[key])
    assert trial.document(key) is None
    assert "paspoort" not in {each.key.id for each in ask(trial, place, "paspoort").documents}
    assert first(library, place, "paspoort") == "paspoort"


def test_a_wording_can_be_left_out_and_another_tried(library: Library, place: str) -> None:
    question = "mijn bankstel moet weg"
    grofvuil, trouwen = (DocumentKey(place, SOURCE, id) for id in ("grofvuil", "trouwen"))
    without = [each.score for each in ask(library, place, question).documents]
    id = library.add_wording(grofvuil, question)
    assert first(library, place, question) == "grofvuil"
    forgetting = library.trial(without_wordings=[id])
    assert [each.score for each in ask(forgetting, place, question).documents] == without
    trying = library.trial(without_wordings=[id], with_wordings=[Wording(trouwen, question)])
    assert first(trying, place, question) == "trouwen"
    assert first(library.trial(withdraw=[grofvuil]), place, question) != "grofvuil"


@pytest.mark.parametrize(
    ("values", "to_public", "to_staff"),
    [
        ({}, True, True),
        ({"visibility": Visibility.INTERNAL}, False, True),
        ({"valid_from": NOW}, True, True),
        ({"valid_from": NOW + timedelta(seconds=1)}, False, False),
        ({"valid_until": NOW + timedelta(seconds=1)}, True, True),
        ({"valid_until": NOW}, False, False),
    ],
)
def test_a_draft_is_shown_to_nobody_who_may_not_see_it(
    library: Library, place: str, values: dict[str, object], to_public: bool, to_staff: bool
) -> None:
    draft = document("nieuw", "Een zeehond in de haven.", collection=place, **values)
    trial = library.trial([draft])
    for visibilities, visible in ((STAFF[:1], to_public), (STAFF, to_staff)):
        found = {
            each.key.id for each in ask(trial, place, "zeehond haven", visibilities=visibilities).documents
        }
        assert ("nieuw" in found) is visible
    # the last word is that of confirming, which knows no index
    (key,) = [key for key, row in trial.snapshot(place).rows.items() if row.document.id == "nieuw"]
    for visibilities, visible in ((STAFF[:1], to_public), (STAFF, to_staff)):
        assert bool(trial.confirmed(place, {key: Scores()}, visibilities, NOW)) is visible


def test_a_trial_is_of_its_own_municipality(library: Library, place: str) -> None:
    other = next(PLACES)
    library.apply(other, SOURCE, [document("paspoort", "Een paspoort hier.", collection=other)])
    trial = library.trial([document("nieuw", "Een paspoort daar.", collection=place)])
    assert [each.key.id for each in ask(trial, other, "paspoort").documents] == ["paspoort"]
    assert {"nieuw", "paspoort"} <= {each.key.id for each in ask(trial, place, "paspoort").documents}


def test_a_trial_follows_what_is_published_meanwhile(library: Library, place: str) -> None:
    trial = library.trial([document("nieuw", "Een zeehond in de haven.", collection=place)])
    found = ask(trial, place, "zeehond haven")
    library.apply(place, SOURCE, [document("later", "De zeehond zwemt.", collection=place)], ["trouwen"])
    assert trial.matches(found, found.documents[0].hits[0]) is not None  # what it found stays readable
    later = {each.key.id for each in ask(trial, place, "zeehond raadhuis").documents}
    assert {"nieuw", "later"} <= later
    assert "trouwen" not in later


def test_without_a_model_a_draft_is_found_by_its_words(library: Library, place: str) -> None:
    encoder = library.encoder
    assert isinstance(encoder, CountingEncoder)
    draft = document("nieuw", "Een walrus in de haven van november.", collection=place)
    trial = library.trial([draft])
    encoder.fails = True
    try:
        found = ask(trial, place, "walrus november")
    finally:
        encoder.fails = False
    assert (found.documents[0].key.id, found.by_meaning) == ("nieuw", False)
    assert set(trial.conditions(place)) == {"model_fails", "missing_vectors"}
    assert library.conditions(place) == ()
    assert library.trial([draft]).conditions(place) == ()


def test_a_database_that_is_away_is_a_breakdown_and_not_a_trial_without_the_draft(
    library: Library, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = library.trial([document("nieuw", "Een narwal in zee.", collection=place)])
    library.refresh(place)
    with monkeypatch.context() as patch:
        patch.setattr("embeddings.store.vectors.load", away)
        with pytest.raises(LibraryUnavailable):
            ask(trial, place, "narwal")
    assert first(trial, place, "narwal zee") == "nieuw"


def away(*_: object) -> None:
    raise OperationalError("SELECT", {}, Exception("unable to open database file"))


# -- what it costs and leaves --------------------------------------------------------------------


def test_a_trial_leaves_the_database_and_the_index_as_they_were() -> None:
    with TemporaryDirectory(dir=quick_folder()) as folder:
        library = open_library(Path(folder), CountingEncoder())
        texts = [document(f"d{i}", f"Tekst {i} van een paspoort.") for i in range(20)]
        place = texts[0].collection
        library.apply(place, SOURCE, texts)
        id = library.add_wording(DocumentKey(place, SOURCE, "d1"), "wie weet dit")
        library.refresh(place)
        version, before = library.version(place), checksums(Path(folder))
        trial = library.trial(
            [document("nieuw", "Een walrus."), document("d2", "Anders.")],
            [DocumentKey(place, SOURCE, "d3")],
            [Wording(DocumentKey(place, SOURCE, "nieuw"), "wat is dit")],
            [id],
        )
        for question in ("walrus", "paspoort", "wat is dit", "wie weet dit"):
            found = ask(trial, place, question)
            trial.mark(trial.read(found), found.hits[0], question)
        assert len(before) > 3
        assert checksums(Path(folder)) == before
        assert library.version(place) == version
        assert "walrus" not in " ".join(row.words for row in library.snapshot(place).rows.values())
        assert "nieuw" not in {each.key.id for each in ask(library, place, "walrus").documents}
        library.engine.dispose()


def checksums(folder: Path) -> dict[str, str]:
    """Of every file but SQLite's scratch memory, in which readers leave their marks."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def test_a_passage_is_read_by_the_model_once(library: Library, place: str) -> None:
    encoder = library.encoder
    assert isinstance(encoder, CountingEncoder)
    live = library.document(DocumentKey(place, SOURCE, "grofvuil"))
    assert live is not None
    longer = replace(live, sections=(*live.sections, Section("Kosten", "Dat is gratis voor wie wacht.")))
    before = encoder.passages
    for _ in range(2):
        ask(library.trial([longer]), place, "kosten")
    assert encoder.passages == before + 1  # the new one, once; the other's vector is in the database
