"""Guard R17: no parser fails on any input, and none takes longer than two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import Unfit, read_html, read_markdown, read_plain, read_text
from ingest.sources.json_text import read_answer
from ingest.sources.page_file import open_page

TAGS = "p h1 h2 h3 ul ol li table tr td th thead caption b strong br div a details summary span pre".split()
MARKS = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + [
        "<td colspan=99999999>",
        "<td rowspan='-1'>",
        "<ol start='x'>",
        "<!--",
        "-->",
        "<p hidden>",
        "&amp;nbsp;",
    ]
    + ["\n", "\n\n", "- ", "1. ", "# ", "| a | b |\n| - | - |\n", "**", "[a](b)", "```", "> ", "    "]
)
MARKED_TEXT = st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=60).map("".join)
FUZZ = settings(max_examples=1_000, deadline=2_000)
HOSTILE = {
    "unclosed items": "<ul><li>" * 5_000,
    "unclosed bold": "<p><b>x" * 5_000,
    "open cells": "<table>" + "<tr><td>" * 20_000,
    "spans": "<table>" + "<tr><td colspan=9999 rowspan=9999>x" * 2_000,
    "brackets": "[" * 20_000,
    "stars": "*a " * 20_000 + "**",
    "quotes": "> " * 10_000,
    "ticks": "`" * 20_000 + "a",
    "links": "[a](" * 10_000,
    "pipes": "|" * 20_000 + "\n|-|",
    "entities": "&amp;" * 50_000,
    "spaces": " \n" * 100_000,
    "headings": "<h2>a</h2>" * 10_000,
    "comments": "<!--" * 50_000,
    "open tags": "<a " * 50_000,
    "bold again": "<p>" + "".join(f"<b id={number}>" for number in range(90)) + "<p>x" * 10_000,
    "paragraphs": "<p>x" * 200_000,
    "wide table": "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + ("|b" * 3_000 + "\n") * 30,
    "escaped": "&lt;p" * 100_000,
    "nested": "<div>" * 100_000,
    "fences": "---\n" * 50_000,
    "attributes": "<p " + "a=b " * 50_000 + ">x",
}


@FUZZ
@given(MARKED_TEXT)
def test_html_never_fails(source: str) -> None:
    for section in read_html(source):
        assert "\r" not in section.text
        assert "\n" not in section.heading


@FUZZ
@given(MARKED_TEXT)
def test_markdown_never_fails(source: str) -> None:
    read_markdown(source)


@FUZZ
@given(MARKED_TEXT)
def test_plain_text_keeps_every_word(source: str) -> None:
    read_plain(source)
    read_text(source)


@FUZZ
@given(st.one_of(st.binary(max_size=300), MARKED_TEXT.map(lambda text: f"---\n{text}\n---\n{text}".encode())))
def test_a_page_file_never_fails(content: bytes) -> None:
    page = open_page(content)
    assert page.line >= 1


@FUZZ
@given(
    st.one_of(
        st.binary(max_size=300), st.text(alphabet='{}[]",:0 \n\\uda1results', max_size=80).map(str.encode)
    )
)
def test_an_answer_never_fails(content: bytes) -> None:
    read_answer(content, "file.json")
    read_answer(content, "file.jsonl", by_line=True)


def read_page(source: str) -> None:
    open_page(f"<html><body>{source}".encode())
    open_page(f"---\n{source}\n---\n{source}".encode())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_less_than_two_seconds(name: str) -> None:
    for reader in (read_html, read_markdown, read_plain, read_text, read_page):
        # A busy machine can make one reading slow, never all three; a slow parser is slow each time.
        assert any(seconds(reader, HOSTILE[name]) < 2 for _ in range(3)), reader.__name__


def seconds(reader: Callable[[str], object], source: str) -> float:
    begin = time.thread_time()  # of this thread: others may keep the machine busy
    with suppress(Unfit):
        reader(source)
    return time.thread_time() - begin
