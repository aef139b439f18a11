"""The packaged encoder in torch: its lower layers as they are, its upper ones to be trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Encoding, Tokenizer
from transformers import BertModel

from embeddings.encoders.base import Floats
from embeddings.encoders.bundled import PASSAGE_PROMPT, QUERY_PROMPT

FROZEN = 4  # layers; the word table is frozen too
MAXIMUM_TOKENS = 256
CHUNK = 24  # texts that go through the layers together, sorted by length so that little is padding
_FAR = -1e4


@dataclass(frozen=True)
class Reading:
    """A text as the tokenizer cuts it: `query` says with which prompt."""

    text: str
    query: bool = False


class Backbone:
    """Token states of texts, with gradients in the trained layers. Dropout stays off: few, small steps.

    `lower` is kept per text: what is frozen is computed once. With `start`, the trained layers begin as
    those weights are.
    """

    def __init__(
        self, directory: Path, device: str = "cpu", start: Mapping[str, Floats] | None = None
    ) -> None:
        self.device = device
        self.model: Any = BertModel.from_pretrained(directory, attn_implementation="eager").eval().to(device)
        self.tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAXIMUM_TOKENS)
        if start:
            self.model.load_state_dict(
                {name: torch.from_numpy(values) for name, values in start.items()}, strict=False
            )
        for parameter in self.model.parameters():
            parameter.requires_grad = False
        for parameter in self.trained():
            parameter.requires_grad = True
        self._encodings: dict[Reading, Encoding] = {}
        self._lower: dict[Reading, torch.Tensor] = {}

    def trained(self) -> Iterator[Any]:
        """The parameters that training moves."""
        for layer in self.model.encoder.layer[FROZEN:]:
            yield from layer.parameters()

    def weights(self) -> dict[str, torch.Tensor]:
        """The trained layers' weights under transformers' names, on the CPU."""
        prefixes = tuple(
            f"encoder.layer.{number}." for number in range(FROZEN, len(self.model.encoder.layer))
        )
        state = self.model.state_dict()
        return {name: value.detach().cpu() for name, value in state.items() if name.startswith(prefixes)}

    def encoding(self, reading: Reading) -> Encoding:
        """Tokens and their places in the text with its prompt."""
        if reading not in self._encodings:
            prompt = QUERY_PROMPT if reading.query else PASSAGE_PROMPT
            self._encodings[reading] = self.tokenizer.encode(prompt + reading.text)
        return self._encodings[reading]

    def states(self, readings: Sequence[Reading]) -> list[torch.Tensor]:
        """For each text its last hidden states, shape (tokens, dimensions), not normalised."""
        self._read_lower(readings)
        return self._through(
            [self._lower[reading].float() for reading in readings], self.model.encoder.layer[FROZEN:]
        )

    def _read_lower(self, readings: Sequence[Reading]) -> None:
        fresh = [reading for reading in dict.fromkeys(readings) if reading not in self._lower]
        with torch.no_grad():
            embedded = [
                self.model.embeddings(torch.tensor([self.encoding(reading).ids], device=self.device))[0]
                for reading in fresh
            ]
            lower = self._through(embedded, self.model.encoder.layer[:FROZEN])
        self._lower |= {reading: states.half() for reading, states in zip(fresh, lower, strict=True)}

    def _through(self, inputs: Sequence[torch.Tensor], layers: Any) -> list[torch.Tensor]:
        order = sorted(range(len(inputs)), key=lambda place: len(inputs[place]))
        found: dict[int, torch.Tensor] = {}
        for start in range(0, len(order), CHUNK):
            chosen = order[start : start + CHUNK]
            states, mask = padded([inputs[place] for place in chosen])
            # two cores do the products of a layer in bfloat16 nearly three times as fast, and the attention
            # that is written out goes three times as fast backwards there as torch's own
            with torch.autocast(self.device, torch.bfloat16):
                states = through(layers, states, mask).float()
            for row, place in enumerate(chosen):
                found[place] = states[row, : len(inputs[place])]
        return [found[place] for place in range(len(inputs))]


def through(layers: Any, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """States, shape (texts, tokens, dimensions), after these layers; `there` is true at a token."""
    bias = (~there)[:, None, None].to(states.dtype) * _FAR
    for layer in layers:
        output = layer(states, attention_mask=bias)
        states = output[0] if isinstance(output, tuple) else output
    return states


def padded(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """States side by side, shape (texts, longest, dimensions), and a mask that is true where they are."""
    lengths = torch.tensor([len(each) for each in states])
    together = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    mask = torch.arange(together.shape[1])[None] < lengths[:, None]
    return together, mask.to(together.device)
