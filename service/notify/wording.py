"""Every sentence of our mails and tasks, in Dutch at level B1. No subject names a person."""

from __future__ import annotations

from dataclasses import dataclass

from service.notify.notices import Event


@dataclass(frozen=True)
class Letter:
    """A mail. A paragraph with a field that is empty is left out; `action` is the text of the link."""

    subject: str
    paragraphs: tuple[str, ...]
    action: str
    for_visitor: bool = False


_OPEN = "Open signaal {number}"
_CALLBACKS = "Open de terugbelverzoeken"
_ABOUT = "Het gaat over: {title}."
_ASKED = "Deze vraag is {times} gesteld."
_VISITOR_ABOUT = "Uw vraag ging over: {title}."
_QUESTION = "De vraag: “{question}”"

LETTERS = {
    Event.OPENED: Letter(
        "Nieuw signaal {number}: {topic}",
        (
            "Er is een nieuw signaal voor uw productduo. Onze teksten geven nog geen goed antwoord op een vraag.",
            _ABOUT,
            _ASKED,
            _QUESTION,
            "Zorg dat het antwoord klaar is op {due}, voor 17.00 uur.",
        ),
        _OPEN,
    ),
    Event.REMINDER_BEFORE: Letter(
        "Herinnering: signaal {number} moet af op {due}",
        (
            "Signaal {number} staat nog open.",
            _ABOUT,
            _ASKED,
            _QUESTION,
            "Het moet af zijn op {due}, voor 17.00 uur.",
        ),
        _OPEN,
    ),
    Event.REMINDER_ON: Letter(
        "Vandaag: signaal {number} moet af",
        (
            "Signaal {number} staat nog open.",
            _ABOUT,
            _ASKED,
            _QUESTION,
            "Het moet vandaag af zijn, voor 17.00 uur.",
        ),
        _OPEN,
    ),
    Event.REMINDER_AFTER: Letter(
        "Te laat: signaal {number}",
        (
            "Signaal {number} staat nog open. Het moest af zijn op {due}.",
            _ABOUT,
            _ASKED,
            _QUESTION,
            "Lukt het niet? Vraag uw duogenoot om hulp of draag het signaal over.",
        ),
        _OPEN,
    ),
    Event.OVERDUE: Letter(
        "Signaal {number} is te laat",
        (
            "Signaal {number} is niet op tijd opgelost. Het moest af zijn op {due}.",
            "Het signaal is van {duo}.",
            _ABOUT,
            _ASKED,
            _QUESTION,
            "Wilt u met het duo bespreken wat er nodig is?",
        ),
        _OPEN,
    ),
    Event.APPROVAL: Letter(
        "Wilt u een tekst controleren? Signaal {number}",
        (
            "Uw duogenoot heeft een tekst klaar bij signaal {number}.",
            _ABOUT,
            "Keur de tekst goed. Of geef hem terug en schrijf erbij wat er anders moet.",
        ),
        _OPEN,
    ),
    Event.RETURNED: Letter(
        "Uw tekst bij signaal {number} is terug",
        (
            "Uw duogenoot heeft uw tekst gelezen. Er moet nog iets anders.",
            _ABOUT,
            "De opmerking leest u bij het signaal.",
        ),
        _OPEN,
    ),
    Event.SOLVED: Letter(
        "Signaal {number} is opgelost",
        (
            "Wij hebben de vraag opnieuw gesteld. Uw tekst geeft nu het antwoord.",
            _ABOUT,
            "Bedankt voor uw werk.",
        ),
        _OPEN,
    ),
    Event.DISMISSED: Letter(
        "Signaal {number} is gesloten",
        ("Signaal {number} is gesloten zonder nieuwe tekst.", _ABOUT, "De reden leest u bij het signaal."),
        _OPEN,
    ),
    Event.CALLBACK: Letter(
        "Er wacht een terugbelverzoek, uiterlijk {due}",
        (
            "Er wacht een terugbelverzoek voor {department}.",
            "Bel uiterlijk {due}, voor 17.00 uur.",
            "Wie u kunt bellen, leest u op de pagina met terugbelverzoeken.",
        ),
        _CALLBACKS,
    ),
    Event.CALLBACK_LATE: Letter(
        "Te laat: een terugbelverzoek",
        (
            "Een terugbelverzoek voor {department} staat nog open.",
            "Iemand had gebeld moeten zijn op {due}.",
            "Bel vandaag nog. Lukt het niet? Geef het verzoek door aan een andere afdeling.",
        ),
        _CALLBACKS,
    ),
    Event.CALLBACK_EXPIRED: Letter(
        "Een terugbelverzoek is gewist",
        (
            "Niemand heeft op tijd teruggebeld. Het was een verzoek voor {department}.",
            "De beller had een antwoord moeten krijgen op {due}.",
            "Het nummer is nu gewist. Bellen kan niet meer.",
        ),
        _CALLBACKS,
    ),
    Event.ANSWER: Letter(
        "Antwoord op uw vraag",
        (
            "U heeft ons een vraag gesteld. Toen hadden wij nog geen goed antwoord. Nu wel.",
            _VISITOR_ABOUT,
            "{answer}",
        ),
        "Lees de hele tekst",
        for_visitor=True,
    ),
    Event.DECLINED: Letter(
        "Over uw vraag",
        (
            "U heeft ons een vraag gesteld. Wij zetten hierover geen antwoord op onze website.",
            _VISITOR_ABOUT,
            "De reden: {reason}",
        ),
        "",
        for_visitor=True,
    ),
    Event.REPORT: Letter(
        "Maandbericht signalen, {month}",
        ("Dit zijn de cijfers van {department} over {month}.", "{lines}"),
        "Bekijk alle cijfers",
    ),
}

GREETING = "Beste {name},"
GREETING_NOBODY = "Goedendag,"
CLOSING = "Met vriendelijke groet,"
ADDRESS_GONE = "Wij gebruikten uw mailadres alleen voor dit bericht. Wij verwijderen het nu."
CALL_US = "Heeft u nog een vraag? Bel {telephone}."
AUTOMATIC = "Dit bericht is automatisch verstuurd. U kunt er niet op antwoorden."

NO_DEPARTMENT = "de coördinator"
TOPIC_UNKNOWN = "onderwerp nog niet bekend"
ONCE = "1 keer"
TIMES = "{count} keer"

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

# -- internal tasks --------------------------------------------------------------------------------

TASKS = {
    Event.OPENED: "Beantwoord signaal {number}",
    Event.CALLBACK: "Bel iemand terug, uiterlijk {due}",
}
CONTACT_SUBJECTS = {Event.OPENED: "Signaal {number}: {topic}", Event.CALLBACK: "Terugbelverzoek"}
CONTACT_CHANNEL = "kennisbank"
TASK_LINES = {
    Event.OPENED: (_ABOUT, _ASKED, "Klaar op {due}, voor 17.00 uur.", "{link}"),
    Event.CALLBACK: ("Bel {telephone}.", "Naam: {caller}.", "Bel uiterlijk {due}, voor 17.00 uur.", "{link}"),
}
MARK = "Kenmerk: {id}"
