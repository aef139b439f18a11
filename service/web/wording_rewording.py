"""What people read about a reworded answer, Dutch and English, and for staff why a sentence was left out."""

from __future__ import annotations

from dataclasses import dataclass

from service.web.wording import ProblemText


@dataclass(frozen=True)
class RewordingWords:
    """The words of one language."""

    label: str
    made: str
    literal: str
    summary: str
    source: str
    kept_short: str
    under_way: str


WORDS = {
    "nl": RewordingWords(
        label="Samengevat met AI",
        made="Gemaakt met {model} op {day}. Controleer het bij de bron.",
        literal="Bekijk de letterlijke tekst",
        summary="Bekijk de samenvatting",
        source="Bron",
        kept_short="Dit staat letterlijk in onze tekst.",
        under_way="Samenvatting met AI, wordt gecontroleerd",
    ),
    "en": RewordingWords(
        label="Summarised with AI",
        made="Made with {model} on {day}. Please check the source.",
        literal="Show the literal text",
        summary="Show the summary",
        source="Source",
        kept_short="This is what our text says, word for word.",
        under_way="Summary by AI, being checked",
    ),
}

# what a screen reader says once, when what grew on the screen is done
SAID_READY = "De samenvatting is klaar en gecontroleerd."
SAID_KEPT = "De samenvatting is weg. De letterlijke tekst blijft staan."
DROPPED_HEADING = "Niet gebruikt: {count}"
DROPPED_HINT = "Deze zinnen maakte het taalmodel ook. Ze kwamen niet door de controle."
REASONS = {
    "no source": "noemt geen bron",
    "unknown source": "noemt een bron die er niet is",
    "language": "is in een andere taal",
    "markup": "heeft opmaak of code",
    "length": "is te lang",
    "prompt": "herhaalt een opdracht aan het taalmodel",
    "number": "heeft een ander getal",
    "amount": "heeft een ander bedrag",
    "share": "heeft een ander percentage",
    "date": "heeft een andere datum of dag",
    "time": "heeft een andere tijd",
    "period": "heeft een andere termijn of leeftijd",
    "measure": "heeft een andere maat",
    "telephone": "heeft een ander telefoonnummer",
    "address": "heeft een ander adres",
    "link": "heeft een link die niet in de bron staat",
    "bound": "maakt van een grens iets anders",
    "name": "heeft een naam die niet in de bron staat",
    "words": "zegt iets wat niet in de bron staat",
    "negation": "zegt ja waar de bron nee zegt, of andersom",
    "may or must": "maakt van mogen moeten, of andersom",
    "condition": "voegt een voorwaarde toe of laat die weg",
    "opposite": "zegt het tegendeel van de bron",
    "misplaced": "noemt iets wat bij een ander onderdeel hoort",
    "role": "laat een ander doen wat de bron zegt",
}
KEPT = {
    "switched off": "Het taalmodel staat uit.",
    "breaker": "Het taalmodel gaf te vaak een fout. Wij proberen het over een halve minuut opnieuw.",
    "budget": "Het taalmodel heeft voor vandaag genoeg gedaan.",
    "language": "De bron is in een andere taal. Een vertaling kunnen wij niet controleren.",
    "steered": "In de bron of in de vraag staat een opdracht aan een taalmodel.",
    "internal": "Een interne tekst gaat niet naar het taalmodel.",
    "nothing left": "Geen enkele zin van het taalmodel kwam door de controle.",
    "much dropped": "Te veel zinnen van het taalmodel kwamen niet door de controle.",
    "no answer": "Wat het taalmodel maakte, gaf geen antwoord meer op de vraag.",
}
FAULT = "Het taalmodel gaf geen bruikbaar antwoord."

NOT_HERE = ProblemText(
    "Dit antwoord kan niet worden samengevat",
    "Lees het antwoord zoals het er staat. Dat komt letterlijk uit onze tekst.",
)
# who runs the model, for the page before the first question (guard P8)
