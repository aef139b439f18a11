"""What people read about a draft that is not right yet, about who may approve it, and about its proof."""

from __future__ import annotations

import re
from collections.abc import Callable

from service.answering.redaction import PersonalDataKind

TITLE_EMPTY = "Schrijf boven de tekst welke vraag hij beantwoordt."
TITLE_LONG = "De vraag boven de tekst is langer dan {most} tekens. Maak hem korter."
NO_TEXT = "Er staat nog geen tekst in. Schrijf het antwoord op."
TOO_LONG = "De tekst is langer dan {most} tekens. Maak er twee teksten van."
FACT_EMPTY = (
    "Vul in wat er zeker in het antwoord moet staan. Bijvoorbeeld een bedrag of een termijn. "
    "Wij gebruiken dit om te controleren."
)
FACT_LONG = "Wat in het antwoord moet staan, is langer dan {most} tekens. Kies een paar woorden uit de tekst."
FACT_MISSING = "“{fact}” staat niet in de tekst. Schrijf het er precies zo in, of pas het feit aan."
FACT_INTERNAL = "“{fact}” staat alleen in een deel voor medewerkers. Zet het ook in de openbare tekst."
CHECKS_FEW = "Schrijf ten minste {least} vragen op zoals een ander het zou vragen. Daarmee controleren wij."
CHECK_TWICE = "De controlevraag “{question}” staat er twee keer. Schrijf twee verschillende vragen op."
CHECK_IS_TITLE = "De controlevraag “{question}” is gelijk aan de vraag boven de tekst. Vraag het anders."
CHECK_IS_WORDING = "De controlevraag “{question}” is ook een andere formulering. Vraag het hier anders."
QUESTION_LONG = "De vraag “{question}…” is langer dan {most} tekens. Maak hem korter."
NO_LONGER_HOLDS = "De einddatum van deze tekst is al voorbij. Kies een latere datum of haal hem weg."
ADDRESS = "Het webadres klopt niet. Het begint met https:// of http://."
PERSONAL = "In {field} staat iets over een persoon: {found}. Haal het weg. Dit mag niet in een tekst staan."
CONTACT = "In de tekst staat: {found}. Controleer of dat van de gemeente is, en niet van een persoon."

FIELDS = {
    "title": "de vraag boven de tekst",
    "sections": "de tekst",
    "fact": "het feit",
    "checks": "een controlevraag",
    "wordings": "een andere formulering",
}

PERSONAL_DATA = {
    PersonalDataKind.BSN: "een burgerservicenummer",
    PersonalDataKind.IBAN: "een rekeningnummer",
    PersonalDataKind.PHONE: "een telefoonnummer",
    PersonalDataKind.EMAIL: "een e-mailadres",
    PersonalDataKind.POSTCODE: "een postcode met huisnummer",
    PersonalDataKind.ADDRESS: "een adres",
    PersonalDataKind.BIRTH_DATE: "een geboortedatum",
    PersonalDataKind.LICENCE_PLATE: "een kenteken",
    PersonalDataKind.CASE_NUMBER: "een zaaknummer",
    PersonalDataKind.PAYMENT_CARD: "het nummer van een betaalkaart",
    PersonalDataKind.LOGIN_CODE: "een inlogcode",
    PersonalDataKind.NAME: "een naam",
}

# of a text that a language model wrote in
AI_UNCHECKED = "Vink aan dat u elke zin hebt gecontroleerd. AI schreef een deel van deze tekst."
AI_TWO_PEOPLE = "AI schreef een deel van deze tekst. Daarom kijkt er altijd een tweede persoon naar."
AI_BEGAN = "Eerste versie door AI ({model}, {day})."
AI_PLAIN = "Deels in eenvoudige taal gezet door AI ({model}, {day})."

# why somebody may not approve, or a draft cannot be approved now
OWN_TEXT = "Dit is uw eigen tekst. Uw duogenoot keurt hem goed."
NOT_THE_OTHER_HALF = "Alleen de ander van dit duo kan deze tekst goedkeuren."
NOBODY_OF_DUO = "Dit duo is niet compleet. Het afdelingshoofd of de coördinator keurt de tekst goed."
NOT_SUBMITTED = "Deze tekst ligt niet ter goedkeuring."
GAP_CLOSED = "Dit signaal is al gesloten. Open het eerst opnieuw."
REASON_EMPTY = "Schrijf op waarom. Wij bewaren dit."
REMARK_EMPTY = "Schrijf op wat er anders moet."
NOT_A_COORDINATOR = "Alleen een coördinator kan de controle door een tweede persoon opheffen."
NOT_AN_EDITOR = "Alleen een redacteur of coördinator kan een tekst overal weghalen."
NOT_YOURS = "Dit signaal staat niet op uw lijst."
NO_SUCH_TEXT = "Deze tekst is niet gepubliceerd."
NO_LONGER_EDITED = "Deze tekst is al goedgekeurd of vervallen. Begin een nieuwe tekst."
LINK_EMPTY = "Kies de vraag die u aan deze tekst koppelt."

# what happened to the text that a draft mends
MENDED_CHANGED = (
    "De gepubliceerde tekst is veranderd nadat deze verbetering is begonnen. Kijk wat er anders is."
)
MENDED_GONE = "De tekst die u verbetert, is niet meer gepubliceerd. Is deze verbetering nog nodig?"

# in the mail to a visitor, when the text is for staff
ASK_BY_PHONE = "Bel de gemeente. Wij kunnen u nu antwoord geven op uw vraag."

# notes in the history of a signal
STILL_FAILS = "“{question}”: {why}"
FIRST_WAS = "als eerste kwam “{first}”"
NOTHING_FOUND = "er kwam geen tekst"
FACT_NOT_QUOTED = "de tekst kwam als eerste, maar “{fact}” stond niet in het antwoord"
FOUR_EYES_LIFTED = "Goedgekeurd zonder tweede persoon: de controle was opgeheven."
WENT_ON_KNOWINGLY = "De gepubliceerde tekst was intussen veranderd. De goedkeurder heeft dat gezien."
SOURCE_CHANGED = "De bron heeft een nieuwe versie van “{title}”. Uw verbetering geldt nog. Kijk wat klopt."
SOURCE_WITHDREW = "De bron heeft “{title}” weggehaald. Uw verbetering geldt nog. Kijk wat klopt."
SOURCE_TOOK_OVER = "De bron heeft de tekst overgenomen. De verbetering is vervallen."
NO_LONGER_HOLDS_UP = "Deze vraag ging goed en gaat nu mis. {what}"

# what lint says, in the words of the duo; the first group of a pattern is quoted
_LINT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"no owner:"), lambda found: "Er staat geen afdeling bij deze tekst."),
    (re.compile(r"no title"), lambda found: TITLE_EMPTY),
    (
        re.compile(r"placeholder '([^']*)'"),
        lambda found: f"In de tekst staat nog “{found[1]}”. Vul in wat daar hoort.",
    ),
    (
        re.compile(r"no text under the heading '([^']*)'"),
        lambda found: f"Onder de kop “{found[1]}” staat geen tekst. Deze kop wordt weggelaten.",
    ),
    (
        re.compile(r"sentences? of more than (\d+) words: (“.*)", re.DOTALL),
        lambda found: f"Een zin heeft meer dan {found[1]} woorden: {found[2]} Maak er kortere zinnen van.",
    ),
)


def advice_of(warning: str) -> str:
    """What lint said, in Dutch; a warning that is not known here as it is, so that none is lost."""
    for pattern, sentence in _LINT:
        if found := pattern.search(warning):
            return sentence(found)
    return warning
