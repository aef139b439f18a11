"""Fields: one JSON object of a source, read without surprises. What is odd is noted, never raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from embeddings.document import Audience
from ingest.readers.mend import Unfit, one_line

LOCAL = ZoneInfo("Europe/Amsterdam")  # dates without a zone are meant as a municipality means them
_HIGHEST_VERSION = 2**31 - 1
_AUDIENCES = {"eu-burger": Audience.RESIDENT, "eu-bedrijf": Audience.BUSINESS,
              "eu-burger-bedrijf": Audience.EVERYONE}  # fmt: skip


@dataclass(frozen=True)
class Fields:
    """Typed access to an object; `notes` collects what an editor should know about it."""

    value: Mapping[str, Any]
    notes: list[str] = field(default_factory=list, compare=False)

    def raw(self, name: str) -> str:
        """The string as the source has it; empty when it is absent or something else."""
        value = self._get(name)
        if value is not None and not isinstance(value, str):
            self.notes.append(f"{name} is not text")
        return value if isinstance(value, str) else ""

    def text(self, *names: str) -> str:
        """The first of these that holds text, mended and on one line."""
        return next(filter(None, (one_line(self.raw(name)) for name in names)), "")

    def fields(self, name: str) -> Fields:
        """The object under `name`; an empty one when it is absent or something else."""
        value = self._get(name)
        return Fields(value if isinstance(value, dict) else {}, self.notes)

    def objects(self, name: str) -> list[Fields]:
        """The objects in the list under `name`."""
        value = self._get(name)
        if value is not None and not isinstance(value, list):
            self.notes.append(f"{name} is not a list")
        items = value if isinstance(value, list) else []
        return [Fields(item, self.notes) for item in items if isinstance(item, dict)]

    def strings(self, name: str) -> tuple[str, ...]:
        """The texts in the list under `name`, mended; one text by itself is a list of one."""
        value = self._get(name)
        items = value if isinstance(value, list) else [value]
        return tuple(text for item in items if isinstance(item, str) and (text := one_line(item)))

    def version(self, name: str) -> int | None:
        """A version number, or None when the source keeps none."""
        value = self._get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST_VERSION:
            return value
        if value is not None:
            self.notes.append(f"{name} is not a version number: {_shown(value)}")
        return None

    def moment(self, name: str) -> datetime | None:
        """A date or date-time that only informs; one that cannot be read is noted and left out."""
        try:
            return self.limit(name)
        except Unfit as odd:
            self.notes.append(str(odd))
            return None

    def limit(self, name: str) -> datetime | None:
        """A moment at which validity begins or ends: one that cannot be read makes the record `Unfit`."""
        value = self._get(name)
        if value in (None, ""):
            return None
        moment = _moment(value)
        if moment is None:
            raise Unfit(f"{name} is not a date: {_shown(value)}")
        return moment

    def link(self, name: str) -> str:
        """A web address that may be shown; any other scheme is noted and left out."""
        link = self.text(name)
        if link and not is_web_address(link):
            self.notes.append(f"{name} is not a web address: {link[:80]}")
            return ""
        return link

    def audience(self, name: str) -> Audience:
        """For whom the text is meant; everyone when the source says nothing we know."""
        value = self.text(name).casefold()
        if value not in _AUDIENCES:
            self.notes.append(f"unknown {name} {value[:40]!r}: taken as meant for everyone")
        return _AUDIENCES.get(value, Audience.EVERYONE)

    def _get(self, name: str) -> Any:
        """By exact name, else without case: `afdelingNaam` and `afdelingnaam` are both in use."""
        if name in self.value:
            return self.value[name]
        wanted = name.casefold()
        return next((value for key, value in self.value.items() if key.casefold() == wanted), None)


def is_web_address(link: str) -> bool:
    """True for an http or https address with a host."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in link


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, date):
        return _aware(datetime.combine(value, time.min))
    try:
        return _aware(datetime.fromisoformat(value.strip())) if isinstance(value, str) else None
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime | None:
    try:
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
        zoned.astimezone(UTC)  # the database keeps UTC: what does not fit there is no date
        return zoned
    except (OverflowError, ValueError):
        return None


def _shown(value: object) -> str:
    """A value in a message. Only its type when it is not plain: YAML can write a list of a billion items."""
    return str(value)[:40] if isinstance(value, str | int | float) else f"a {type(value).__name__}"
