"""A table of many columns in a narrow window: each row a list "column: value", still a table to axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from service.domain.answer import Answer, Certainty, Sentence, Source, Status
from tests.pages.conftest import Watched
from tests.pages.states import answered
from tests.pages.test_accessibility import RULES
from tests.service.web import fakes

pytestmark = pytest.mark.browser

HEADER = "Document\tVoor wie\tAan de balie\tMet spoed\tGeldig"
PASSPORT = "Paspoort\t18 jaar of ouder\t€ 83,87\t€ 143,20\t10 jaar"
CARD = "Identiteitskaart\tjonger dan 18 jaar\t€ 43,20\t\t5 jaar"


@pytest.fixture(autouse=True)
def wide_table(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Dit kost het:\n\n{HEADER}\n{PASSPORT}\n{CARD}\n\nBel ons voor een afspraak."
    quoted = ("Dit kost het:", HEADER, CARD)
    candidate = fakes.passport(text=text, marked=quoted)
    source = Source(1, "vac:1", "Paspoort", "Kosten", text, "https://x.example", None, "Burgerzaken")
    sentences = tuple(Sentence(one, (1,)) for one in quoted)
    answer = Answer(Status.ANSWERED, Certainty.HIGH, 0.9, sentences, (source,), (candidate,))
    monkeypatch.setattr(fakes, "_candidates", lambda _asker: (candidate,))
    monkeypatch.setattr(fakes, "_cited", lambda _candidates: answer)


def shown_before(page: Page, cell: str) -> str:
    """What the style sheet puts before the first cell that holds this text."""
    found: str = page.locator("blockquote td", has_text=cell).first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    return found


def test_in_a_narrow_window_each_value_says_its_column(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport={"width": 320, "height": 640}).page
    answered(page)
    assert "Voor wie" in shown_before(page, "jonger dan 18 jaar")
    left = page.locator("blockquote td:not(:empty)").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().left)"
    )
    assert len(left) == 4  # the empty cell takes no line
    assert len(set(left)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth)"
    )


def test_in_a_wide_window_it_is_a_table(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport={"width": 900, "height": 640}).page
    answered(page)
    assert shown_before(page, "jonger dan 18 jaar") == "none"
    tops = page.locator("blockquote td").evaluate_all(
        "cells => cells.map(cell => Math.round(cell.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1


def test_the_answering_row_is_marked_and_the_names_of_columns_are_not(
    open_page: Callable[..., Watched],
) -> None:
    page = open_page().page
    answered(page)
    assert page.locator(".brief td mark").all_inner_texts() == [
        cell.replace("€ ", "€\u00a0") for cell in CARD.split("\t") if cell
    ]
    assert page.locator(".brief th mark").count() == 0


@pytest.mark.parametrize("width", [320, 900])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Callable[..., Watched], width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme).page
    answered(page)
    found = Axe().run(page, options=RULES).response
    assert found["violations"] == []
    assert found["incomplete"] == []


def test_a_screen_reader_hears_a_table_in_both_forms(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport={"width": 320, "height": 640}).page
    answered(page)
    for width in (320, 900):
        page.set_viewport_size({"width": width, "height": 640})
        table = page.locator("blockquote").get_by_role("table")
        assert table.get_by_role("columnheader").count() == 5
        assert table.get_by_role("row").count() == 2
