"""A transformer through ONNX Runtime: no torch at question time, one thread a text.

A text is run by itself, never in a batch: int8 activations are scaled over all that runs together,
so in a batch a vector would depend on its neighbours.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from embeddings.encoders.base import Encoded, EncoderFailed, Floats, Span, unit

MAXIMUM_TOKENS = 320
HALFWAY = 8  # layers below the states that `Encoded.halfway` gives, of twelve


class OnnxEncoder:
    """Mean-pooled vectors and token states of a model that gives its last hidden states.

    `model` is an ONNX file with inputs `input_ids` and `attention_mask` and an output of shape
    (1, tokens, dimensions); a second one of that shape has the states halfway. `tokenizer` is a
    tokenizer.json. Raises EncoderFailed when they can't be read.
    """

    def __init__(
        self, name: str, model: Path, tokenizer: Path, query_prompt: str = "", passage_prompt: str = ""
    ) -> None:
        self.name = name
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        try:
            with ThreadPoolExecutor(2) as pool:  # each takes about a second, and neither holds the other up
                session, tokens = (
                    pool.submit(_session, model),
                    pool.submit(Tokenizer.from_file, str(tokenizer)),
                )
                self._session, self._tokenizer = session.result(), tokens.result()
        except Exception as error:  # both libraries raise bare Exception subclasses of their own
            raise EncoderFailed(f"cannot load {model.name}: {error}") from error
        self._tokenizer.enable_truncation(MAXIMUM_TOKENS)
        self._outputs = [output.name for output in self._session.get_outputs()][:2]
        self.dimensions = int(self._session.get_outputs()[0].shape[-1])

    def encode_query(self, text: str) -> Encoded:
        encoded = self._tokenizer.encode(self._query_prompt + text)
        states, *halfway = self._run(encoded.ids, self._outputs)
        telling = unit(states[telling_tokens(encoded, self._query_prompt)])
        return Encoded(unit(states.mean(axis=0)), telling, halfway[0] if halfway else None)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return list(pool.map(self._encode, [self._passage_prompt + text for text in texts]))

    def token_spans(self, text: str) -> list[Span]:
        lead = len(self._passage_prompt)
        offsets = self._tokenizer.encode(self._passage_prompt + text).offsets
        return [(max(start - lead, 0), max(end - lead, 0)) for start, end in offsets]

    def _encode(self, text: str) -> Encoded:
        (states,) = self._run(self._tokenizer.encode(text).ids, self._outputs[:1])
        return Encoded(unit(states.mean(axis=0)), unit(states))

    def _run(self, ids: list[int], wanted: list[str]) -> list[Floats]:
        tokens = np.array([ids], dtype=np.int64)
        try:
            outputs = self._session.run(wanted, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
        except Exception as error:  # onnxruntime raises its own kinds, all of them a broken model here
            raise EncoderFailed(f"the model failed: {error}") from error
        return [np.asarray(output[0], dtype=np.float32) for output in outputs]


def telling_tokens(encoding: Encoding, prompt: str) -> list[int]:
    """The places of the question's own tokens with a letter or digit; all when there are none."""
    lead = len(prompt)
    own = [
        place
        for place, (token, (start, end)) in enumerate(zip(encoding.tokens, encoding.offsets, strict=True))
        if end > start >= lead - 1 and end > lead and any(sign.isalnum() for sign in token)
    ]
    return own or list(range(len(encoding.ids)))


def _session(model: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(model), one_thread(), providers=["CPUExecutionProvider"])


def one_thread() -> onnxruntime.SessionOptions:
    """Settings for a model that answers while somebody waits."""
    # measured: two threads a query fell from 6 ms to 514 ms on a busy machine
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
