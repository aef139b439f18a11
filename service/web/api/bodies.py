"""What goes in and out of the API. The names are Dutch: this is where they end and English begins."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service.domain.gap import Fault, GapKind, GapState
from service.domain.question import MAXIMUM_LENGTH, Channel
from service.web.plain_text import plain
from service.web.wording import CERTAINTIES, OUTCOMES

CHANNELS = {"zijbalk": Channel.SIDEBAR, "website": Channel.WEBSITE}
STATUSES = {outcome.word: status for status, outcome in OUTCOMES.items()}

FAULTS = {
    "onjuist": Fault.WRONG,
    "verouderd": Fault.OUTDATED,
    "onvolledig": Fault.INCOMPLETE,
    "onduidelijk": Fault.UNCLEAR,
    "niet_van_ons": Fault.NOT_OURS,
}
GAP_KINDS = {
    GapKind.MISSING: "ontbreekt",
    GapKind.UNCERTAIN: "onzeker",
    GapKind.REJECTED: "afgekeurd",
    GapKind.OUTDATED: "verouderd",
}
GAP_STATES = {
    GapState.PROPOSED: "voorstel",
    GapState.OPEN: "open",
    GapState.REVIEW: "ter_goedkeuring",
    GapState.SOLVED: "opgelost",
    GapState.DISMISSED: "afgesloten",
    GapState.MERGED: "samengevoegd",
}

# JSON can spell half of a surrogate pair; no database can keep it
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

Uitkomst = Annotated[str, Field(json_schema_extra={"enum": list(STATUSES)})]
# a word, never a score (guard S8)
Zekerheid = Annotated[str, Field(json_schema_extra={"enum": list(CERTAINTIES.values())})]


def _clean(value: object) -> object:
    if not isinstance(value, str) or len(value) > MAXIMUM_LENGTH:
        return value
    if _HALF_CHARACTER.search(value):
        raise PydanticCustomError("string_unicode", "half a character")
    return plain(value)


# invisible characters go first: a question of nothing else is empty; a longer text is not made to fit
Tekst = Annotated[
    str,
    BeforeValidator(_clean),
    Field(min_length=1, max_length=MAXIMUM_LENGTH, examples=["Wat kost een paspoort?"]),
]
Taal = Literal["nl", "en"]
Toelichting = Annotated[
    str, BeforeValidator(_clean), Field(max_length=MAXIMUM_LENGTH, examples=["Het bedrag is van vorig jaar."])
]
Fout = Literal["onjuist", "verouderd", "onvolledig", "onduidelijk", "niet_van_ons"]
Stand = Annotated[str, Field(json_schema_extra={"enum": list(GAP_STATES.values())})]
Soort = Annotated[str, Field(json_schema_extra={"enum": list(GAP_KINDS.values())})]


class _In(BaseModel):
    # a field we do not know is a mistake of the sender: say so instead of passing over it
    model_config = ConfigDict(extra="forbid", strict=True)


class Zoekopdracht(_In):
    """Woorden waar teksten bij gezocht worden, ook als ze nog niet af zijn."""

    tekst: Tekst
    taal: Taal = Field("nl", description="Taal die de vrager leest.")
    aantal: int = Field(3, ge=1, le=10, description="Hoeveel teksten u wilt.")


class Vraag(_In):
    """Een vraag van een inwoner of ondernemer."""

    vraag: Tekst
    kanaal: Literal["zijbalk", "website"] = Field(
        "website", description="Waar de vraag is gesteld. Dit bepaalt niet wat u mag zien."
    )
    taal: Taal = Field("nl", description="Taal die de vrager leest.")
    gesprek: Annotated[uuid.UUID, Field(strict=False)] | None = Field(
        None, description="Het gesprek waar de vraag bij hoort. Laat leeg voor een nieuw gesprek."
    )


class Tekstcontrole(_In):
    """Een tekst waarvan u wilt weten of die hier met AI is gemaakt."""

    tekst: Annotated[str, Field(min_length=1, max_length=4000)]


class Beoordeling(_In):
    """Wat er niet klopt aan een antwoord."""

    fout: Fout
    toelichting: Toelichting = ""


class Signaalverzoek(_In):
    """Een vraag die naar het productduo moet."""

    toelichting: Toelichting = ""


class Antwoordadres(_In):
    """Het adres waarop iemand het antwoord wil krijgen. Het wordt gewist zodra het antwoord verstuurd is."""

    email: Annotated[str, Field(min_length=3, max_length=254, examples=["naam@voorbeeld.example"])]


class Signaal(BaseModel):
    """Een vraag die op de lijst van een productduo staat."""

    id: uuid.UUID
    nummer: int
    stand: Stand
    soort: Soort
    vraag: str
    aantal: int = Field(description="Hoe vaak het gevraagd is.")
    eigenaar: str = Field(description="Het duo of de afdeling; leeg als het bij de coördinator staat.")
    uiterlijk: date | None = Field(description="Wanneer het uiterlijk opgelost moet zijn.")
    reden: str = Field(description="Waarom het zonder nieuwe tekst is afgesloten.")


class Herkomst(BaseModel):
    """Of een taalmodel deze tekst hier heeft gemaakt, voor zover dat nog bewaard is."""

    ai_gegenereerd: bool = Field(alias="aiGegenereerd")
    model: str = Field("", description="Het taalmodel, als de tekst van ons komt.")
    gemaakt: datetime | None = None


class SignaalKort(BaseModel):
    """Bevestiging dat de vraag op een lijst staat."""

    signaal: uuid.UUID


class KandidaatKort(BaseModel):
    """Een tekst die bij de vraag past."""

    document: str = Field(examples=["vac:paspoort-kosten"])
    titel: str
    url: str
    zekerheid: Zekerheid


class Kandidaat(KandidaatKort):
    """Een gevonden tekst, met de zinnen die het best passen."""

    kop: str
    tekst: str = Field(description="Het gevonden deel van de tekst.")
    gemarkeerd: list[str] = Field(description="De zinnen van `tekst` die de vraag het best beantwoorden.")
    bijgewerkt: date | None
    eigenaar: str = Field(description="De afdeling die de tekst bijhoudt.")
    taal: str
    intern: bool = Field(description="Waar: alleen voor medewerkers van de gemeente.")


class Zoekresultaat(BaseModel):
    """De teksten die het best passen, de beste eerst."""

    kandidaten: list[Kandidaat]
    verwijderd: list[str] = Field(
        description="Soorten persoonsgegevens die uit uw woorden zijn gehaald.", examples=[["telefoonnummer"]]
    )


class Zin(BaseModel):
    """Een zin van het antwoord."""

    tekst: str
    bronnen: list[int] = Field(min_length=1, description="Nummers van de bronnen waar de zin in staat.")


class Antwoord(BaseModel):
    """Zinnen die letterlijk in onze teksten staan, of een samenvatting ervan door een taalmodel."""

    soort: Literal["citaat", "samenvatting"] = "citaat"
    ai_gegenereerd: bool = Field(
        False, alias="aiGegenereerd", description="Of een taalmodel de zinnen heeft geschreven."
    )
    zinnen: list[Zin]
    letterlijk: list[Zin] | None = Field(
        None, description="Bij een samenvatting: de zinnen zoals ze in onze teksten staan."
    )
    model: str = Field("", description="Bij een samenvatting: het taalmodel.")
    gemaakt: datetime | None = Field(None, description="Bij een samenvatting: wanneer die gemaakt is.")


class Wedervraag(BaseModel):
    """De zin waarin een taalmodel vraagt welke tekst bedoeld wordt. De keuzes zijn de kandidaten."""

    tekst: str
    ai_gegenereerd: bool = Field(True, alias="aiGegenereerd")
    model: str = Field(description="Het taalmodel.")
    gemaakt: datetime = Field(description="Wanneer de zin gemaakt is.")


class Bron(BaseModel):
    """Een tekst waar het antwoord in staat, zoals die was op het moment van antwoorden."""

    nummer: int
    document: str
    titel: str
    kop: str
    tekst: str
    url: str
    bijgewerkt: date | None
    eigenaar: str


class BeantwoordeVraag(BaseModel):
    """Wat wij op een vraag zeggen."""

    id: uuid.UUID
    gesprek: uuid.UUID
    uitkomst: Uitkomst
    zekerheid: Zekerheid
    antwoord: Antwoord | None = Field(description="Leeg als wij geen antwoord geven.")
    open: list[str] = Field(description="De delen van de vraag die wij niet beantwoorden.")
    bronnen: list[Bron]
    kandidaten: list[KandidaatKort]
    signaal: uuid.UUID | None = Field(
        None,
        description="Het signaal aan de eigenaar van de tekst, als wij het antwoord niet zeker weten.",
    )
    wedervraag: Wedervraag | None = Field(
        None, description="Bij `welke_bedoelt_u`, als een taalmodel de vraag terug stelt."
    )


class Veldfout(BaseModel):
    """Wat er mis is met een veld."""

    veld: str
    melding: str


class Probleem(BaseModel):
    """Een fout, volgens RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Uw aanvraag klopt niet"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["Verbeter de velden die hieronder staan."])
    instance: str = Field(examples=["urn:uuid:0198f0f2-5d0e-4cbb-9e4b-0d6f3b5a9a11"])
    velden: list[Veldfout] | None = Field(None, description="Alleen bij status 400.")
