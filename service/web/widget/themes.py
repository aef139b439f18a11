"""The look of the chat: colours by the names that NL Design System gives them, light and dark.

A theme that cannot be read is refused: 4.5:1 for text, 3:1 for what surrounds it (guard T5).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.problems import Problem
from service.web.static_files import FOREVER

PAPER, INK = "--utrecht-document-background-color", "--utrecht-document-color"
BUTTON, ON_BUTTON = (
    "--utrecht-button-primary-action-background-color",
    "--utrecht-button-primary-action-color",
)
HOVER = "--utrecht-button-primary-action-hover-background-color"
HEAD, ON_HEAD = "--utrecht-page-header-background-color", "--utrecht-page-header-color"
LINK, FOCUS = "--utrecht-link-color", "--utrecht-focus-outline-color"
BORDER, WRONG = "--utrecht-textbox-border-color", "--utrecht-form-field-error-message-color"
TOKENS = (PAPER, INK, HEAD, ON_HEAD, BUTTON, ON_BUTTON, HOVER, LINK, BORDER, FOCUS, WRONG)
TEXT, SHAPE = 4.5, 3.0
# what is read or seen, what it stands on, and the contrast that it needs
PAIRS = (
    (INK, PAPER, TEXT), (LINK, PAPER, TEXT), (WRONG, PAPER, TEXT), (ON_HEAD, HEAD, TEXT),
    (ON_BUTTON, BUTTON, TEXT), (ON_BUTTON, HOVER, TEXT),
    (BUTTON, PAPER, SHAPE), (BORDER, PAPER, SHAPE), (FOCUS, PAPER, SHAPE),
)  # fmt: skip

OUR_THEME, OWN = "antwoordduo", "eigen"
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_DECLARATION = re.compile(r"\s*(--[a-z0-9-]+)\s*:\s*([^;{}]+?)\s*(?:;|}|$)", re.MULTILINE)


@dataclass(frozen=True)
class Theme:
    """A look that can be chosen. `colours` has every token of `TOKENS`, as #rrggbb."""

    key: str
    name: str
    colours: Mapping[str, str]


def _theme(key: str, name: str, *colours: str) -> Theme:
    return Theme(key, name, dict(zip(TOKENS, colours, strict=True)))


# DECISIONS.md says where the colours of the two municipalities stand
THEMES = {
    each.key: each
    for each in (
        _theme(
            OUR_THEME, "Antwoordduo",
            "#ffffff", "#16242b", "#0b5a6f", "#ffffff", "#0b5a6f", "#ffffff", "#074453", "#0b5a6f", "#5c6d77",
            "#16242b", "#a1261f",
        ),
        _theme(
            "utrecht", "Gemeente Utrecht",
            "#ffffff", "#000000", "#24578f", "#ffffff", "#24578f", "#ffffff", "#2964a3", "#24578f", "#666666",
            "#000000", "#990000",
        ),
        _theme(
            "rotterdam", "Gemeente Rotterdam",
            "#ffffff", "#404b4f", "#00811f", "#ffffff", "#c93675", "#ffffff", "#a12b5e", "#00811f", "#65757b",
            "#000000", "#d70d0d",
        ),
    )
}  # fmt: skip

router = APIRouter(prefix="/chat/thema", include_in_schema=False)


def colours_of(theme: str, own: Mapping[str, str]) -> dict[str, str]:
    """The colours of a site; a token that it did not choose is as in our own look."""
    ours = THEMES[OUR_THEME].colours
    if theme == OWN:
        return {token: own.get(token, ours[token]) for token in TOKENS}
    return dict(THEMES.get(theme, THEMES[OUR_THEME]).colours)


def read_colours(text: str) -> tuple[dict[str, str], list[str]]:
    """The colours in a piece of CSS with custom properties, and the names of those that we cannot use.

    Tokens that the chat does not use are left out without a word: people paste their whole theme.
    """
    found: dict[str, str] = {}
    strange: list[str] = []
    for token, value in _DECLARATION.findall(text.lower()):
        if token not in TOKENS:
            continue
        if _HEX.fullmatch(value):
            found[token] = _long(value)
        else:
            strange.append(token)
    return found, strange


def weak_pairs(colours: Mapping[str, str]) -> list[tuple[str, str, float, float]]:
    """What cannot be told apart well enough: token, what it stands on, its contrast, and what it needs."""
    measured = ((one, other, contrast(colours[one], colours[other]), least) for one, other, least in PAIRS)
    return [pair for pair in measured if pair[2] < pair[3]]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 counts it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dark_of(colours: Mapping[str, str]) -> dict[str, str]:
    """The same look in the dark: its colours made lighter until they can be read on a dark page."""
    paper, ink, head = "#1b1d21", "#f2f3f5", "#101114"
    button = _lighter(colours[BUTTON], paper, TEXT)
    return {
        PAPER: paper, INK: ink, HEAD: head, ON_HEAD: ink,
        BUTTON: button, ON_BUTTON: head, HOVER: _mixed(button, "#ffffff", 0.35),
        LINK: _lighter(colours[LINK], paper, TEXT), BORDER: _lighter(colours[BORDER], paper, TEXT),
        FOCUS: "#ffffff", WRONG: _lighter(colours[WRONG], paper, TEXT),
    }  # fmt: skip


def style_of(colours: Mapping[str, str]) -> str:
    """The style sheet of a theme: nothing but custom properties, light and dark."""
    light, dark = _declared(colours), _declared(dark_of(colours))
    return (
        f":root{{color-scheme:light dark;{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def version_of(style: str) -> str:
    """What tells one edition of a style sheet from the next."""
    return hashlib.sha256(style.encode()).hexdigest()[:16]


@router.get("/{name}.css")
def theme(request: Request, name: str, v: str = "") -> Response:
    """The look of a site, by its key; of `/vraag` under "standaard"."""
    # brought late: a site names its theme, and so knows this module
    from service.web.widget.sites import NO_SITE, sites_of

    site = sites_of(request).find(name)
    if site is None and name != NO_SITE:
        raise Problem(404)
    style = style_of(colours_of(site.theme, site.colours) if site else colours_of(OUR_THEME, {}))
    kept = {"Cache-Control": FOREVER} if v == version_of(style) else {}
    return Response(style, media_type="text/css", headers=kept)


def _declared(colours: Mapping[str, str]) -> str:
    return "".join(f"{token}:{colours[token]};" for token in TOKENS)


def _long(value: str) -> str:
    return value if len(value) == 7 else "#" + "".join(2 * figure for figure in value[1:])


def _parts(colour: str) -> Iterator[int]:
    return (int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _lighter(colour: str, paper: str, least: float) -> str:
    steps = (_mixed(colour, "#ffffff", step / 20) for step in range(21))
    return next(each for each in steps if contrast(each, paper) >= least)
