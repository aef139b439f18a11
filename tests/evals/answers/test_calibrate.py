"""The judge is fitted on enough cases, tried on texts it was not fitted on, and reads back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from embeddings.library import Library
from evals.answers.calibrate import FEWEST, RISK, Measured, calibrated, measure
from evals.answers.questions import LabelledQuestion
from evals.answers.run import answering_over
from evals.metrics.selective import Judged, coverage_at, risk_coverage
from service.answering.judge import read_calibration
from service.domain.question import Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

CASES = 800


def cases(*, groups: int = 40, seed: int = 5) -> Measured:
    """Cases in which "signal" says whether the first text is right, a little blurred, and "noise" nothing."""
    random = np.random.default_rng(seed)
    measured = Measured()
    for number in range(CASES):
        right = bool(random.random() < 0.5)
        measured.rows.append(
            {"signal": random.normal(2.0 if right else -1.0), "noise": random.normal(100, 30)}
        )
        measured.right.append(right)
        measured.answerable.append(right or bool(random.random() < 0.3))
        measured.groups.append(f"d{number % groups}")
        measured.sets.append("one" if number < 600 else "two")
    return measured


def test_what_is_written_reads_back_as_a_calibration_that_tells_right_from_wrong() -> None:
    measured = cases()
    calibration = read_calibration(json.loads(calibrated(measured, "model-a")))
    assert calibration.encoder == "model-a"
    assert calibration.features == ("signal", "noise")
    signal, noise = calibration.coefficients
    assert signal > 1 > abs(noise) * 5
    assert calibration.probability({"signal": 3.0, "noise": 100.0}) > 0.95
    assert calibration.probability({"signal": -3.0, "noise": 100.0}) < 0.05


def test_features_are_standardised_by_their_own_mean_and_spread() -> None:
    measured = cases()
    calibration = read_calibration(json.loads(calibrated(measured, "model-a")))
    table = np.array([[row["signal"], row["noise"]] for row in measured.rows])
    assert calibration.means == pytest.approx(table.mean(axis=0), abs=1e-6)
    assert calibration.scales == pytest.approx(table.std(axis=0), abs=1e-6)


def test_the_numbers_that_it_was_chosen_by_stand_beside_it() -> None:
    content = json.loads(calibrated(cases(), "model-a"))
    assert content["cases"]["labelled"] == CASES
    assert content["cases"]["sets"] == {"one": 600, "two": 200}
    assert content["cases"]["right text first"] == sum(cases().right)
    figures = content["out of fold"]
    assert figures["AUROC answerable"] > 0.75
    assert 0 < figures["Brier"] < 0.15
    coverages = [figures[f"coverage at {risk} % wrong"] for risk in (2, 5, 10, 20)]
    assert coverages == sorted(coverages)
    assert coverages[-1] > 0.5


def test_a_cut_off_keeps_the_risk_of_its_channel_and_the_website_asks_more() -> None:
    calibration = read_calibration(json.loads(calibrated(cases(), "model-a")))
    fresh = cases(seed=6)
    for channel, risk in RISK.items():
        told = [
            Judged(calibration.probability(row), right, answerable)
            for row, right, answerable in zip(fresh.rows, fresh.right, fresh.answerable, strict=True)
        ]
        answered = [each for each in told if each.probability >= calibration.cut_offs[channel]]
        wrong = sum(not each.right for each in answered) / len(answered)
        assert wrong <= risk + 0.04, channel  # four standard errors of a share in about 400
    assert calibration.cut_offs[Channel.WEBSITE] >= calibration.cut_offs[Channel.SIDEBAR]


def test_few_right_answers_lie_below_the_probability_of_no_source() -> None:
    measured = cases()
    calibration = read_calibration(json.loads(calibrated(measured, "model-a")))
    right = [
        calibration.probability(row)
        for row, is_right in zip(measured.rows, measured.right, strict=True)
        if is_right
    ]
    below = sum(probability < calibration.no_source_below for probability in right) / len(right)
    assert below <= 0.03
    assert calibration.no_source_below > 0


def test_a_text_never_judges_itself() -> None:
    """Each text has a feature of its own that says whether it is right. In a fold without the text that
    feature was always nought and says nothing: only a leak could tell right from wrong."""
    measured, texts = Measured(), 20
    for number in range(CASES):
        text = number % texts
        measured.rows.append({f"is {other}": float(other == text) for other in range(texts)})
        measured.right.append(text % 2 == 0)
        measured.answerable.append(text % 2 == 0)
        measured.groups.append(f"d{text}")
        measured.sets.append("one")
    content = json.loads(calibrated(measured, "model-a"))
    assert content["out of fold"]["AUROC answerable"] <= 0.6
    fitted = read_calibration(content)
    known = [
        fitted.probability({f"is {other}": float(other == text) for other in range(texts)}) for text in (0, 1)
    ]
    assert known[0] > 0.8 > 0.2 > known[1]  # what a leak would have given


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
def test_too_few_cases_are_refused(count: int) -> None:
    whole = cases()
    few = Measured(
        whole.rows[:count], whole.right[:count], whole.answerable[:count], whole.groups[:count],
        whole.sets[:count],
    )  # fmt: skip
    with pytest.raises(ValueError, match=f"{count} labelled cases with evidence: 500 are needed"):
        calibrated(few, "model-a")


def test_the_cut_off_is_the_most_that_can_be_answered_at_the_risk() -> None:
    told = [Judged(0.9, True, True), Judged(0.8, False, False), Judged(0.7, True, True)]
    assert coverage_at(told, 0.34).cut_off == 0.7
    assert len(risk_coverage(told)) == 3


def test_each_set_weighs_the_same_however_large_it_is() -> None:
    measured = cases()
    weights = measured.weights
    assert weights.mean() == pytest.approx(1)
    assert weights[:600].sum() == pytest.approx(weights[600:].sum())
    assert set(np.round(weights, 6)) == {round(800 / (2 * 600), 6), 2.0}


# -- measuring -----------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path, CountingEncoder())
    texts = ("Een paspoort kost € 86,20.", "Een paspoort duurt 5 dagen.", "Grofvuil halen wij op.")
    library.apply(COLLECTION, SOURCE, [document(f"d{n}", text) for n, text in enumerate(texts)])
    yield library
    library.engine.dispose()


def asked(text: str, answerable: bool | None, *gold: str) -> LabelledQuestion:
    return LabelledQuestion("q", (text,), "", answerable, gold, ())


def test_every_third_answerable_question_is_asked_again_without_its_answer(library: Library) -> None:
    questions = [
        asked("wat kost een paspoort", True, "d0"),
        asked("wat kost grofvuil", False),
        asked("wat kost een paspoort", True, "d0"),  # the third
        asked("zonder label", None, "d0"),
    ]
    measured, seen = Measured(), list[int]()
    measure(measured, answering_over(library, COLLECTION), questions, "demo", seen.append)
    assert seen == [1, 2, 3, 4]
    assert measured.right == [True, False, True, False]
    assert measured.answerable == [True, False, True, False]
    # both askings of a question in one fold
    assert measured.groups[0] == measured.groups[2] == measured.groups[3] == "d0"
    assert measured.sets == ["demo"] * 4
    assert len({tuple(row) for row in measured.rows}) == 1


def test_a_follow_up_is_measured_with_the_question_that_it_leans_on(library: Library) -> None:
    question = LabelledQuestion("q", ("Grofvuil?", "en wanneer halen jullie dat op"), "", True, ("d2",), ())
    measured = Measured()
    measure(measured, answering_over(library, COLLECTION), [question], "demo", lambda done: None)
    assert (measured.groups, measured.right) == (["d2"], [True])
