"""What the reader is shown of a question, and that it learns from it what answers and what comes first."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from embeddings.document import Section
from embeddings.encoders.base import Floats, pack_states, unit, unpack_states
from embeddings.reading import Reader
from embeddings.training.examples import ANSWERED, PARTLY, Question, Text
from embeddings.training.reader import Case, Progress, Shown, cases, export, pairs, scores, train
from embeddings.training.reader_network import STATES, loss

CHANCE = np.random.default_rng(3)


def states(tokens: int) -> Floats:
    return unit(CHANCE.standard_normal((tokens, STATES)).astype(np.float32))


def shown(own: Floats) -> Shown:
    spans = [(place * 4, place * 4 + 3) for place in range(len(own))]
    return Shown(unpack_states(pack_states(own), STATES), slice(0, 1), spans, 4)


def case(kind: str = ANSWERED) -> Case:
    """The question's own tokens stand in the passage that answers, from its second token on."""
    question = states(4)
    right = shown(np.concatenate([states(1), question, states(5)]))
    return Case(
        question=question,
        kind=kind,
        right=((right, ((0, 15),)),) if kind in (ANSWERED, PARTLY) else (),
        cut=(shown(states(6)),),
        own=(shown(states(7)), shown(states(8))),
        others=tuple(shown(states(9)) for _ in range(4)),
    )


def test_a_passage_that_answers_belongs_before_those_of_other_texts() -> None:
    one = case()
    (right, _), *_ = one.right
    for seed in range(20):
        made = pairs(one, random.Random(seed))
        assert [pair.shown is right for pair in made if pair.first] == [True]
        others = [pair.shown for pair in made if pair.first is False]
        assert len(others) == 3
        assert all(any(each is other for other in one.others) for each in others)
        assert [pair.yes for pair in made] == [pair.first is True for pair in made]


def test_without_its_answer_a_passage_of_the_text_answers_nothing_and_has_no_place_in_the_order() -> None:
    one = case()
    (cut,) = [pair for pair in pairs(one, random.Random(1)) if pair.shown is one.cut[0]]
    assert (cut.yes, cut.first, cut.answer) == (False, None, ())


@pytest.mark.parametrize("kind", [PARTLY, "near_miss"])
def test_what_is_not_wholly_answered_is_never_a_yes_and_orders_nothing(kind: str) -> None:
    for seed in range(10):
        made = pairs(case(kind), random.Random(seed))
        assert made
        assert not any(pair.yes for pair in made)
        assert {pair.first for pair in made} == {None}


def test_the_loss_is_less_when_what_belongs_first_scores_higher() -> None:
    rows = torch.zeros(3)
    spans = torch.tensor([[1.0, 0.0]] * 3)
    rightly, wrongly = (
        loss(rows, torch.zeros(3, 2), rows, spans, torch.tensor(order), [([0], [1, 2])])
        for order in ([2.0, 0.0, 0.0], [0.0, 2.0, 0.0])
    )
    unordered = loss(rows, torch.zeros(3, 2), rows, spans, torch.tensor([0.0, 2.0, 0.0]), [])
    assert unordered < rightly < wrongly


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_it_learns_what_answers_and_what_comes_first_and_is_shipped_as_it_is(tmp_path: Path) -> None:
    taught = [case() for _ in range(40)]
    told: list[Progress] = []
    network = train(taught, 8, 7, told.append)
    assert [each.epoch for each in told] == list(range(1, 9))
    assert told[-1].first > 0.9
    assert told[-1].loss < told[0].loss / 2
    assert min(score for _, score in scores(network, taught)) > 0
    export(network, tmp_path / "reader.onnx")
    reader = Reader(tmp_path / "reader.onnx")
    one = case()
    right, other = one.right[0][0], one.others[0]
    readings = [reader.read(one.question, each.states, each.title) for each in (right, other)]
    assert readings[0].order > readings[1].order
    assert readings[0].answers > readings[1].answers
    assert readings[0].evidence[1:5].sum() > 0.5


def test_the_same_cases_and_seed_give_the_same_network() -> None:
    taught = [case() for _ in range(6)]
    first, second = (train(taught, 1, 7, lambda _: None).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


TEXTS = [
    Text(
        f"text-{number}",
        "ergens",
        f"p{number}",
        title,
        "vac",
        (Section("", text),),
        (Question(asked, "kort", kind, spans),),
    )
    for number, (title, text, asked, kind, spans) in enumerate(
        [
            (
                "Hond aangeven",
                "Geef uw hond binnen twee weken aan bij de gemeente. U betaalt 80 euro per jaar.",
                "wat kost een hond",
                ANSWERED,
                ("U betaalt 80 euro per jaar.",),
            ),
            (
                "Boom kappen",
                "Voor een boom dikker dan dertig centimeter vraagt u een vergunning aan.",
                "wat kost een kapvergunning",
                "near_miss",
                (),
            ),
            ("Grofvuil", "Wij halen grofvuil op maandag op. Bel ons twee dagen ervoor.", "grofvuil", "x", ()),
        ]
    )
]


@pytest.mark.model
@pytest.mark.slow
def test_every_question_is_asked_to_the_texts_of_its_municipality(model_cache: Path) -> None:
    told: list[int] = []
    answered, missed, _ = cases(TEXTS, model_cache, told.append)
    assert told == [3]
    ((right, spans),) = answered.right
    assert [
        TEXTS[0].sections[0].text[begin:end] for begin, end in spans
    ] == ["U betaalt 80 euro per jaar."]  # fmt: skip
    assert right.spans[right.title][-1][1] == len("Hond aangeven")
    assert len(answered.cut) == 1
    assert len(answered.others) == 2
    assert not missed.right
    assert len(missed.own) == 1
    assert len(missed.others) == 2
