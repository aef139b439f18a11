"""HTML to sections: the words that a reader sees, in order, along the text's own headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from embeddings.document import Section
from ingest.readers.blocks import Block, sections_of
from ingest.readers.html_page import Page
from ingest.readers.mend import Unfit, bounded

DEEPEST = 100  # elements open at once; real pages stay under 30
MOST_TAGS = 50_000
MOST_WORK = 300_000  # tags times the deepest nesting: a parser may open that many elements again

_DROPPED = frozenset((
    "script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object",
    "embed", "canvas", "audio", "video", "map", "select", "textarea", "button", "datalist", "dialog",
    "img", "input", "meter", "progress"
))  # fmt: skip
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_OPTIONAL_END = frozenset((
    "p", "li", "td", "th", "tr", "dt", "dd", "br", "img", "hr", "input", "meta", "link", "wbr", "col",
    "thead", "tbody", "tfoot", "option", "source"
))  # fmt: skip


def read_html(source: str) -> tuple[Section, ...]:
    """Sections of a page or a fragment; markup, scripts, comments, alt texts and hidden parts left out."""
    return sections_of(_blocks(bounded(source)))


def _blocks(source: str) -> list[Block]:
    refuse_excess(source)
    body = LexborHTMLParser(source).body
    page = Page()
    if body is not None:
        for closes, node in _in_order(body):
            _tell(page, node, closes, is_bare=_is_bare(node, body))
    return page.blocks()


def _is_bare(node: LexborNode, body: LexborNode) -> bool:
    """True for text with no element around it. By identity: `==` would write out both and compare that."""
    return node.is_text_node and node.parent is not None and node.parent.mem_id == body.mem_id


def refuse_excess(source: str) -> None:
    """Raise `Unfit` for markup that no editor writes and that would keep a parser busy for minutes."""
    depth = deepest = 0
    tags = _TAG.findall(source)
    for closing, name in tags:
        if name.lower() not in _OPTIONAL_END:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Unfit(f"the HTML has more than {DEEPEST} elements inside each other")
    if len(tags) > MOST_TAGS or deepest * len(tags) > MOST_WORK:
        raise Unfit(f"the HTML has too much markup ({len(tags):,} tags)")


def _tell(page: Page, node: LexborNode, closes: bool, is_bare: bool) -> None:
    if node.is_text_node:
        page.text(node.text_content or "", is_bare)
    elif closes:
        page.close(node.tag or "")
    else:
        page.open(node.tag or "", node.attributes)


def _in_order(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Every visible node at its opening (False) and elements once more at their closing (True)."""
    waiting = [(False, node) for node in _children(root)]
    while waiting:
        closes, node = waiting.pop()
        if not closes and _is_dropped(node):
            continue
        yield closes, node
        if not closes and node.is_element_node:
            waiting.append((True, node))
            waiting.extend((False, child) for child in _children(node))


def _children(node: LexborNode) -> list[LexborNode]:
    """The children, last first: they are taken from the end."""
    found = []
    child = node.last_child
    while child is not None:
        found.append(child)
        child = child.prev
    return found


def _is_dropped(node: LexborNode) -> bool:
    if node.is_text_node:
        return False
    if not node.is_element_node or node.tag in _DROPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))
