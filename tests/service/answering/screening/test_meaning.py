"""A second look by meaning: what it says, when it says nothing, and that it never stands in the way."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from embeddings.catalogue import BUNDLED, encoder
from embeddings.encoders.base import Encoded, Encoder, EncoderFailed, Floats
from embeddings.encoders.hashing import HashingEncoder
from embeddings.encoders.upper_layers import UpperLayers
from service.answering.screening.meaning import (
    LAYERS,
    LAYERS_SHARE,
    NO_LOOK,
    WEIGHTS,
    SecondLook,
    Weights,
    card,
    look_for,
    read_look,
    sentences_of,
)
from service.answering.screening.pieces import PLACES, places_of
from service.answering.screening.verdict import Verdict
from service.domain.answer import Status
from service.web import wording

KINDS = ("crisis.112", "crisis.113", "lookalike", "ordinary", "other_authority", "personal_case")
ENCODER = HashingEncoder(8)


def encoded(text: str) -> Encoded:
    return ENCODER.encode_query(text)


class Told(UpperLayers):
    """Layers that give the same chances to everything, or fail."""

    def __init__(self, kind: str = "") -> None:
        self._kind = kind

    def chances(self, halfway: Floats) -> Floats:
        if not self._kind:
            raise EncoderFailed("broken")
        return np.array([float(kind == self._kind) for kind in KINDS], dtype=np.float32)


def look(**words: str) -> SecondLook:
    """A look that knows one word of a kind, and takes everything else for an ordinary question."""
    pieces = np.zeros((PLACES, len(KINDS)), dtype=np.float32)
    for kind, word in words.items():
        pieces[places_of(word), KINDS.index(kind.replace("crisis", "crisis."))] = 2.0
    intercept = np.array([1.0 if kind == "ordinary" else 0.0 for kind in KINDS], dtype=np.float32)
    zeros, ones = np.zeros(8, dtype=np.float32), np.ones(8, dtype=np.float32)
    dense = np.zeros((8, len(KINDS)), dtype=np.float32)
    return SecondLook(Weights(KINDS, zeros, ones, dense, pieces, intercept), 0.9, 0.9, 0.5)


def test_a_crisis_by_meaning_is_as_firm_as_one_by_rule_and_names_a_help_line() -> None:
    verdict = look(crisis113="verlichting").verdict("verlichting", encoded("verlichting"))
    assert verdict == Verdict(Status.CRISIS, "crisis.113", firm=True)


def test_what_is_no_crisis_yields_to_a_sure_answer() -> None:
    said = look(personal_case="dossier", other_authority="tol")
    assert said.verdict("dossier", encoded("dossier")) == Verdict(Status.PERSONAL_CASE, "", firm=False)
    assert said.verdict("tol", encoded("tol")) == Verdict(Status.OTHER_AUTHORITY, "", firm=False)


@pytest.mark.parametrize("text", ["paspoort", "crematie", "?", ""])
def test_an_ordinary_question_and_a_lookalike_get_no_verdict(text: str) -> None:
    assert look(lookalike="crematie", crisis112="vlammen").verdict(text, encoded(text)) is None


def test_a_cry_between_two_questions_is_heard() -> None:
    said, text = (
        look(crisis112="vlammen"),
        "Wat kost een paspoort voor mijn kind? Vlammen! En een rijbewijs dan?",
    )
    assert said.verdict(text, encoded(text)) is None
    heard = said.verdict(text, encoded(text), encoded)
    assert heard is not None
    assert heard.hint == "crisis.112"


def test_sentences_are_read_apart_only_where_there_are_several() -> None:
    assert sentences_of("Wat kost een paspoort?") == []
    assert sentences_of("Help! er is brand ... waar") == ["Help!", "er is brand ...", "waar"]


def test_an_encoder_that_fails_on_a_sentence_takes_nothing_away_from_the_whole() -> None:
    def broken(text: str) -> Encoded:
        raise EncoderFailed(text)

    assert look().verdict("Een. Twee.", encoded("Een. Twee."), broken) is None


def test_without_a_vector_or_weights_nothing_is_said() -> None:
    assert look(crisis112="vlammen").verdict("vlammen", None) is None
    assert NO_LOOK.verdict("ik wil niet meer leven", encoded("x")) is None


def test_what_the_layers_read_counts_with_the_words() -> None:
    both = replace(look(crisis113="verlichting"), layers=Told("crisis.112"))
    read = replace(encoded("paspoort"), halfway=np.zeros((3, 8), dtype=np.float32))
    chances = both.chances("paspoort", read)
    assert chances["crisis.112"] > LAYERS_SHARE
    assert sum(chances.values()) == pytest.approx(1.0)


def test_without_states_halfway_or_with_broken_layers_the_words_go_on_alone() -> None:
    alone, read = look(crisis113="verlichting"), encoded("verlichting")
    with_states = replace(read, halfway=np.zeros((3, 8), dtype=np.float32))
    assert replace(alone, layers=Told("ordinary")).chances("verlichting", read) == alone.chances(
        "verlichting", read
    )
    assert replace(alone, layers=Told()).chances("verlichting", with_states) == alone.chances(
        "verlichting", read
    )


def test_layers_that_cannot_be_read_are_named() -> None:
    with pytest.raises(EncoderFailed, match="upper layers"):
        UpperLayers(b"no layers")


def test_with_another_encoder_the_look_is_off_and_says_why() -> None:
    off = look_for("another-model")
    assert (off.weights, off.reason) == (None, "screening_of_another_model")
    assert off.verdict("ik wil niet meer leven", encoded("x")) is None


def test_places_are_the_same_on_every_machine_and_in_the_table() -> None:
    assert places_of("Paspoort") == places_of("paspoort ")
    assert len(set(places_of("ja"))) == len(places_of("ja"))
    assert all(0 <= place < PLACES for place in places_of("Ik wil niet meer, zei de zoon."))


# -- what comes with this version ------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> SecondLook:
    packed, layers = (
        (files("service.answering.screening") / name).read_bytes() for name in (WEIGHTS, LAYERS)
    )
    assert len(packed) < 2 * 2**20
    assert len(layers) < 8 * 2**20
    return read_look(card(), packed, layers)


def test_the_card_says_how_the_weights_were_made() -> None:
    told = card()
    assert told["date"]
    assert told["examples"]["all"] > 9000
    assert "crisis recognised" in told["on the part held out, without the rules"]
    json.dumps(told)


def test_the_shipped_weights_fit_each_other(shipped: SecondLook) -> None:
    assert shipped.weights is not None
    kinds, dimensions = len(shipped.weights.kinds), len(shipped.weights.mean)
    assert shipped.weights.dense.shape == (dimensions, kinds)
    assert shipped.weights.pieces.shape == (PLACES, kinds)
    assert 0.5 < shipped.crisis_from <= shipped.part_from < 1


def test_every_help_line_it_can_name_has_a_sentence(shipped: SecondLook) -> None:
    assert shipped.weights is not None
    lines = {kind for kind in shipped.weights.kinds if kind.startswith("crisis.")}
    assert len(lines) == 6
    assert lines <= wording.HINTS.keys()


def test_a_look_takes_less_than_ten_milliseconds(shipped: SecondLook) -> None:
    """About three when nothing else runs, nearly all of it in the layers."""
    assert shipped.weights is not None
    dimensions = len(shipped.weights.mean)
    vector = np.full(dimensions, 0.05, dtype=np.float32)
    read = Encoded(vector, vector[None], np.full((24, dimensions), 0.05, dtype=np.float32))
    took = []
    for number in range(50):
        text = f"Mijn buurvrouw vraagt hoe zij haar verhuizing naar nummer {number} kan doorgeven?"
        began = time.process_time()
        shipped.verdict(text, read)
        took.append(time.process_time() - began)
    assert sorted(took)[25] < 0.010


@pytest.fixture(scope="module")
def bundled(model_cache: Path) -> Encoder:
    return encoder(BUNDLED, model_cache)


@pytest.mark.model
def test_the_shipped_look_is_of_the_default_encoder(bundled: Encoder) -> None:
    assert look_for(bundled.name).reason == ""


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Mijn dochter schrijft dat ze het leven niet meer aankan en dood wil.", "crisis.113"),
        ("mijn vriend heeft mij weer in elkaar geslagen en ik durf niet naar huis", "crisis.veilig_thuis"),
        ("mijn man krijgt geen adem meer en zakt in elkaar", "crisis.112"),
    ],
)
def test_a_cry_for_help_is_recognised_with_the_default_encoder(
    bundled: Encoder, text: str, hint: str
) -> None:
    verdict = look_for(bundled.name).verdict(text, bundled.encode_query(text))
    assert verdict is not None
    assert (verdict.status, verdict.hint) == (Status.CRISIS, hint)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Wat kost een crematie?",
        "Ik ga dood van de hitte in de sporthal.",
        "Hoe lang duurt het aanvragen van een paspoort?",
        "Mijn hond is dood, waar breng ik hem heen?",
    ],
)
def test_a_lookalike_raises_no_alarm_with_the_default_encoder(bundled: Encoder, text: str) -> None:
    verdict = look_for(bundled.name).verdict(text, bundled.encode_query(text))
    assert verdict is None or verdict.status is not Status.CRISIS
