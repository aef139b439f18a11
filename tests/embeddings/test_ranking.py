"""Keyword and vector rankings to one: both propose, late interaction decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import catalogue
from embeddings.document import Audience, DocumentKey, Hit, Passage, Scores, Visibility
from embeddings.encoders.base import pack_states, unpack_states
from embeddings.encoders.hashing import HashingEncoder
from embeddings.late_interaction import Readable, match
from embeddings.ranking import SECOND_STAGE, Ranking, Weights, by_document, rank, reread
from embeddings.snapshot import Filter, Snapshot, delta_of
from embeddings.store.documents import PassageRow
from embeddings.store.vectors import StoredVector

ENCODER = HashingEncoder(64)
WEIGHTS = Weights()
TITLES = ("Paspoort", "Trouwen", "Grofvuil", "Rijbewijs")
EVERYBODY = Filter((Visibility.PUBLIC,), datetime(2026, 3, 1, tzinfo=UTC))
WORDS = ("paspoort", "kosten", "raadhuis", "grofvuil", "afspraak", "rijbewijs", "balie", "spoed")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=12)


def snapshot(texts: Sequence[str], without_vector: Sequence[int] = ()) -> Snapshot:
    """Passages 0, 1, 2, … of these texts, each with a title before it."""
    rows = {
        key: PassageRow(
            key,
            DocumentKey("merelveen", "vac", str(key)),
            str(key),
            title(key),
            text,
            "nl",
            Audience.EVERYONE,
            Visibility.PUBLIC,
            None,
            None,
        )
        for key, text in enumerate(texts)
    }
    terms = {key: catalogue.language("nl").terms(row.words) for key, row in rows.items()}
    stored = {
        key: stored_vector(f"{row.title} {row.words}")
        for key, row in rows.items()
        if key not in without_vector
    }
    return Snapshot(1, rows, terms, None, delta_of(stored, ENCODER.dimensions))


def title(key: int) -> str:
    return TITLES[key % len(TITLES)]


def stored_vector(text: str) -> StoredVector:
    (encoded,) = ENCODER.encode_passages([text])
    return StoredVector(encoded.vector, unpack_states(pack_states(encoded.states), ENCODER.dimensions))


def title_rows(title: str) -> slice:
    return slice(0, 1)  # a title of one word, one token


def ranked(found: Snapshot, question: str) -> Ranking:
    encoded = ENCODER.encode_query(question)
    return rank(found, question, encoded, found.allowed(EVERYBODY), title_rows)


def hit(key: int, document: str, total: float) -> Hit:
    passage = Passage(DocumentKey("merelveen", "vac", document), key, "", "", "")
    scores = Scores(total=total)
    return Hit(key, passage, "", "", "nl", Audience.EVERYONE, "vac", None, None, (), scores)


# -- passages ------------------------------------------------------------------------------------


@given(texts=TEXTS, question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_the_total_is_late_interaction_with_a_little_title_and_a_little_keyword(
    texts: list[str], question: str
) -> None:
    found = snapshot(texts)
    ranking = ranked(found, question)
    encoded = ENCODER.encode_query(question)
    order = [key for key, _ in ranking.scored]
    assert sorted(order) == list(range(len(texts)))  # fewer than the second stage reads: all of them
    read = [Readable(found.states(key), slice(0, 1)) for key in order]  # type: ignore[arg-type]
    matches, weights = match(encoded.states, read, WEIGHTS.ordinary, WEIGHTS.floor)
    for (key, scores), matched in zip(ranking.scored, matches, strict=True):
        cosine = float(encoded.vector @ ENCODER.encode_passages([f"{title(key)} {texts[key]}"])[0].vector)
        keywords = scores.keyword / (scores.keyword + 8)
        assert scores.dense == pytest.approx(cosine, abs=1e-5)
        assert scores.late == pytest.approx(matched.late, abs=1e-5)
        expected = scores.late + 0.1 * float(matched.title.mean()) + 0.02 * keywords
        assert scores.total == pytest.approx(expected, abs=1e-5)
    assert ranking.token_weights == pytest.approx(weights, abs=1e-5)


@given(texts=TEXTS)
def test_passages_come_best_first_and_equal_ones_by_their_key(texts: list[str]) -> None:
    scored = ranked(snapshot([*texts, *texts]), "kosten paspoort").scored
    assert [(-scores.total, key) for key, scores in scored] == sorted(
        (-scores.total, key) for key, scores in scored
    )


def test_equal_passages_score_the_same_and_keep_the_order_of_their_keys() -> None:
    scored = ranked(snapshot(["balie"] * 8), "balie").scored
    assert [key for key, _ in scored if title(key) == "Paspoort"] == [0, 4]
    totals = {title(key): scores.total for key, scores in scored}
    assert all(scores.total == totals[title(key)] for key, scores in scored)


def test_a_shared_word_gives_a_keyword_score_and_no_shared_word_none() -> None:
    scores = dict(ranked(snapshot(["spoed aan de balie", "grofvuil afspraak"]), "spoed").scored)
    assert scores[0].keyword > 0
    assert scores[1].keyword == 0


def test_only_the_passages_that_are_allowed_are_ranked() -> None:
    found = snapshot(["paspoort kosten", "paspoort balie", "paspoort spoed"])
    allowed = np.array([0, 2], dtype=np.int64)
    for encoded in (ENCODER.encode_query("paspoort balie"), None):
        ranking = rank(found, "paspoort balie", encoded, allowed, title_rows)
        assert sorted(key for key, _ in ranking.scored) == [0, 2]


def test_no_more_passages_are_read_than_the_second_stage_takes() -> None:
    found = snapshot([f"paspoort woord{number}" for number in range(SECOND_STAGE * 3)])
    assert len(ranked(found, "paspoort").scored) == SECOND_STAGE


def test_the_best_by_word_is_read_however_many_are_nearer_by_vector() -> None:
    near = ["paspoort"] * (SECOND_STAGE * 4)
    far = "raadhuis " * 40 + "zeehond"
    ranking = ranked(snapshot([*near, far]), "paspoort paspoort paspoort zeehond")
    assert len(near) in dict(ranking.scored)


def test_a_passage_without_a_vector_is_found_by_its_words_and_meets_no_token() -> None:
    ranking = ranked(snapshot(["paspoort kosten", "zeldzaamwoord"], without_vector=[1]), "zeldzaamwoord")
    assert dict(ranking.scored)[1].keyword > 0
    assert (dict(ranking.scored)[1].dense, dict(ranking.scored)[1].late) == (0.0, 0.0)


def test_without_a_model_keywords_alone_rank() -> None:
    found = snapshot(["paspoort", "paspoort spoed", "grofvuil"])
    ranking = rank(found, "paspoort spoed", None, found.allowed(EVERYBODY), title_rows)
    assert [key for key, _ in ranking.scored] == [1, 0]
    assert ranking.token_weights is None
    for _, scores in ranking.scored:
        assert scores.total == scores.keyword > 0
        assert (scores.dense, scores.late) == (0.0, 0.0)


def test_title_rows_that_a_passage_does_not_have_are_left_out() -> None:
    found = snapshot(["balie"])
    encoded = ENCODER.encode_query("paspoort")
    allowed = found.allowed(EVERYBODY)
    whole = rank(found, "paspoort", encoded, allowed, lambda _: slice(0, 2))
    beyond = rank(found, "paspoort", encoded, allowed, lambda _: slice(0, 99))
    assert beyond.scored == whole.scored


# -- documents -----------------------------------------------------------------------------------


def test_a_document_scores_its_best_passage_and_a_tenth_of_its_next() -> None:
    hits = [hit(1, "a", 0.9), hit(2, "b", 0.85), hit(3, "a", 0.5), hit(4, "a", 0.4)]
    first, second = by_document(hits)
    assert [first.key.id, second.key.id] == ["a", "b"]
    assert first.score == pytest.approx(0.9 + 0.1 * 0.5)
    assert second.score == pytest.approx(0.85 + 0.1 * (0.85 - 0.03))
    assert [each.key for each in first.hits] == [1, 3, 4]


def test_a_second_good_passage_can_bring_a_document_before_another() -> None:
    hits = [hit(1, "alone", 0.900), hit(2, "twice", 0.899), hit(3, "twice", 0.895)]
    assert [document.key.id for document in by_document(hits)] == ["twice", "alone"]


def test_documents_that_score_the_same_keep_the_order_in_which_they_were_found() -> None:
    assert [each.key.id for each in by_document([hit(1, "b", 0.5), hit(2, "a", 0.5)])] == ["b", "a"]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.floats(0, 2)), max_size=20))
def test_every_hit_is_in_its_document_once_and_best_first(found: list[tuple[str, float]]) -> None:
    ordered = sorted(found, key=lambda pair: -pair[1])
    hits = [hit(number, document, total) for number, (document, total) in enumerate(ordered)]
    documents = by_document(hits)
    assert sorted(each.key for document in documents for each in document.hits) == list(range(len(hits)))
    assert len({document.key for document in documents}) == len(documents)
    for document in documents:
        assert {each.passage.document for each in document.hits} == {document.key}
        totals = [each.scores.total for each in document.hits]
        assert totals == sorted(totals, reverse=True)
    assert [each.score for each in documents] == sorted((each.score for each in documents), reverse=True)


# -- after the reader ----------------------------------------------------------------------------


def test_the_reader_moves_a_text_forward_by_its_weight_and_no_further() -> None:
    found = by_document([hit(1, "a", 0.90), hit(2, "b", 0.88), hit(3, "c", 0.70)])
    order = {1: -1.0, 2: 1.0, 3: 1.0}
    moved = reread(found, order, Weights(reader=0.02))
    assert [each.key.id for each in moved] == ["b", "a", "c"]
    scores = {each.key.id: each.score for each in found}
    for each in moved:
        assert each.score == pytest.approx(scores[each.key.id] + 0.02 * order[each.hits[0].key])


def test_the_best_passage_of_a_text_speaks_for_it() -> None:
    found = by_document([hit(1, "a", 0.90), hit(2, "a", 0.80), hit(3, "b", 0.89)])
    assert reread(found, {1: -5.0, 2: 3.0, 3: 0.0})[0].key.id == "a"


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=4))
def test_what_was_not_read_stays_behind_what_was(orders: list[float]) -> None:
    found = by_document([hit(key, f"text {key}", 1 - key / 20) for key in range(6)])
    moved = reread(found, dict(enumerate(orders)))
    assert sorted(each.key.id for each in moved) == sorted(each.key.id for each in found)
    assert {each.key.id for each in moved[: len(orders)]} == {each.key.id for each in found[: len(orders)]}
    assert [each.key.id for each in moved[len(orders) :]] == [each.key.id for each in found[len(orders) :]]
    assert [each.score for each in moved] == sorted((each.score for each in moved), reverse=True)


def test_nothing_moves_where_nothing_was_read() -> None:
    found = by_document([hit(1, "a", 0.90), hit(2, "b", 0.88)])
    assert reread(found, {}) == found
