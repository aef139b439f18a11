"""The judge is fitted on enough cases, tried on texts it was not fitted on, and reads back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings.library import Library
from embeddings.ranking import NAME as RANKING
from evals.answers.calibrate import FEWEST, RISK, Cases, Measured, calibrated, fit, measure
from evals.answers.questions import LabelledQuestion
from evals.answers.run import answering_over
from evals.metrics.selective import Judged, coverage_at, risk_coverage
from service.answering.judge import Fit, read_calibration
from service.domain.question import Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

CASES = 800


def cases(*, groups: int = 40, seed: int = 5) -> Cases:
    """Cases in which "signal" says whether the first text is right, a little blurred, and "noise" nothing."""
    random = np.random.default_rng(seed)
    made = Cases()
    for number in range(CASES):
        right = bool(random.random() < 0.5)
        made.rows.append({"signal": random.normal(2.0 if right else -2.0), "noise": random.normal(100, 30)})
        made.right.append(right)
        made.answerable.append(right or bool(random.random() < 0.3))
        made.groups.append(f"d{number % groups}")
    return made


def measured(plain: Cases, read: Cases | None = None) -> Measured:
    sets = ["one" if number < 600 else "two" for number in range(len(plain.rows))]
    return Measured(plain, read or plain, sets, {"one": "abc"})


def read_back(made: Cases, library: Library) -> Fit:
    return read_calibration(json.loads(calibrated(measured(made), library))).fits["plain"]


def test_what_is_written_reads_back_as_a_calibration_that_tells_right_from_wrong(library: Library) -> None:
    content = json.loads(calibrated(measured(cases(), cases(seed=9)), library))
    calibration = read_calibration(content)
    assert (calibration.encoder, calibration.reader) == ("hashing-64", "")
    assert calibration.ranking == RANKING
    plain = calibration.fits["plain"]
    assert plain.features == ("signal", "noise")
    signal, noise = plain.coefficients
    assert signal > 1 > abs(noise) * 5
    assert plain.probability({"signal": 3.0, "noise": 100.0}) > 0.95
    assert plain.probability({"signal": -3.0, "noise": 100.0}) < 0.05
    assert calibration.fits["reader"].coefficients != plain.coefficients


def test_features_are_standardised_by_their_own_mean_and_spread(library: Library) -> None:
    made = cases()
    plain = read_back(made, library)
    table = np.array([[row["signal"], row["noise"]] for row in made.rows])
    assert plain.means == pytest.approx(table.mean(axis=0), abs=1e-6)
    assert plain.scales == pytest.approx(table.std(axis=0), abs=1e-6)


def test_a_rare_yes_or_no_is_scaled_as_if_it_were_even(library: Library) -> None:
    made = cases()
    for number, row in enumerate(made.rows):
        made.rows[number] = {**row, "rare": float(number % 100 == 0)}
    assert read_back(made, library).scales[2] == 0.5


def test_the_numbers_that_it_was_chosen_by_stand_beside_it(library: Library) -> None:
    content = json.loads(calibrated(measured(cases()), library))
    assert content["data"] == {"one": "abc"}
    assert content["cases"]["labelled"] == CASES
    assert content["cases"]["documents"] == 40
    assert content["cases"]["sets"] == {"one": 600, "two": 200}
    plain = content["fits"]["plain"]
    assert plain["right text first"] == sum(cases().right)
    figures = plain["out of fold"]
    assert figures["AUROC answerable"] > 0.75
    assert 0 < figures["Brier"] < 0.15
    coverages = [figures[f"coverage at {risk}% wrong"] for risk in (2, 5, 10, 20)]
    assert coverages == sorted(coverages)
    assert coverages[-1] > 0.5
    cut_offs, coverage, _ = zip(*plain["curve"], strict=True)
    assert list(cut_offs) == sorted(cut_offs, reverse=True)
    assert list(coverage) == sorted(coverage)


def test_a_cut_off_keeps_the_risk_of_its_channel_and_the_website_asks_more(library: Library) -> None:
    plain, fresh = read_back(cases(), library), cases(seed=6)
    for channel, risk in RISK.items():
        told = zip((plain.probability(row) for row in fresh.rows), fresh.right, strict=True)
        answered = [right for probability, right in told if plain.lets_through(probability, channel)]
        assert 1 - sum(answered) / len(answered) <= risk + 0.02, channel
    website, sidebar = plain.cut_offs[Channel.WEBSITE], plain.cut_offs[Channel.SIDEBAR]
    assert website is not None
    assert sidebar is not None
    assert website >= sidebar


def test_a_set_weighs_the_same_however_many_questions_it_has(library: Library) -> None:
    """In the large set the signal says nothing, in the small one everything: together it says a good deal."""
    random = np.random.default_rng(7)
    made = Cases()
    for number in range(CASES):
        right, large = bool(random.random() < 0.5), number % 10 > 0
        signal = random.normal(0.0 if large else (2.0 if right else -2.0))
        made.rows.append({"signal": signal})
        made.right.append(right)
        made.answerable.append(True)
        made.groups.append(f"d{number % 40}")
    apart = ["large" if number % 10 else "small" for number in range(CASES)]
    by_set, as_one = (fit(made, sets)["coefficients"][0] for sets in (apart, ["one"] * CASES))
    assert by_set > 2 * as_one > 0


def test_a_promise_that_the_labels_cannot_prove_gives_no_cut_off_but_says_what_is_missing() -> None:
    random = np.random.default_rng(3)
    doubtful = Cases()
    for number in range(600):
        right = bool(random.random() < 0.5)
        doubtful.rows.append({"signal": random.normal(0.3 if right else -0.3)})
        doubtful.right.append(right)
        doubtful.answerable.append(True)
        doubtful.groups.append(f"d{number % 40}")
    promise = fit(doubtful, ["one"] * 600)["promises"][Channel.WEBSITE.value]
    assert promise["cut_off"] is None
    assert promise["missing"] > 100
    assert promise["bound"] > promise["risk"] == 0.02


def test_few_right_answers_lie_below_the_probability_of_no_source(library: Library) -> None:
    made = cases()
    plain = read_back(made, library)
    right = [plain.probability(row) for row, is_right in zip(made.rows, made.right, strict=True) if is_right]
    assert sum(probability < plain.no_source_below for probability in right) / len(right) <= 0.03
    assert plain.no_source_below > 0


def test_a_text_never_judges_itself(library: Library) -> None:
    """Each text has a feature of its own that says whether it is right. In a fold without the text that
    feature was always nought and says nothing: only a leak could tell right from wrong."""
    made, texts = Cases(), 20
    for number in range(CASES):
        text = number % texts
        made.rows.append({f"is {other}": float(other == text) for other in range(texts)})
        made.right.append(text % 2 == 0)
        made.answerable.append(text % 2 == 0)
        made.groups.append(f"d{text}")
    assert fit(made, ["one"] * CASES)["out of fold"]["AUROC answerable"] <= 0.6
    fitted = read_back(made, library)
    known = [
        fitted.probability({f"is {other}": float(other == text) for other in range(texts)}) for text in (0, 1)
    ]
    assert known[0] > 0.8 > 0.2 > known[1]  # what a leak would have given


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
def test_too_few_cases_are_refused(count: int, library: Library) -> None:
    few = Measured(sets=["one"] * count)
    with pytest.raises(ValueError, match=f"{count} labelled cases with evidence: 500 are needed"):
        calibrated(few, library)


def test_the_cut_off_is_the_most_that_can_be_answered_at_the_risk() -> None:
    told = [Judged(0.9, True, True), Judged(0.8, False, False), Judged(0.7, True, True)]
    assert coverage_at(told, 0.34).cut_off == 0.7
    assert len(risk_coverage(told)) == 3


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


def test_every_fourth_answerable_question_is_asked_again_without_its_answer(library: Library) -> None:
    questions = [
        asked("wat kost een paspoort", True, "d0"),
        asked("wat kost grofvuil", False),
        asked("zonder label", None, "d0"),
        asked("wat kost een paspoort", True, "d0"),  # the fourth
    ]
    told, seen = Measured(), list[int]()
    measure(told, answering_over(library, COLLECTION), questions, "demo", seen.append)
    assert seen == [1, 2, 3, 4]
    assert told.plain.right == [True, False, True, False]
    assert told.plain.answerable == [True, False, True, False]
    # both askings of a question in one fold
    assert told.plain.groups[0] == told.plain.groups[2] == told.plain.groups[3] == "d0"
    assert told.sets == ["demo"] * 4
    assert told.digests.keys() == {"demo"}
    assert len({tuple(row) for row in told.plain.rows}) == 1


def test_of_near_misses_every_third_is_left_out(library: Library) -> None:
    told = Measured()
    missed = [replace(asked("wat kost grofvuil", False), reason="near_miss: de prijs") for _ in range(6)]
    other = replace(asked("wat kost grofvuil", False), reason="personal_case: eigen zaak")
    measure(told, answering_over(library, COLLECTION), [*missed, other], "demo", lambda done: None)
    assert told.plain.right == [False] * (4 + 1)


def test_questions_about_one_text_are_one_group_whichever_set_they_are_in(library: Library) -> None:
    told = Measured()
    of_the_text = [
        LabelledQuestion(f"d0/{number}", ("wat kost een paspoort",), "", number == 1, ("d0",), ())
        for number in (1, 2)
    ]
    measure(told, answering_over(library, COLLECTION), of_the_text, "texts", lambda done: None)
    measure(
        told, answering_over(library, COLLECTION), [asked("paspoort?", True, "d0")], "plain", lambda _: None
    )
    assert told.plain.groups == ["d0"] * 3
    assert told.sets == ["texts", "texts", "plain"]


def test_a_follow_up_is_measured_with_the_question_that_it_leans_on(library: Library) -> None:
    question = LabelledQuestion("q", ("Grofvuil?", "en wanneer halen jullie dat op"), "", True, ("d2",), ())
    told = Measured()
    measure(told, answering_over(library, COLLECTION), [question], "demo", lambda done: None)
    assert (told.plain.groups, told.plain.right) == (["d2"], [True])
