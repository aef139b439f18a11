"""How sure we are, and what that means where it was asked."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from embeddings.encoders.bundled import NAME
from embeddings.library import Found, Library
from service.answering.judge import (
    Calibration,
    Judge,
    Judgement,
    features_of,
    judge_for,
    read_calibration,
    shipped_calibration,
)
from service.answering.retrieve import Evidence, retrieve
from service.domain.answer import Certainty, Status
from service.domain.question import VISITOR, Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

TWO_FEATURES = Calibration(
    encoder="hashing-64",
    date="2026-11-21",
    features=("matched", "lead"),
    means=(0.5, 0.1),
    scales=(0.25, 0.05),
    coefficients=(2.0, -1.0),
    intercept=-0.5,
    cut_offs={Channel.WEBSITE: 0.8, Channel.SIDEBAR: 0.6},
    no_source_below=0.1,
)
LARGE = st.floats(-1e6, 1e6, allow_nan=False)


def always(probability: float) -> Calibration:
    """A calibration that finds this probability whatever it looks at."""
    logit = math.log(probability / (1 - probability))
    return replace(TWO_FEATURES, features=(), means=(), scales=(), coefficients=(), intercept=logit)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("judge"), CountingEncoder())
    texts = [
        document("paspoort", "Een paspoort kost € 86,20."),
        document("trouwen", "Trouwen in het raadhuis kost niets."),
        document("grofvuil", "Grofvuil halen wij op afspraak op."),
    ]
    library.apply(COLLECTION, SOURCE, texts)
    return library


def found(library: Library, text: str) -> Evidence:
    return retrieve(library, COLLECTION, text, "nl", VISITOR)


# -- probability ---------------------------------------------------------------------------------


def test_the_probability_is_the_logistic_of_the_weighted_standardised_features() -> None:
    # -0.5 + 2 * (0.75 - 0.5) / 0.25 - 1 * (0.2 - 0.1) / 0.05 = -0.5 + 2 - 2 = -0.5
    probability = TWO_FEATURES.probability({"matched": 0.75, "lead": 0.2, "not looked at": 9.0})
    assert probability == pytest.approx(1 / (1 + math.exp(0.5)))
    assert probability == pytest.approx(0.37754, abs=1e-5)


def test_the_probability_is_scikit_learns() -> None:
    random = np.random.default_rng(7)
    table = random.normal((0.5, 0.1), (0.3, 0.2), size=(200, 2))
    right = table[:, 0] + random.normal(0, 0.3, 200) > 0.5
    scaler = StandardScaler().fit(table)
    model = LogisticRegression().fit(scaler.transform(table), right)
    fitted = replace(
        TWO_FEATURES,
        means=tuple(scaler.mean_),
        scales=tuple(scaler.scale_),
        coefficients=tuple(model.coef_[0]),
        intercept=float(model.intercept_[0]),
    )
    expected = model.predict_proba(scaler.transform(table))[:, 1]
    given_ = [fitted.probability({"matched": matched, "lead": lead}) for matched, lead in table]
    assert given_ == pytest.approx(expected, abs=1e-12)


@given(matched=LARGE, lead=LARGE)
def test_a_probability_lies_between_nought_and_one_however_odd_the_features(
    matched: float, lead: float
) -> None:
    assert 0 <= TWO_FEATURES.probability({"matched": matched, "lead": lead}) <= 1


def test_a_feature_that_was_not_measured_is_a_mistake_and_no_nought() -> None:
    with pytest.raises(KeyError):
        TWO_FEATURES.probability({"matched": 0.5})


def test_a_calibration_whose_lists_differ_in_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        replace(TWO_FEATURES, means=(0.5,)).probability({"matched": 0.5, "lead": 0.1})


# -- outcome -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probability", "certainty", "at_the_desk", "on_the_site"),
    [
        (0.95, Certainty.HIGH, Status.ANSWERED, Status.ANSWERED),
        (0.79, Certainty.MEDIUM, Status.ANSWERED, Status.LOW_CONFIDENCE),
        (0.59, Certainty.LOW, Status.LOW_CONFIDENCE, Status.LOW_CONFIDENCE),
        (0.11, Certainty.LOW, Status.LOW_CONFIDENCE, Status.LOW_CONFIDENCE),
        (0.09, Certainty.LOW, Status.NO_SOURCE, Status.NO_SOURCE),
    ],
)
def test_each_channel_has_its_own_cut_off(
    library: Library, probability: float, certainty: Certainty, at_the_desk: Status, on_the_site: Status
) -> None:
    evidence, judge = found(library, "paspoort"), Judge(always(probability))
    for channel, status in ((Channel.SIDEBAR, at_the_desk), (Channel.WEBSITE, on_the_site)):
        judgement = judge.judge(evidence, channel)
        assert judgement.probability == pytest.approx(probability)
        assert (judgement.certainty, judgement.status) == (certainty, status)


def test_a_probability_on_the_cut_off_is_enough(library: Library) -> None:
    half = replace(always(0.5), cut_offs={Channel.WEBSITE: 0.5, Channel.SIDEBAR: 0.5})
    judgement = Judge(half).judge(found(library, "paspoort"), Channel.WEBSITE)
    assert (judgement.probability, judgement.status) == (0.5, Status.ANSWERED)


@pytest.mark.parametrize("channel", Channel)
def test_a_calibration_of_another_encoder_never_answers(library: Library, channel: Channel) -> None:
    judge = judge_for(always(0.999), "another-model")
    assert not judge.trusted
    expected = Judgement(0.0, Certainty.LOW, Status.LOW_CONFIDENCE)
    assert judge.judge(found(library, "Een paspoort kost"), channel) == expected


def test_a_calibration_of_the_same_encoder_is_trusted(library: Library) -> None:
    judge = judge_for(always(0.999), CountingEncoder().name)
    assert judge.trusted
    assert judge.judge(found(library, "paspoort"), Channel.WEBSITE).status is Status.ANSWERED


def test_a_calibration_on_features_that_nobody_measures_is_not_trusted() -> None:
    own = CountingEncoder().name
    assert judge_for(TWO_FEATURES, own).trusted
    assert not judge_for(replace(TWO_FEATURES, features=("matched", "astrology")), own).trusted


def test_what_was_found_by_words_alone_is_never_an_answer(library: Library) -> None:
    evidence = found(library, "paspoort")
    by_words = replace(evidence, found=replace(evidence.found, by_meaning=False))
    expected = Judgement(0.0, Certainty.LOW, Status.LOW_CONFIDENCE)
    assert Judge(always(0.999)).judge(by_words, Channel.SIDEBAR) == expected


@pytest.mark.parametrize("by_meaning", [True, False])
@pytest.mark.parametrize("trusted", [True, False])
def test_nothing_found_is_no_source_and_not_a_doubt(
    library: Library, by_meaning: bool, trusted: bool
) -> None:
    nothing = Evidence("paspoort", Found((), (), by_meaning), library)
    judgement = Judge(always(0.999), trusted).judge(nothing, Channel.SIDEBAR)
    assert judgement == Judgement(0.0, Certainty.LOW, Status.NO_SOURCE)


# -- features ------------------------------------------------------------------------------------


def test_the_lead_is_what_the_first_document_scores_above_the_second(library: Library) -> None:
    evidence = found(library, "Een paspoort kost")
    first, second, _ = (each.score for each in evidence.documents)
    features = features_of(evidence)
    assert features["lead"] == pytest.approx(first - second)
    assert features["lead"] > 0
    assert features["lead_over_fifth"] == pytest.approx(0.1)  # there is no fifth: a comfortable one


def test_a_text_that_says_what_is_asked_matches_better_than_one_that_does_not(library: Library) -> None:
    literal = features_of(found(library, "Een paspoort kost"))
    foreign = features_of(found(library, "zeehonden vijver xylofoon"))
    for name in ("matched", "matched_worst", "sentence", "dense", "keyword"):
        assert literal[name] > foreign[name], name
    assert literal["matched"] == pytest.approx(1, abs=0.01)
    assert literal["keyword_best"] >= literal["keyword"] > 0
    assert foreign["keyword"] == 0


def test_every_feature_is_a_finite_number_whatever_is_asked(library: Library) -> None:
    for text in ("paspoort", "?", "😀", "x" * 500, "paspoort " * 50):
        evidence = found(library, text)
        assert all(math.isfinite(value) for value in features_of(evidence).values())


# -- the calibration that is shipped -------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Calibration:
    return shipped_calibration()


def test_keys_that_only_people_read_are_left_alone() -> None:
    content = {
        "encoder": "m", "date": "2026-11-21", "features": ["a"], "means": [0.0], "scales": [1.0],
        "coefficients": [2.0], "intercept": 0.5, "cut_offs": {"website": 0.9, "sidebar": 0.7},
        "no_source_below": 0.1, "reason": "…", "cases": {"labelled": 3}, "out of fold": {},
    }  # fmt: skip
    read = read_calibration(content)
    assert (read.features, read.means, read.scales, read.coefficients) == (("a",), (0.0,), (1.0,), (2.0,))
    assert read.cut_offs[Channel.WEBSITE] == 0.9
    assert read.probability({"a": 0.25}) == pytest.approx(1 / (1 + math.exp(-1)))


def test_a_calibration_that_lacks_something_cannot_be_read() -> None:
    with pytest.raises(TypeError, match="intercept"):
        read_calibration({"encoder": "m", "date": "", "features": [], "cut_offs": {}})


def test_the_shipped_calibration_looks_at_exactly_the_features_there_are(
    shipped: Calibration, library: Library
) -> None:
    assert sorted(shipped.features) == sorted(features_of(found(library, "paspoort")))
    sizes = {len(shipped.features), len(shipped.means), len(shipped.scales), len(shipped.coefficients)}
    assert sizes == {len(set(shipped.features))}
    assert all(scale > 0 for scale in shipped.scales)


def test_the_shipped_calibration_is_of_the_default_encoder(shipped: Calibration) -> None:
    assert shipped.encoder == NAME
    assert judge_for(shipped, NAME).trusted


def test_the_shipped_calibration_asks_more_of_an_answer_on_the_website(shipped: Calibration) -> None:
    assert set(shipped.cut_offs) == {channel.value for channel in Channel}
    website, sidebar = shipped.cut_offs[Channel.WEBSITE], shipped.cut_offs[Channel.SIDEBAR]
    assert 0 < shipped.no_source_below < sidebar <= website < 1


def test_the_shipped_calibration_says_when_and_by_what_it_was_chosen() -> None:
    path = resources.files("service.answering").joinpath("calibration.json")
    content = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    assert date.fromisoformat(content["date"]) <= date.today()
    assert content["reason"]
    assert content["cases"]["labelled"] >= 500
