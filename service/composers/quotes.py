"""The default composer: the sentences that answer, as they stand. It writes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from embeddings.document import Marked
from embeddings.sentences import is_row, sentences
from service.composers.base import DraftSentence, MarkedHit

MAXIMUM_WORDS = 80
PASSAGES = 2
# a sentence this close to the best one may join it; measured on the quotes of right texts (DECISIONS.md):
# .06 holds the asked fact in 78 to 93 % of cases, .10 in 89 to 97 %, more adds words and hardly any facts
NEAR = 0.10


@dataclass(frozen=True)
class _Unit:
    """A quotable unit in its place. `introduction`: where the lines stand without which it cannot be read.

    `is_header`: it names the columns of a table, and so answers nothing by itself.
    """

    passage: int
    position: int
    mark: Marked
    introduction: tuple[int, ...] = ()
    is_header: bool = False


@dataclass(frozen=True)
class QuotesComposer:
    """At most about `maximum_words` out of the best passages, in the order of the text."""

    near: float = NEAR
    maximum_words: int = MAXIMUM_WORDS

    def compose(self, passages: Sequence[MarkedHit]) -> tuple[DraftSentence, ...]:
        units = [
            unit for number, passage in enumerate(passages[:PASSAGES]) for unit in _units(number, passage)
        ]
        chosen = sorted(self._chosen(units), key=lambda unit: (unit.passage, unit.position))
        return tuple(DraftSentence(unit.mark.text, passages[unit.passage].hit) for unit in chosen)

    def _chosen(self, units: list[_Unit]) -> list[_Unit]:
        """The best units within the words there are, each with its introduction, which comes once."""
        chosen: list[_Unit] = []
        by_place = {(unit.passage, unit.position): unit for unit in units}
        best_first = sorted((one for one in units if not one.is_header), key=lambda unit: -unit.mark.score)
        for unit in best_first:
            if unit.mark.score < best_first[0].mark.score - self.near:
                break
            wanted = [by_place[unit.passage, position] for position in unit.introduction] + [unit]
            joining = [part for part in wanted if part not in chosen]
            if not chosen or _words(chosen) + _words(joining) <= self.maximum_words:
                chosen += joining
        return chosen


def _units(number: int, passage: MarkedHit) -> list[_Unit]:
    """The units of a passage, in order, each knowing what introduces it."""
    headers = _headers(passage.hit.passage.text)
    return [
        _Unit(
            number,
            position,
            mark,
            _introduction(position, passage.marks, headers),
            position in headers.values(),
        )
        for position, mark in enumerate(passage.marks)
    ]


def _headers(text: str) -> dict[int, int]:
    """For each unit of the text that belongs to a table: which unit is the header row of that table.

    A row that stands alone has none: it may be all that is left of a table.
    """
    headers: dict[int, int] = {}
    position = 0
    for in_table, group in groupby(text.split("\n"), key=is_row):
        lines = list(group)
        header, position = position, position + len(sentences("\n".join(lines)))
        if in_table and len(lines) > 1:
            headers |= dict.fromkeys(range(header, position), header)
    return headers


def _introduction(position: int, marks: Sequence[Marked], headers: Mapping[int, int]) -> tuple[int, ...]:
    """The line that ends in a colon before a list or table, and for a table row its header row."""
    top = headers.get(position, position)
    header = () if top == position else (top,)
    for above in range(top - 1, -1, -1):
        text = marks[above].text
        if text.endswith((".", "?", "!")) or _is_in_table(above, text, headers):
            break
        if text.endswith(":"):
            return (above, *header)
    return header


def _is_in_table(position: int, text: str, headers: Mapping[int, int]) -> bool:
    return position in headers or is_row(text)


def _words(units: list[_Unit]) -> int:
    return sum(len(unit.mark.text.split()) for unit in units)
