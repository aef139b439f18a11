"""What two texts share and where they differ, word by word: for a page that shows both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from embeddings.document import Document, Section, Visibility

# an amount is one word: "83,87"
_PIECES = re.compile(r"\w+(?:[.,]\w+)*\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same", "added" or "removed"."""

    kind: str
    text: str


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Part:
    """The title, or one section with its heading. `internal`: for staff only, as it is now."""

    heading: Pieces
    text: Pieces
    internal: bool = False

    @property
    def differs(self) -> bool:
        return any(piece.kind != "same" for piece in (*self.heading, *self.text))


@dataclass(frozen=True)
class Comparison:
    """A whole text beside an older one."""

    title: Pieces
    parts: tuple[Part, ...]

    @property
    def differs(self) -> bool:
        return any(piece.kind != "same" for piece in self.title) or any(part.differs for part in self.parts)


def compare(old: Document, new: Document) -> Comparison:
    """How `new` differs from `old`: sections are matched by what stands in them, in their order."""
    return Comparison(difference(old.title, new.title), tuple(_parts(old.sections, new.sections)))


def difference(old: str, new: str) -> Pieces:
    """The words of both, each once where they agree."""
    left, right = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            found.append(Piece("same", "".join(left[a:b])))
            continue
        found += _pieces("removed", left[a:b])
        found += _pieces("added", right[c:d])
    return tuple(found)


def _pieces(kind: str, words: Sequence[str]) -> list[Piece]:
    text = "".join(words)
    return [Piece(kind, text)] if text else []


def _parts(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Part]:
    """Sections in their order: those that stayed, those that came, those that went."""
    pairs = _pairs(old, new)
    gone = set(range(len(old))) - {place for place in pairs if place is not None}
    shown_up_to = 0
    for section, place in zip(new, pairs, strict=True):
        if place is not None:
            yield from (_gone(old[each]) for each in sorted(gone) if shown_up_to <= each < place)
            shown_up_to = max(shown_up_to, place + 1)
        before = old[place] if place is not None else Section("", "")
        yield Part(
            difference(before.heading, section.heading),
            difference(before.text, section.text),
            section.visibility is Visibility.INTERNAL,
        )
    yield from (_gone(old[each]) for each in sorted(gone) if each >= shown_up_to)


def _gone(section: Section) -> Part:
    internal = section.visibility is Visibility.INTERNAL
    return Part(difference(section.heading, ""), difference(section.text, ""), internal)


def _pairs(old: Sequence[Section], new: Sequence[Section]) -> list[int | None]:
    """For each new section the old one that it came from, in rising order; None for one that is new."""
    pairs: list[int | None] = []
    start = 0
    for section in new:
        likeness = [(_likeness(one, section), -place) for place, one in enumerate(old) if place >= start]
        best, place = max(likeness, default=(0.0, 0))
        pairs.append(-place if best >= 0.5 else None)
        start = -place + 1 if best >= 0.5 else start
    return pairs


def _likeness(one: Section, other: Section) -> float:
    """How alike two sections are (0 to 1); the same heading is enough."""
    if one.visibility is not other.visibility:
        return 0.0
    if one.heading and one.heading == other.heading:
        return 1.0
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()
