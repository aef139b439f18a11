"""Lint warns an editor, and refuses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from embeddings.document import Document, Section
from ingest.lint import lint

SOUND = Document(
    "merelveen", "vac", "v1", "Paspoort", (Section("Kosten", "Het kost € 86,20."),), owner="Burgerzaken"
)


def test_a_sound_text_has_no_warnings() -> None:
    assert lint(SOUND, ["https://a.example", "mailto:a@b.example", "tel:140999", "HTTPS://B.example"]) == []


def test_a_text_without_owner_or_title_is_named() -> None:
    assert [line.split(":")[0] for line in lint(replace(SOUND, owner="", title=" "))] == [
        "no owner",
        "no title",
    ]


@pytest.mark.parametrize("text", ["Bel XX voor meer.", "Het kost € XXX.", "Lorem ipsum dolor lorem ipsum"])
def test_a_placeholder_is_named(text: str) -> None:
    assert "placeholder" in lint(replace(SOUND, sections=(Section("", text),)))[0]


@pytest.mark.parametrize("text", ["Maat XL is op.", "Bel 0612xx.", "Lodewijk XIV."])
def test_what_only_looks_like_a_placeholder_is_left_alone(text: str) -> None:
    assert lint(replace(SOUND, sections=(Section("", text),))) == []


def test_an_empty_section_is_named() -> None:
    assert lint(replace(SOUND, sections=(Section("Video", ""),))) == ["no text under the heading 'Video'"]


@pytest.mark.parametrize(
    ("link", "warning"),
    [("javascript:alert(1)", "not http"), ("data:text/html,x", "not http"), ("ftp://a.example", "not http"),
     ("/paspoort", "without a web address"), ("#kosten", "without a web address"),
     ("", "without a web address"),
     ("https://", "cannot be right"), ("http:/a.example", "cannot be right")],
)  # fmt: skip
def test_an_odd_link_is_named_once(link: str, warning: str) -> None:
    (line,) = lint(SOUND, [link, link])
    assert warning in line


def test_a_sentence_far_too_long_is_named_with_its_first_words() -> None:
    text = "Kort. " + " ".join(["woord"] * 40) + ". " + " ".join(["nog"] * 36) + "."
    (line,) = lint(replace(SOUND, sections=(Section("", text),)))
    assert line.startswith("2 sentences of more than 35 words: “woord woord")


def test_lists_and_tables_are_not_taken_for_long_sentences() -> None:
    items = "\n".join(f"• punt {number} van de lijst" for number in range(20))
    rows = "\n".join(f"rij {number}\tmet een cel" for number in range(20))
    assert lint(replace(SOUND, sections=(Section("", f"{items}\n\n{rows}"),))) == []
