"""The text convention as paragraphs, lists and tables, with the answering sentences marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.web.text_blocks import Block, excerpt, text_blocks

TEXT = (
    "Een paspoort kost € 83,87.\nU betaalt aan de balie.\n\n"
    "Neem mee:\n• uw oude paspoort\n• een pasfoto\n\n1. Maak een afspraak.\n2. Kom langs.\n\n"
    "Wat\tPrijs\nPaspoort\t€ 83,87\nZonder prijs\t\n\tzonder naam"
)


def words(block: Block) -> list[list[str]]:
    return [["".join(run.text for run in cell) for cell in row] for row in block.rows]


def marked(text: str, *sentences: str) -> list[str]:
    return [
        run.text
        for block in text_blocks(text, sentences)
        for row in block.rows
        for cell in row
        for run in cell
        if run.marked
    ]


def test_each_form_becomes_a_block() -> None:
    blocks = text_blocks(TEXT)
    assert [block.kind for block in blocks] == ["text", "text", "bullets", "numbers", "table"]
    assert words(blocks[0]) == [["Een paspoort kost € 83,87."], ["U betaalt aan de balie."]]
    assert words(blocks[2]) == [["uw oude paspoort"], ["een pasfoto"]]
    assert words(blocks[3]) == [["Maak een afspraak."], ["Kom langs."]]
    assert words(blocks[4]) == [
        ["Wat", "Prijs"],
        ["Paspoort", "€ 83,87"],
        ["Zonder prijs", ""],
        ["", "zonder naam"],
    ]


def test_a_sentence_is_marked_where_it_stands() -> None:
    assert marked(TEXT, "U betaalt aan de balie.") == ["U betaalt aan de balie."]


def test_a_mark_goes_on_over_a_line_a_list_mark_and_a_cell() -> None:
    assert marked(TEXT, "Neem mee: uw oude paspoort") == ["Neem mee:", "uw oude paspoort"]
    assert marked(TEXT, "Paspoort € 83,87") == ["Paspoort", "€ 83,87"]


def test_sentences_beside_each_other_are_one_mark() -> None:
    assert marked("Een. Twee. Drie.", "Twee.", "Een.") == ["Een. Twee."]


def test_a_sentence_that_is_not_there_marks_nothing() -> None:
    assert marked(TEXT, "Een paspoort is gratis.", "", "  ") == []


def test_a_list_mark_before_a_sentence_is_no_part_of_it() -> None:
    assert marked(TEXT, "• een pasfoto") == ["een pasfoto"]


def test_a_number_in_the_first_cell_of_a_row_is_marked_with_it() -> None:
    assert marked("Nr\tWat\n1.\teen pasfoto", "1.\teen pasfoto") == ["1.", "een pasfoto"]


def test_the_names_of_columns_come_without_their_marks() -> None:
    (block,) = text_blocks("Wat\tPrijs\nPas\t€ 5", ("Wat\tPrijs", "Pas\t€ 5"))
    assert block.columns == ("Wat", "Prijs")
    assert block.marked


def test_a_number_at_the_end_of_a_sentence_is_no_list_mark() -> None:
    assert marked("Het kost € 83,87. Dat is veel.", "Het kost € 83,87. Dat is veel.") == [
        "Het kost € 83,87. Dat is veel."
    ]


def test_the_excerpt_is_what_answers_or_the_beginning() -> None:
    assert [block.kind for block in excerpt(text_blocks(TEXT, ("een pasfoto",)))] == ["bullets"]
    assert excerpt(text_blocks(TEXT)) == text_blocks(TEXT)[:1]
    assert excerpt(()) == ()


@given(
    st.text(alphabet="ab.1•\n\t €", max_size=80),
    st.lists(st.text(alphabet="ab.1• ", max_size=12), max_size=3),
)
def test_no_word_is_lost_or_added_whatever_the_text(text: str, sentences: list[str]) -> None:
    shown = "".join(
        run.text
        for block in text_blocks(text, tuple(sentences))
        for row in block.rows
        for cell in row
        for run in cell
    )
    assert [sign for sign in shown if sign in "ab€"] == [sign for sign in text if sign in "ab€"]
