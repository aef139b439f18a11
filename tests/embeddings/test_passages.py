"""A document to passages: along its headings, small enough to cite, with nothing lost."""

from __future__ import annotations

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
