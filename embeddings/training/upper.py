"""The encoder's upper layers, to be trained on for another question than search.

They start from the states that the encoder has halfway (`Encoded.halfway`), so that a text goes through the
lower layers once, for search and for this. Imports torch: only ever imported when something is trained.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn
from transformers import AutoModel

from embeddings.encoders.base import Floats
from embeddings.encoders.conversion import quantise
from embeddings.encoders.onnx import HALFWAY
from embeddings.encoders.upper_layers import ENCODER
from embeddings.training.backbone import padded as side_by_side


def upper_layers(model_directory: Path, dropout: float) -> tuple[Any, int]:
    """The layers above halfway of a SentenceTransformer directory, and how wide their states are."""
    model = AutoModel.from_pretrained(
        model_directory,
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    return model.encoder.layer[HALFWAY:], model.config.hidden_size


def padded(states: Sequence[Floats]) -> tuple[torch.Tensor, torch.Tensor]:
    """States of texts side by side, (rows, longest, dimensions), and a mask: true where there is a token."""
    return side_by_side([torch.from_numpy(each).float() for each in states])


class _Alone(nn.Module):  # type: ignore[misc]
    """The same for one text, without a mask: what is shipped."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        told: torch.Tensor = self.network(states, torch.ones_like(states[..., 0], dtype=torch.bool))
        return told


def packed(network: nn.Module, width: int, encoder: str = "") -> bytes:
    """A network over (states, there) as ONNX with int8 weights: input `states`, (1, tokens, dimensions).

    `encoder` is written in it: the name of the one whose states it reads.
    """
    with tempfile.TemporaryDirectory(prefix="antwoordduo-layers-") as folder:
        exact, target = Path(folder) / "exact.onnx", Path(folder) / "int8.onnx"
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # the tracer warns of branches that our one shape never takes
            torch.onnx.export(
                _Alone(network).eval(),
                (torch.rand(1, 9, width),),
                str(exact),
                input_names=["states"],
                output_names=["read"],
                dynamic_axes={"states": {1: "tokens"}},
                opset_version=17,
                dynamo=False,
            )
        quantise(exact, target)
        model = onnx.load(target)
        if encoder:
            onnx.helper.set_model_props(model, {ENCODER: encoder})
        content: bytes = model.SerializeToString()
        return content
