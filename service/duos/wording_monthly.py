"""The sentences of the monthly report, in Dutch at level B1."""

from __future__ import annotations

KEPT = "Op tijd: {share} ({kept} van {due} termijnen)."
KEPT_BEFORE = "De maand ervoor was dat {share}."
KEPT_BEFORE_NONE = "De maand ervoor waren er geen termijnen."
NO_DEADLINES = "Er waren geen termijnen in deze maand."
NEW = "Nieuwe signalen: {now}. De maand ervoor: {before}."
SOLVED = "Opgelost: {now}. De maand ervoor: {before}."
OPEN = "Open aan het eind van de maand: {now}. De maand ervoor: {before}."
LATE = ("Hiervan is 1 signaal te laat.", "Hiervan zijn {count} signalen te laat.")
REOPENED = ("1 signaal is weer geopend.", "{count} signalen zijn weer geopend.")
DAYS = "De helft van de signalen was in {days} werkdagen of minder opgelost."
DAYS_BEFORE = "De maand ervoor was dat {days}."
AGAIN = (
    "Bij 1 signaal is de vraag opnieuw gesteld.",
    "Bij {count} signalen is de vraag opnieuw gesteld.",
)
AGAIN_CLOSED = (
    "1 signaal was al eens opgelost of afgewezen, en toch kwam de vraag terug.",
    "{count} signalen waren al eens opgelost of afgewezen, en toch kwam de vraag terug.",
)
MISSED = (
    "1 signaal was niet op tijd, ook niet na een herinnering.",
    "{count} signalen waren niet op tijd, ook niet na een herinnering.",
)
REMINDED = "Deze collega’s kregen een signaal en een herinnering, en waren niet op tijd:"
REMINDED_ONE = "{name}: 1 signaal."
REMINDED_MORE = "{name}: {count} signalen."
REMINDED_NOBODY = "Iedereen was na een herinnering op tijd."
