"""Under which tab a section of a text comes: by what its source says it is, else by its heading."""

from __future__ import annotations

import re
from enum import StrEnum

from embeddings.document import Section, SectionKind, Visibility


class Part(StrEnum):
    """What somebody at the desk looks for in a text, in the order of the tabs."""

    ABOUT = "over"
    COSTS = "kosten"
    TERM = "termijn"
    CONDITIONS = "voorwaarden"
    APPLY = "aanvragen"
    OBJECTION = "bezwaar"
    NOTE = "kcc"
    TRANSFER = "doorverbinden"


_OF_KIND = {
    SectionKind.INTRODUCTION: Part.ABOUT,
    SectionKind.APPLY: Part.APPLY,
    SectionKind.CONDITIONS: Part.CONDITIONS,
    SectionKind.EVIDENCE: Part.CONDITIONS,
    SectionKind.COSTS: Part.COSTS,
    SectionKind.TERM: Part.TERM,
    SectionKind.NO_REPLY: Part.TERM,
    SectionKind.OBJECTION: Part.OBJECTION,
    SectionKind.CONTACT: Part.TRANSFER,
    SectionKind.NOTE: Part.NOTE,
}

# The first that fits wins: "Kosten van een bezwaar" is read by who objects, "Wat kost aanvragen" by who pays.
# Dutch and English, as headings of municipal pages have them.
_BY_HEADING = (
    (Part.OBJECTION, r"bezwaar|beroep\b|niet (?:mee )?eens|klacht|objection|appeal|complaint"),
    (
        Part.COSTS,
        r"kosten|\bkost\b|prij[sz]|tarie[fv]|leges|betaal|betal|bedrag|gratis|\bcosts?\b|price|payment|\bfees?\b",
    ),
    (
        Part.TERM,
        r"termijn|hoe lang|hoelang|duurt|duur\b|doorlooptijd|levertijd|wachttijd|wanneer (?:krijg|hoor|komt)"
        r"|niets hoort|geldig|how long|\bterm\b|deadline|waiting time",
    ),
    (
        Part.CONDITIONS,
        r"voorwaarde|vereist|eisen\b|regels|wie kan|voor wie|mag ik|mag u|recht op|meenemen|neem.* mee|nodig"
        r"|bewijs|condition|requirement|what you need|bring",
    ),
    (
        Part.APPLY,
        r"aanvra[ag]|vraagt u|aanmeld|\bmelden|doorgeven|inschrijven|afspraak|formulier"
        r"|(?:zo|hoe) (?:werkt|regel|doe)|apply|appointment|\bhow to\b|register",
    ),
)  # fmt: skip
_READ = tuple((part, re.compile(words, re.IGNORECASE)) for part, words in _BY_HEADING)


def part_of(section: Section) -> Part:
    """The tab of a section; what is for staff alone never stands among what a caller may hear."""
    if section.visibility is Visibility.INTERNAL:
        return Part.NOTE
    if section.kind in _OF_KIND:
        return _OF_KIND[section.kind]
    return next((part for part, words in _READ if words.search(section.heading)), Part.ABOUT)
