"""Every question gets one result, in its order, through the real pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from embeddings.library import Library
from embeddings.ranking import NAME as RANKING
from evals.answers.questions import LabelledQuestion
from evals.answers.run import (
    COLLECTION,
    Result,
    UnusableDocuments,
    answering_over,
    ask_all,
    throw_away_library,
    write_results,
)
from service.answering.judge import Calibration, Fit, Judge
from service.answering.pipeline import Answering
from service.domain.question import Channel
from tests.ingest.deliveries import write_lines

FEE = "Een paspoort kost € 86,20."
DOCUMENTS = (
    {"id": "paspoort", "title": "Paspoort", "html": f"<p>{FEE} U betaalt met pin.</p>"},
    {"id": "intern", "title": "Paspoort intern", "text": "Paspoort gratis.", "visibility": "internal"},
    *({"id": f"d{n}", "title": f"Tekst {n}", "text": f"Onderwerp{n} wacht."} for n in range(12)),
)
# how well the question's words are met, and nothing else
FIT = Fit(("matched",), (0.8,), (0.05,), (1.0,), 0.0, {"website": 0.95, "sidebar": 0.6}, 0.01)
MATCHED = Calibration("hashing-256", "", RANKING, "", {"plain": FIT, "reader": FIT})


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("run")
    documents = write_lines(folder / "documents.jsonl", *DOCUMENTS)
    with throw_away_library(documents, folder / "models", "hashing") as library:
        yield library


@pytest.fixture(scope="module")
def answering(library: Library) -> Answering:
    return replace(answering_over(library), judge=Judge(MATCHED))


def asked(id: str, *turns: str) -> LabelledQuestion:
    return LabelledQuestion(id, turns, "", None, (), ())


def only(answering: Answering, *turns: str, channel: Channel = Channel.WEBSITE) -> Result:
    (result,) = ask_all(answering, [asked("q", *turns)], channel)
    return result


def test_an_answered_question_gives_the_documents_own_ids_and_literal_quotes(answering: Answering) -> None:
    result = only(answering, "Een paspoort kost?")
    assert (result.id, result.outcome, result.answer) == ("q", "answered", FEE)
    assert result.citations == [{"document": "paspoort", "quote": FEE}]
    assert result.ranked[0] == "paspoort"
    assert result.probability == pytest.approx(0.982, abs=0.003)
    assert result.ms > 0


def test_at_most_ten_documents_are_ranked_each_once(answering: Answering) -> None:
    ranked = only(answering, "paspoort onderwerp1 onderwerp2").ranked
    assert len(ranked) == len(set(ranked)) == 10


def test_what_is_internal_is_in_no_result(answering: Answering) -> None:
    for channel in Channel:
        result = only(answering, "paspoort intern gratis", channel=channel)
        assert "intern" not in result.ranked
        assert "gratis" not in repr(result)


def test_the_channel_says_whose_cut_off_counts(answering: Answering) -> None:
    text = "Kost paspoort betaalt pin zeehond?"  # four of its five words
    assert only(answering, text, channel=Channel.SIDEBAR).outcome == "answered"
    assert only(answering, text, channel=Channel.WEBSITE).outcome == "unanswered_low_confidence"


def test_results_come_in_the_order_of_the_questions_and_are_counted(answering: Answering) -> None:
    questions = [asked(f"q{n}", f"onderwerp{n}") for n in (7, 3, 5)]
    counted: list[int] = []
    results = ask_all(answering, questions, Channel.WEBSITE, counted.append)
    assert [result.id for result in results] == ["q7", "q3", "q5"]
    assert [result.ranked[0] for result in results] == ["d7", "d3", "d5"]
    assert counted == [1, 2, 3]


def test_the_result_of_a_conversation_is_that_of_its_last_turn_leaning_on_the_one_before(
    answering: Answering,
) -> None:
    assert only(answering, "onderwerp4?", "en wacht dat?").ranked[0] == "d4"
    assert only(answering, "en wacht dat?").ranked[0] != "d4"
    assert only(answering, "onderwerp4?", "Wat kost een nieuw paspoort met pin hier?").ranked[0] == "paspoort"


@pytest.mark.parametrize(
    ("turns", "outcome"),
    [
        (("p" * 501,), "refused_too_long"),
        (("   ",), "refused_empty"),
        (("paspoort", "p" * 501), "refused_too_long"),
        (("p" * 501, "paspoort"), "refused_too_long"),
    ],
)
def test_what_cannot_be_asked_has_a_result_too(
    answering: Answering, turns: tuple[str, ...], outcome: str
) -> None:
    assert only(answering, *turns) == Result("q", outcome, 0.0, [], "", [], 0.0)


def test_with_the_shipped_calibration_the_hashing_encoder_answers_nothing(library: Library) -> None:
    answering = answering_over(library)
    assert (answering.collection, answering.judge.trusted) == (COLLECTION, False)
    result = only(answering, "Een paspoort kost?")
    assert (result.outcome, result.answer, result.probability) == ("unanswered_low_confidence", "", 0)
    assert result.ranked[0] == "paspoort"


def test_results_are_written_one_a_line_and_can_be_read_back(tmp_path: Path) -> None:
    results = [
        Result("é", "answered", 0.5, ["a"], "Kost\n€ 5", [{"document": "a", "quote": "€ 5"}], 1.5),
        Result("2", "unanswered_no_source", 0.0, [], "", [], 0.0),
    ]
    write_results(results, tmp_path / "results.jsonl")
    written = (tmp_path / "results.jsonl").read_text("utf-8")
    assert [json.loads(line) for line in written.split("\n")[:-1]] == [asdict(result) for result in results]
    assert "€" in written


# -- the library ---------------------------------------------------------------------------------


def test_a_library_is_gone_once_it_was_used(tmp_path: Path) -> None:
    documents = write_lines(tmp_path / "documents.jsonl", *DOCUMENTS)
    with throw_away_library(documents, tmp_path, "hashing") as library:
        place = Path(str(library.engine.url.database))
        assert place.exists()
    assert not place.parent.exists()


def test_a_library_is_gone_too_when_something_went_wrong_in_it(tmp_path: Path) -> None:
    documents = write_lines(tmp_path / "documents.jsonl", *DOCUMENTS)
    places: list[Path] = []

    def interrupted() -> None:
        with throw_away_library(documents, tmp_path, "hashing") as library:
            places.append(Path(str(library.engine.url.database)).parent)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not places[0].exists()


def test_a_plan_of_sources_is_read_like_any_municipalitys(tmp_path: Path) -> None:
    write_lines(tmp_path / "texts.jsonl", *DOCUMENTS)
    plan = tmp_path / "sources.toml"
    plan.write_text(
        'collection = "elders"\n[[source]]\nkind = "documents"\nfrom = ["texts.jsonl"]\n', "utf-8"
    )
    with throw_away_library(plan, tmp_path, "hashing") as library:
        assert len(library.published(COLLECTION, "documents")) == len(DOCUMENTS)
        assert library.published("elders", "documents") == {}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.jsonl", "", "no document in it could be published"),
        ("broken.jsonl", '{"id": "a"\n', r"could be published \(.*broken\.jsonl:1"),
        ("textless.jsonl", '{"id": "a", "title": "t", "html": ""}\n', r"textless\.jsonl:1"),
        ("absent.jsonl", None, r"could be published \(.*absent\.jsonl: No such file"),
        ("absent.toml", None, r"absent\.toml"),
        ("broken.toml", "collection = ", r"broken\.toml"),
    ],
)
def test_documents_that_cannot_be_used_are_named_with_the_reason(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    with (
        pytest.raises(UnusableDocuments, match=message),
        throw_away_library(tmp_path / name, tmp_path, "hashing"),
    ):
        pytest.fail("there is no library to be had")
