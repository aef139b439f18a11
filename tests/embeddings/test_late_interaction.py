"""MaxSim against three plain loops, and what a token of the question weighs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from embeddings.encoders.base import STATE_SCALE, Bytes, Floats, pack_states, unit, unpack_states
from embeddings.late_interaction import Readable, TokenMatches, best_matches, match

DIMENSIONS = 6
SOME = st.integers(0, 2**32 - 1)
# of a passage: how many states, at which the title starts, and how many it has; None: no states at all
SIZES = st.lists(st.none() | st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 9)), max_size=8)
NO_TITLE = slice(0, 0)


def rows(random: np.random.Generator, count: int) -> Floats:
    return unit(random.standard_normal((count, DIMENSIONS)))


def packed(states: Floats) -> Bytes:
    return unpack_states(pack_states(states), states.shape[1])


def plain(question: Floats, passages: list[Bytes | None]) -> Floats:
    """MaxSim as it is told: for each token, for each passage, the best of all its tokens."""
    best = np.zeros((len(question), len(passages)), dtype=np.float32)
    for i, token in enumerate(question):
        for j, passage in enumerate(passages):
            cosines = [] if passage is None else [float(token @ (state / STATE_SCALE)) for state in passage]
            best[i, j] = max(cosines, default=0.0)
    return best


@given(seed=SOME, question=st.integers(1, 5), sizes=SIZES)
def test_best_matches_are_those_of_three_plain_loops(
    seed: int, question: int, sizes: list[tuple[int, int, int] | None]
) -> None:
    random = np.random.default_rng(seed)
    asked = rows(random, question)
    passages = [
        None if size is None else Readable(packed(rows(random, size[0])), slice(size[1], size[1] + size[2]))
        for size in sizes
    ]
    whole, titles = best_matches(asked, passages)
    assert whole.shape == titles.shape == (question, len(sizes))
    assert whole == pytest.approx(
        plain(asked, [each.states if each else None for each in passages]), abs=1e-5
    )
    titled = [each.states[each.title] if each else None for each in passages]
    assert titles == pytest.approx(plain(asked, titled), abs=1e-5)


@given(arrays(np.float32, (5, DIMENSIONS), elements=st.floats(-1, 1, width=32)))
def test_packing_moves_a_number_by_at_most_half_a_step(states: Floats) -> None:
    back = unpack_states(pack_states(states), DIMENSIONS).astype(np.float32) / STATE_SCALE
    assert np.abs(back - states).max() <= 0.5 / STATE_SCALE + 1e-6


@given(seed=SOME)
def test_packing_moves_a_cosine_by_less_than_the_bound_that_follows_from_it(seed: int) -> None:
    random = np.random.default_rng(seed)
    asked, states = rows(random, 4), rows(random, 9)
    exact = (asked @ states.T).max(axis=1)
    bound = 0.5 / STATE_SCALE * np.sqrt(DIMENSIONS)  # Cauchy-Schwarz: the error times a vector of length one
    best, _ = best_matches(asked, [Readable(packed(states), NO_TITLE)])
    assert np.abs(best[:, 0] - exact).max() <= bound + 1e-6


def test_packed_states_take_a_byte_a_number() -> None:
    states = rows(np.random.default_rng(1), 3)
    assert len(pack_states(states)) == 3 * DIMENSIONS
    assert unpack_states(b"", DIMENSIONS).shape == (0, DIMENSIONS)


@given(seed=SOME, question=st.integers(1, 6), count=st.integers(1, 8))
def test_the_weights_sum_to_one_and_none_is_negative(seed: int, question: int, count: int) -> None:
    random = np.random.default_rng(seed)
    passages = [Readable(packed(rows(random, 4)), slice(0, 1)) for _ in range(count)]
    matches, weights = match(rows(random, question), passages, ordinary=0.25, floor=0.01)
    assert weights.sum() == pytest.approx(1, abs=1e-5)
    assert (weights > 0).all()
    assert len(matches) == count
    for found in matches:
        assert found.late == pytest.approx(float(np.dot(weights, found.passage)), abs=1e-5)
        assert -1.02 <= found.late <= 1.02  # int8 can make a cosine a little more than one


def test_a_token_that_fits_every_passage_weighs_less_than_one_that_tells_them_apart() -> None:
    everywhere, only_here, other = np.eye(3, DIMENSIONS, dtype=np.float32)
    about, not_about = packed(np.stack([everywhere, only_here])), packed(np.stack([everywhere, other]))
    passages = [Readable(about, NO_TITLE), Readable(not_about, NO_TITLE), Readable(not_about, NO_TITLE)]
    matches, weights = match(np.stack([everywhere, only_here]), passages, ordinary=0.25, floor=0.01)
    # distances 0 and 1, plus the floor: .01 and 1.01
    assert weights == pytest.approx([0.01 / 1.02, 1.01 / 1.02], abs=1e-6)
    assert [found.late for found in matches] == pytest.approx([1.0, 0.01 / 1.02, 0.01 / 1.02], abs=1e-6)


def test_the_quantile_says_how_many_passages_a_token_may_fit_before_it_is_ordinary() -> None:
    token, other = np.eye(2, DIMENSIONS, dtype=np.float32)
    fits, fits_not = Readable(packed(token[None]), NO_TITLE), Readable(packed(other[None]), NO_TITLE)
    passages = [fits, fits, fits_not, fits_not, fits_not]
    question = np.stack([token, other])
    # sorted, the token's best cosines are 0 0 0 1 1, the other's 0 0 1 1 1: at a half 0 and 1
    _, weights = match(question, passages, ordinary=0.5, floor=0.0)
    assert weights == pytest.approx([1.0, 0.0], abs=1e-6)


def test_the_title_is_matched_by_its_own_rows_alone() -> None:
    title, body = np.eye(2, DIMENSIONS, dtype=np.float32)
    passage = Readable(packed(np.stack([title, body])), slice(0, 1))
    (found,), _ = match(np.stack([title, body]), [passage], ordinary=0.25, floor=0.01)
    assert found.passage == pytest.approx([1, 1])
    assert found.title == pytest.approx([1, 0])


def test_a_passage_without_states_meets_nothing_and_a_title_without_rows_neither() -> None:
    question = rows(np.random.default_rng(3), 2)
    missing, untitled = match(
        question, [None, Readable(packed(question), NO_TITLE)], ordinary=0.25, floor=0.01
    )[0]
    assert (missing.late, missing.passage.tolist(), missing.title.tolist()) == (0.0, [0, 0], [0, 0])
    assert untitled.passage == pytest.approx([1, 1], abs=0.02)
    assert untitled.title.tolist() == [0, 0]


def test_without_passages_every_token_weighs_the_same() -> None:
    matches, weights = match(rows(np.random.default_rng(2), 4), [], ordinary=0.25, floor=0.01)
    assert matches == []
    assert weights == pytest.approx([0.25] * 4)


def test_late_is_the_weighted_mean_over_the_tokens() -> None:
    weights, passage = np.array([0.75, 0.25], np.float32), np.array([0.4, -0.8], np.float32)
    assert TokenMatches(weights, passage, passage).late == pytest.approx(0.3 - 0.2)
