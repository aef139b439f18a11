"""A calibration made with a model that judges along: one more fit, for that model alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, product
from math import log
from pathlib import Path
from typing import Any

import pytest

from embeddings.document import Hit
from embeddings.library import Library
from evals.answers import calibrate
from evals.answers.assisted import assisted_by, calls_at, second_reader_at
from evals.answers.calibrate import Measured, calibrated, measure
from evals.answers.questions import LabelledQuestion
from evals.answers.run import answering_over
from evals.llm.servers import Call, running
from service.answering.assistance import SecondReader
from service.answering.judge import MODEL_FEATURE, Calibration, fit_with, judge_for, read_calibration
from service.answering.retrieve import retrieve
from service.composers.llm.endpoint import warm_up
from service.domain.question import VISITOR, Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

NAME = "proefmodel"
COUNT = 100  # a calibration for real asks more; the fixture below lowers what is asked
THINGS = (
    "paspoort",
    "rijbewijs",
    "grofvuil",
    "parkeren",
    "trouwen",
    "uittreksel",
    "hondenbelasting",
    "markt",
)
WAYS = ("hoe zit het met", "vertel eens over", "graag iets van", "wat is er met")
# no text holds these: only who reads them knows whether there is an answer
TOLD, UNTOLD = ("vandaag", "morgen"), ("vroeger", "nooit")


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> Iterator[None]:
    warm_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate, "FEWEST", COUNT)
        yield


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = open_library(tmp_path_factory.mktemp("calibrate"), CountingEncoder())
    texts = [document(thing, f"Over {thing}: dat staat hier.", title=thing) for thing in THINGS]
    library.apply(COLLECTION, SOURCE, texts)
    yield library
    library.engine.dispose()


def questions() -> list[LabelledQuestion]:
    """Half of them can be answered; all of them are alike but for one word that no text holds."""
    made: list[LabelledQuestion] = []
    for way, word, thing in product(WAYS, TOLD + UNTOLD, THINGS):
        gold = (thing,) if word in TOLD else ()
        made.append(
            LabelledQuestion(f"{thing}/{len(made)}", (f"{way} {thing} {word}",), "", bool(gold), gold, ())
        )
    return made


def right_nine_of_ten() -> Callable[[Call], None]:
    """Knows the word, and says the other thing of every tenth question."""
    asked = count(1)

    def answer(call: Call) -> None:
        wrong = next(asked) % 10 == 0
        here = call.question.split()[-2] in " ".join(call.passages.values())
        answers = here and call.question.split()[-1] in TOLD
        call.say(("ja" if answers is not wrong else "nee", None))

    return answer


@dataclass
class Says:
    """Says the same of everything."""

    value: float | None
    name: str = f"{NAME}, beoordelen 1"

    def reads(self, text: str, passages: Sequence[Hit], site: str) -> float | None:
        return self.value


def calibrated_with(library: Library, reader: SecondReader | None) -> dict[str, Any]:
    measured = Measured(second_reader=reader)
    measure(measured, answering_over(library, COLLECTION), questions(), "demo", lambda done: None)
    content: dict[str, Any] = json.loads(calibrated(measured, library))
    return content


@pytest.fixture(scope="module")
def content(library: Library) -> dict[str, Any]:
    """Made over HTTP, as the command makes it."""
    with running(right_nine_of_ten()) as model:
        return calibrated_with(library, second_reader_at(model.url, NAME))


@pytest.fixture(scope="module")
def calibration(content: dict[str, Any]) -> Calibration:
    return read_calibration(content)


FIT = fit_with(f"{NAME}, beoordelen 1")


def test_a_model_that_is_right_nine_of_ten_times_tells_right_from_wrong_better(
    content: dict[str, Any],
) -> None:
    without, with_it = (content["fits"][name]["out of fold"] for name in ("reader", FIT))
    assert with_it["AUROC answerable"] > without["AUROC answerable"] + 0.1
    assert with_it["AUROC answerable"] > 0.85
    assert with_it["Brier"] < without["Brier"]


def test_the_fit_bears_the_name_of_the_model_and_weighs_its_word(
    content: dict[str, Any], calibration: Calibration
) -> None:
    assert set(calibration.fits) == {"plain", "reader", FIT}
    cases = content["cases"]["labelled"]
    assert content["second reader"] == {"name": f"{NAME}, beoordelen 1", "asked": cases, "said": cases}
    helped = calibration.fits[FIT]
    assert helped.coefficients[helped.features.index(MODEL_FEATURE)] > 0.5
    assert set(calibration.fits["reader"].features) == set(helped.features) - {MODEL_FEATURE}


def test_its_cut_offs_are_proven_as_those_of_the_others(content: dict[str, Any]) -> None:
    for channel, promise in content["fits"][FIT]["promises"].items():
        proven = promise["bound"] <= promise["risk"]
        assert (content["fits"][FIT]["cut_offs"][channel] is not None) == proven
        assert proven or promise["missing"] > 0


def test_a_liar_moves_what_cannot_be_answered_no_further_than_its_weight(
    library: Library, calibration: Calibration
) -> None:
    """Always yes: the log-odds rise by the weight of that word, and by nothing else it says."""
    helped = calibration.fits[FIT]
    place = helped.features.index(MODEL_FEATURE)
    most = 2 * helped.coefficients[place] / helped.scales[place]
    judge = replace(judge_for(calibration, library), second_reader=f"{NAME}, beoordelen 1")
    odds = []
    for text in ("paspoort vroeger", "markt nooit", "nooit hondenbelasting"):
        evidence = retrieve(library, COLLECTION, text, "nl", VISITOR)
        chances = [judge.judge(evidence, Channel.SIDEBAR, told).probability for told in (-1.0, 1.0)]
        odds.append(tuple(log(chance / (1 - chance)) for chance in chances))
    assert all(yes - no == pytest.approx(most) for no, yes in odds)


def test_a_model_that_always_says_yes_earns_no_weight(library: Library) -> None:
    fit = read_calibration(calibrated_with(library, Says(1.0))).fits[FIT]
    assert abs(fit.coefficients[fit.features.index(MODEL_FEATURE)]) < 0.05


def test_a_model_that_says_nothing_that_counts_makes_no_calibration(library: Library) -> None:
    with pytest.raises(ValueError, match=rf"the model judged 0 of \d+ cases: {COUNT} are needed"):
        calibrated_with(library, Says(None))


def test_without_a_model_the_calibration_has_the_two_fits(library: Library) -> None:
    content = calibrated_with(library, None)
    assert set(content["fits"]) == {"plain", "reader"}
    assert "second reader" not in content


def test_a_model_needs_an_address_and_a_known_task(library: Library) -> None:
    with pytest.raises(ValueError, match="needs --endpoint and --model"):
        second_reader_at("", NAME)
    answering = answering_over(library, COLLECTION)
    with pytest.raises(ValueError, match="raden"):
        assisted_by(answering, calls_at("http://127.0.0.1:9/v1", NAME), "raden")
    helped = assisted_by(answering, calls_at("http://127.0.0.1:9/v1", NAME), "beoordelen, vervolgvraag")
    assert helped.assistance.second_reader is not None
    assert helped.assistance.whole_question is not None
    assert helped.assistance.asking_back is None
    assert helped.judge.remarks == ("calibration_without_this_model",)


def test_the_shipped_calibration_knows_no_model() -> None:
    path = Path(__file__).resolve().parents[3] / "service" / "answering" / "calibration.json"
    assert set(json.loads(path.read_text(encoding="utf-8"))["fits"]) == {"plain", "reader"}
