"""One Markdown or HTML file: what its front matter says about it, and its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from selectolax.lexbor import LexborHTMLParser

from ingest.readers.html import refuse_excess
from ingest.readers.mend import Unfit, bounded

LONGEST_FRONT_MATTER = 4_000  # characters
MOST_BRACKETS = 100  # the YAML parser's time grows with the square of what is open at once

_FENCE = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ID_LINE = re.compile(r"^id[ \t]*:[ \t]*['\"]?([^'\"\r\n]{1,200}?)['\"]?[ \t]*$", re.MULTILINE)
_PAGE = re.compile(r"<(?:html|body|main|title)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PageFile:
    """A file taken apart. `fault` says why it cannot be published, `line` where that stands."""

    about: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    title: str = ""
    fault: str = ""
    line: int = 1


def open_page(content: bytes) -> PageFile:
    """The parts of a file. One that is not UTF-8 is not guessed at: its name is all that is used."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    bad = re.search(r"[\udc80-\udcff]", text)
    page = _taken_apart(text)
    if bad:
        fault = f"not UTF-8 (byte 0x{ord(bad[0]) - 0xDC00:02x})"
        return PageFile(page.about, fault=fault, line=text.count("\n", 0, bad.start()) + 1)
    return page


def _taken_apart(text: str) -> PageFile:
    fence = _FENCE.match(text)
    if fence is None:
        return _page({}, text)
    if len(fence[1]) > LONGEST_FRONT_MATTER:
        fault = f"front matter longer than {LONGEST_FRONT_MATTER:,} characters"
        return PageFile(_salvaged(fence[1]), fault=fault)
    if fence[1].count("[") + fence[1].count("{") > MOST_BRACKETS:
        return PageFile(_salvaged(fence[1]), fault="front matter: too many brackets")
    try:
        about = yaml.safe_load(fence[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return PageFile(_salvaged(fence[1]), fault=f"front matter: {error.problem or 'not YAML'}", line=line)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return PageFile(_salvaged(fence[1]), fault=f"front matter: {str(error).splitlines()[0][:200]}")
    if about is not None and not isinstance(about, dict):
        return PageFile({}, fault="front matter: not a list of `key: value` lines")
    known = {key: value for key, value in (about or {}).items() if isinstance(key, str)}
    return _page(known, text[fence.end() :])


def _page(about: Mapping[str, Any], text: str) -> PageFile:
    try:
        refuse_excess(bounded(text))
    except Unfit as unfit:
        return PageFile(about, fault=str(unfit))
    return PageFile(about, *_main_part(text))


def _salvaged(front_matter: str) -> dict[str, str]:
    """The id of a file whose front matter cannot be read otherwise: its present edition must stay."""
    found = _ID_LINE.search(front_matter)
    return {"id": found[1]} if found else {}


def _main_part(text: str) -> tuple[str, str]:
    """The text and the title of a page; menus, headers and footers around its main part left out."""
    if not _PAGE.search(text):
        return text, ""
    page = LexborHTMLParser(text)
    title = page.css_first("title")
    for around in page.css("nav, footer, body > header"):
        around.decompose()
    main = page.css_first("main") or page.css_first("article") or page.body
    return (main.html or "") if main else text, title.text() if title else ""
