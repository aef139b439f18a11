"""Bars that read without colour: one is plain, the other striped, and each has its number beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A piece of a bar in percents of the whole width; `striped` tells it from its neighbour."""

    start: str
    width: str
    striped: bool


@dataclass(frozen=True)
class Bar:
    """One or two lines of pieces under a label, with the numbers in words."""

    label: str
    words: str
    lines: tuple[tuple[Part, ...], ...]
    href: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars under a title. `summary` says what one sees; `legend`: a name for plain, and one for striped."""

    title: str
    summary: str
    legend: tuple[str, ...]
    bars: tuple[Bar, ...]


def beside(label: str, words: str, plain: int, striped: int, most: int, href: str = "") -> Bar:
    """Two bars, one under the other."""
    lines = (_part(0, plain, most, False),), (_part(0, striped, most, True),)
    return Bar(label, words, lines, href)


def stacked(label: str, words: str, plain: int, striped: int, most: int, href: str = "") -> Bar:
    """One bar of two pieces."""
    return Bar(label, words, ((_part(0, plain, most, False), _part(plain, striped, most, True)),), href)


def share(label: str, words: str, value: float, href: str = "") -> Bar:
    """How much of the whole: plain is the share, striped the rest."""
    thousandths = round(1000 * value)
    return stacked(label, words, thousandths, 1000 - thousandths, 1000, href)


def most_of(numbers: Iterable[int]) -> int:
    """The longest bar; at least 1, so that nothing is divided by nothing."""
    return max([1, *numbers])


def _part(start: int, length: int, most: int, striped: bool) -> Part:
    return Part(_percent(start, most), _percent(length, most), striped)


def _percent(value: int, most: int) -> str:
    return f"{100 * value / most:.2f}%"


def shown_bars(bars: Sequence[Bar], most: int = 15) -> tuple[Bar, ...]:
    """As many as one takes in; the table has all of them."""
    return tuple(bars[:most])
