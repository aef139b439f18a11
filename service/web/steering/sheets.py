"""A table as a page shows it and as a CSV file holds it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# what a spreadsheet would take for a formula (guard S27)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet reads the accents wrong


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where it leads. `number`: it is set to the right."""

    text: str
    href: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under column names; the first cell of a row names it. `csv` is where one downloads it. `quiet`
    names what has nothing but zeros and takes no row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    csv: str = ""
    quiet: tuple[Cell, ...] = ()

    def under(self, row: tuple[Cell, ...]) -> Iterator[tuple[str, Cell]]:
        """The cells of a row after the one that names it, each with the name of its column."""
        return zip(self.columns[1:], row[1:], strict=True)


def csv_of(table: Table) -> str:
    """The table for a spreadsheet: semicolons, as the Dutch ones expect, and no cell that is a formula."""
    file = io.StringIO()
    file.write(_BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(_harmless(table.columns))
    for row in table.rows:
        writer.writerow(_harmless(cell.text for cell in row))
    return file.getvalue()


def _harmless(cells: Iterable[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
