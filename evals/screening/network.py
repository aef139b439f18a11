"""The part of the look by meaning that reads a question word by word: the encoder's upper layers, trained
on to tell the kinds apart.

It starts from the states that the encoder has halfway, so that a question goes through the lower layers
once, for search and for this. Imports torch: only ever imported when the look is fitted.
"""

from __future__ import annotations

import random
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from torch import nn
from transformers import AutoModel

from embeddings.encoders.base import Floats
from embeddings.encoders.conversion import quantise
from embeddings.encoders.onnx import HALFWAY

SEED = 1
EPOCHS = 5
BATCH = 32
SORTED = 40  # batches' worth of texts sorted by length together: little padding, and still mixed
RATE, HEAD_RATE = 2.5e-4, 1e-3
WARM_UP = 0.06
DECAY = 0.05
DROPOUT = 0.1
SMOOTHING = 0.03
_FAR = -1e4


class Network(nn.Module):  # type: ignore[misc]
    """States halfway in, (rows, tokens, dimensions), and a mask that is true where there is a token; out
    come logits, a column a kind."""

    def __init__(self, model_directory: Path, kinds: int) -> None:
        super().__init__()
        settings = {
            "attn_implementation": "eager",
            "hidden_dropout_prob": DROPOUT,
            "attention_probs_dropout_prob": DROPOUT,
        }
        model = AutoModel.from_pretrained(model_directory, **settings)
        self.layers = model.encoder.layer[HALFWAY:]
        width = 2 * model.config.hidden_size
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(DROPOUT)
        self.kinds = nn.Linear(width, kinds)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        bias = (~there)[:, None, None].float() * _FAR
        for layer in self.layers:
            made = layer(states, bias)
            states = made[0] if isinstance(made, tuple) else made
        mean = (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        most = states.masked_fill(~there[..., None], _FAR).amax(1)
        told: torch.Tensor = self.kinds(self.drop(self.norm(torch.cat([mean, most], 1))))
        return told


class _Alone(nn.Module):  # type: ignore[misc]
    """The same for one question, without a mask: what is shipped."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        told: torch.Tensor = self.network(states, torch.ones_like(states[..., 0], dtype=torch.bool))
        return told


def train(
    model_directory: Path,
    states: Sequence[Floats],
    kinds: Sequence[int],
    on_progress: Callable[[float], None],
    epochs: int = EPOCHS,
) -> Network:
    """A network trained on the states of texts: the same for the same texts, in the same order."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    network = Network(model_directory, max(kinds) + 1)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(network.layers.parameters()), "most": RATE},
            {"params": [*network.norm.parameters(), *network.kinds.parameters()], "most": HEAD_RATE},
        ],
        weight_decay=DECAY,
        betas=(0.9, 0.98),
    )
    network.train()
    for epoch in range(epochs):
        batches = list(_batches([len(each) for each in states], chance))
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * min(1.0, (done + 0.002) / WARM_UP) * max(0.01, 1 - done)
            told = network(*_padded([states[place] for place in batch]))
            wanted = torch.tensor([kinds[place] for place in batch])
            loss = F.cross_entropy(told, wanted, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            on_progress(done)
    network.eval()
    return network


def _batches(lengths: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    places = list(range(len(lengths)))
    chance.shuffle(places)
    batches = []
    for start in range(0, len(places), BATCH * SORTED):
        some = sorted(places[start : start + BATCH * SORTED], key=lambda place: lengths[place])
        batches += [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
    chance.shuffle(batches)
    return iter(batches)


def _padded(states: Sequence[Floats]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, states))
    filled = np.zeros((len(states), longest, states[0].shape[1]), np.float32)
    there = np.zeros((len(states), longest), bool)
    for row, own in enumerate(states):
        filled[row, : len(own)], there[row, : len(own)] = own, True
    return torch.from_numpy(filled), torch.from_numpy(there)


def packed(network: Network) -> bytes:
    """The network as ONNX with int8 weights: input `states`, (1, tokens, dimensions), output `logits`."""
    width = network.layers[0].attention.self.query.in_features
    with tempfile.TemporaryDirectory(prefix="antwoordduo-screening-") as folder:
        exact, target = Path(folder) / "exact.onnx", Path(folder) / "int8.onnx"
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # the tracer warns of branches that our one shape never takes
            torch.onnx.export(
                _Alone(network).eval(),
                (torch.rand(1, 9, width),),
                str(exact),
                input_names=["states"],
                output_names=["logits"],
                dynamic_axes={"states": {1: "tokens"}},
                opset_version=17,
                dynamo=False,
            )
        quantise(exact, target)
        return target.read_bytes()


def chances(network: Network, states: Floats) -> Floats:
    """How likely each kind is, together 1."""
    with torch.no_grad():
        told = torch.softmax(network(*_padded([states])), 1)
    return np.asarray(told[0].numpy(), dtype=np.float32)
