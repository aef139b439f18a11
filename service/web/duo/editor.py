"""The form of a text: what stands in its fields, and what somebody typed in them.

In a field a line of a list may begin with "-" and the cells of a table are parted by "|"; in a text they are
"• " and a tab (`embeddings/document.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import unquote

from embeddings.document import Audience, Document, Section, SectionKind, Visibility
from service.domain.draft import Draft
from service.domain.gap import Gap
from service.duos.draft_texts import Changes, InPlainWords
from service.duos.ownership import Ownership
from service.web import wording_duo as wording

MOST_SECTIONS = 60
CHECKS = 2

_BULLET = re.compile(r"^[ \t]*[-*–•][ \t]+", re.MULTILINE)
_CELL = re.compile(r"[ \t]*\|[ \t]*")

Fields = Mapping[str, str]


@dataclass(frozen=True)
class SectionField:
    """The fields of one section."""

    number: int
    heading: str
    text: str
    kind: str
    internal: bool


@dataclass(frozen=True)
class Editor:
    """The whole form, filled in."""

    version: int
    title: str
    sections: tuple[SectionField, ...]
    note: str
    product: str
    audience: str
    fact: str
    checks: tuple[str, ...]
    wordings: str


def editor_of(draft: Draft, sections: int = 1) -> Editor:
    """The form of a draft, with at least so many sections to fill in."""
    document = draft.document
    parts = [part for part in document.sections if part is not note_of(document)]
    parts += [Section("", "")] * (sections - len(parts))
    note = note_of(document)
    return Editor(
        version=draft.version,
        title=document.title,
        sections=tuple(
            SectionField(
                number,
                part.heading,
                typed(part.text),
                part.kind.value,
                part.visibility is Visibility.INTERNAL,
            )
            for number, part in enumerate(parts, start=1)
        ),
        note=typed(note.text) if note else "",
        product=document.products[0] if document.products else "",
        audience=document.audience.value,
        fact=draft.fact,
        checks=(*draft.checks, *[""] * CHECKS)[: max(CHECKS, len(draft.checks))],
        wordings="\n".join(draft.wordings),
    )


def changes_of(fields: Fields, draft: Draft, products: Collection[str]) -> Changes:
    """What somebody typed, on top of the draft; `products` can be chosen. A section whose button to remove it
    was pressed is left out."""
    before = draft.document
    document = replace(
        before,
        title=fields.get("titel", "").strip(),
        sections=(*_sections(fields), *_note(fields, before)),
        products=_products(fields.get("product", ""), before, products),
        audience=_audience(fields.get("doelgroep", ""), before),
    )
    return Changes(
        document=document,
        fact=fields.get("feit", "").strip(),
        checks=tuple(_while_there(fields, "controle")),
        wordings=tuple(line.strip() for line in fields.get("vragen", "").splitlines() if line.strip()),
        checked="gecontroleerd" in fields,
        plain=plain_by(fields.get("eenvoudig-door", "")),
    )


def plain_by(field: str) -> InPlainWords | None:
    """Which model and prompt a field of the form names; None when it names none."""
    model, _, prompt = " ".join(field.split())[:300].partition(" · ")
    return InPlainWords(model, prompt) if model else None


def as_typed(draft: Draft, changes: Changes) -> Draft:
    """The draft as it would be with what was typed."""
    return replace(
        draft,
        document=changes.document,
        fact=changes.fact,
        checks=tuple(each for each in changes.checks if each.strip()),
        wordings=changes.wordings,
    )


def note_of(document: Document) -> Section | None:
    """The note for the contact centre: the first internal section of that kind."""
    return next(
        (
            part
            for part in document.sections
            if part.kind is SectionKind.NOTE and part.visibility is Visibility.INTERNAL
        ),
        None,
    )


def typed(text: str) -> str:
    """A text as it stands in a field."""
    return text.replace("\t", " | ")


def stored(text: str) -> str:
    """What was typed in a field, as a text holds it."""
    lines = (_row(line) for line in text.replace("\r\n", "\n").split("\n"))
    return _BULLET.sub("• ", "\n".join(lines))


def product_options(gap: Gap, draft: Draft, ownership: Ownership) -> tuple[tuple[str, str], ...]:
    """The products that a text can be about: the duo's, and the one that it has."""
    duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
    own = (
        *(duo.products if duo else ()),
        *draft.document.products[:1],
        *((gap.product,) if gap.product else ()),
    )
    return tuple(
        sorted(((each, product_name(each)) for each in dict.fromkeys(own)), key=lambda each: each[1])
    )


def product_name(product: str) -> str:
    """The name in a product's address: ".../terms/paspoort" gives "paspoort"."""
    return unquote(product.rstrip("/").rpartition("/")[2]).replace("_", " ").replace("-", " ")


def differing_fields(one: Draft, other: Draft) -> Iterator[tuple[str, str, str]]:
    """The fields in which two drafts differ: the name of each, and what stands in it on either side."""
    for name, left, right in zip(_FIELD_NAMES, _plain_fields(one), _plain_fields(other), strict=True):
        if left != right:
            yield name, left, right


_FIELD_NAMES = (
    wording.PRODUCT_LABEL,
    wording.AUDIENCE_LABEL,
    wording.FACT_LABEL,
    wording.CHECKS_LEGEND,
    wording.WORDINGS_LABEL,
)


def _plain_fields(draft: Draft) -> tuple[str, ...]:
    products = draft.document.products
    return (
        product_name(products[0]) if products else wording.PRODUCT_NONE,
        wording.AUDIENCES[draft.document.audience],
        draft.fact,
        "\n".join(draft.checks),
        "\n".join(draft.wordings),
    )


def _sections(fields: Fields) -> Iterator[Section]:
    removed = fields.get("doe", "").removeprefix("weg-")
    for number in range(1, MOST_SECTIONS + 1):
        if f"deel-{number}" not in fields:
            return
        if str(number) != removed:
            yield Section(
                fields.get(f"kop-{number}", "").strip(),
                stored(fields[f"deel-{number}"]),
                _kind(fields.get(f"soort-{number}", "")),
                Visibility.INTERNAL if f"intern-{number}" in fields else Visibility.PUBLIC,
            )


def _note(fields: Fields, before: Document) -> Iterator[Section]:
    text = stored(fields.get("notitie", "")).strip()
    if text:
        earlier = note_of(before)
        heading = earlier.heading if earlier else wording.NOTE_HEADING
        yield Section(heading, text, SectionKind.NOTE, Visibility.INTERNAL)


def _while_there(fields: Fields, name: str) -> Iterator[str]:
    for number in count(1):
        if f"{name}-{number}" not in fields:
            return
        yield fields[f"{name}-{number}"].strip()


def _products(chosen: str, before: Document, possible: Collection[str]) -> tuple[str, ...]:
    """The chosen product first; a text that serves more of them keeps the others."""
    if chosen and chosen not in possible:
        return before.products
    others = before.products[1:]
    return tuple(dict.fromkeys((*((chosen,) if chosen else ()), *others)))


def _audience(chosen: str, before: Document) -> Audience:
    return Audience(chosen) if chosen in set(Audience) else before.audience


def _kind(chosen: str) -> SectionKind:
    return SectionKind(chosen) if chosen in set(SectionKind) else SectionKind.OTHER


def _row(line: str) -> str:
    """A line with "|" as a row of a table; one in bars on both sides, as Markdown has it, too."""
    if "|" not in line:
        return line
    bare = line.strip()
    inner = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == "|" else bare
    return _CELL.sub("\t", inner.strip(" ")) if "|" in inner else line
