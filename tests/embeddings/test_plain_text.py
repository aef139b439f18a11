"""What nobody sees goes, what somebody wrote stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.plain_text import fold_spaces, strip_controls

UNSEEN = [
    *range(0xE0000, 0xE0080),
    *range(0xFE00, 0xFE10),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *(0x2060, 0xFEFF, 0xAD, 0x7F),
    *(code for code in range(0x20) if chr(code) not in "\n\t"),
    *range(0x80, 0xA0),
]
SPACES = "\u00a0\u1680\u2000\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000\t "
written = st.text(alphabet=st.characters(exclude_characters=[chr(code) for code in UNSEEN]))


@pytest.mark.parametrize("code", UNSEEN, ids=hex)
def test_every_listed_character_is_removed(code: int) -> None:
    assert strip_controls(f"a{chr(code)}b") == "ab"


@given(st.lists(st.tuples(written, st.sampled_from(UNSEEN))))
def test_only_the_unseen_is_removed(pieces: list[tuple[str, int]]) -> None:
    assert strip_controls("".join(text + chr(code) for text, code in pieces)) == "".join(
        text for text, _ in pieces
    )


@given(st.text())
def test_stripping_twice_changes_nothing(text: str) -> None:
    assert strip_controls(strip_controls(text)) == strip_controls(text)


def test_newlines_and_tabs_stay() -> None:
    assert strip_controls("een\n\ttwee") == "een\n\ttwee"


@given(st.text(alphabet=st.sampled_from([*SPACES, "a", "e", "\n", "\u0301"])))
def test_folded_text_has_no_run_of_spaces_and_no_third_newline(text: str) -> None:
    folded = fold_spaces(text)
    assert "  " not in folded
    assert "\n\n\n" not in folded
    assert not set(folded) & set(SPACES.replace(" ", ""))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_spaces(fold_spaces(text)) == fold_spaces(text)


def test_letters_with_loose_accents_become_one() -> None:
    assert fold_spaces("cafe\u0301") == unicodedata.normalize("NFC", "café")


def test_paragraphs_keep_one_blank_line() -> None:
    assert fold_spaces("een \n\n \n\n twee\u00a0drie") == "een\n\ntwee drie"
