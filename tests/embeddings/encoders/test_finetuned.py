"""The layers that training changed: written small, read back nearly as they were, and known by a digest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoders.base import EncoderFailed
from embeddings.encoders.bundled import LAYERS
from embeddings.encoders.finetuned import SHIPPED, layers_digest, read_layers, write_layers

LARGEST_MEGABYTES = 45


def test_a_matrix_comes_back_within_half_a_step_and_all_else_exactly(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    matrix, bias = random.normal(0, 0.1, (30, 20)).astype(np.float32), np.array([1.5, -2.25], np.float32)
    write_layers({"a.weight": matrix, "a.bias": bias, "zeros": np.zeros((3, 4), np.float32)}, tmp_path / "x")
    read = read_layers(tmp_path / "x")
    assert set(read) == {"a.weight", "a.bias", "zeros"}
    steps = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert np.all(np.abs(read["a.weight"] - matrix) <= steps / 2 + 1e-7)
    assert np.array_equal(read["a.bias"], bias)
    assert not read["zeros"].any()


def test_what_was_read_is_written_the_same_again(tmp_path: Path) -> None:
    write_layers(read_layers(), tmp_path / "again")
    again, shipped = read_layers(tmp_path / "again"), read_layers()
    assert all(np.allclose(again[name], shipped[name], atol=1e-6) for name in shipped)


def test_the_shipped_layers_are_those_that_the_encoder_is_named_after() -> None:
    assert layers_digest() == LAYERS


def test_the_shipped_layers_are_the_upper_eight_alone_and_not_too_large() -> None:
    names = {name.split(".")[2] for name in read_layers()}
    assert names == {str(number) for number in range(4, 12)}
    assert SHIPPED.stat().st_size < LARGEST_MEGABYTES * 1_000_000


@pytest.mark.parametrize("content", [None, b"", b"no safetensors"])
def test_layers_that_cannot_be_read_are_a_failed_encoder(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x").write_bytes(content)
    with pytest.raises(EncoderFailed, match="trained layers"):
        read_layers(tmp_path / "x")
    if content is None:
        with pytest.raises(EncoderFailed, match="trained layers"):
            layers_digest(tmp_path / "x")
