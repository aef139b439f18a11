"""What people read on the form of a service charter, and when one cannot be right."""

from __future__ import annotations

from service.domain.gap import GapKind, Urgency

KINDS = {
    GapKind.MISSING: "Er is geen tekst",
    GapKind.UNCERTAIN: "Gevonden, maar niet zeker",
    GapKind.REJECTED: "Afgekeurd door een lezer",
    GapKind.OUTDATED: "Verouderd",
}
URGENCIES = {Urgency.LOW: "Weinig haast", Urgency.NORMAL: "Gewoon", Urgency.HIGH: "Veel haast"}

NOT_A_CHARTER = "Dit is geen servicenorm."
CELL = "het aantal werkdagen bij “{kind}”, “{urgency}”"
FIELDS = {
    "remind_before": "het aantal werkdagen voor de herinnering",
    "step_days": "het aantal werkdagen tot de volgende stap",
    "opens_at": "het aantal keer dat een vraag is gesteld",
}
NUMBER = "Vul een heel getal van {least} tot en met {most} in voor {what}."
FALLING = "Bij “{kind}” krijgt een signaal met meer haast nu meer tijd. Geef het minder of evenveel dagen."
ESCALATION = "Kies wie bericht krijgt: het duo, het afdelingshoofd of de coördinator."
ESCALATION_ORDER = "Begin met het duo. Daarna komt het afdelingshoofd en als laatste de coördinator."
UNKNOWN = "Het onderdeel “{name}” hoort niet in de servicenorm."
