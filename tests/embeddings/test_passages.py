"""A document to passages: along its headings, small enough to cite, with nothing lost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.document import DocumentKey, Passage, Section, SectionKind, Visibility
from embeddings.passages import MAXIMUM_WORDS, TARGET_WORDS, passages
from tests.factories import COLLECTION, SOURCE, document, note

WORD = st.sampled_from(["een", "paspoort", "kost", "€ 86,20", "balie", "t/m", "bijv.", "ja."])
LINE = st.lists(WORD, max_size=60).map(" ".join)
LIST_ITEM = LINE.map("• {}".format)
LEAD_IN = LINE.map("{}:".format)
TEXTS = st.lists(LINE | LIST_ITEM | LEAD_IN | st.just(""), max_size=20).map("\n".join)


def cut(*sections: Section, **values: Any) -> list[Passage]:
    return passages(document("paspoort", sections=sections, **values))


def words(count: int, word: str = "woord") -> str:
    return " ".join([word] * count)


def size(passage: Passage) -> int:
    return len(passage.text.split())


# -- what a passage is ---------------------------------------------------------------------------


def test_a_passage_knows_its_document_its_place_and_its_heading() -> None:
    first, second = cut(
        Section("Kosten", "Een paspoort kost € 86,20.", SectionKind.COSTS),
        Section("", "Bel ons."),
        title="Paspoort aanvragen",
        keywords=("reisdocument",),
    )
    assert first == Passage(
        DocumentKey(COLLECTION, SOURCE, "paspoort"), 0, "Paspoort aanvragen", "Kosten",
        "Een paspoort kost € 86,20.", SectionKind.COSTS, Visibility.PUBLIC, ("reisdocument",),
    )  # fmt: skip
    assert (second.position, second.heading, second.kind) == (1, "", SectionKind.OTHER)
    assert first.context == "Paspoort aanvragen\nKosten"
    assert second.context == "Paspoort aanvragen"


def test_a_heading_that_repeats_the_title_is_read_once() -> None:
    (passage,) = cut(Section("Paspoort", "Tekst."), title="Paspoort")
    assert passage.context == "Paspoort"


def test_sections_are_never_put_together() -> None:
    found = cut(Section("Kosten", "Gratis."), Section("Termijn", "Een dag."))
    assert [(each.position, each.heading, each.text) for each in found] == [
        (0, "Kosten", "Gratis."),
        (1, "Termijn", "Een dag."),
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\n \t\n"])
def test_a_section_without_text_gives_no_passage(text: str) -> None:
    assert cut(Section("Kosten", text)) == []


def test_links_are_shown_with_the_whole_text_and_never_found() -> None:
    links = Section("Zie ook", "Rijbewijs aanvragen", SectionKind.LINKS)
    assert [each.text for each in cut(links, Section("", "Bel ons."), links)] == ["Bel ons."]
    assert cut(links) == []


def test_an_internal_section_gives_internal_passages_and_an_internal_document_only_those() -> None:
    mixed = cut(Section("", "Openbaar."), note("Geheim."))
    assert [each.visibility for each in mixed] == [Visibility.PUBLIC, Visibility.INTERNAL]
    hidden = cut(Section("", "Openbaar."), note("Geheim."), visibility=Visibility.INTERNAL)
    assert {each.visibility for each in hidden} == {Visibility.INTERNAL}


def test_equal_texts_under_other_headings_have_other_digests() -> None:
    kosten, termijn, again = cut(
        Section("Kosten", "Geen."), Section("Termijn", "Geen."), Section("Kosten", "Geen.")
    )
    assert kosten.digest != termijn.digest
    assert kosten.digest == again.digest


# -- how long it is ------------------------------------------------------------------------------


def test_paragraphs_stay_together_up_to_the_target() -> None:
    small = f"{words(50)}\n\n{words(60)}"
    assert [each.text for each in cut(Section("", small))] == [small]
    assert [size(each) for each in cut(Section("", f"{words(50)}\n\n{words(61)}"))] == [50, 61]


def test_a_paragraph_is_kept_whole_up_to_the_maximum_and_cut_between_sentences_beyond_it() -> None:
    assert [size(each) for each in cut(Section("", words(MAXIMUM_WORDS)))] == [MAXIMUM_WORDS]
    sentence = f"Zin {words(48)} einde."
    found = cut(Section("", " ".join([sentence] * 4)))
    assert [size(each) for each in found] == [100, 100]
    assert all(each.text == f"{sentence}\n{sentence}" for each in found)


def test_a_page_without_a_full_stop_is_cut_all_the_same() -> None:
    assert [size(each) for each in cut(Section("", words(300)))] == [140, 140, 20]


@pytest.mark.parametrize("before", [0, 60, 100, TARGET_WORDS - 4])
def test_a_line_that_announces_a_list_is_never_cut_from_its_first_item(before: int) -> None:
    items = [f"• item{number} {words(18)}" for number in range(12)]
    text = "\n".join([words(before), "Dit neemt u dan mee:", *items])
    holding = [each.text for each in cut(Section("", text)) if "Dit neemt u dan mee:" in each.text]
    assert len(holding) == 1
    assert f"Dit neemt u dan mee:\n{items[0]}" in holding[0]


def test_the_first_item_stays_with_its_announcement_over_a_blank_line() -> None:
    text = f"{words(105)}\n\nNeem mee:\n\n• {words(30, 'pasfoto')}"
    (passage,) = [each for each in cut(Section("", text)) if "Neem mee:" in each.text]
    assert "Neem mee:\n\n• pasfoto" in passage.text


@given(st.lists(LINE | LIST_ITEM | st.just(""), max_size=20).map("\n".join))
def test_without_announcements_no_passage_is_longer_than_the_maximum(text: str) -> None:
    for each in cut(Section("", text)):
        assert 0 < size(each) <= MAXIMUM_WORDS


@given(TEXTS)
def test_an_announcement_and_its_item_make_a_passage_at_most_that_much_longer(text: str) -> None:
    announced = [line for line in text.split("\n") if line.endswith(":")]
    for each in cut(Section("", text)):
        held = sum(line in announced for line in each.text.split("\n"))
        assert size(each) <= TARGET_WORDS + (held + 1) * 61


# -- tables --------------------------------------------------------------------------------------

HEADER = "Document\tVoor wie\tPrijs"


def rows(count: int, size: int = 18) -> list[str]:
    return [f"Paspoort {number}\t{words(size, 'kind')}\t€ {number}" for number in range(count)]


def table(count: int, size: int = 18) -> str:
    return "\n".join([HEADER, *rows(count, size)])


def test_a_table_that_fits_stays_as_it_is() -> None:
    assert [each.text for each in cut(Section("", table(4)))] == [table(4)]


def test_each_part_of_a_table_starts_with_its_header_row() -> None:
    first, second, third = (each.text.split("\n") for each in cut(Section("", table(12))))
    assert first[0] == second[0] == third[0] == HEADER
    assert first[1:] + second[1:] + third[1:] == rows(12)


def test_the_header_counts_among_the_words() -> None:
    # 4 words of header; rows of 22: four fill 92 of 110, a fifth would be too much
    assert [size(each) for each in cut(Section("", table(8)))] == [92, 92]


@pytest.mark.parametrize("before", [*range(80, 112, 2), 140])
def test_a_header_never_ends_a_passage(before: int) -> None:
    found = [each.text for each in cut(Section("", f"{words(before)}\n{table(8)}\nBel ons."))]
    assert all(text.split("\n")[-1] != HEADER for text in found)
    assert all(f"{HEADER}\n" in text for text in found if "€" in text)


def test_the_announcement_of_a_table_stays_with_its_header_and_first_row() -> None:
    found = [each.text for each in cut(Section("", f"{words(100)}\nDit kost het:\n{table(8)}"))]
    assert f"Dit kost het:\n{HEADER}\n{rows(1)[0]}" in found[0]
    assert found[1].startswith(f"{HEADER}\n{rows(2)[1]}\n")


def test_text_after_a_table_and_the_next_table_do_not_get_its_header() -> None:
    text = f"{table(4)}\n\n{words(40)}\n\nDag\tTijd\n{words(80, 'maandag')}\t9 uur"
    assert [each.text.split("\n")[0].split("\t")[0] for each in cut(Section("", text))] == [
        "Document", words(40), "Dag",
    ]  # fmt: skip


def test_a_long_first_row_is_no_header_and_is_not_repeated() -> None:
    text = "\n".join(f"{words(45, name)}\t{words(45)}" for name in ("een", "twee", "drie"))
    assert [each.text for each in cut(Section("", text))] == text.split("\n")


def test_a_row_as_long_as_a_page_is_cut_and_each_part_has_the_header() -> None:
    found = [each.text for each in cut(Section("", f"{HEADER}\nPaspoort\t{words(300)}"))]
    assert len(found) == 3
    assert all(text.startswith(f"{HEADER}\n") for text in found)


def test_an_empty_first_cell_at_the_start_of_a_passage_stays() -> None:
    (passage,) = cut(Section("", "\n\n\tKind\tVolwassene\nPaspoort\t€ 1\t€ 2\n\n"))
    assert passage.text == "\tKind\tVolwassene\nPaspoort\t€ 1\t€ 2"


ROW = (
    st.lists(WORD, min_size=1, max_size=30)
    .map(" ".join)
    .flatmap(lambda cell: st.integers(0, 2).map(lambda place: f"{place}\t{cell}"))
)
BLOCK = st.lists(ROW, min_size=2, max_size=12).map(lambda rest: "\n".join(["Nr\tWat", *rest]))


@given(st.lists(BLOCK | LINE | LEAD_IN, max_size=5))
def test_with_tables_no_row_is_lost_and_only_headers_come_again(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    found = [each.text for each in cut(Section("", text))]
    assert [line for each in found for line in each.split("\n") if line.strip() and line != "Nr\tWat"] == [
        line.strip() for line in text.split("\n") if line.strip() and line != "Nr\tWat"
    ]
    for each in found:
        lines = each.split("\n")
        assert lines[-1] != "Nr\tWat"
        assert all("\t" in above for above, line in pairwise(lines) if "\t" in line and line != "Nr\tWat")


# -- nothing lost --------------------------------------------------------------------------------


@given(st.lists(TEXTS, max_size=3))
def test_no_word_is_lost_or_changes_places(texts: list[str]) -> None:
    found = cut(*(Section(f"Kop {number}", text) for number, text in enumerate(texts)))
    assert [each.position for each in found] == list(range(len(found)))
    assert [word for each in found for word in each.text.split()] == " ".join(texts).split()


@given(st.lists(WORD, max_size=600))
def test_no_word_of_an_endless_paragraph_is_lost(line: list[str]) -> None:
    text = " ".join(line)
    assert [word for each in cut(Section("", text)) for word in each.text.split()] == text.split()


@given(TEXTS)
def test_a_short_line_stands_whole_in_one_passage(text: str) -> None:
    found = [each.text for each in cut(Section("", text))]
    for line in text.split("\n"):
        assert any(line.strip() in passage for passage in found) or not line.strip()


@given(TEXTS)
def test_cutting_is_the_same_every_time(text: str) -> None:
    assert cut(Section("a", text)) == cut(Section("a", text))
