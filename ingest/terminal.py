"""What an engineer sees of a run: progress while it goes, a report at its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from ingest.report import Report

SECONDS_BETWEEN_LINES = 3.0
WIDTH = 130  # where no terminal tells its own: a log file
MOST_LINES_SHOWN = 40  # of one kind; the report file has them all

_STYLES = {"unreadable": "bold red", "refused": "bold red", "skipped": "yellow", "kept": "yellow"}


def open_console() -> Console:
    """Standard output, wide enough for the report where it is not a terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


class Progress:
    """One moving line in a terminal; elsewhere a plain line every few seconds."""

    def __init__(self, console: Console, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._console, self._name, self._clock = console, name, clock
        self._status: Status | None = None
        self._told = clock()

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._status = self._console.status(f"{escape(self._name)}: reading")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def read(self, count: int) -> None:
        """So many records have been read."""
        self._tell(f"{self._name}: {count:,} records read")

    def embedded(self, done: int, total: int) -> None:
        """So many of the new passages have been embedded."""
        self._tell(f"{self._name}: {done:,} of {total:,} passages embedded")

    def _tell(self, line: str) -> None:
        if self._status:
            self._status.update(escape(line))
        elif self._clock() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = self._clock()
            self._console.print(line, markup=False, highlight=False)


def show(console: Console, reports: list[Report]) -> None:
    """The counts of every source in a table, and under it each text that was left out, with the reason."""
    console.print(_table(reports))
    for report in reports:
        _show_lines(console, report)


def _table(reports: list[Report]) -> Table:
    columns = ("added", "changed", "unchanged", "withdrawn", "left_out", "skipped", "kept", "warnings")
    table = Table("source", *(column.replace("_", " ") for column in columns))
    for report in reports:
        name = f"{report.source} (dry run)" if report.dry_run else report.source
        table.add_row(escape(name), *(str(report.counts[column]) for column in columns))
    return table


def _show_lines(console: Console, report: Report) -> None:
    if report.refused:
        _line(console, "refused", report.source, report.refused)
    lines = [("withdrawn", line) for line in report.withdrawn]
    lines += [("left out", line) for line in report.left_out]
    lines += report.problems()
    shown: dict[str, int] = {}
    for word, line in lines:
        shown[word] = shown.get(word, 0) + 1
        if shown[word] <= MOST_LINES_SHOWN:
            text = f"{line.id}: {line.reason}" if line.id else line.reason
            _line(console, word, line.where or report.source, text)
    for word, count in shown.items():
        if count > MOST_LINES_SHOWN:
            more = count - MOST_LINES_SHOWN
            _line(console, word, report.source, f"and {more} more: --report FILE.json has all")


def _line(console: Console, word: str, where: str, text: str) -> None:
    style = _STYLES.get(word, "dim")
    line = f"[{style}]{word}[/{style}] {escape(where)}: {escape(text)}"
    console.print(line, highlight=False, soft_wrap=True)
