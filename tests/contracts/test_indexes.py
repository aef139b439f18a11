"""Every vector index takes the same suite, and finds what the exact one finds, with the same scores."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import catalogue
from embeddings.encoders.base import Floats, unit
from embeddings.indexes.base import IndexDamaged, Keys, VectorIndex

DIMENSIONS = 8
TOLERANCE = 1e-5


@pytest.fixture(params=sorted(catalogue.INDEXES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def index(kind: str) -> VectorIndex:
    return catalogue.index(kind, DIMENSIONS)


def axis(number: int, dimensions: int = DIMENSIONS) -> Floats:
    vector = np.zeros(dimensions, dtype=np.float32)
    vector[number] = 1
    return vector


def mixed(*weights: float) -> Floats:
    """A unit vector with these weights on the first axes."""
    return unit(np.pad(np.array(weights, dtype=np.float32), (0, DIMENSIONS - len(weights))))


def pairs(found: tuple[Keys, Floats]) -> list[tuple[int, float]]:
    return [(int(key), round(float(score), 5)) for key, score in zip(*found, strict=True)]


# -- one suite for all ---------------------------------------------------------------------------


def test_the_best_come_first_with_their_cosines(index: VectorIndex) -> None:
    index.add([3, 7, 5], np.stack([axis(0), mixed(3, 4), axis(1)]))
    assert pairs(index.search(axis(1), 3)) == [(5, 1.0), (7, 0.8), (3, 0.0)]


def test_scores_may_be_negative(index: VectorIndex) -> None:
    index.add([1, 2], np.stack([-axis(0), axis(1)]))
    assert pairs(index.search(axis(0), 2)) == [(2, 0.0), (1, -1.0)]


def test_a_key_added_again_is_replaced(index: VectorIndex) -> None:
    index.add([1, 2], np.stack([axis(0), axis(1)]))
    index.add([1], np.stack([axis(2)]))
    assert len(index) == 2
    assert pairs(index.search(axis(2), 1)) == [(1, 1.0)]
    assert pairs(index.search(axis(0), 2)) == [(1, 0.0), (2, 0.0)]


def test_a_removed_key_is_not_found(index: VectorIndex) -> None:
    index.add([1, 2, 3], np.stack([axis(0), axis(1), axis(2)]))
    index.remove([1, 3, 99])
    assert len(index) == 1
    assert pairs(index.search(axis(0), 5)) == [(2, 0.0)]


def test_what_was_removed_can_be_added_again(index: VectorIndex) -> None:
    index.add([1], np.stack([axis(0)]))
    index.remove([1])
    index.add([1], np.stack([axis(1)]))
    assert pairs(index.search(axis(1), 5)) == [(1, 1.0)]


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    keys, scores = index.search(axis(0), 5)
    assert len(index) == len(keys) == len(scores) == 0
    index.remove([1])
    index.add([], np.empty((0, DIMENSIONS), dtype=np.float32))
    assert len(index) == 0


def test_keys_and_scores_have_their_types(index: VectorIndex) -> None:
    empty = index.search(axis(0), 5)
    index.add([2**40], np.stack([axis(0)]))
    for keys, scores in (empty, index.search(axis(0), 5)):
        assert (keys.dtype.name, scores.dtype.name) == ("int64", "float32")
    assert pairs(index.search(axis(0), 1)) == [(2**40, 1.0)]


def test_asking_for_more_than_there_is_gives_what_there_is(index: VectorIndex) -> None:
    index.add([1, 2], np.stack([axis(0), axis(1)]))
    assert pairs(index.search(axis(0), 50)) == [(1, 1.0), (2, 0.0)]


@pytest.mark.parametrize("count", [0, -1])
def test_asking_for_nothing_gives_nothing(index: VectorIndex, count: int) -> None:
    index.add([1], np.stack([axis(0)]))
    assert pairs(index.search(axis(0), count)) == []


def test_only_allowed_keys_are_found(index: VectorIndex) -> None:
    index.add([1, 2, 3], np.stack([axis(0), mixed(4, 3), mixed(3, 4)]))
    assert pairs(index.search(axis(0), 5, np.array([2, 3, 99]))) == [(2, 0.8), (3, 0.6)]
    assert pairs(index.search(axis(0), 1, np.array([3, 2]))) == [(2, 0.8)]


def test_no_allowed_key_means_no_hit(index: VectorIndex) -> None:
    index.add([1], np.stack([axis(0)]))
    assert pairs(index.search(axis(0), 5, np.empty(0, dtype=np.int64))) == []


@pytest.mark.parametrize("dimensions", [3, 8, 17, 384])
@pytest.mark.parametrize("size", [2, 7, 333])
@pytest.mark.parametrize("count", [1, 5, 116])
def test_equal_vectors_score_equal_and_come_by_key(kind: str, dimensions: int, size: int, count: int) -> None:
    """The same text stands in many documents; its place in the index must not matter."""
    random = np.random.default_rng(dimensions * size)
    same = unit(random.standard_normal(dimensions))
    keys = random.permutation(3 * size)[:size]
    index = catalogue.index(kind, dimensions)
    index.add(keys, np.tile(same, (size, 1)))
    found, scores = index.search(unit(random.standard_normal(dimensions)), count)
    assert found.tolist() == sorted(keys.tolist())[:count]
    assert len(set(scores.tolist())) == 1


def test_equal_vectors_behind_a_better_one_come_by_key(index: VectorIndex) -> None:
    index.add([*range(200, 100, -1), 500], np.stack([axis(0)] * 100 + [axis(1)]))
    assert index.search(mixed(1, 2), 4)[0].tolist() == [500, 101, 102, 103]


# -- on disk -------------------------------------------------------------------------------------


def test_a_saved_index_opens_with_the_same_answers(kind: str, index: VectorIndex, tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    index.add(range(40), unit(random.standard_normal((40, DIMENSIONS))))
    index.remove([3])
    index.save(tmp_path / "index")
    opened = catalogue.index(kind, DIMENSIONS)
    opened.load(tmp_path / "index")
    question = unit(random.standard_normal(DIMENSIONS))
    assert len(opened) == 39
    assert pairs(opened.search(question, 50)) == pairs(index.search(question, 50))
    opened.add([3], np.stack([question]))
    assert opened.search(question, 1)[0].tolist() == [3]


def test_an_empty_index_is_saved_and_opened(kind: str, index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    opened = catalogue.index(kind, DIMENSIONS)
    opened.load(tmp_path / "index")
    assert len(opened) == 0
    assert pairs(opened.search(axis(0), 1)) == []


def test_saving_makes_the_one_file_it_was_told(index: VectorIndex, tmp_path: Path) -> None:
    index.add([1], np.stack([axis(0)]))
    index.save(tmp_path / "index")
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_file_cut_off_anywhere_is_damaged(kind: str, index: VectorIndex, tmp_path: Path) -> None:
    index.add([1, 2], np.stack([axis(0), axis(1)]))
    index.save(tmp_path / "index")
    content = (tmp_path / "index").read_bytes()
    for length in range(0, len(content), 7):
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(IndexDamaged):
            catalogue.index(kind, DIMENSIONS).load(tmp_path / "cut")


@pytest.mark.parametrize("content", [b"", b"not an index", bytes(1000), b"\x80\x04]\x94."])
def test_a_file_of_something_else_is_damaged(index: VectorIndex, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "index").write_bytes(content)
    with pytest.raises(IndexDamaged):
        index.load(tmp_path / "index")


def test_an_absent_file_is_damaged(index: VectorIndex, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        index.load(tmp_path / "index")


def test_vectors_of_another_size_are_damaged(kind: str, index: VectorIndex, tmp_path: Path) -> None:
    index.add([1], np.stack([axis(0)]))
    index.save(tmp_path / "index")
    with pytest.raises(IndexDamaged):
        catalogue.index(kind, DIMENSIONS + 1).load(tmp_path / "index")


def test_adding_vectors_of_another_size_is_an_error(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="reshape"):
        index.add([1], np.ones((1, DIMENSIONS + 1), dtype=np.float32))


# -- compared with the yardstick -----------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    vectors: dict[int, Floats]
    again: dict[int, Floats]
    removed: list[int]
    question: Floats
    count: int
    allowed: list[int] | None

    def fill(self, index: VectorIndex) -> None:
        for part in (self.vectors, self.again):
            if part:
                index.add(list(part), np.stack(list(part.values())))
        index.remove(self.removed)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    keys = draw(st.lists(st.integers(0, 400), unique=True, max_size=120))
    few = draw(st.integers(1, 12))  # so that many passages share a vector
    pool = unit(random.standard_normal((few, DIMENSIONS)))

    def give(chosen: list[int]) -> dict[int, Floats]:
        return {key: pool[random.integers(few)] for key in chosen}

    allowed = draw(st.none() | st.lists(st.integers(0, 400), unique=True, max_size=200))
    return Case(
        give(keys),
        give(keys[: draw(st.integers(0, 5))]),
        draw(st.lists(st.sampled_from(keys), max_size=10)) if keys else [],
        unit(random.standard_normal(DIMENSIONS)),
        draw(st.integers(1, 150)),
        allowed,
    )


@pytest.mark.parametrize("other", sorted(catalogue.INDEXES.keys() - {"exact"}))
@settings(deadline=None, max_examples=150)
@given(case=cases())
def test_rankings_and_scores_are_those_of_the_exact_index(other: str, case: Case) -> None:
    exact, tried = catalogue.index("exact", DIMENSIONS), catalogue.index(other, DIMENSIONS)
    for index in (exact, tried):
        case.fill(index)
    allowed = None if case.allowed is None else np.array(case.allowed, dtype=np.int64)
    keys, scores = exact.search(case.question, case.count, allowed)
    found, found_scores = tried.search(case.question, case.count, allowed)
    assert len(tried) == len(exact)
    assert np.allclose(found_scores, scores, atol=TOLERANCE, rtol=0)
    assert found.tolist() == keys.tolist()


@settings(deadline=None, max_examples=25)
@given(case=cases())
def test_the_exact_index_gives_the_cosines_that_plain_arithmetic_gives(case: Case) -> None:
    index = catalogue.index("exact", DIMENSIONS)
    case.fill(index)
    alive = {key: v for key, v in (case.vectors | case.again).items() if key not in case.removed}
    if case.allowed is not None:
        alive = {key: v for key, v in alive.items() if key in case.allowed}
    wanted = {key: float(np.dot(v.astype(float), case.question.astype(float))) for key, v in alive.items()}
    keys, scores = (
        index.search(case.question, len(wanted) + 1)
        if case.allowed is None
        else index.search(case.question, len(wanted) + 1, np.array(case.allowed, dtype=np.int64))
    )
    assert set(keys.tolist()) == set(wanted)
    assert all(
        abs(wanted[int(key)] - float(score)) < TOLERANCE for key, score in zip(keys, scores, strict=True)
    )
    assert all(scores[i] >= scores[i + 1] for i in range(len(scores) - 1))


@pytest.mark.parametrize("kind_", sorted(catalogue.INDEXES))
def test_a_thousand_real_sized_vectors_are_ranked_the_same_after_a_round_by_disk(kind_: str) -> None:
    random = np.random.default_rng(7)
    vectors, questions = unit(random.standard_normal((1000, 384))), unit(random.standard_normal((20, 384)))
    exact, tried = catalogue.index("exact", 384), catalogue.index(kind_, 384)
    exact.add(range(1000), vectors)
    tried.add(range(1000), vectors)
    with tempfile.TemporaryDirectory() as folder:
        tried.save(Path(folder) / "index")
        opened = catalogue.index(kind_, 384)
        opened.load(Path(folder) / "index")
    for question in questions:
        keys, scores = exact.search(question, 100)
        found, found_scores = opened.search(question, 100)
        assert found.tolist() == keys.tolist()
        assert np.allclose(found_scores, scores, atol=TOLERANCE, rtol=0)
