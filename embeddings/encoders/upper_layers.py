"""Layers of an encoder that were trained on for another question than search: they read the states that
the encoder has halfway, so that a text goes through the lower layers once."""

from __future__ import annotations

import numpy as np
import onnxruntime

from embeddings.encoders.base import EncoderFailed, Floats
from embeddings.encoders.onnx import one_thread


class UpperLayers:
    """An ONNX file with an input `states`, (1, tokens, dimensions), and an output of shape (1, kinds).

    Raises EncoderFailed when it cannot be read.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._session = onnxruntime.InferenceSession(
                content, one_thread(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises bare Exception subclasses of its own
            raise EncoderFailed(f"cannot load the upper layers: {error}") from error

    def chances(self, halfway: Floats) -> Floats:
        """How likely each kind is, together 1. Raises EncoderFailed when the layers fail."""
        try:
            (logits,) = self._session.run(None, {"states": halfway[None]})
        except Exception as error:
            raise EncoderFailed(f"the upper layers failed: {error}") from error
        grown = np.exp(logits[0] - logits[0].max())
        return np.asarray(grown / grown.sum(), dtype=np.float32)
