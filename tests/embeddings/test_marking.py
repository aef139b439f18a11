"""Which sentences of a passage answer: by meaning where there are token states, by words otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.catalogue import language
from embeddings.document import Marked
from embeddings.encoders.base import STATE_SCALE, Bytes, Floats, pack_states, unpack_states
from embeddings.encoders.hashing import HashingEncoder
from embeddings.marking import Places, located, mark_by_meaning, mark_by_words
from embeddings.sentences import sentences

ENCODER = HashingEncoder(64)
TITLE = "Paspoort aanvragen"
TEXT = "U komt langs aan de balie.\nNeem mee:\n• een pasfoto\n• uw bril\nEen paspoort kost € 86,20. Tot dan."
WORDS = st.sampled_from(["Bril", "kost", "balie.", "Pasfoto!", "\n• item", "mee:\n", "€ 5", "?", "Cel\tcel"])
TEXTS = st.lists(WORDS, max_size=20).map(" ".join)


def even(question: Floats) -> Floats:
    return np.full(len(question), 1 / len(question), dtype=np.float32)


def read(text: str) -> tuple[Bytes, Places]:
    """Token states of the title with the text, and where in the text each begins."""
    whole = f"{TITLE}\n{text}"
    states = pack_states(ENCODER.encode_passages([whole])[0].states)
    starts = [start - len(TITLE) - 1 for start, _ in ENCODER.token_spans(whole)]
    return unpack_states(states, ENCODER.dimensions), np.array(starts, dtype=np.int64)


def marked(text: str, question: str, weights: Floats | None = None) -> list[Marked]:
    states, starts = read(text)
    asked = ENCODER.encode_query(question).states
    return mark_by_meaning(text, asked, even(asked) if weights is None else weights, states, starts)


def test_every_unit_is_marked_in_the_order_of_the_text() -> None:
    assert [mark.text for mark in marked(TEXT, "bril")] == sentences(TEXT)


def test_the_sentence_that_says_it_fits_best() -> None:
    for question, expected in (
        ("mijn bril", "uw bril"),
        ("kost paspoort", "Een paspoort kost € 86,20."),
        ("welke balie", "U komt langs aan de balie."),
    ):
        assert max(marked(TEXT, question), key=lambda mark: mark.score).text == expected


def test_a_sentence_that_holds_every_token_of_the_question_scores_one() -> None:
    scores = {mark.text: mark.score for mark in marked(TEXT, "kost een paspoort")}
    assert scores["Een paspoort kost € 86,20."] == pytest.approx(1, abs=0.01)
    assert all(score < 0.9 for text, score in scores.items() if "paspoort" not in text)


def test_the_title_before_a_text_is_in_none_of_its_sentences() -> None:
    (mark,) = marked("U komt langs.", "aanvragen")
    assert mark.score < 0.5
    assert marked("Zelf aanvragen.", "aanvragen")[0].score == pytest.approx(1, abs=0.01)


def test_a_token_that_weighs_nothing_does_not_count() -> None:
    only_second = np.array([0.0, 1.0], dtype=np.float32)
    best = max(marked(TEXT, "balie bril", only_second), key=lambda mark: mark.score)
    assert best.text == "uw bril"
    assert best.score == pytest.approx(1, abs=0.01)


def test_a_unit_without_tokens_scores_nought() -> None:
    assert marked("…\nBril.", "bril")[0] == Marked("…", 0.0)


def test_a_text_without_units_has_no_marks() -> None:
    assert marked(" \n ", "bril") == []
    assert mark_by_words(" \n ", ["bril"], language("nl").terms) == []


@given(text=TEXTS, question=st.sampled_from(["bril", "kost balie", "zeehond pasfoto mee"]))
def test_a_score_is_the_weighted_mean_of_plain_loops_over_the_tokens_of_the_unit(
    text: str, question: str
) -> None:
    asked = ENCODER.encode_query(question).states
    weights = np.arange(1, len(asked) + 1, dtype=np.float32)
    weights /= weights.sum()
    states, starts = read(text)
    places = located(text, sentences(text))
    for mark, (begin, end) in zip(marked(text, question, weights), places, strict=True):
        own = [state for state, start in zip(states, starts, strict=True) if begin <= start < end]
        best = [max((float(token @ state) / STATE_SCALE for state in own), default=0.0) for token in asked]
        assert mark.score == pytest.approx(float(np.dot(weights, best)), abs=1e-5)
        assert text[begin:end] == mark.text


# -- by words ------------------------------------------------------------------------------------


def test_by_words_a_unit_scores_the_share_of_the_terms_that_it_holds() -> None:
    terms = language("nl").terms
    marks = mark_by_words(TEXT, terms("kosten van een paspoort aan de balie"), terms)
    scores = {mark.text: mark.score for mark in marks}
    assert [mark.text for mark in marks] == sentences(TEXT)
    assert scores["Een paspoort kost € 86,20."] == pytest.approx(2 / 3)
    assert scores["U komt langs aan de balie."] == pytest.approx(1 / 3)
    assert scores["uw bril"] == 0


def test_by_words_a_question_without_terms_fits_nothing() -> None:
    assert {mark.score for mark in mark_by_words(TEXT, [], language("nl").terms)} == {0.0}


# -- places --------------------------------------------------------------------------------------


def test_units_that_are_the_same_each_have_their_own_place() -> None:
    assert located("Ja. Nee. Ja.", ["Ja.", "Nee.", "Ja."]) == [(0, 3), (4, 8), (9, 12)]


def test_a_unit_that_is_not_in_the_text_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="substring"):
        located("Ja.", ["Nee."])
