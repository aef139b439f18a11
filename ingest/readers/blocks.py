"""Blocks: what every reader finds in a text (headings, paragraphs, list items, table rows), in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise, zip_longest

from embeddings.document import Section


class BlockKind(StrEnum):
    """How a block is set: this decides what stands between it and the next one."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or table row.

    `group` tells one list or table from the next. `guessed` is a heading by its looks only.
    """

    kind: BlockKind
    text: str
    level: int = 0
    group: int = 0
    guessed: bool = False


@dataclass
class _Heading:
    level: int
    text: str
    has_text: bool = False
    has_children: bool = False


@dataclass
class _Outline:
    """The headings above the present line.

    A heading with nothing of its own under it is put before each heading below it ("Kosten: Paspoort"), so
    that no section loses the words which say what it is about. A page title (level 1) is not repeated so.
    """

    sections: list[Section] = field(default_factory=list)
    above: list[_Heading] = field(default_factory=list)

    def open(self, heading: Block) -> None:
        self.close(heading.level)
        if self.above:
            self.above[-1].has_children = True
        self.above.append(_Heading(heading.level, heading.text))

    def close(self, level: int = 0) -> None:
        """Leave every heading at or below `level`; one that stayed empty is kept, for lint to name."""
        while self.above and self.above[-1].level >= level:
            left = self.above.pop()
            if not left.has_text and not left.has_children:
                self.sections.append(Section(self._named(left), ""))

    def write(self, text: str) -> None:
        heading = ""
        if self.above:
            self.above[-1].has_text = True
            heading = self._named(self.above[-1])
        self.sections.append(Section(heading, text))

    def _named(self, heading: _Heading) -> str:
        bare = [upper.text for upper in self.above
                if upper is not heading and upper.level > 1 and not upper.has_text]  # fmt: skip
        return ": ".join([*bare, heading.text])


def sections_of(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The sections that the blocks make along their own headings; text before the first has none."""
    outline = _Outline()
    for is_heading, run in groupby(_settled(list(blocks)), key=lambda block: block.kind is BlockKind.HEADING):
        if is_heading:
            for heading in run:
                outline.open(heading)
        else:
            outline.write(_joined(list(run)))
    outline.close()
    return tuple(outline.sections)


def _settled(blocks: list[Block]) -> Iterator[Block]:
    """A guessed heading with nothing under it, or with another guess, was a paragraph after all."""
    for here, after in zip_longest(blocks, blocks[1:]):
        if here.guessed and (after is None or (after.guessed and after.level <= here.level)):
            yield Block(BlockKind.PARAGRAPH, here.text)
        else:
            yield here


def _joined(blocks: list[Block]) -> str:
    """Items of one list and rows of one table on following lines, all else with a blank line between."""
    parts = [blocks[0].text]
    for before, after in pairwise(blocks):
        together = before.kind is after.kind and before.group == after.group
        parts += ["\n" if together and after.kind is not BlockKind.PARAGRAPH else "\n\n", after.text]
    return "".join(parts)
