"""Short ways to write sources down and read them back, for the tests of ingest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from embeddings.document import Document
from ingest.sources import open_source
from ingest.sources.base import Delivery, Feed, Found, Problem, Withdrawal


def read(kind: str, *places: Path | str, **settings: Any) -> list[Delivery]:
    feed = Feed("merelveen", kind, tuple(str(place) for place in places), **settings)
    return list(open_source(kind, feed).read())


def documents(kind: str, *places: Path | str, **settings: Any) -> list[Document]:
    return [one.document for one in read(kind, *places, **settings) if isinstance(one, Found)]


def problems(kind: str, *places: Path | str, **settings: Any) -> list[Problem]:
    return [one for one in read(kind, *places, **settings) if isinstance(one, Problem)]


def withdrawals(kind: str, *places: Path | str, **settings: Any) -> list[Withdrawal]:
    return [one for one in read(kind, *places, **settings) if isinstance(one, Withdrawal)]


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return path


def write_lines(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), "utf-8")
    return path


def vac(uuid: str = "v1", index: int = 1, **data: Any) -> dict[str, Any]:
    """A VAC in its envelope; `startAt` and the like go to the record, all else to the data."""
    record_keys = ("startAt", "endAt", "registrationAt")
    content = {
        "vraag": "Wat kost een paspoort?",
        "antwoord": "<p>Een paspoort kost € 86,20.</p>",
        "status": "actief",
        "doelgroep": "eu-burger",
        "afdelingen": [{"afdelingNaam": "Burgerzaken"}],
    }
    content |= {key: value for key, value in data.items() if key not in record_keys}
    record = {"index": index, "startAt": "2025-01-01", "endAt": None, "registrationAt": "2025-01-02"}
    record |= {key: value for key, value in data.items() if key in record_keys}
    return {"url": f"https://objecten.example/objects/{uuid}", "uuid": uuid, "type": "vac",
            "record": {**record, "data": content}}  # fmt: skip


def product(uuid: str = "p1", **changes: Any) -> dict[str, Any]:
    """An SDG product with one Dutch translation."""
    translation = {
        "taal": "nl",
        "titel": "Paspoort aanvragen",
        "tekst": "Met een paspoort kunt u reizen.",
        "kostenEnBetaalmethoden": "Een paspoort kost € 86,20.",
        "datumWijziging": "2025-01-05T09:00:00+01:00",
    }
    whole = {
        "url": f"https://sdg.example/api/v1/producten/{uuid}",
        "uuid": uuid,
        "upnLabel": "paspoort",
        "upnUri": "http://standaarden.overheid.nl/owms/terms/paspoort",
        "versie": 2,
        "publicatieDatum": "2025-01-05",
        "productAanwezig": True,
        "productValtOnder": None,
        "bevoegdeOrganisatie": {"naam": "Merelveen"},
        "locaties": [],
        "doelgroep": "eu-burger",
        "vertalingen": [translation],
    }
    return whole | changes
