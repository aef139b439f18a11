"""Do two questions ask the same? A vector for that alone: near what asks the same in other words.

The vector that searches is near whatever has the same subject; what is asked of it hardly moves it. So the
encoder's upper layers were trained on for this (embeddings/training/askings.py); they read the states
that the encoder has halfway, and cost 2 ms a question.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from embeddings.encoders.base import Encoded, EncoderFailed, Floats
from embeddings.encoders.upper_layers import UpperLayers

SHIPPED = Path(__file__).parent / "training" / "weights" / "askings.onnx"


class AskingVectors:
    """The layers in a file that training wrote. `name` says which they are, `encoder` whose states they
    read.

    Raises EncoderFailed when the file cannot be read.
    """

    def __init__(self, file: Path = SHIPPED) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise EncoderFailed(f"cannot read the layers for askings: {error}") from error
        self._layers = UpperLayers(content)
        self.name = hashlib.sha256(content).hexdigest()[:8]
        self.encoder = self._layers.encoder

    def vector(self, question: Encoded) -> Floats | None:
        """Of unit length; None without states halfway. Raises EncoderFailed when the layers fail."""
        return None if question.halfway is None else self._layers.vector(question.halfway)


def asking_vectors_for(encoder: str) -> AskingVectors | None:
    """Those that come with this version; None for another encoder than they were trained over."""
    shipped = _shipped()
    return shipped if shipped.encoder == encoder else None


@cache
def _shipped() -> AskingVectors:
    return AskingVectors()
