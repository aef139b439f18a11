"""Layers of an encoder that were trained on for another question than search: they read the states that
the encoder has halfway, so that a text goes through the lower layers once."""

from __future__ import annotations

import numpy as np
import onnxruntime

from embeddings.encoders.base import EncoderFailed, Floats, unit
from embeddings.encoders.onnx import one_thread

ENCODER = "encoder"  # the key in the file's metadata


class UpperLayers:
    """An ONNX file with an input `states`, (1, tokens, dimensions), and an output of one row: a column a
    kind, or a vector. `encoder` is whose states it reads, where the file says so.

    Raises EncoderFailed when it cannot be read.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._session = onnxruntime.InferenceSession(
                content, one_thread(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises bare Exception subclasses of its own
            raise EncoderFailed(f"cannot load the upper layers: {error}") from error
        self.encoder: str = self._session.get_modelmeta().custom_metadata_map.get(ENCODER, "")

    def chances(self, halfway: Floats) -> Floats:
        """How likely each kind is, together 1. Raises EncoderFailed when the layers fail."""
        logits = self._read(halfway)
        grown = np.exp(logits - logits.max())
        return np.asarray(grown / grown.sum(), dtype=np.float32)

    def vector(self, halfway: Floats) -> Floats:
        """What the layers make of it, of unit length. Raises EncoderFailed when they fail."""
        return unit(self._read(halfway))

    def _read(self, halfway: Floats) -> Floats:
        try:
            (rows,) = self._session.run(None, {"states": halfway[None]})
        except Exception as error:
            raise EncoderFailed(f"the upper layers failed: {error}") from error
        return np.asarray(rows[0], dtype=np.float32)
