"""The default composer quotes what answers, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.composers.quotes import MAXIMUM_WORDS, QuotesComposer
from tests.service.answering.evidence import hit, marked

FEE = "Een paspoort kost € 86,20."
SEE = "U haalt het zelf op."
OTHER = "De wethouder is op vakantie."


def composed(*passages: object) -> list[str]:
    return [sentence.text for sentence in QuotesComposer().compose(passages)]  # type: ignore[arg-type]


def test_only_sentences_that_fit_nearly_as_well_as_the_best_are_quoted() -> None:
    passage = marked(hit(1, f"{OTHER} {FEE} {SEE}"), (OTHER, 0.3), (FEE, 0.8), (SEE, 0.75))
    assert composed(passage) == [FEE, SEE]


def test_sentences_come_in_the_order_of_the_text_and_not_of_their_scores() -> None:
    passage = marked(hit(1, f"{SEE} {FEE}"), (SEE, 0.75), (FEE, 0.8))
    assert composed(passage) == [SEE, FEE]


def test_a_list_item_brings_the_line_that_announces_it() -> None:
    passage = marked(
        hit(1, "Neem mee:\n• een pasfoto\n• uw oude paspoort"),
        ("Neem mee:", 0.1),
        ("een pasfoto", 0.4),
        ("uw oude paspoort", 0.9),
    )
    assert composed(passage) == ["Neem mee:", "uw oude paspoort"]


def test_a_sentence_does_not_bring_the_announcement_of_a_list_that_has_ended() -> None:
    passage = marked(hit(1, "x"), ("Neem mee:", 0.1), ("uw pas.", 0.2), (FEE, 0.9))
    assert composed(passage) == [FEE]


def test_two_passages_may_answer_together_each_with_its_own_source() -> None:
    first, second = hit(1, FEE), hit(2, SEE)
    draft = QuotesComposer().compose([marked(first, (FEE, 0.8)), marked(second, (SEE, 0.79))])
    assert [(sentence.text, sentence.hit.key) for sentence in draft] == [(FEE, 1), (SEE, 2)]


def test_nothing_found_gives_an_empty_draft() -> None:
    assert composed() == []
    assert composed(marked(hit(1, ""))) == []


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=1, max_size=30))
def test_a_quote_holds_at_most_eighty_words_unless_one_sentence_is_longer(
    sizes: list[tuple[int, float]],
) -> None:
    marks = [(" ".join([f"w{number}"] * size) + ".", score) for number, (size, score) in enumerate(sizes)]
    quoted = composed(marked(hit(1, " ".join(text for text, _ in marks)), *marks))
    assert quoted
    assert sum(len(text.split()) for text in quoted) <= MAXIMUM_WORDS
    best = max(marks, key=lambda mark: mark[1])
    assert any(score == best[1] for text, score in marks if text in quoted)
