"""What joining compares of a question, out of what the encoder read when it was asked."""

from __future__ import annotations

from typing import Protocol

import structlog

from embeddings.alike import asking_vectors_for
from embeddings.encoders.base import Encoded, EncoderFailed, Floats, pack_states
from service.duos.joining import BY_ASKING, BY_SEARCH
from service.storage.askings import Meaning

log = structlog.get_logger()


class Vectors(Protocol):
    """Vectors of questions for being compared: `AskingVectors`."""

    name: str

    def vector(self, question: Encoded) -> Floats | None:
        """None where there is none for it. Raises EncoderFailed."""
        ...


class Meanings:
    """By `vectors` where there are any, else by the vectors that search with.

    `name` is kept with each meaning: those of two names are never compared. `weights` are what joining gives
    to what they share.
    """

    def __init__(self, encoder: str, vectors: Vectors | None) -> None:
        self.weights = BY_ASKING if vectors else BY_SEARCH
        self.name = f"{encoder}+{vectors.name}" if vectors else encoder
        self._vectors = vectors

    def of(self, question: Encoded | None) -> Meaning:
        """Empty for a question that was found by keywords only, and when the model fails: such a one begins
        a signal of its own, and nothing is lost."""
        if question is None:
            return Meaning()
        try:
            own = self._vectors.vector(question) if self._vectors else None
        except EncoderFailed as error:
            log.error("a question was not compared with others", why=str(error))
            return Meaning()
        vector = question.vector if own is None else own
        return Meaning(self.name, vector.astype("<f4").tobytes(), pack_states(question.states))


def meanings_of(encoder: str) -> Meanings:
    """As they are made over this encoder; by the vectors that search with when the layers that come with this
    version are not whole, which is logged."""
    try:
        return Meanings(encoder, asking_vectors_for(encoder) if encoder else None)
    except EncoderFailed as error:
        log.error("questions are joined by the vectors that search with", why=str(error))
        return Meanings(encoder, None)
