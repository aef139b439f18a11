"""A text to the units that can be quoted: each as it stands, none cut in two by an abbreviation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.marking import located
from embeddings.sentences import is_row, sentences

# what texts are made of that is hard to cut
PIECES = st.sampled_from(
    [
        *("Een paspoort kost € 86,20.", "U betaalt met pin.", "bijv.", "art. 5", "a.s. maandag", "t/m"),
        *("9.00 uur", "A. de Vries", "1.", "•", "• een pasfoto", "3. Bel 14 0999.", "“Ja.”", "(Nee!)"),
        *("Wat?", "…", ".", "?", ":", " ", "\n", "\n\n", "\t", "Prijs\t€ 5", "é", "😀", "\u00a0", "\r"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("U komt langs. U betaalt met pin.", ["U komt langs.", "U betaalt met pin."]),
        ("Hebt u haast? Kom langs! Dan helpen we u.", ["Hebt u haast?", "Kom langs!", "Dan helpen we u."]),
        ("Kosten: gratis. € 5 voor een kopie.", ["Kosten: gratis.", "€ 5 voor een kopie."]),
        ("Dat duurt lang… Bel ons.", ["Dat duurt lang…", "Bel ons."]),
        ("Zonder punt aan het eind", ["Zonder punt aan het eind"]),
        (
            "Dat mag. Één keer per jaar. Überhaupt niet.",
            ["Dat mag.", "Één keer per jaar.", "Überhaupt niet."],
        ),
        ("Dat mag.Toch niet.", ["Dat mag.Toch niet."]),
        ("", []),
        ("  \n\n\t\n ", []),
    ],
)
def test_a_text_is_cut_after_its_sentences(text: str, units: list[str]) -> None:
    assert sentences(text) == units


@pytest.mark.parametrize(
    "whole",
    [
        "Dat geldt o.a. Nederlanders en d.w.z. Belgen.",
        "Neem een bewijs mee, bijv. Uw huurcontract.",
        "Zie art. 5 en art. 12 van de verordening.",
        "Bel tel. 14 0999 of nr. 3.",
        "Vraag naar dhr. Jansen, mevr. De Vries, mw. Bakker of mr. Smit.",
        "Vraag naar dr. Jansen, drs. Bakker, ir. Smit of prof. Mulder.",
        "Het kost max. 30 en min. 10 euro, incl. BTW, ca. 5 excl. 21 %.",
        "Het bedrag is € 1.250,00 per jaar.",
        "Het bedrag is €1.250,50 of EUR 1.250.000.",
        "Wij zijn open van 9.00 t/m 17.30 uur, ma. t/m vr.",
        "De termijn is 6 t/m 8 weken.",
        "Op 1.1.2026 gaat dit in; zie www.merelveen.example/a.b.",
        "Vraag het aan A. De Boer of J.P. Balken.",
        "De regeling (a.s. Maandag) geldt voor iedereen.",
        "Zie blz. 5, evt. Resp. de bijlage.",
        "Alleen voor St. Nicolaas.",
    ],
)
def test_an_abbreviation_an_amount_or_a_time_does_not_end_a_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]
    assert sentences(f"Let op. {whole} Kom op tijd.") == ["Let op.", whole, "Kom op tijd."]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("“U mag komen.” Dat zei hij.", ["“U mag komen.”", "Dat zei hij."]),
        ("Hij zei: 'Kom.' 'Goed.' Klaar.", ["Hij zei: 'Kom.'", "'Goed.'", "Klaar."]),
        ("Dat mag (altijd.) Echt waar.", ["Dat mag (altijd.)", "Echt waar."]),
        ("Dat mag. (Niet altijd.) Echt.", ["Dat mag.", "(Niet altijd.)", "Echt."]),
        ("Kies “Aanvragen”. Klik daarna op ‘Verder’.", ["Kies “Aanvragen”.", "Klik daarna op ‘Verder’."]),
    ],
)
def test_a_closing_quote_or_bracket_stays_with_its_sentence(text: str, units: list[str]) -> None:
    assert sentences(text) == units


def test_list_items_are_units_without_their_marks() -> None:
    text = "Neem mee:\n• uw paspoort\n• een pasfoto. Niet ouder dan 6 maanden.\n1. eerst dit\n12. dan dat"
    assert sentences(text) == [
        "Neem mee:",
        "uw paspoort",
        "een pasfoto.",
        "Niet ouder dan 6 maanden.",
        "eerst dit",
        "dan dat",
    ]


def test_a_year_or_an_amount_at_the_start_of_a_line_is_no_list_mark() -> None:
    text = "2026. Een nieuw jaar\n1.250 euro per keer\n5 werkdagen"
    assert sentences(text) == ["2026.", "Een nieuw jaar", "1.250 euro per keer", "5 werkdagen"]


def test_a_table_row_is_one_unit_whatever_stands_in_its_cells() -> None:
    text = "Soort\tPrijs\nPaspoort. Nieuw.\t€ 86,20\n\t€ 5"
    assert sentences(text) == ["Soort\tPrijs", "Paspoort. Nieuw.\t€ 86,20", "€ 5"]


def test_a_row_keeps_an_empty_first_cell_and_a_number_in_it() -> None:
    text = "\tKind\tVolwassene\nKaart\t€ 3\t€ 4\t\n  \t€ 5\t€ 6\n1.\tZone A\t€ 2"
    assert sentences(text) == ["\tKind\tVolwassene", "Kaart\t€ 3\t€ 4", "\t€ 5\t€ 6", "1.\tZone A\t€ 2"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Wat\tPrijs", True), ("\t€ 5", True), ("Kaarten\t", True), ("Wat", False), ("\t", False)],
)
def test_a_line_with_a_tab_and_words_is_a_row(line: str, expected: bool) -> None:
    assert is_row(line) is expected


@given(TEXTS)
def test_every_unit_stands_word_for_word_in_the_text_and_in_its_order(text: str) -> None:
    units = sentences(text)
    places = located(text, units)
    assert [text[start:end] for start, end in places] == units
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(TEXTS)
def test_no_unit_is_empty_or_runs_over_a_line(text: str) -> None:
    for unit in sentences(text):
        assert unit.strip() != ""
        assert unit == unit.strip() or (unit.strip() == unit.lstrip("\t").strip() and is_row(unit))
        assert unit == unit.rstrip()
        assert "\n" not in unit


@given(TEXTS)
def test_no_word_is_left_out_but_the_marks_of_lists(text: str) -> None:
    marks = {"•", *(f"{number}." for number in range(100)), *(f"{number:02}." for number in range(10))}
    kept = [word for unit in sentences(text) for word in unit.split()]
    assert [word for word in kept if not _is_mark(word, marks)] == [
        word for word in text.split() if not _is_mark(word, marks)
    ]


def _is_mark(word: str, marks: set[str]) -> bool:
    return word in marks or (word.endswith(".") and word[:-1].isdecimal() and len(word) <= 3)


@given(st.lists(st.sampled_from(["U komt langs.", "Betaal met pin!", "Hebt u haast?"]), max_size=9))
def test_plain_sentences_come_out_as_they_went_in(units: list[str]) -> None:
    assert sentences(" ".join(units)) == units
