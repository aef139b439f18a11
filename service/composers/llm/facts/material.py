"""The passages that a sentence cites, cut into units: what one line, row or sentence says by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from embeddings.sentences import is_row, sentences
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import Clause, clauses_of
from service.composers.llm.facts.quantities import Quantity, read_figured
from service.composers.llm.facts.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Cited:
    """A passage as it may be cited: its title, the heading above it, and its text."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True)
class Unit:
    """A sentence, item or row. `context` is what it cannot be read without: the line that announces it,
    the names of the columns, the question that it answers."""

    text: str
    context: str
    language: str
    is_heading: bool = False

    @cached_property
    def whole(self) -> str:
        return f"{self.context}\n{self.text}".strip()

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return read_figured(figured(self.text))

    @cached_property
    def all_quantities(self) -> tuple[Quantity, ...]:
        return read_figured(figured(self.whole))

    @cached_property
    def words(self) -> Vocabulary:
        return vocabulary(self.whole, self.language)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return clauses_of(self.whole, self.language)

    @cached_property
    def clause(self) -> Clause:
        """The whole of it as one clause."""
        return Clause(self.text, self.language)


@dataclass(frozen=True)
class Material:
    """All that the cited passages hold."""

    passages: tuple[Cited, ...]
    language: str

    @cached_property
    def words(self) -> Vocabulary:
        each = [_words(one, self.language) for one in self.passages]
        if len(each) == 1:
            return each[0]
        return Vocabulary(
            self.language,
            frozenset[str]().union(*(one.keys for one in each)),
            frozenset[str]().union(*(one.words for one in each)),
        )

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Each that the passages hold; where it stands does not count."""
        found = (
            quantity
            for one in self.passages
            for unit in units_of(one, self.language)
            for quantity in (*unit.quantities, *unit.all_quantities)
        )
        whole = (quantity for one in self.passages for quantity in read_figured(figured(_text(one))))
        return tuple(dict.fromkeys(replace(quantity, position=0) for quantity in (*found, *whole)))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for one in self.passages for unit in units_of(one, self.language))

    @cached_property
    def told(self) -> tuple[Unit, ...]:
        """The units that tell something: a heading and a question do not."""
        return tuple(unit for unit in self.units if not unit.is_heading and not unit.text.endswith("?"))


# a sentence that opens so speaks of what the one before it named
_LEANS = re.compile(
    r"(?:dat|dit|die|deze|daarna|daarvoor|dan|hij|ze|zij|het|hiervoor|anders|daar|daarop|daarin|daarmee|daarna|this|that|these|it|they|then|after)\b",
    re.IGNORECASE,
)


_ITEM = re.compile(r"(?:•|\d{1,2}\.|-)\s")


def material(passages: Sequence[Cited], language: str) -> Material:
    """What these passages hold; a passage is read once for all the sentences that cite it."""
    return _material(tuple(passages), language)


@lru_cache(maxsize=256)
def _material(passages: tuple[Cited, ...], language: str) -> Material:
    return Material(passages, language)


@lru_cache(maxsize=512)
def units_of(passage: Cited, language: str) -> tuple[Unit, ...]:
    """The units of one passage, in order; its headings last."""
    return tuple(_units(passage, language))


@lru_cache(maxsize=512)
def _words(passage: Cited, language: str) -> Vocabulary:
    return vocabulary(_text(passage), language)


def _text(passage: Cited) -> str:
    return f"{passage.title}\n{passage.heading}\n{passage.text}"


def _units(passage: Cited, language: str) -> Iterator[Unit]:
    announced, listed = "", False
    asked = passage.title if passage.title.endswith("?") else ""
    for in_table, group in groupby(passage.text.split("\n"), key=is_row):
        lines = list(group)
        if in_table:
            header = lines[0] if len(lines) > 1 else ""
            for line in lines[1:] if header else lines:
                yield from _row(line, header, announced, language)
            continue
        for line in lines:
            is_item = bool(_ITEM.match(line.strip()))
            if listed and not is_item:
                announced = ""  # what announced a list says nothing of what follows it
            yield from _line(line, asked, announced, language)
            asked, listed, announced = "", is_item, _announced(line, announced)
    for line in (passage.heading, passage.title):
        if line:
            yield Unit(line, "", language, is_heading=True)


def _line(line: str, before: str, announced: str, language: str) -> Iterator[Unit]:
    """The sentences of a line; one that leans on the one before it is read with that."""
    for sentence in sentences(line):
        leans = before.endswith("?") or (before and _LEANS.match(sentence))
        yield Unit(sentence, before if leans else announced, language)
        before = sentence


def _row(line: str, header: str, announced: str, language: str) -> Iterator[Unit]:
    """A row of a table; where columns differ in what they tell, each cell with its own column."""
    names, cells = header.split("\t"), line.split("\t")
    if len(cells) < 3 or len(names) != len(cells):
        yield Unit(line, f"{announced}\n{header}".strip(), language)
        return
    for name, cell in zip(names[1:], cells[1:], strict=True):
        yield Unit(f"{cells[0]}\t{name}\t{cell}", announced, language)


def _announced(line: str, before: str) -> str:
    """What announces the lines that follow: a line with a colon, until the list or table below it ends."""
    bare = line.strip()
    if bare.endswith(":"):
        return sentences(bare)[-1]
    return before if not bare or _ITEM.match(bare) else ""
