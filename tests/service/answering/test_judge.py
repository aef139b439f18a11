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
from embeddings.ranking import NAME as RANKING
from embeddings.reading import Reader, Reading
from service.answering.judge import (
    NO_RIVAL,
    PLAIN_FEATURES,
    READER_FEATURES,
    UNREAD,
    Calibration,
    Fit,
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

TWO_FEATURES = Fit(
    features=("matched", "lead"),
    means=(0.5, 0.1),
    scales=(0.25, 0.05),
    coefficients=(2.0, -1.0),
    intercept=-0.5,
    cut_offs={Channel.WEBSITE: 0.8, Channel.SIDEBAR: 0.6},
    no_source_below=0.1,
)
LARGE = st.floats(-1e6, 1e6, allow_nan=False)


def calibration(plain: Fit, reader: Fit | None = None) -> Calibration:
    """Bound to the encoder of these tests; both fits the same unless told otherwise."""
    fits = {"plain": plain, "reader": reader or plain}
    return Calibration("hashing-64", "reader-1", RANKING, "2026-11-21", fits)


def finding(probability: float) -> Fit:
    """A fit that finds this probability whatever it looks at."""
    logit = math.log(probability / (1 - probability))
    return replace(TWO_FEATURES, features=(), means=(), scales=(), coefficients=(), intercept=logit)


def always(probability: float) -> Calibration:
    """A calibration that finds this probability whatever it looks at."""
    return calibration(finding(probability))


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
        (0.89, Certainty.MEDIUM, Status.ANSWERED, Status.ANSWERED),
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
    half = replace(finding(0.5), cut_offs={Channel.WEBSITE: 0.5, Channel.SIDEBAR: 0.5})
    judgement = Judge(calibration(half)).judge(found(library, "paspoort"), Channel.WEBSITE)
    assert (judgement.probability, judgement.status) == (0.5, Status.ANSWERED)


def test_without_a_cut_off_nothing_is_answered_however_sure(library: Library) -> None:
    unproven = replace(finding(0.999), cut_offs={Channel.WEBSITE: None, Channel.SIDEBAR: 0.6})
    evidence, judge = found(library, "paspoort"), Judge(calibration(unproven))
    assert judge.judge(evidence, Channel.WEBSITE).status is Status.LOW_CONFIDENCE
    assert judge.judge(evidence, Channel.SIDEBAR).status is Status.ANSWERED
    assert judge.judge(evidence, Channel.WEBSITE).certainty is Certainty.HIGH


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("other", ["encoder", "ranking"])
def test_a_calibration_of_something_else_never_answers(
    library: Library, channel: Channel, other: str
) -> None:
    fitted = always(0.999)
    another = replace(fitted, encoder="another") if other == "encoder" else replace(fitted, ranking="another")
    judge = judge_for(another, library)
    assert judge.reasons == (f"calibration_of_another_{other}",)
    expected = Judgement(0.0, Certainty.LOW, Status.LOW_CONFIDENCE)
    assert judge.judge(found(library, "Een paspoort kost"), channel) == expected


def test_a_calibration_of_all_that_is_here_is_trusted(library: Library) -> None:
    judge = judge_for(always(0.999), library)
    assert judge.trusted
    assert judge.judge(found(library, "paspoort"), Channel.WEBSITE).status is Status.ANSWERED


def test_a_calibration_of_another_reader_is_not_trusted_but_a_missing_reader_is_no_mismatch() -> None:
    fitted = always(0.999)
    assert fitted.mismatches("hashing-64", "reader-2", RANKING) == ("calibration_of_another_reader",)
    assert fitted.mismatches("hashing-64", "reader-1", RANKING) == ()
    assert fitted.mismatches("hashing-64", None, RANKING) == ()


def test_a_calibration_on_features_that_nobody_measures_is_not_trusted(library: Library) -> None:
    assert judge_for(calibration(TWO_FEATURES), library).trusted
    astrology = replace(TWO_FEATURES, features=("matched", "astrology"))
    judge = judge_for(calibration(TWO_FEATURES, astrology), library)
    assert judge.reasons == ("calibration_of_another_judge",)


def test_what_was_read_is_judged_by_the_readers_fit_and_the_rest_by_the_plain_one(library: Library) -> None:
    judge = Judge(calibration(plain=finding(0.3), reader=finding(0.9)))
    evidence = found(library, "paspoort")
    read = reading(evidence, 1.0)
    assert judge.judge(evidence, Channel.SIDEBAR).probability == pytest.approx(0.3)
    assert judge.judge(read, Channel.SIDEBAR).probability == pytest.approx(0.9)


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
    judge = Judge(always(0.999), () if trusted else ("calibration_of_another_encoder",))
    judgement = judge.judge(nothing, Channel.SIDEBAR)
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


def test_the_judge_hears_when_what_is_asked_for_is_not_in_the_text(library: Library) -> None:
    assert features_of(found(library, "hoeveel meter is een paspoort"))["lacks"] == 1.0
    assert features_of(found(library, "hoeveel kost een paspoort"))["lacks"] == 0.0
    assert features_of(found(library, "is een paspoort nodig"))["lacks"] == 0.0


def test_every_feature_is_a_finite_number_whatever_is_asked(library: Library) -> None:
    for text in ("paspoort", "?", "😀", "x" * 500, "paspoort " * 50):
        evidence = found(library, text)
        assert all(math.isfinite(value) for value in features_of(evidence).values())


def reading(evidence: Evidence, *answers: float) -> Evidence:
    """As if the reader had read the first passage of as many documents, with these logits."""
    readings = {
        document.hits[0].key: Reading(answer, 2 * answer, 0.25, np.array([0.5, 0.25], np.float32))
        for document, answer in zip(evidence.documents, answers, strict=False)
    }
    return replace(evidence, found=replace(evidence.found, readings=readings))


def test_there_are_features_of_reading_only_when_something_was_read(library: Library) -> None:
    evidence = found(library, "Een paspoort kost")
    assert set(features_of(evidence)) == PLAIN_FEATURES
    features = features_of(reading(evidence, 2.0, -1.0))
    assert set(features) == PLAIN_FEATURES | READER_FEATURES
    assert (features["reader"], features["reader_second"], features["reader_lead"]) == (2.0, -1.0, 3.0)
    assert features["order_lead"] == 6.0
    assert (features["nothing"], features["evidence"]) == (0.25, 0.5)


def test_what_the_reader_did_not_read_counts_as_no_answer(library: Library) -> None:
    features = features_of(reading(found(library, "Een paspoort kost"), 2.0))
    assert (features["reader_second"], features["order_lead"]) == (UNREAD, NO_RIVAL)


# -- the calibration that is shipped -------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Calibration:
    return shipped_calibration()


def test_keys_that_only_people_read_are_left_alone() -> None:
    fit = {
        "features": ["a"], "means": [0.0], "scales": [1.0], "coefficients": [2.0], "intercept": 0.5,
        "cut_offs": {"website": None, "sidebar": 0.7}, "no_source_below": 0.1, "out of fold": {}, "curve": [],
    }  # fmt: skip
    content = {"encoder": "m", "reader": "", "ranking": "r", "date": "2026-11-21", "cases": {"labelled": 3}}
    read = read_calibration({**content, "fits": {"plain": fit, "reader": fit}})
    plain = read.fits["plain"]
    assert (plain.features, plain.means, plain.scales, plain.coefficients) == (("a",), (0.0,), (1.0,), (2.0,))
    assert plain.cut_offs == {Channel.WEBSITE: None, Channel.SIDEBAR: 0.7}
    assert plain.probability({"a": 0.25}) == pytest.approx(1 / (1 + math.exp(-1)))
    with pytest.raises(KeyError, match="fits"):
        read_calibration(content)
    with pytest.raises(ValueError, match="differ in number"):
        read_calibration({**content, "fits": {"plain": fit | {"means": []}, "reader": fit}})


def test_the_shipped_calibration_looks_at_exactly_the_features_there_are(
    shipped: Calibration, library: Library
) -> None:
    evidence = found(library, "paspoort")
    assert sorted(shipped.fits["plain"].features) == sorted(features_of(evidence))
    assert sorted(shipped.fits["reader"].features) == sorted(features_of(reading(evidence, 1.0)))
    assert all(scale > 0 for fit in shipped.fits.values() for scale in fit.scales)


def test_the_shipped_calibration_is_of_what_is_shipped(shipped: Calibration) -> None:
    assert shipped.mismatches(NAME, Reader().name, RANKING) == ()


@pytest.mark.parametrize("name", ["plain", "reader"])
def test_the_shipped_calibration_asks_more_of_an_answer_on_the_website(
    shipped: Calibration, name: str
) -> None:
    fit = shipped.fits[name]
    assert set(fit.cut_offs) == {channel.value for channel in Channel}
    website, sidebar = (fit.cut_offs[each] or 1.0 for each in (Channel.WEBSITE, Channel.SIDEBAR))
    assert 0 < fit.no_source_below < sidebar <= website <= 1


@pytest.mark.parametrize("name", ["plain", "reader"])
def test_the_shipped_calibration_promises_no_more_than_its_labels_prove(name: str) -> None:
    content = json.loads(_shipped_file().read_text(encoding="utf-8"))["fits"][name]
    assert set(content["promises"]) == set(content["cut_offs"])
    for channel, promise in content["promises"].items():
        proven = promise["bound"] <= promise["risk"]
        assert (content["cut_offs"][channel] is not None) == proven
        assert proven or promise["missing"] > 0


def test_the_shipped_calibration_says_when_and_by_what_it_was_chosen() -> None:
    content = json.loads(_shipped_file().read_text(encoding="utf-8"))
    assert date.fromisoformat(content["date"]) <= date.today()
    assert content["data"]
    assert content["cases"]["labelled"] >= 1000


def _shipped_file() -> Path:
    return Path(str(resources.files("service.answering").joinpath("calibration.json")))
