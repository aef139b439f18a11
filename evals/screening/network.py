"""The part of the look by meaning that reads a question word by word: the encoder's upper layers, trained
on to tell the kinds apart.

Imports torch: only ever imported when the look is fitted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from torch import nn

from embeddings.encoders.base import Floats
from embeddings.training import upper
from embeddings.training.backbone import through

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
        self.layers, self.width = upper.upper_layers(model_directory, DROPOUT)
        self.norm = nn.LayerNorm(2 * self.width)
        self.drop = nn.Dropout(DROPOUT)
        self.kinds = nn.Linear(2 * self.width, kinds)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        states = through(self.layers, states, there)
        mean = (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        most = states.masked_fill(~there[..., None], _FAR).amax(1)
        told: torch.Tensor = self.kinds(self.drop(self.norm(torch.cat([mean, most], 1))))
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
            told = network(*upper.padded([states[place] for place in batch]))
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


def packed(network: Network) -> bytes:
    """The network as ONNX with int8 weights: input `states`, (1, tokens, dimensions), out come logits."""
    return upper.packed(network, network.width)


def chances(network: Network, states: Floats) -> Floats:
    """How likely each kind is, together 1."""
    with torch.no_grad():
        told = torch.softmax(network(*upper.padded([states])), 1)
    return np.asarray(told[0].numpy(), dtype=np.float32)
