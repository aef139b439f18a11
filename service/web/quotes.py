"""The sentences of an answer, put together again as the paragraph, list or table they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from embeddings.sentences import is_row
from service.domain.answer import Answer, Sentence, Source

_MARK = re.compile(r"^\s*(?:•|\d{1,3}\.)\s+")


@dataclass(frozen=True)
class Quoted:
    """One sentence with the numbers to show behind it; a table row has more than one cell."""

    cells: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Quote:
    """Sentences that stand together: "text", "list" or "table", the last with the header of its columns."""

    kind: str
    header: tuple[str, ...]
    sentences: tuple[Quoted, ...]


@dataclass(frozen=True)
class _Shaped:
    """A sentence with the form that it has in its source; `header` names the columns of its table."""

    kind: str
    header: tuple[str, ...]
    cells: tuple[str, ...]
    sources: tuple[int, ...]


def quotes_of(answer: Answer) -> tuple[Quote, ...]:
    """The sentences of an answer grouped by the form they have in their source."""
    sources = {source.number: source for source in answer.sources}
    quoted = frozenset(_words(one.text) for one in answer.sentences)
    shaped = [_shaped(one, sources[one.sources[0]], quoted) for one in answer.sentences]
    groups = groupby(shaped, key=lambda one: (one.kind, one.header))
    return tuple(_quote(kind, header, list(group)) for (kind, header), group in groups)


def _quote(kind: str, header: tuple[str, ...], group: list[_Shaped]) -> Quote:
    """One form. A header row that was quoted is shown as header only, unless nothing else was quoted."""
    rows = [one for one in group if one.cells != header]
    return Quote(kind, header, _numbered(rows)) if rows else Quote(kind, (), _numbered(group))


def _shaped(sentence: Sentence, source: Source, quoted: frozenset[str]) -> _Shaped:
    """The sentence as it stands in its source, and for a table row the header of the table."""
    if row := _row_of(sentence.text, source.text, quoted):
        header, line = row
        return _Shaped("table", _cells(header), _cells(line), sentence.sources)
    if is_row(sentence.text):
        return _Shaped("table", (), _cells(sentence.text), sentence.sources)
    in_list = _MARK.match(sentence.text) or any(
        _MARK.match(line) and sentence.text in line for line in source.text.split("\n")
    )
    text = _MARK.sub("", sentence.text, count=1)
    return _Shaped("list" if in_list else "text", (), (text,), sentence.sources)


def _row_of(sentence: str, text: str, quoted: frozenset[str]) -> tuple[str, str] | None:
    """The header row of the table in which the sentence is a row, and the whole line of that row.

    The header is empty where the row stands alone. The line may begin with an empty cell that the
    sentence lacks. Of two tables with the same row, it is the one whose header was quoted too.
    """
    tables = (list(group) for in_table, group in groupby(text.split("\n"), key=is_row) if in_table)
    found = [
        (rows[0] if len(rows) > 1 else "", row)
        for rows in tables
        for row in rows
        if _words(row) == _words(sentence)
    ]
    with_header = (pair for pair in found if _words(pair[0]) in quoted)
    return next(with_header, found[0] if found else None)


def _words(text: str) -> str:
    return " ".join(text.split())


def _numbered(sentences: list[_Shaped]) -> tuple[Quoted, ...]:
    """The sentences; of those in a row with the same sources, only the last carries the numbers."""
    following = [*(one.sources for one in sentences[1:]), ()]
    return tuple(
        Quoted(one.cells, () if one.sources == after else one.sources)
        for one, after in zip(sentences, following, strict=True)
    )


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a row; those that are empty at its end are left out."""
    return tuple(cell.strip() for cell in row.rstrip().split("\t")) if row else ()
