"""What people read about the help of a language model with a text of a duo, in Dutch at level B1."""

from __future__ import annotations

from service.composers.llm.plain import LostKind

# -- a first version ---------------------------------------------------------------------------

DRAFT = "Laat een eerste versie maken"
DRAFT_HINT = "AI schrijft zinnen uit onze teksten, elk met de bron. U controleert elke zin."
MARK_BEGUN = "Eerste versie door AI, met bronnen"
MARK_PLAIN = "Deels in eenvoudige taal gezet door AI"
MADE = "Gemaakt met {model}, {moment}."
SENTENCES_HINT = "Vergelijk elke zin met de bron. Let op de getallen: die zijn gemarkeerd."
SENTENCE = "Zin {number}"
SOURCE = "Bron"
SOURCE_SAYS = "In de bron staat:"
CHANGED = "Deze zin staat er niet meer zo."
DROPPED_HEADING = "Niet gebruikt: {count}"
DROPPED_HINT = "Deze zinnen maakte het taalmodel ook. Ze kwamen niet door de controle."
CHECK = "Ik heb elke zin gecontroleerd"
CHECK_HINT = "Vink dit aan. Daarna mag u de tekst aan de ander geven."
CHECKED_BY = "Elke zin gecontroleerd door {name}, {moment}."
NOT_CHECKED = "Nog niemand zegt dat elke zin is gecontroleerd."
TWO_PEOPLE = "Bij deze tekst kijkt altijd een tweede persoon mee, ook in een crisis."
ANSWERS_FOR = "Verantwoordelijk"
APPROVED_BY = "Goedgekeurd door"
NOTHING_MADE = "Er is geen eerste versie gemaakt. {why}"
SEARCH_FAILED = "Zoeken in onze teksten lukt nu niet."

# why there is nothing
REASONS = {
    "switched off": "Het taalmodel staat uit.",
    "breaker": "Het taalmodel gaf te vaak een fout. Probeer het over een minuut opnieuw.",
    "budget": "Het taalmodel heeft voor vandaag genoeg gedaan.",
    "language": "De tekst is niet in het Nederlands.",
    "steered": "In de tekst of de vraag staat een opdracht aan een taalmodel.",
    "internal": "Een tekst voor het KCC gaat niet naar het taalmodel.",
    "nothing left": "Geen enkele zin van het taalmodel kwam door de controle.",
    "personal": "In wat het taalmodel schreef, staat iets over een persoon.",
    "table": "Een tabel kunnen wij niet in eenvoudige taal zetten.",
    "long": "Dit deel is te lang. Maak er twee delen van.",
    "empty": "Schrijf eerst een tekst in dit deel.",
}
FAULT = "Het taalmodel gaf geen bruikbaar antwoord."

# -- plain language ----------------------------------------------------------------------------

PLAIN = "In eenvoudige taal"
PLAIN_OF = "Zet deel {number} in eenvoudige taal"
PLAIN_HEADING = "Deel {number} in eenvoudige taal"
PLAIN_NOTHING = "Deel {number} is niet veranderd. {why}"
PLAIN_MADE = "Voorstel van AI ({model}). Er is nog niets veranderd of bewaard."
PLAIN_BEFORE, PLAIN_AFTER = "Nu", "Voorstel"
PLAIN_WORDS = "Woorden per zin"
PLAIN_LIX = "Leesmaat (LIX)"
PLAIN_LIX_HINT = "LIX: rond 25 is makkelijk, rond 35 is een krant, boven 50 is moeilijk."
LOST_HEADING = "Let op: dit staat niet in het voorstel"
LOST = {
    LostKind.FIGURE: "Een getal of datum uit: “{sentence}”",
    LostKind.LINK: "Een link of mailadres uit: “{sentence}”",
    LostKind.CONDITION: "Een voorwaarde uit: “{sentence}”",
}
LOST_NONE = "Alle getallen, links en voorwaarden staan er nog in."
TAKE = "Neem dit over"
TAKEN = "Overgenomen in deel {number}. Lees het na en bewaar uw tekst. Er is nog niets bewaard."
