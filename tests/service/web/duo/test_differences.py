"""Two texts beside each other: nothing is left out, and what differs is what differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from embeddings.document import Section, Visibility
from service.web.duo.differences import Piece, compare, difference
from tests.factories import document, note

WORDS = st.lists(st.sampled_from(["een", "paspoort", "kost", "€ 83,87", ".", "\n", "• ", "u", "\t"])).map(
    " ".join
)


def side(pieces: tuple[Piece, ...], gone: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != gone)


@given(WORDS, WORDS)
def test_both_texts_stand_in_it_whole(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert side(pieces, "added") == old
    assert side(pieces, "removed") == new


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "same" for piece in difference(text, text))


def test_a_changed_amount_is_all_that_is_marked() -> None:
    pieces = difference("Het kost € 83,87 aan de balie.", "Het kost € 90,10 aan de balie.")
    assert [piece for piece in pieces if piece.kind != "same"] == [
        Piece("removed", "83,87 "),
        Piece("added", "90,10 "),
    ]


def test_sections_are_matched_by_what_stands_in_them() -> None:
    old = document(
        "a", sections=(Section("Kosten", "Het kost € 10."), Section("Meenemen", "Neem een foto mee."))
    )
    new = document(
        "a",
        sections=(
            Section("Vooraf", "Maak een afspraak."),
            Section("Kosten", "Het kost € 12."),
            Section("Wat neemt u mee?", "Neem een foto mee."),
            note("Alleen intern."),
        ),
    )
    parts = compare(old, new).parts
    assert [side(part.heading, "removed") for part in parts] == [
        "Vooraf", "Kosten", "Wat neemt u mee?", "Intern",
    ]  # fmt: skip
    assert [part.differs for part in parts] == [True, True, True, True]
    assert side(parts[1].text, "added") == "Het kost € 10."
    assert side(parts[2].text, "added") == "Neem een foto mee."
    assert [part.internal for part in parts] == [False, False, False, True]


def test_a_section_that_went_stays_in_sight() -> None:
    old = document("a", sections=(Section("Een", "Eerste deel."), Section("Twee", "Heel iets anders hier.")))
    new = document("a", sections=(Section("Twee", "Heel iets anders hier."),))
    first, second = compare(old, new).parts
    assert (side(first.text, "added"), side(first.text, "removed")) == ("Eerste deel.", "")
    assert not second.differs


def test_what_becomes_internal_is_not_the_same_text() -> None:
    open_text = document("a", sections=(Section("", "Bel 0999."),))
    closed = document("a", sections=(Section("", "Bel 0999.", visibility=Visibility.INTERNAL),))
    assert compare(open_text, closed).differs
