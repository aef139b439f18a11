"""Parts of a document that several sources make alike: its title, its owner, its internal note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from embeddings.document import Section, SectionKind, Visibility
from ingest.readers import flat_text, read_text
from ingest.readers.mend import Unfit

_LONGEST_BORROWED_TITLE = 80


def titled(title: str, sections: Sequence[Section], notes: list[str], field: str) -> str:
    """The title; where it is missing, the first words of the text. A text that is empty is `Unfit`."""
    if not any(section.text for section in sections):
        raise Unfit("the text is empty")
    if title:
        return title
    notes.append(f"{field} is empty: the first words of the text stand in for the title")
    first = next(part for section in sections for part in (section.heading, section.text) if part)
    line = first.split("\n")[0].lstrip("• ")
    if len(line) <= _LONGEST_BORROWED_TITLE:
        return line
    return line[:_LONGEST_BORROWED_TITLE].rsplit(" ", 1)[0] + "…"


def owner_of(own: Sequence[str], products: Sequence[str], fallback: str, owners: Mapping[str, str]) -> str:
    """The department the text names, else the one whose product it is, else the one set for the source."""
    by_product = (owners[product] for product in products if product in owners)
    return next(iter(own), "") or next(by_product, "") or fallback


def note_of(raw: str, heading: str) -> tuple[Section, ...]:
    """One internal section for staff, or none when there is no note."""
    text = flat_text(read_text(raw))
    return (Section(heading, text, SectionKind.NOTE, Visibility.INTERNAL),) if text else ()
