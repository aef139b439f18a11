"""The fields of a product text as sections: what a resident looks for, under a heading they know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from embeddings.document import Section, SectionKind, Visibility
from ingest.readers import flat_text, links_in, read_text
from ingest.sources.fields import Fields
from ingest.sources.locations import location_sections
from ingest.sources.parts import note_of

NOTE_HEADINGS = {"nl": "Alleen voor het KCC", "en": "For the contact centre only"}

# field of the source, heading in Dutch and in English, what the section is about; in the order of the page
_FIELDS = (
    ("tekst", "", "", SectionKind.INTRODUCTION),
    ("procedureBeschrijving", "Zo vraagt u het aan", "How to apply", SectionKind.APPLY),
    ("vereisten", "Voorwaarden", "Conditions", SectionKind.CONDITIONS),
    ("bewijs", "Wat u nodig heeft", "What you need", SectionKind.EVIDENCE),
    ("kostenEnBetaalmethoden", "Kosten en betalen", "Costs and payment", SectionKind.COSTS),
    ("uitersteTermijn", "Termijn", "Term", SectionKind.TERM),
    ("wtdBijGeenReactie", "Als u niets hoort", "If you hear nothing", SectionKind.NO_REPLY),
    ("bezwaarEnBeroep", "Bezwaar en beroep", "Objection and appeal", SectionKind.OBJECTION),
    ("notice", "Bijzonderheden", "Particulars", SectionKind.OTHER),
    ("contact", "Contact", "Contact", SectionKind.CONTACT),
)
_MORE = {"nl": "Meer informatie", "en": "More information"}


def product_sections(data: Fields, translation: Fields, language: str) -> tuple[Section, ...]:
    """All sections of one translation; of a product that is not delivered here, only why not."""
    note = note_of(translation.raw("deskMemo"), NOTE_HEADINGS[language])
    instead = _explanation(data, translation)
    if instead:
        return instead + note
    fields = tuple(section for row in _FIELDS for section in _field_sections(translation, language, *row))
    if not fields:
        return note
    return fields + location_sections(data, language) + _more(translation, language) + note


def links_of(translation: Fields) -> tuple[str, ...]:
    """Every address that the texts of a translation link to."""
    return tuple(link for name, *_ in _FIELDS for link in links_in(translation.raw(name)))


def web_page_of(data: Fields, translation: Fields) -> str:
    """The page for people: where one applies, else the first link, else the product itself."""
    pages = (part.link("url") for part in _link_objects(translation))
    return next(filter(None, pages), "") or data.link("url")


def _explanation(data: Fields, translation: Fields) -> tuple[Section, ...]:
    """Why the product is not delivered, or which other product it is part of."""
    reasons = (
        (bool(data.fields("productValtOnder").value), "productValtOnderToelichting"),
        (data.value.get("productAanwezig") is False, "productAanwezigToelichting"),
    )
    for applies, field in reasons:
        text = flat_text(read_text(translation.raw(field))) if applies else ""
        if text:
            return (Section("", text, SectionKind.INTRODUCTION),)
    return ()


def _field_sections(
    translation: Fields, language: str, field: str, dutch: str, english: str, kind: SectionKind
) -> Iterator[Section]:
    """The sections of one field; its own headings stand behind that of the field ("Kosten: Spoed")."""
    heading = english if language == "en" else dutch
    for section in read_text(translation.raw(field)):
        if not section.text and not section.heading:
            continue
        own_kind = SectionKind.OTHER if kind is SectionKind.INTRODUCTION and section.heading else kind
        both = ": ".join(part for part in (heading, section.heading) if part)
        yield replace(section, heading=both, kind=own_kind, visibility=Visibility.PUBLIC)


def _more(translation: Fields, language: str) -> tuple[Section, ...]:
    labels = dict.fromkeys(filter(None, (link.text("label") for link in _link_objects(translation))))
    lines = "\n".join(f"• {label}" for label in labels)
    return (Section(_MORE[language], lines, SectionKind.LINKS),) if lines else ()


def _link_objects(translation: Fields) -> list[Fields]:
    return [translation.fields("procedureLink"), *translation.objects("links")]
