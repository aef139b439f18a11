"""What an agent reads when they bring a question to a duo, and when it comes back."""

from __future__ import annotations

from service.domain.gap import Fault

HEADING = "Klopt dit niet, of mist er iets?"
ASK_DUO = "Vraag aan het duo"
WRONG = "Dit antwoord klopt niet"
WHAT = "Wat is er aan de hand?"
ASK_DUO_CHOICE = "Ik wil dat het duo dit uitzoekt"
FAULTS = {
    Fault.WRONG: "Dit antwoord is onjuist",
    Fault.OUTDATED: "Dit antwoord is verouderd",
    Fault.INCOMPLETE: "Er ontbreekt iets",
    Fault.UNCLEAR: "Het is onduidelijk",
    Fault.NOT_OURS: "Dit gaat niet over onze gemeente",
}
REMARK = "Uitleg voor het duo (mag leeg blijven)"
REMARK_HINT = "Zet hier geen namen of telefoonnummers in."
SEND = "Stuur naar het duo"
SENT = "Uw vraag staat bij {owner}, als signaal {number}. U ziet hier hoe het afloopt."
SENT_GONE = "Deze vraag is niet meer bewaard. Stel de vraag opnieuw en stuur hem dan door."
SENT_UNKNOWN = "Kies wat er aan de hand is. Stuur het dan opnieuw."
COORDINATOR = "de coördinator"
DEPARTMENT = "de afdeling {name}"
DUO = "het duo {name}"

NEWS_HEADING = "Antwoord op wat u vroeg"
NEWS_SOLVED = "Opgelost: dit staat nu in de tekst ‘{title}’."
NEWS_DISMISSED = "Afgesloten zonder nieuwe tekst: {reason}"
NEWS_LOOK = "Stel de vraag opnieuw"
NEWS_READ = "Gelezen"

EDITED = "Zo is het antwoord verstuurd: {words}"
