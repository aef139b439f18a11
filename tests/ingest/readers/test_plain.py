"""Plain text to sections."""

from __future__ import annotations

import pytest

from embeddings.document import Section
from ingest.readers import Unfit, read_plain


def test_paragraphs_stand_between_blank_lines() -> None:
    assert read_plain("Een.\r\n\r\n \r\nTwee\nregels.") == (Section("", "Een.\n\nTwee\nregels."),)


def test_a_short_line_of_its_own_is_a_heading() -> None:
    assert read_plain("Begin.\n\nKosten\n\nHet is gratis.") == (
        Section("", "Begin."),
        Section("Kosten", "Het is gratis."),
    )


@pytest.mark.parametrize("text", ["Stadskantoor", "Stadskantoor\n\nRaadhuisplein 1", "eerst dit\n\nDan dat."])
def test_a_line_with_no_paragraph_under_it_is_no_heading(text: str) -> None:
    assert read_plain(text) == (Section("", text),)


def test_list_marks_are_made_the_same() -> None:
    assert read_plain("- een\n* twee\n1) drie")[0].text == "• een\n• twee\n1. drie"


def test_a_minus_sign_or_a_year_is_no_list_mark() -> None:
    assert read_plain("-5 graden\n2026. Dat was het.")[0].text == "-5 graden\n2026. Dat was het."


def test_an_absurdly_long_text_is_refused() -> None:
    with pytest.raises(Unfit, match="longer than"):
        read_plain("a" * 3_000_000)
