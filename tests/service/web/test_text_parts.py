"""Under which tab a section comes: its kind when the source says so, else its heading."""

from __future__ import annotations

import pytest

from embeddings.document import Section, SectionKind, Visibility
from service.web.text_parts import Part, part_of

HEADINGS = {
    Part.COSTS: (
        "Kosten", "Kosten en betalen", "Wat kost het?", "Wat kost een aanvraag?", "Tarieven 2026", "Prijs",
        "Leges", "Hoe betaal ik?", "Betaling", "Is het gratis?", "Costs and payment", "Fees",
    ),
    Part.TERM: (
        "Termijn", "Hoe lang duurt het?", "Wanneer krijg ik bericht?", "Levertijd", "Als u niets hoort",
        "Hoelang is een paspoort geldig?", "Doorlooptijd", "How long does it take?",
    ),
    Part.CONDITIONS: (
        "Voorwaarden", "Wat heb ik nodig?", "Meenemen", "Wie kan dit aanvragen?", "Neem dit mee", "Regels",
        "Waar heb ik recht op?", "Mag ik zelf bouwen?", "Vereisten", "Conditions", "What you need",
    ),
    Part.APPLY: (
        "Aanvragen", "Zo vraagt u het aan", "Afspraak maken", "Hoe werkt het?", "Online aanvraag",
        "Verhuizing doorgeven", "Inschrijven", "Formulier", "How to apply",
    ),
    Part.OBJECTION: (
        "Bezwaar", "Bezwaar en beroep", "Niet eens met het besluit?", "Een klacht indienen",
        "Kosten van bezwaar", "Objection and appeal",
    ),
    Part.ABOUT: (
        "", "Soorten", "Over Merelveen", "Wat is een paspoort?", "Bijzonderheden", "Openingstijden",
        "Kinderen", "More information",
    ),
}  # fmt: skip
CASES = [(heading, part) for part, headings in HEADINGS.items() for heading in headings]


@pytest.mark.parametrize(("heading", "part"), CASES)
def test_a_heading_tells_what_a_section_is_about(heading: str, part: Part) -> None:
    assert part_of(Section(heading, "Tekst.")) is part


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (SectionKind.COSTS, Part.COSTS),
        (SectionKind.EVIDENCE, Part.CONDITIONS),
        (SectionKind.NO_REPLY, Part.TERM),
        (SectionKind.CONTACT, Part.TRANSFER),
        (SectionKind.LINKS, Part.ABOUT),
    ],
)
def test_what_the_source_says_goes_before_the_heading(kind: SectionKind, part: Part) -> None:
    assert part_of(Section("Bijzonderheden", "Tekst.", kind)) is part


@pytest.mark.parametrize("kind", list(SectionKind))
def test_what_is_for_staff_alone_never_stands_among_the_rest(kind: SectionKind) -> None:
    assert part_of(Section("Kosten", "Geheim.", kind, Visibility.INTERNAL)) is Part.NOTE
