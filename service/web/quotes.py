"""The sentences of an answer, put together again as the paragraph, list or table they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from service.domain.answer import Answer, Sentence, Source

_MARK = re.compile(r"\s*(?:•|\d{1,3}\.)\s+")


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


def quotes_of(answer: Answer) -> tuple[Quote, ...]:
    """The sentences of an answer grouped by the form they have in their source."""
    sources = {source.number: source for source in answer.sources}
    shaped = [(_shape(one, sources[one.sources[0]]), one) for one in answer.sentences]
    return tuple(
        Quote(kind, header, _numbered(_without(header, [sentence for _, sentence in group])))
        for (kind, header), group in groupby(shaped, key=lambda pair: pair[0])
    )


def _shape(sentence: Sentence, source: Source) -> tuple[str, tuple[str, ...]]:
    """What the sentence is in its source, and for a table row the header of the table."""
    if "\t" in sentence.text:
        return "table", _header_of(sentence.text, source.text)
    in_list = _MARK.match(sentence.text) or any(
        _MARK.match(line) and sentence.text in line for line in source.text.split("\n")
    )
    return ("list" if in_list else "text"), ()


def _header_of(row: str, text: str) -> tuple[str, ...]:
    """The first row of the table in which `row` stands; it may be the row itself."""
    header = ""
    for line in text.split("\n"):
        if "\t" not in line:
            header = ""
            continue
        header = header or line.strip()
        if line.strip() == row.strip():
            return _cells(header)
    return ()


def _without(header: tuple[str, ...], sentences: list[Sentence]) -> list[Sentence]:
    """The sentences that are not the header itself: that is shown as a header already."""
    return [one for one in sentences if _cells(one.text) != header] or sentences


def _numbered(sentences: list[Sentence]) -> tuple[Quoted, ...]:
    """The sentences; of those in a row with the same sources, only the last carries the numbers."""
    following = [*(one.sources for one in sentences[1:]), ()]
    return tuple(
        Quoted(_cells(one.text), () if one.sources == after else one.sources)
        for one, after in zip(sentences, following, strict=True)
    )


def _cells(text: str) -> tuple[str, ...]:
    mark = _MARK.match(text)
    return tuple(text[mark.end() if mark else 0 :].split("\t"))
