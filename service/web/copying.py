"""What an agent pastes into a mail or a chat: the words, where they stand, and how they were made (guard A2).

Internal words are never among them, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from fastapi import Request

from service.domain.answer import Answer, Candidate, Rewording, Sentence, Source
from service.web import wording_sidebar as wording
from service.web.cards import web_address
from service.web.dates import in_words, local_date
from service.web.house import municipality_of
from service.web.quotes import Quote, quotes_of
from service.web.reception import desk_of
from service.web.text_blocks import Block, Runs, excerpt, text_blocks
from service.web.visitors import person_of_page


@dataclass(frozen=True)
class Copy:
    """`words` may be changed before they are sent; `made` or `edited` then says how they came about."""

    words: str
    made: str
    edited: str

    @property
    def whole(self) -> str:
        return f"{self.words}\n\n{self.made}"


@dataclass(frozen=True)
class Copier:
    """Who copies, out of whose texts, on which day. `name` is empty for who is not signed in."""

    municipality: str
    name: str
    day: date

    @property
    def made(self) -> str:
        """How words were made that nobody touched."""
        return wording.COPY_MADE.format(municipality=self.municipality, day=in_words(self.day))

    @property
    def edited(self) -> str:
        """How words were made that the agent changed: with the name of who did (guard A4)."""
        return wording.COPY_EDITED.format(
            name=self.name or wording.COPY_NOBODY,
            day=in_words(self.day),
            municipality=self.municipality,
        )

    def answer(self, answer: Answer) -> Copy | None:
        """The quoted answer; None when there is nothing in it that may leave the house."""
        public = tuple(source for source in answer.sources if not source.internal)
        kept = _citing(answer.sentences, {source.number for source in public})
        if not kept:
            return None
        quotes = quotes_of(replace(answer, sentences=kept, sources=public))
        return self._copy([*map(_quote, quotes), *_sources(kept, public)])

    def reworded(self, answer: Answer, made: Rewording) -> str:
        """What a language model made of the answer, with its sources and that AI wrote it; "" for nothing."""
        public = tuple(source for source in answer.sources if not source.internal)
        kept = _citing(made.sentences, {source.number for source in public})
        if not kept:
            return ""
        how = wording.COPY_REWORDED.format(
            model=made.model, day=in_words(local_date(made.made_at)), municipality=self.municipality
        )
        return "\n\n".join([" ".join(one.text for one in kept), *_sources(kept, public), how])

    def text(self, candidate: Candidate) -> str:
        """The marked sentences of a text, or its beginning when none is; "" for a text that is internal."""
        if candidate.internal:
            return ""
        blocks = excerpt(text_blocks(candidate.text, candidate.marked))
        source = _cited(candidate.title, candidate.heading, candidate.url, candidate.modified_at)
        return self._copy([*map(_block, blocks), source]).whole

    def _copy(self, parts: list[str]) -> Copy:
        return Copy("\n\n".join(part for part in parts if part), self.made, self.edited)


def copier_of(request: Request) -> Copier:
    """Who copies here, today."""
    person, house = person_of_page(request), municipality_of(request)
    return Copier(house.name, person.display_name if person else "", local_date(desk_of(request).now()))


def _citing(sentences: tuple[Sentence, ...], numbers: set[int]) -> tuple[Sentence, ...]:
    """The sentences that stand in one of these sources, with those sources alone."""
    return tuple(
        replace(one, sources=tuple(number for number in one.sources if number in numbers))
        for one in sentences
        if numbers.intersection(one.sources)
    )


def _sources(sentences: tuple[Sentence, ...], sources: tuple[Source, ...]) -> list[str]:
    """Where these sentences stand, a source at a time."""
    cited = {number for one in sentences for number in one.sources}
    return [_source(one) for one in sources if one.number in cited]


def _quote(quote: Quote) -> str:
    if quote.kind == "text":
        return " ".join(one.cells[0] for one in quote.sentences)
    return "\n".join(f"• {_cells(quote.header, one.cells)}" for one in quote.sentences)


def _cells(header: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """A row of a table as one line: what a cell is about stands before it, in a mail there are no columns."""
    named = [
        f"{header[place]}: {cell}" if place < len(header) and header[place] else cell
        for place, cell in enumerate(cells)
        if cell
    ]
    return ", ".join(named)


def _block(block: Block) -> str:
    """What is marked of a block, and all of it when nothing is."""
    rows = [tuple(_text(cell, block.marked) for cell in row) for row in block.rows]
    if block.kind == "table":
        lines = [f"• {_cells(block.columns, row)}" for row in rows[1:] if any(row)]
        return "\n".join(lines) or _cells((), rows[0])
    said = [row[0] for row in rows if row[0]]
    return "\n".join(said if block.kind == "text" else (f"• {line}" for line in said))


def _text(cell: Runs, only_marked: bool) -> str:
    said = "".join(run.text for run in cell if run.marked or not only_marked)
    return " ".join(said.split())


def _source(source: Source) -> str:
    return _cited(source.title, source.heading, source.url, source.modified_at)


def _cited(title: str, heading: str, url: str, modified_at: datetime | None) -> str:
    name = f"{title}, {heading}" if heading and heading != title else title
    lines = [wording.COPY_SOURCE.format(title=name)]
    if address := web_address(url):
        lines.append(address)
    if modified_at:
        lines.append(wording.COPY_UPDATED.format(day=in_words(local_date(modified_at))))
    return "\n".join(lines)
