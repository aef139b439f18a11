"""Every sentence that people read, in Dutch at level B1. Read a new one aloud before you add it.

Short sentences, "u", no jargon. The page stands with a colleague of the contact centre, so the advice
is for them. What the API calls an outcome stands here too, beside the sentence that belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.answer import Certainty, Status


@dataclass(frozen=True)
class Outcome:
    """How an outcome is called in the API, how the page says it, and what one can do now."""

    word: str
    heading: str
    advice: str


OUTCOMES = {
    Status.ANSWERED: Outcome(
        "beantwoord",
        "Dit staat in onze teksten",
        "Vertel dit aan de klant. Noem de bron als de klant erom vraagt.",
    ),
    Status.ANSWERED_PARTLY: Outcome(
        "deels_beantwoord",
        "Dit is een deel van het antwoord",
        "De klant vraagt meer dan één ding. Wat nog open is, staat onder het antwoord.",
    ),
    Status.CLARIFY_PRODUCT: Outcome(
        "welke_bedoelt_u", "Dit kan over meer dingen gaan", "Vraag de klant welke van deze teksten past."
    ),
    Status.NO_SOURCE: Outcome(
        "geen_bron",
        "Wij vinden hier geen antwoord op",
        "Zeg eerlijk dat u dit niet weet. Vraag het aan de afdeling die hierover gaat.",
    ),
    Status.LOW_CONFIDENCE: Outcome(
        "onzeker",
        "Wij weten dit niet zeker",
        "Lees eerst de teksten hieronder. Staat het antwoord er niet bij? Vraag het aan de afdeling.",
    ),
    Status.PERSONAL_CASE: Outcome(
        "persoonlijke_zaak",
        "Dit gaat over de zaak van één persoon",
        "Hier staan alleen algemene teksten. Zoek de zaak op in het systeem van de afdeling.",
    ),
    Status.OTHER_AUTHORITY: Outcome(
        "andere_overheid",
        "Hier gaat de gemeente niet over",
        "Verwijs de klant naar de organisatie die hierover gaat.",
    ),
    Status.OUT_OF_SCOPE: Outcome(
        "buiten_bereik", "Dit is geen vraag voor de gemeente", "Vraag wat de klant van de gemeente wil weten."
    ),
    Status.ABUSE: Outcome(
        "misbruik", "Op deze tekst geven wij geen antwoord", "Blijf rustig. Volg de afspraken van uw team."
    ),
    Status.CRISIS: Outcome(
        "hulplijn", "Hier is nu een mens nodig", "Blijf aan de lijn. Is er direct gevaar? Bel 112."
    ),
    Status.ERROR_RETRIEVAL: Outcome(
        "storing", "Zoeken lukt nu niet", "Uw vraag staat er nog. Probeer het zo opnieuw."
    ),
}

# advice that is more precise than the status; the key is `Answer.hint`
HINTS: dict[str, str] = {
    "crisis.112": "Blijf aan de lijn. Bel 112 of laat de klant nu 112 bellen.",
    "crisis.113": "Blijf aan de lijn. De klant kan dag en nacht gratis praten met 113: bel 113 of 0800-0113.",
    "crisis.veilig_thuis": "Is er nu gevaar? Bel 112. Anders: Veilig Thuis, dag en nacht gratis, 0800-2000.",
    "crisis.kindertelefoon": "Is er nu gevaar? Bel 112. Anders: de Kindertelefoon, gratis, 0800-0432.",
    "crisis.seksueel_geweld": "Is er nu gevaar? Bel 112. Anders: Centrum Seksueel Geweld, gratis, 0800-0188.",
    "abuse.threat": "Dit is een bedreiging. Meld het meteen bij uw leidinggevende. Is er nu gevaar? Bel 112.",
    "scope.gibberish": "Wij herkennen hier geen vraag in. Typ de vraag in gewone woorden.",
    "scope.injection": "Deze tekst stelt geen vraag. Typ alleen wat de klant wil weten.",
    "scope.smalltalk": "Dit is nog geen vraag. Vraag wat de klant wil weten.",
    "crisis.gas": "Ruikt de klant gas? Geen vuur, geen licht aan, naar buiten. Bel dan 0800-9009, bij gevaar 112.",
}

# an authority that answers where we cannot, as one says its name after "Verwijs de klant naar"
AUTHORITIES = {
    "belastingdienst": "de Belastingdienst",
    "buitenland": "het ministerie van Buitenlandse Zaken",
    "cak": "het CAK",
    "cbr": "het CBR",
    "cjib": "het CJIB",
    "consuwijzer": "ACM ConsuWijzer",
    "dieren": "het meldnummer voor dieren in nood: 144",
    "digid": "de helpdesk van DigiD",
    "duo": "de Dienst Uitvoering Onderwijs (DUO)",
    "energie": "het energiebedrijf of de netbeheerder",
    "fraudehelpdesk": "de Fraudehelpdesk",
    "ggd": "de GGD",
    "huisarts": "de eigen huisarts of apotheek",
    "huurcommissie": "de Huurcommissie",
    "ind": "de Immigratie- en Naturalisatiedienst (IND)",
    "juridisch_loket": "het Juridisch Loket",
    "kadaster": "het Kadaster",
    "kvk": "de Kamer van Koophandel (KVK)",
    "notaris": "een notaris",
    "nvwa": "de Nederlandse Voedsel- en Warenautoriteit (NVWA)",
    "openbaar_vervoer": "het bedrijf van de bus, tram of trein",
    "politie": "de politie. Is er nu gevaar? Bel 112. Anders: 0900-8844",
    "postnl": "PostNL of het andere bedrijf dat bezorgt",
    "provincie": "de provincie",
    "rdw": "de RDW",
    "rechtbank": "de rechtbank",
    "rijkswaterstaat": "Rijkswaterstaat",
    "svb": "de Sociale Verzekeringsbank (SVB)",
    "toeslagen": "de Dienst Toeslagen van de Belastingdienst",
    "uwv": "het UWV",
    "water": "het drinkwaterbedrijf",
    "waterschap": "het waterschap",
    "woningcorporatie": "de eigen verhuurder",
    "zorgverzekeraar": "de eigen zorgverzekeraar",
}
HINTS |= {f"authority.{key}": f"Verwijs de klant naar {name}." for key, name in AUTHORITIES.items()}

CERTAINTIES = {Certainty.HIGH: "hoog", Certainty.MEDIUM: "middel", Certainty.LOW: "laag"}


@dataclass(frozen=True)
class ProblemText:
    """Title and advice of an error."""

    title: str
    detail: str


PROBLEMS = {
    400: ProblemText(
        "Uw aanvraag klopt niet", "Verbeter de velden die hieronder staan. Stuur uw aanvraag dan opnieuw."
    ),
    401: ProblemText(
        "U bent niet aangemeld",
        "Stuur een geldige sleutel mee. Laat de sleutel weg als u alleen openbare teksten wilt.",
    ),
    403: ProblemText(
        "Dit mag niet vanaf een andere website", "Open de pagina van deze dienst zelf en probeer het opnieuw."
    ),
    404: ProblemText(
        "Dit is er niet", "Controleer het adres. Een adres eindigt nooit op een schuine streep."
    ),
    405: ProblemText("Dit kan niet op deze manier", "Gebruik een methode die in de kop Allow staat."),
    406: ProblemText("Dit formaat hebben wij niet", "Vraag in de kop Accept om application/json."),
    409: ProblemText("Dit gesprek is vol", "Begin een nieuw gesprek: laat het veld gesprek leeg."),
    413: ProblemText(
        "Uw aanvraag is te groot",
        "Maak uw tekst korter en stuur hem opnieuw. Een vraag mag 16 KiB groot zijn.",
    ),
    415: ProblemText("Dit soort inhoud lezen wij niet", "Stuur JSON, met Content-Type application/json."),
    421: ProblemText("Dit adres kennen wij niet", "Open de dienst met het adres 127.0.0.1 of localhost."),
    500: ProblemText(
        "Er ging iets mis bij ons",
        "Probeer het zo opnieuw. Blijft het misgaan? Geef de beheerder de code van deze fout.",
    ),
    503: ProblemText("De dienst kan nu niet antwoorden", "Wacht een paar seconden en probeer het opnieuw."),
}
STARTING = ProblemText("De dienst start op", "Wacht een paar seconden en probeer het opnieuw.")
QUESTION_REFUSED = ProblemText("Dit is geen vraag", "Stel uw vraag in gewone woorden, niet te lang.")
NO_SUCH_CONVERSATION = ProblemText(
    "Dit gesprek is er niet",
    "Het is verlopen of het bestaat niet. Begin een nieuw gesprek: laat het veld gesprek leeg.",
)
NO_SUCH_QUESTION = ProblemText(
    "Deze vraag is er niet", "Controleer het nummer van de vraag en het Gesprek-Token."
)
NO_SUCH_SIGNAL = ProblemText("Dit signaal is er niet", "Controleer het nummer van het signaal.")
NO_MAIL_HERE = ProblemText(
    "Wij kunnen hier nog geen mail sturen", "Bel ons of kom langs. Of stel uw vraag later opnieuw."
)
BAD_ADDRESS = ProblemText(
    "Dit is geen e-mailadres", "Schrijf het adres zoals naam@voorbeeld.nl en stuur het opnieuw."
)
NO_CONVERSATION_TOKEN = ProblemText(
    "Het Gesprek-Token ontbreekt", "Stuur de kop Gesprek-Token mee. U kreeg die bij uw eerste vraag."
)

FIELD_ERRORS = {
    "missing": "Dit veld ontbreekt.",
    "extra_forbidden": "Dit veld kennen wij niet.",
    "string_type": "Dit moet tekst zijn.",
    "string_unicode": "In deze tekst staan tekens die niet bestaan.",
    "string_too_short": "Dit veld is leeg.",
    "string_too_long": "Deze tekst is te lang.",
    "int_type": "Dit moet een heel getal zijn.",
    "greater_than_equal": "Dit getal is te klein.",
    "less_than_equal": "Dit getal is te groot.",
    "literal_error": "Kies een van de waarden uit de beschrijving.",
    "enum": "Kies een van de waarden uit de beschrijving.",
    "uuid_type": "Dit moet een UUID zijn.",
    "uuid_parsing": "Dit moet een UUID zijn.",
    "json_invalid": "Dit is geen geldige JSON.",
    "model_attributes_type": "Dit moet een JSON-object zijn.",
}
FIELD_ERROR_OTHER = "Deze waarde klopt niet."

PAGE_TITLE = "Antwoordduo"
SKIP_LINK = "Naar de vraag"
QUESTION_LABEL = "Wat wil de klant weten?"
QUESTION_HINT = "Laat namen en nummers weg."
ASK = "Vraag het"
NEW_CONVERSATION = "Nieuw gesprek"
EXAMPLES_HEADING = "Probeer bijvoorbeeld"
EXAMPLES = (
    "Wat kost grofvuil laten ophalen?",
    "Hoe laat is de milieustraat open?",
    "Hoe geef ik mijn verhuizing door?",
)
NOT_SIGNED_IN = "U bent niet aangemeld. U ziet alleen openbare teksten."
SIGN_IN = "Aanmelden"
SIGN_OUT = "Afmelden"
SIGNED_IN = "U bent aangemeld als medewerker."
SIGN_IN_HINT = "De sleutel staat in het venster waarin de dienst is gestart."
SIGN_IN_KEY = "Sleutel"
SIGN_IN_WRONG = "Deze sleutel klopt niet. Kopieer hem nog een keer, zonder spaties."
SIGN_IN_USED = "Deze link is al gebruikt. Vul hieronder de sleutel in."
SEARCHING = "Zoeken…"
ANSWER_KIND = "Letterlijk uit onze teksten. Niet geschreven met AI."
SOURCES_HEADING = "Bronnen"
OPEN_HEADING = "Nog niet beantwoord"
SOURCE = "Bron"
CANDIDATES_HEADING = "Teksten die het best passen"
CANDIDATES_ALSO = "Lees ook"
CERTAINTY_LABEL = "Zekerheid"
WHOLE_TEXT = "Hele tekst"
OPEN_PAGE = "Open de pagina"
UPDATED = "Bijgewerkt"
DUO = "duo {name}"
STAFF_ONLY = "Alleen KCC"
STAFF_ONLY_ADVICE = "Lees dit niet voor."
IN_LANGUAGE = {"en": "Tekst in het Engels", "nl": "Tekst in het Nederlands"}
TABLE_LABEL = "Tabel"
REMOVED_HEADING = "Wij hebben gegevens van de klant weggehaald"
REMOVED_SHOWN = "Dit hebben wij gezocht:"
DEGRADED = "Zoeken gaat nu alleen op woorden. U krijgt geen antwoord, wel teksten."
NOTHING_FOUND = "Wij vinden hier nog geen tekst bij."
QUESTION_EMPTY = "Typ eerst een vraag."
QUESTION_LONG = "Uw vraag is te lang. Gebruik ten hoogste {maximum} tekens."
CONVERSATION_GONE = "Het vorige gesprek is verlopen. Dit is een nieuw gesprek."
CONTACT = "De klant kan bellen: {telephone}, {hours}."
CONTACT_LINK = "Alle manieren om contact op te nemen"
HOUSE_HEADING = "Contact met {name}"
HOUSE_TELEPHONE = "Telefoon: {telephone}, {hours}."
PRIVACY_LINK = "Zo gaan wij om met privacy"
ERROR_CONTACT = "Kan een klant niet wachten? Bel {telephone}, {hours}."
FAULT_HEADING = "Zoeken lukt nu niet"
FAULT_ADVICE = "Uw vraag staat er nog. Probeer het opnieuw."
RETRY = "Probeer opnieuw"
BACK = "Terug naar de vraag"
ERROR_CODE = "Code van deze fout"
TELL_ANSWER = "{heading}. Bron: {title}."
TELL_OUTCOME = "{heading}. {count}"
TELL_COUNT = {0: "Geen teksten gevonden.", 1: "1 tekst gevonden."}
TELL_COUNT_MORE = "{count} teksten gevonden."

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
