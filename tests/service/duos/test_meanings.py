"""What joining compares of a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import structlog

from embeddings.alike import asking_vectors_for
from embeddings.encoders.base import Encoded, EncoderFailed, Floats, pack_states
from embeddings.encoders.bundled import NAME, bundled_encoder
from embeddings.encoders.hashing import HashingEncoder
from service.duos import meanings
from service.duos.joining import BY_ASKING, BY_SEARCH
from service.duos.meanings import Meanings, meanings_of
from service.storage.askings import Meaning

ENCODER = HashingEncoder(32)
READ = ENCODER.encode_query("paspoort kwijt")


class Turned:
    """Vectors for askings that are those for search, turned round."""

    name = "turned"
    encoder = ENCODER.name

    def vector(self, question: Encoded) -> Floats | None:
        if question.halfway is None:
            return None
        if not question.halfway.any():
            raise EncoderFailed("the upper layers failed")
        return -question.vector


def vector_of(meaning: Meaning) -> Floats:
    return np.frombuffer(meaning.vector, "<f4")


def test_another_encoder_than_the_layers_are_for_is_compared_by_its_own_vectors() -> None:
    assert asking_vectors_for(ENCODER.name) is None
    own = meanings_of(ENCODER.name)
    assert own.name == ENCODER.name
    assert own.weights is BY_SEARCH
    assert own.of(READ) == Meaning(
        ENCODER.name, READ.vector.astype("<f4").tobytes(), pack_states(READ.states)
    )


def test_without_an_encoder_there_is_nothing_to_compare() -> None:
    assert meanings_of("").of(None) == Meaning()


def test_the_name_tells_vectors_for_askings_from_those_for_search() -> None:
    turned = Meanings(ENCODER.name, Turned())
    assert turned.name == f"{ENCODER.name}+turned"
    assert turned.weights is BY_ASKING
    halfway = np.ones((3, 4), np.float32)
    assert np.array_equal(vector_of(turned.of(replace(READ, halfway=halfway))), -READ.vector)


def test_layers_that_cannot_be_read_do_not_stop_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(encoder: str) -> None:
        raise EncoderFailed("cannot read the layers for askings")

    monkeypatch.setattr(meanings, "asking_vectors_for", broken)
    with structlog.testing.capture_logs() as logs:
        assert meanings_of(NAME).weights is BY_SEARCH
    assert [line["log_level"] for line in logs] == ["error"]


def test_layers_that_fail_lose_no_question() -> None:
    broken = replace(READ, halfway=np.zeros((3, 4), np.float32))
    assert Meanings(ENCODER.name, Turned()).of(broken) == Meaning()


@pytest.mark.model
def test_the_layers_that_come_with_this_version_belong_to_its_encoder(model_cache: Path) -> None:
    encoder, shipped = bundled_encoder(model_cache), meanings_of(NAME)
    lost, gone, other = (
        vector_of(shipped.of(encoder.encode_query(question)))
        for question in ("paspoort kwijt", "Ik kan mijn paspoort nergens meer vinden", "paspoort verlengen")
    )
    assert shipped.name.startswith(f"{NAME}+")
    assert lost @ gone > lost @ other
