"""A table as lines: the header row first, its cells separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.readers.mend import one_line

_WIDEST_SPAN = 50


@dataclass
class _Cell:
    span: int = 1
    rows: int = 1
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return one_line(" ".join(self.texts))


@dataclass
class Table:
    """Collects the cells of one table; a cell that spans columns or rows leaves the others empty."""

    rows: list[list[_Cell]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    cell: _Cell | None = None

    def open(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """A row, a cell or something inside a cell begins."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = _Cell(_count(attributes.get("colspan")), _count(attributes.get("rowspan")))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self.cell)
        elif tag == "li" and self.cell:
            self.cell.texts.append("•")

    def close(self, tag: str) -> None:
        """The cell ends; what follows belongs to no cell until the next begins."""
        if tag in ("td", "th", "tr"):
            self.cell = None

    def text(self, text: str) -> None:
        """Text inside the present cell, or a caption."""
        (self.cell.texts if self.cell else self.loose).append(text)

    def notes(self) -> list[str]:
        """The caption."""
        return [text for part in self.loose if (text := one_line(part))]

    def has_columns(self) -> bool:
        """False for a table of one column: that is a list of paragraphs."""
        return any(len(row) > 1 for row in self._grid())

    def lines(self) -> list[str]:
        """One line a row, empty rows left out.

        A row with one cell, below the header, keeps a tab: without it the table would end there and the
        next row be taken for a header.
        """
        filled = [line for row in self._grid() if (line := "\t".join(row).rstrip("\t"))]
        above = list(takewhile(lambda line: "\t" not in line, filled))
        return above + [line if "\t" in line else f"{line}\t" for line in filled[len(above) :]]

    def flat(self) -> str:
        """All words on one line: for a table inside a cell of another."""
        return " ".join([*self.notes(), *(cell.text for row in self.rows for cell in row)])

    def _grid(self) -> list[list[str]]:
        grid: list[list[str]] = []
        below: dict[int, int] = {}  # column -> rows that a cell above still covers
        for row in self.rows:
            grid.append(_placed(row, below))
        return grid


def _placed(row: list[_Cell], below: dict[int, int]) -> list[str]:
    """The cells of one row in their columns; `below` is brought up to date for the next row."""
    line: list[str] = []
    covered = {column for column, rows in below.items() if rows > 0}
    for column in covered:
        below[column] -= 1
    for cell in row:
        while len(line) in covered:
            line.append("")
        if cell.rows > 1:
            columns = range(len(line), min(len(line) + cell.span, _WIDEST_SPAN))
            below.update(dict.fromkeys(columns, cell.rows - 1))
        line += [cell.text] + [""] * (min(cell.span, _WIDEST_SPAN - len(line)) - 1)
    return line


def _count(value: str | None) -> int:
    """A colspan or rowspan as a browser takes it: 1 when it makes no sense."""
    is_number = value is not None and re.fullmatch(r"[0-9]{1,4}", value)
    return min(max(int(value or 1), 1), _WIDEST_SPAN) if is_number else 1
