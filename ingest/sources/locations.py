"""Where and when one can go: the locations of a product as readable rows."""

from __future__ import annotations

from embeddings.document import Section, SectionKind
from ingest.sources.fields import Fields

_HEADINGS = {"nl": "Locaties en openingstijden", "en": "Locations and opening hours"}
_COLUMNS = {"nl": "Dag\tOpen", "en": "Day\tOpen"}
_CLOSED = {"nl": "gesloten", "en": "closed"}
_DAYS = {
    "maandag": "Monday", "dinsdag": "Tuesday", "woensdag": "Wednesday", "donderdag": "Thursday",
    "vrijdag": "Friday", "zaterdag": "Saturday", "zondag": "Sunday",
}  # fmt: skip


def location_sections(data: Fields, language: str) -> tuple[Section, ...]:
    """One section a location: its address, a remark, and its hours day by day."""
    sections = (_section(location, language) for location in data.objects("locaties"))
    return tuple(section for section in sections if section.text)


def _section(location: Fields, language: str) -> Section:
    parts = (_address(location), location.text("openingstijdenOpmerking"), _hours(location, language))
    heading = ": ".join(filter(None, (_HEADINGS[language], location.text("naam"))))
    return Section(heading, "\n\n".join(filter(None, parts)), SectionKind.CONTACT)


def _address(location: Fields) -> str:
    street = " ".join(filter(None, (location.text("straat"), location.text("nummer"))))
    town = " ".join(filter(None, (location.text("postcode"), location.text("plaats"))))
    return ", ".join(filter(None, (street, town)))


def _hours(location: Fields, language: str) -> str:
    """A row a day; a day without hours is closed, but no hours at all say nothing."""
    hours = {day: ", ".join(location.fields("openingstijden").strings(day)) for day in _DAYS}
    if not any(hours.values()):
        return ""
    rows = [f"{_DAYS[day] if language == 'en' else day}\t{open_ or _CLOSED[language]}"
            for day, open_ in hours.items()]  # fmt: skip
    return "\n".join([_COLUMNS[language], *rows])
