"""Several things asked at once, and one thing that may mean several."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from embeddings.library import Found, LibraryUnavailable, Search
from embeddings.ranking import NAME as RANKING
from service.answering import ambiguity
from service.answering.judge import Calibration, Fit, judge_for
from service.answering.pipeline import Answering
from service.composers.quotes import QuotesComposer
from service.domain.answer import Answer, Status
from service.domain.question import VISITOR, Asked, Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

# half of the words met is enough, so that a part is answered when its text is there
LENIENT = Fit(("matched",), (0.6,), (0.02,), (1.0,), 0.0, {"website": 0.5, "sidebar": 0.5}, 0.0)
TEXTS = (
    document("paspoort", "Een nieuw paspoort kost € 86,20. U haalt het op bij de balie."),
    document("rijbewijs", "Een rijbewijs verlengen duurt 5 werkdagen."),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op."),
)
BOTH = "Hoeveel kost een nieuw paspoort? En hoe lang duurt een rijbewijs verlengen?"
HALF = "Hoeveel kost een nieuw paspoort? En wanneer opent de schaatsbaan in Noordwijkerhout?"


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    library = open_library(tmp_path_factory.mktemp("several"), CountingEncoder())
    library.apply(COLLECTION, SOURCE, TEXTS)
    calibration = Calibration("hashing-64", "", RANKING, "", {"plain": LENIENT, "reader": LENIENT})
    return Answering(library, COLLECTION, judge_for(calibration, library), QuotesComposer())


def ask(answering: Answering, text: str) -> Answer:
    return answering.answer(Asked(text, Channel.WEBSITE, COLLECTION, uuid.uuid4()), VISITOR).answer


def test_two_things_asked_are_both_answered_each_from_its_own_text(answering: Answering) -> None:
    answer = ask(answering, BOTH)
    assert (answer.status, answer.open) == (Status.ANSWERED, ())
    assert "€ 86,20" in answer.text
    assert "5 werkdagen" in answer.text
    assert {source.document for source in answer.sources} == {"vac:paspoort", "vac:rijbewijs"}


def test_what_cannot_be_answered_is_named_as_open(answering: Answering) -> None:
    answer = ask(answering, HALF)
    assert answer.status is Status.ANSWERED_PARTLY
    assert "€ 86,20" in answer.text
    assert len(answer.open) == 1
    assert "schaatsbaan" in answer.open[0]


def test_every_text_is_a_candidate_once_and_the_first_of_each_part_comes_first(answering: Answering) -> None:
    documents = [candidate.document for candidate in ask(answering, BOTH).candidates]
    assert documents[:2] == ["vac:paspoort", "vac:rijbewijs"]
    assert len(documents) == len(set(documents))


def test_of_what_is_ranked_the_first_of_each_part_come_first(answering: Answering) -> None:
    answered = answering.answer(Asked(BOTH, Channel.WEBSITE, COLLECTION, uuid.uuid4()), VISITOR)
    assert answered.ranked[:2] == ("vac:paspoort", "vac:rijbewijs")
    assert len(answered.ranked) == len(set(answered.ranked))


def test_when_no_part_can_be_answered_the_question_is_taken_whole(answering: Answering) -> None:
    answer = ask(answering, "Hoe vaak komt de sneeuwschuiver? En wie betaalt mijn duikbril?")
    assert answer.status.group == "unanswered"
    assert not answer.open


def test_a_library_that_fails_at_the_second_part_is_a_breakdown_and_not_an_exception(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, seen = answering.library.search, list[str]()

    def failing(wanted: Search, count: int = 50) -> Found:
        seen.append(wanted.text)
        if len(seen) > 2:
            raise LibraryUnavailable("the database is away")
        return search(wanted, count)

    monkeypatch.setattr(answering.library, "search", failing)
    answer = ask(answering, BOTH)
    assert len(seen) == 3
    assert (answer.status, answer.degraded) == (Status.ERROR_RETRIEVAL, True)


def test_an_answer_in_part_says_what_stays_open_and_nothing_else_does() -> None:
    with pytest.raises(ValueError, match="open"):
        Answer(Status.LOW_CONFIDENCE, open=("en wanneer?",))


# -- which one is meant ----------------------------------------------------------------------------


@pytest.fixture
def permits(tmp_path: Path) -> Answering:
    library = open_library(tmp_path, CountingEncoder())
    names = ("Parkeervergunning bewoners", "Parkeervergunning bezoekers", "Parkeervergunning bedrijven")
    texts = [
        document(name.split()[1], f"Deze vergunning geldt in zone {n}.", title=name)
        for n, name in enumerate(names)
    ]
    library.apply(COLLECTION, SOURCE, [*texts, *TEXTS])
    doubting = Fit((), (), (), (), 0.0, {"website": 0.9, "sidebar": 0.9}, 0.0)
    calibration = Calibration("hashing-64", "", RANKING, "", {"plain": doubting, "reader": doubting})
    return Answering(library, COLLECTION, judge_for(calibration, library), QuotesComposer())


def test_a_name_that_several_texts_bear_asks_which_one_is_meant(permits: Answering) -> None:
    answer = ask(permits, "parkeervergunning")
    assert answer.status is Status.CLARIFY_PRODUCT
    assert 2 <= len(answer.candidates) <= ambiguity.MOST
    assert all("Parkeervergunning" in candidate.title for candidate in answer.candidates)
    assert not answer.sentences


@pytest.mark.parametrize(
    "clear",
    [
        "parkeervergunning bezoekers",
        "rijbewijs verlengen",
        "mijn buurman wil weten welke parkeervergunning zijn derde auto en zijn caravan hier nodig hebben",
    ],
)
def test_a_question_that_says_which_one_is_not_asked_back(permits: Answering, clear: str) -> None:
    assert ask(permits, clear).status is not Status.CLARIFY_PRODUCT


def test_nothing_found_by_meaning_is_never_a_choice(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    library = open_library(tmp_path, encoder)
    library.apply(COLLECTION, SOURCE, TEXTS)
    encoder.fails = True
    calibration = Calibration("hashing-64", "", RANKING, "", {"plain": LENIENT, "reader": LENIENT})
    answering = Answering(library, COLLECTION, judge_for(calibration, library), QuotesComposer())
    assert ask(answering, "paspoort").status is Status.LOW_CONFIDENCE
