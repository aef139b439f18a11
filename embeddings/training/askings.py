"""Train what joining compares: a vector of a question that is near those of others that ask the same.

The encoder's upper four layers, from the states that it has halfway in the question, and a weighted mean over
the tokens. Supervised contrastive (`alike.contrast`, Khosla et al. 2020), in turns over two kinds of batches:

- questions in groups that ask the same, families of siblings and those that lie near them together, so that
  the hard ones are there;
- texts with their questions: those that the same words of the text answer belong together, other questions
  about that text are the hard ones. The last third of the steps is without: here "the same" is a guess.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from torch import nn

from embeddings.encoders.base import Floats
from embeddings.training import upper
from embeddings.training.alike import Alike, by_family, contrast, in_groups
from embeddings.training.backbone import through
from embeddings.training.examples import ANSWERED, Text
from embeddings.training.late import rate

BATCH = 192  # questions
OF_A_GROUP = 4  # at most, of one group in a batch
NEAR, BESIDE = 10, 3  # of so many families nearest to one, how many come beside it
TEXTS_SHARE, TEXTS_UNTIL = 0.5, 0.7
TOGETHER = 48  # questions that go through the layers together, sorted by length: little padding
RATE, RATE_OF_MEAN = 1e-4, 1e-3
SCALE = 20.0
_FAR = -1e4

Read = Callable[[Sequence[str]], Sequence[Floats]]  # questions to the states that the encoder has halfway


@dataclass(frozen=True)
class Progress:
    """The mean loss over the last steps."""

    step: int
    seconds: float
    loss: float


class AskingNetwork(nn.Module):  # type: ignore[misc]
    """States halfway in, (rows, tokens, dimensions), and a mask that is true where there is a token; out
    comes a row a question, of unit length."""

    def __init__(self, model_directory: Path) -> None:
        super().__init__()
        self.layers, self.width = upper.upper_layers(model_directory, dropout=0.0)
        self.weight = nn.Linear(self.width, 1)
        nn.init.zeros_(self.weight.weight)  # an even mean to begin with
        nn.init.zeros_(self.weight.bias)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        read = through(self.layers, states, there).float()
        shares = torch.softmax(self.weight(read)[..., 0].masked_fill(~there, _FAR), 1)
        return F.normalize((read * shares[..., None]).sum(1), dim=1)


def asked_of(texts: Sequence[Text]) -> list[Alike]:
    """The questions about texts as groups: a text is a family, and what the same spans answer is a group.

    A question that the text does not answer stands alone.
    """
    found = []
    for text in texts:
        for number, question in enumerate(text.questions):
            same = "\n".join(question.spans) if question.kind == ANSWERED else f"alone {number}"
            found.append(Alike(question.text, f"{text.id}\n{same}", text.id))
    return found


def train(
    model_directory: Path,
    read: Read,
    alike: Sequence[Alike],
    of_texts: Sequence[Alike],
    steps: int,
    seed: int,
    on_progress: Callable[[Progress], None],
    every: int = 20,
) -> AskingNetwork:
    """A network trained for `steps` batches.

    The same for the same questions, in the same order, on the same machine.
    """
    torch.manual_seed(seed)
    network = AskingNetwork(model_directory)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(network.layers.parameters()), "peak": RATE, "weight_decay": 0.01},
            {"params": list(network.weight.parameters()), "peak": RATE_OF_MEAN, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )
    started, recent = time.monotonic(), []
    for step, batch in enumerate(_batches(network, read, alike, of_texts, steps, random.Random(seed))):
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * rate(step / steps)
        network.train()
        vectors = _vectors(network, read([each.text for each in batch]))
        loss = contrast(SCALE * vectors @ vectors.T, [each.group for each in batch])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        recent.append(loss.item())
        if (step + 1) % every == 0:
            on_progress(Progress(step + 1, time.monotonic() - started, sum(recent) / len(recent)))
            recent = []
    network.eval()
    return network


def vectors_of(network: AskingNetwork, halfway: Sequence[Floats]) -> Floats:
    """A row a question."""
    network.eval()
    with torch.no_grad():
        rows: Floats = _vectors(network, halfway).numpy()
    return rows


def export(network: AskingNetwork, encoder: str, path: Path) -> None:
    """Write it for `AskingVectors`: ONNX with int8 weights. `encoder` is whose states it reads."""
    path.write_bytes(upper.packed(network, network.width, encoder))


def _vectors(network: AskingNetwork, halfway: Sequence[Floats]) -> torch.Tensor:
    order = sorted(range(len(halfway)), key=lambda place: len(halfway[place]))
    rows: dict[int, torch.Tensor] = {}
    for start in range(0, len(order), TOGETHER):
        places = order[start : start + TOGETHER]
        # two cores do the same in bfloat16 nearly three times as fast
        with torch.autocast("cpu", torch.bfloat16):
            read = network(*upper.padded([halfway[place] for place in places]))
        rows |= dict(zip(places, read, strict=True))
    return torch.stack([rows[place] for place in range(len(halfway))])


def _batches(
    network: AskingNetwork,
    read: Read,
    alike: Sequence[Alike],
    of_texts: Sequence[Alike],
    steps: int,
    chance: random.Random,
) -> Iterator[list[Alike]]:
    families, texts = by_family(alike), by_family(of_texts)
    near: list[list[str]] = []
    for step in range(steps):
        if step % max(1, steps // 5) == 0:  # what is near is what the network takes for near by now
            near = _neighbours(network, read, families, chance)
        about_texts = texts and step < TEXTS_UNTIL * steps and chance.random() < TEXTS_SHARE
        yield _of_texts(texts, chance) if about_texts else _of_families(families, near, chance)


def _neighbours(
    network: AskingNetwork,
    read: Read,
    families: Mapping[str, Sequence[Alike]],
    chance: random.Random,
) -> list[list[str]]:
    """Each family with those nearest to it, itself first, by a few of its questions."""
    names = list(families)
    means = []
    for members in families.values():
        some = chance.sample(members, min(OF_A_GROUP, len(members)))
        means.append(vectors_of(network, read([each.text for each in some])).mean(axis=0))
    together = torch.from_numpy(np.stack(means))
    together = F.normalize(together - together.mean(0), dim=1)
    closest = (together @ together.T).topk(min(NEAR, len(names))).indices.tolist()
    return [[names[place] for place in row] for row in closest]


def _of_families(
    families: Mapping[str, Sequence[Alike]], near: Sequence[Sequence[str]], chance: random.Random
) -> list[Alike]:
    batch: list[Alike] = []
    used: set[str] = set()
    while len(batch) < BATCH and len(used) < len(families):
        first, *others = chance.choice(near)
        for name in [first, *chance.sample(others, min(BESIDE, len(others)))]:
            if name in used or len(batch) >= BATCH:
                continue
            used.add(name)
            for members in in_groups(families[name]).values():
                batch += chance.sample(members, min(OF_A_GROUP, len(members)))
    return batch


def _of_texts(texts: Mapping[str, Sequence[Alike]], chance: random.Random) -> list[Alike]:
    names = chance.sample(sorted(texts), min(len(texts), BATCH))
    batch: list[Alike] = []
    for name in names:
        if len(batch) >= BATCH:
            break
        batch += texts[name]
    return batch
