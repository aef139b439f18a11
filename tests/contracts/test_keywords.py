"""BM25 as it is written in the books, with the filter inside the search."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import catalogue
from embeddings.keywords.bm25 import Bm25Index

K1, B = 1.5, 0.75
WORDS = ["paspoort", "kosten", "afval", "grofvuil", "aanvragen", "verhuizen", "parkeren"]
TEXTS = {
    4: ["paspoort", "aanvragen", "kosten", "paspoort"],
    9: ["afval", "grofvuil", "kosten"],
    2: ["verhuizen"],
    7: ["paspoort", "kosten", "kosten", "aanvragen", "afval", "parkeren"],
}


def plain_bm25(texts: dict[int, list[str]], question: list[str]) -> dict[int, float]:
    """Lucene's BM25 (Kamphuis et al. 2020, table 1), text by text and word by word."""
    average = sum(map(len, texts.values())) / len(texts)
    scores = {}
    for key, text in texts.items():
        counts = Counter(text)
        scores[key] = 0.0
        for word in question:
            holding = sum(word in other for other in texts.values())
            rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            length = K1 * (1 - B + B * len(text) / average)
            scores[key] += rarity * counts[word] / (counts[word] + length)
    return {key: score for key, score in scores.items() if score > 0}


def found(
    texts: dict[int, list[str]], question: list[str], count: int = 50, allowed: list[int] | None = None
) -> list[tuple[int, float]]:
    index = Bm25Index(list(texts), list(texts.values()))
    chosen = None if allowed is None else np.array(allowed, dtype=np.int64)
    keys, scores = index.search(question, count, chosen)
    assert (keys.dtype.name, scores.dtype.name) == ("int64", "float32")
    return [(int(key), float(score)) for key, score in zip(keys, scores, strict=True)]


def best_first(scores: dict[int, float]) -> list[int]:
    return sorted(scores, key=lambda key: (-scores[key], key))


@pytest.mark.parametrize(
    "question", [["paspoort"], ["kosten", "afval"], ["verhuizen", "paspoort", "grofvuil"]]
)
def test_scores_are_those_of_the_formula(question: list[str]) -> None:
    wanted = plain_bm25(TEXTS, question)
    hits = found(TEXTS, question)
    assert [key for key, _ in hits] == best_first(wanted)
    assert [score for _, score in hits] == pytest.approx([wanted[key] for key, _ in hits], abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(
    texts=st.dictionaries(st.integers(0, 99), st.lists(st.sampled_from(WORDS), max_size=12), min_size=1),
    question=st.lists(st.sampled_from([*WORDS, "onbekend"]), unique=True),
    count=st.integers(1, 12),
    allowed=st.none() | st.lists(st.integers(0, 99), unique=True),
)
def test_any_texts_score_as_the_formula_says(
    texts: dict[int, list[str]], question: list[str], count: int, allowed: list[int] | None
) -> None:
    wanted = plain_bm25(texts, question) if any(texts.values()) else {}
    if allowed is not None:
        wanted = {key: score for key, score in wanted.items() if key in allowed}
    hits = found(texts, question, count, allowed)
    assert len(hits) == min(count, len(wanted))
    assert all(wanted[key] == pytest.approx(score, abs=1e-5) for key, score in hits)
    assert [score for _, score in hits] == pytest.approx(
        sorted(wanted.values(), reverse=True)[:count], abs=1e-5
    )


def test_equal_texts_come_by_key() -> None:
    texts = {key: ["paspoort", "kosten"] for key in (9, 3, 7, 1)} | {5: ["afval"]}
    assert [key for key, _ in found(texts, ["kosten"], 3)] == [1, 3, 7]


def test_a_filter_hides_a_text_but_changes_no_score() -> None:
    everything = dict(found(TEXTS, ["kosten"]))
    assert dict(found(TEXTS, ["kosten"], allowed=[7, 2])) == {7: everything[7]}
    assert found(TEXTS, ["kosten"], allowed=[]) == []


def test_unknown_words_find_nothing_and_do_not_matter_beside_known_ones() -> None:
    assert found(TEXTS, ["belastingschuld"]) == []
    assert found(TEXTS, []) == []
    assert found(TEXTS, ["belastingschuld", "afval"]) == found(TEXTS, ["afval"])


@pytest.mark.parametrize("texts", [{}, {3: []}, {3: [], 4: []}])
def test_texts_without_words_find_nothing(texts: dict[int, list[str]]) -> None:
    assert found(texts, ["paspoort"]) == []
    assert len(Bm25Index(list(texts), list(texts.values()))) == len(texts)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("paspoorten", "Paspoort aanvragen"),
        ("financiele hulp", "Financiële hulp"),
        ("PARKEERVERGUNNING", "parkeervergunningen"),
        ("hoeveel kost het", "Wat kost een uittreksel?"),
    ],
)
def test_forms_of_a_dutch_word_find_each_other(asked: str, written: str) -> None:
    dutch = catalogue.language("nl")
    index = Bm25Index([1, 2], [dutch.terms(written), dutch.terms("Iets over de gemeenteraad")])
    assert index.search(dutch.terms(asked), 5)[0].tolist() == [1]


def test_words_that_say_nothing_are_left_out() -> None:
    assert catalogue.language("nl").terms("Waar kan ik het beste een paspoort en de kosten van?") == [
        *catalogue.language("nl").terms("beste paspoort kosten")
    ]
    assert catalogue.language("en").terms("Where can I get the passport?") == ["passport"]


def test_amounts_times_and_numbers_stay_whole() -> None:
    assert catalogue.language("nl").terms("€ 86,20 om 9.30 uur") == ["86,20", "9.30", "uur"]


def test_a_language_that_is_not_known_is_read_as_dutch() -> None:
    assert catalogue.language("fy").terms("De paspoorten") == catalogue.language("nl").terms("de paspoort")
