"""The reader that is shipped reads; one that is damaged or not there is said to be missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoders.base import Bytes, Floats, pack_states, unit, unpack_states
from embeddings.reading import MAXIMUM_PASSAGE, SHIPPED, Reader, ReaderMissing

DIMENSIONS = 384


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def states(tokens: int, seed: int = 1) -> Floats:
    return unit(np.random.default_rng(seed).standard_normal((tokens, DIMENSIONS)))


def packed(tokens: int, seed: int = 2) -> Bytes:
    return unpack_states(pack_states(states(tokens, seed)), DIMENSIONS)


@pytest.mark.parametrize(("asked", "tokens"), [(1, 1), (7, 90), (300, 500)])
def test_the_shares_of_the_tokens_and_of_nothing_are_one_together(
    reader: Reader, asked: int, tokens: int
) -> None:
    reading = reader.read(states(asked), packed(tokens), slice(0, 1))
    assert reading.evidence.shape == (min(tokens, MAXIMUM_PASSAGE),)
    assert reading.nothing + reading.evidence.sum() == pytest.approx(1, abs=1e-5)
    assert np.isfinite(reading.answers)
    assert np.isfinite(reading.order)


def test_the_same_is_read_the_same(reader: Reader) -> None:
    first, second = (reader.read(states(5), packed(20), slice(1, 3)) for _ in range(2))
    assert (first.answers, first.order) == (second.answers, second.order)
    assert np.array_equal(first.evidence, second.evidence)


def test_where_the_title_is_makes_a_difference(reader: Reader) -> None:
    titles = {reader.read(states(5), packed(20), title).answers for title in (slice(0, 0), slice(0, 6))}
    assert len(titles) == 2


def test_a_reader_is_named_after_its_file(reader: Reader, tmp_path: Path) -> None:
    copy = tmp_path / "reader.onnx"
    copy.write_bytes(SHIPPED.read_bytes())
    assert Reader(copy).name == reader.name
    assert reader.name.startswith("reader-")


@pytest.mark.parametrize("damage", ["absent", "cut", "empty"])
def test_a_reader_that_is_not_there_whole_is_missing(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "reader.onnx"
    if damage != "absent":
        file.write_bytes(SHIPPED.read_bytes()[:1000] if damage == "cut" else b"")
    with pytest.raises(ReaderMissing, match=r"cannot load reader\.onnx"):
        Reader(file)


def test_states_of_another_width_are_a_reader_that_fails(reader: Reader) -> None:
    with pytest.raises(ReaderMissing, match="failed"):
        reader.read(states(5)[:, :100], packed(20), slice(0, 1))
