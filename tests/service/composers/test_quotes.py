"""The default composer quotes what answers, and nothing else."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.sentences import is_row, sentences
from service.composers.base import MarkedHit
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


TABLE = "Dit kost het:\n\nDocument\tPrijs\nPaspoort\t€ 83,87\nID-kaart\t€ 78,92\n\nBel ons."
ANNOUNCED, HEADER, PASSPORT, CARD, CALL = sentences(TABLE)


def scored(text: str, **scores: float) -> MarkedHit:
    """The passage with its units; a unit that begins with a key has that score, the others 0."""
    return marked(
        hit(1, text),
        *(
            (unit, next((scores[key] for key in scores if unit.startswith(key)), 0.0))
            for unit in sentences(text)
        ),
    )


def test_a_table_row_brings_its_header_row_and_the_announcement() -> None:
    assert composed(scored(TABLE, ID=0.9)) == [ANNOUNCED, HEADER, CARD]


def test_rows_of_one_table_bring_its_header_once() -> None:
    assert composed(scored(TABLE, ID=0.9, Paspoort=0.88)) == [ANNOUNCED, HEADER, PASSPORT, CARD]


def test_a_header_row_is_never_quoted_by_itself() -> None:
    assert composed(scored(TABLE, Document=0.95, Bel=0.6)) == [CALL]
    assert composed(scored(TABLE, Document=0.95, ID=0.6)) == [ANNOUNCED, HEADER, CARD]


def test_each_table_has_its_own_header_and_the_first_keeps_its_announcement() -> None:
    text = "Kosten:\nWat\tPrijs\nPas\t€ 5\n\nDag\tTijd\nMaandag\t9 uur\nDinsdag\t10 uur"
    assert composed(scored(text, Dinsdag=0.9)) == ["Dag\tTijd", "Dinsdag\t10 uur"]
    assert composed(scored(text, Dinsdag=0.9, Pas=0.9)) == [
        "Kosten:", "Wat\tPrijs", "Pas\t€ 5", "Dag\tTijd", "Dinsdag\t10 uur",
    ]  # fmt: skip


def test_a_line_below_a_table_does_not_bring_the_announcement_of_the_table() -> None:
    assert composed(scored(TABLE, Bel=0.9)) == [CALL]


def test_a_row_that_stands_alone_is_quoted_as_it_is() -> None:
    assert composed(scored("Bel ons.\nPaspoort\t€ 83,87", Paspoort=0.9)) == ["Paspoort\t€ 83,87"]


def test_a_row_without_its_first_cell_still_finds_its_header() -> None:
    text = "\tKind\tVolwassene\nKaart\t€ 3\t€ 4\n\t€ 5\nPas\t€ 7\t€ 8"
    passage = marked(hit(1, text), *((unit, 0.9 if unit == "€ 5" else 0.0) for unit in sentences(text)))
    assert composed(passage) == ["\tKind\tVolwassene", "€ 5"]


def test_a_header_counts_among_the_words_of_a_quote() -> None:
    long = " ".join(["kolom"] * 30)
    text = f"{SEE}\n\n{long}\tPrijs\nPas\t€ 5"
    passage = scored(text, U=0.9, Pas=0.89)
    assert composed(passage) == [SEE, f"{long}\tPrijs", "Pas\t€ 5"]
    short = QuotesComposer(maximum_words=30).compose([passage])
    assert [sentence.text for sentence in short] == [SEE]


FORMS = st.lists(st.sampled_from(["", "zin {}.", "kop {}:", "rij {}\t€ {}", "\trij {}\tja"]), max_size=12)


@settings(deadline=None)  # the property is what counts, and a busy machine is slow
@given(FORMS, st.data())
def test_whatever_the_table_a_quoted_row_has_its_header_before_it(
    forms: list[str], data: st.DataObject
) -> None:
    text = "\n".join(form.replace("{}", str(number)) for number, form in enumerate(forms))
    units = sentences(text)
    scores = data.draw(st.lists(st.floats(0, 1), min_size=len(units), max_size=len(units)))
    quoted = composed(marked(hit(1, text), *zip(units, scores, strict=True)))
    for lines in (list(group) for in_table, group in groupby(text.split("\n"), key=is_row) if in_table):
        below = [row in quoted for row in lines[1:]]
        assert (lines[0] in quoted) == any(below) or not below
    assert bool(quoted) == bool(units)


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
