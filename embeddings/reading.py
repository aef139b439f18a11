"""The reader: does this passage answer this question, with which words, and does it come before others?

A small network with attention over the token states of question and passage together. It reads the
states that late interaction has matched, so no text goes through the encoder twice. What it was trained
on and how well it does is in training/weights/MODEL_CARD.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from embeddings.encoders.base import STATE_SCALE, Bytes, Floats
from embeddings.encoders.onnx import one_thread

SHIPPED = Path(__file__).parent / "training" / "weights" / "reader.onnx"
MAXIMUM_QUESTION, MAXIMUM_PASSAGE = 64, 192  # tokens; a longer one is cut


class ReaderMissing(Exception):
    """There is no reader, or it cannot be loaded: judging goes on without it."""


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one passage.

    `answers`: a logit, above 0 where the passage more likely answers all that was asked than not.
    `order`: the higher, the sooner its text comes before the others that were found; only differences
    between passages read for the same question mean anything.
    `evidence`: for each token state of the passage its share in the answer; with `nothing`, the share of
    "it is not here", they sum to one.
    """

    answers: float
    order: float
    nothing: float
    evidence: Floats


class Reader:
    """The reader in an ONNX file. Raises ReaderMissing when it is not there or cannot be loaded.

    `name` changes with the file: a calibration is bound to it.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        try:
            content = path.read_bytes()
            self._session = onnxruntime.InferenceSession(
                content, one_thread(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises bare Exception subclasses of its own
            raise ReaderMissing(f"cannot load {path.name}: {error}") from error
        self.name = f"reader-{hashlib.sha256(content).hexdigest()[:8]}"

    def read(self, question: Floats, passage: Bytes, title: slice) -> Reading:
        """Read one passage: its packed token states, of which `title` are its title's.

        `question`: float32 unit rows, as `encode_query` gives them. Raises ReaderMissing when it fails.
        """
        states = passage[:MAXIMUM_PASSAGE].astype(np.float32) / np.float32(STATE_SCALE)
        titles = np.zeros(len(states), dtype=bool)
        titles[title] = True
        inputs = {
            "question": question[None, :MAXIMUM_QUESTION],
            "passage": states[None],
            "title": titles[None],
        }
        try:
            answers, order, evidence = self._session.run(None, inputs)
        except Exception as error:
            raise ReaderMissing(f"the reader failed: {error}") from error
        shares = np.exp(evidence[0] - evidence[0].max())
        shares /= shares.sum()
        found = np.asarray(shares[1:], dtype=np.float32)
        return Reading(float(answers[0]), float(order[0]), float(shares[0]), found)
