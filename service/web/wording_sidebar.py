"""What an agent reads on the sidebar beside the answer itself: buttons, keys, the whole text, this call."""

from __future__ import annotations

from service.web.text_parts import Part

COPY_SOURCE = "Bron: {title}"
COPY_UPDATED = "Bijgewerkt op {day}."
COPY_MADE = "Citaat uit de teksten van {municipality}. Verstuurd op {day}. Niet geschreven met AI."
COPY_REWORDED = (
    "Samengevat met AI ({model}) op {day}, uit de teksten van {municipality}. Controleer het bij de bron."
)
COPY_EDITED = "Bewerkt door {name} op {day}, naar een citaat uit de teksten van {municipality}."
COPY_NOBODY = "een medewerker"

ACTIONS = "Wat wilt u met dit antwoord doen?"
COPY = "Kopieer"
LARGE = "Lees groot"
RIGHT = "Klopt"
NOT_RIGHT = "Klopt niet"
ASK_DUO = "Vraag het duo"
EDIT = "Pas aan"
COPIED = "Gekopieerd, met de bron."
NOTHING_TO_COPY = "Hier staat niets om te kopiëren."
STAFF_ONLY_NOT_COPIED = "Dit is alleen voor het KCC. Wij kopiëren het niet."
COPY_BY_HAND = "Kopiëren lukt niet. De tekst is gekozen: druk op Ctrl en C."
SAID_RIGHT = "Dank u. U zei dat dit klopt."
GONE = "Deze vraag is niet meer bewaard."
EDIT_HEADING = "Pas aan voor mail of chat"
EDIT_LABEL = "Uw tekst"
EDIT_HINT = "U verandert alleen uw eigen tekst. Laat namen en nummers weg."
EDIT_OFFER = "Bied aan het duo aan"
EDIT_SAME = "U hebt nog niets veranderd."

CLOSE = "Sluit"
LARGE_HEADING = "Lees groot"
HELP = "Toetsen"
HELP_HEADING = "Alle toetsen"
HELP_INTRO = "In het vraagveld houdt u Alt vast. Daarbuiten hoeft dat niet."
KEYS = (
    ("/ of Alt+V", "naar de vraag"),
    ("Enter", "vraag het"),
    ("1, 2 of 3", "open of sluit een tekst"),
    ("↓ en ↑", "van tekst naar tekst"),
    ("← en →", "van onderdeel naar onderdeel"),
    ("C", "kopieer het antwoord of de open tekst, met de bron"),
    ("G", "lees het antwoord of de open tekst groot"),
    ("K", "dit antwoord klopt"),
    ("N", "dit antwoord klopt niet"),
    ("D", "vraag het aan het duo"),
    ("P", "pas het antwoord aan voor mail of chat"),
    ("?", "deze lijst"),
    ("Esc", "sluit wat open is, of maak leeg voor de volgende klant"),
)
SINGLE_KEYS = "Toetsen werken ook zonder Alt"

AUDIENCE = "Voor wie is het antwoord?"
AUDIENCES = (("", "Iedereen"), ("inwoner", "Inwoner"), ("ondernemer", "Ondernemer"))
CALL_HEADING = "Eerder in dit gesprek"
PRACTISE = "Oefenen"
CALL_BACK = "Terugbelverzoek"

PARTS = {
    Part.ABOUT: "Uitleg",
    Part.COSTS: "Kosten",
    Part.TERM: "Termijn",
    Part.CONDITIONS: "Voorwaarden",
    Part.APPLY: "Aanvragen",
    Part.OBJECTION: "Bezwaar",
    Part.NOTE: "Alleen KCC",
    Part.TRANSFER: "Doorverbinden",
}
PARTS_LABEL = "Onderdelen van deze tekst"
ALL_OF_TEXT = "Bekijk de hele tekst"
TO_PAGE = "Naar het formulier of de pagina"
RELATED = "Andere teksten over dit onderwerp"
WORDINGS = "Zo vragen mensen hiernaar"
WAS_RIGHT = {1: "Medewerkers zeiden 1 keer dat dit klopt."}
WAS_RIGHT_MORE = "Medewerkers zeiden {count} keer dat dit klopt."
TRANSFER_DEPARTMENT = "Afdeling"
TRANSFER_DUO = "Duo"
TRANSFER_HOUSE = "Algemeen nummer"
TEXT_GONE = "Deze tekst is er niet, of niet meer."
TEXT_LOADING = "De hele tekst komt eraan…"
TEXT_FAILED = "De rest van de tekst komt nu niet. Probeer het zo opnieuw."

SLOW = "Het duurt langer dan anders. Uw vraag staat er nog."
BUSY_HEADING = "Het is nu even te druk"
BUSY_ADVICE = "Uw vraag staat er nog. Wacht een minuut en probeer het opnieuw."
SOON = "De dienst is er zo. Wacht een paar seconden en vraag het opnieuw."
SOON_HEADING = "De dienst is er zo"
SOON_ADVICE = "Uw vraag staat er nog. Wij proberen het vanzelf opnieuw."
SESSION_OVER = "U bent niet meer aangemeld. U ziet nu alleen openbare teksten."
SESSION_HEADING = "U bent niet meer aangemeld"
SESSION_ADVICE = "Uw vraag staat er nog. Meld u aan, dan komt u hier terug."
SIGN_IN_AGAIN = "Meld u opnieuw aan"
NOT_SENT = "Versturen lukt nu niet. Uw woorden staan er nog."
