"""The look of the chat: tokens of NL Design System, readable in light and dark (guard T5)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.widget.themes import (
    BUTTON,
    INK,
    LINK,
    OWN,
    PAPER,
    THEMES,
    TOKENS,
    colours_of,
    contrast,
    dark_of,
    read_colours,
    style_of,
    weak_pairs,
)

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_theme_to_choose_can_be_read_in_light_and_dark(theme: object) -> None:
    colours = theme.colours  # type: ignore[attr-defined]
    assert set(colours) == set(TOKENS)
    assert weak_pairs(colours) == []
    assert weak_pairs(dark_of(colours)) == []


@given(st.fixed_dictionaries({token: COLOUR for token in TOKENS}))
def test_any_colours_can_be_read_in_the_dark(colours: dict[str, str]) -> None:
    assert weak_pairs(dark_of(colours)) == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#abcdef", "#abcdef", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_pasted_theme_gives_the_tokens_that_we_know() -> None:
    pasted = f""".merelveen-theme {{
      {BUTTON}: #ABC;
      {LINK}:#123456;
      --utrecht-button-font-size: 1rem;
      {INK}: rgb(0 0 0); {PAPER}: var(--x) }}"""
    colours, strange = read_colours(pasted)
    assert colours == {BUTTON: "#aabbcc", LINK: "#123456"}
    assert sorted(strange) == sorted([INK, PAPER])


def test_what_is_weak_is_named_with_what_it_stands_on() -> None:
    own = colours_of(OWN, {INK: "#999999", LINK: "#16242b"})
    ((one, other, found, least),) = weak_pairs(own)
    assert (one, other, least) == (INK, PAPER, 4.5)
    assert 2.8 < found < 2.9


@given(st.text(), st.text(alphabet="#0123456789abcdef;{}:urlx()/*\\\"'< ", max_size=30))
def test_nothing_but_colours_gets_into_the_style_sheet(text: str, value: str) -> None:
    colours, _ = read_colours(f"{text}\n{BUTTON}: {value};\n{LINK}: {text};")
    style = style_of(colours_of(OWN, colours))
    left = re.sub(r"--[a-z-]+:#[0-9a-f]{6};", "", style)
    assert left == ":root{color-scheme:light dark;}\n@media (prefers-color-scheme:dark){:root{}}\n"
