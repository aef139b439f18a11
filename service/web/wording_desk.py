"""Every sentence of the contact centre's own pages: news, calling back and practising (B1)."""

from __future__ import annotations

from service.domain.callback import CallbackStep, Daypart
from service.domain.pinned import Readers
from service.storage.practice import Verdict
from service.web.wording import ProblemText

# -- in the head of the pages ------------------------------------------------------------------------

NEWS_DOOR = "Actueel"
CALLBACKS_DOOR = "Terugbellen"
PRACTICE_DOOR = "Oefenen"

# -- news: what everybody reads ----------------------------------------------------------------------

PINNED = "Actueel"
PINNED_IN = {"nl": "Actueel", "en": "News"}  # the chat speaks both
PINNED_MORE = "Lees meer"
PINNED_STAFF = "Alleen KCC"
UNTIL_TIME = "Geldt tot {time} uur."
UNTIL_DAY = "Geldt tot en met {day}."
UNTIL_TODAY = "Geldt vandaag."
UNTIL_MOMENT = "Geldt tot {day}, {time} uur."

# -- news: the coordinator's page --------------------------------------------------------------------

NEWS_TITLE = "Actueel"
NEWS_EXPLAINED = "Zet hier nieuws dat nu telt: een storm, een storing, verkiezingen. Het verdwijnt vanzelf."
NEWS_WHERE = "Het staat bovenaan in de zijbalk en in de chat. Het telt ook mee bij het zoeken."
NEWS_NOW = "Staat er nu"
NEWS_LATER = "Komt later"
NEWS_OVER = "Stond er eerder"
NEWS_NONE = "Er staat nu geen nieuws."
NEWS_NEW = "Nieuw bericht"
NEWS_EDIT = "Bericht wijzigen"
NEWS_TITLE_LABEL = "Titel"
NEWS_TITLE_HINT = "Zeg in één regel wat er aan de hand is."
NEWS_TEXT_LABEL = "Tekst"
NEWS_TEXT_HINT = "Wat moet iemand weten of doen? Zet hier geen persoonsgegevens neer."
NEWS_LINK_LABEL = "Link (mag leeg)"
NEWS_LINK_HINT = "Het hele adres van een pagina, met https ervoor."
NEWS_FOR = "Voor wie?"
READERS = {
    Readers.BOTH: "Medewerkers en website",
    Readers.AGENTS: "Alleen medewerkers",
    Readers.WEBSITE: "Alleen de website",
}
NEWS_HOW_LONG = "Hoe lang?"
DURATIONS = {
    "uur": "Een uur",
    "vandaag": "Vandaag",
    "week": "Een week",
    "tot": "Tot een moment",
}
NEWS_UNTIL_LABEL = "Tot wanneer?"
NEWS_UNTIL_HINT = "Vul dit in als u “Tot een moment” kiest."
NEWS_FROM_LABEL = "Vanaf wanneer? (leeg is nu)"
NEWS_PIN = "Zet het bericht neer"
NEWS_SAVE = "Bewaar de wijziging"
NEWS_END = "Nu beëindigen"
NEWS_CHANGE = "Wijzigen"
NEWS_AGAIN = "Zet opnieuw neer"
NEWS_STARTS = "Begint {moment}."
NEWS_BY = "Geplaatst door {name}, {moment}."
NEWS_CHANGED_BY = "Gewijzigd door {name}, {moment}."
NEWS_ENDED = "Tot {moment}."
NEWS_BACK = "Terug naar al het nieuws"
NEWS_DONE = {
    "nieuw": "Het bericht is geplaatst.",
    "gewijzigd": "Het bericht is gewijzigd.",
    "gestopt": "Het bericht is weg.",
}
NEWS_MEANWHILE = "{name} heeft dit bericht net gewijzigd. Hieronder staat hoe het nu is. Wijzig het opnieuw."
NEWS_TITLE_EMPTY = "Vul een titel in."
NEWS_TITLE_LONG = "Maak de titel korter dan {maximum} tekens."
NEWS_TEXT_EMPTY = "Vul een tekst in."
NEWS_TEXT_LONG = "Maak de tekst korter dan {maximum} tekens."
NEWS_LINK_WRONG = "Dit is geen webadres. Begin met https://."
NEWS_FOR_MISSING = "Kies voor wie dit is."
NEWS_HOW_LONG_MISSING = "Kies hoe lang het bericht blijft staan."
NEWS_UNTIL_WRONG = "Vul een dag en een tijd in."
NEWS_UNTIL_PAST = "Kies een moment dat nog komt, na het begin."
NEWS_UNTIL_FAR = "Kies een moment binnen een jaar."
NEWS_FROM_WRONG = "Vul een dag en een tijd in, of laat dit leeg."
NO_SUCH_NEWS = ProblemText("Dit bericht is er niet", "Ga terug naar al het nieuws en kies daar een bericht.")

# -- rising questions --------------------------------------------------------------------------------

RISING = "Vandaag veel gevraagd"

# -- calling back: the agent -------------------------------------------------------------------------

CALLBACK_TITLE = "Terugbelverzoek"
CALLBACK_EXPLAINED = "Kan nu niemand antwoorden? De afdeling belt terug, uiterlijk {day}."
CALLBACK_SAY = "Zeg tegen de beller: u wordt gebeld, uiterlijk {day}."
CALLBACK_DEPARTMENT = "Welke afdeling belt terug?"
CALLBACK_PROPOSED = "Wij stellen de afdeling van de tekst voor die het dichtst bij de vraag komt."
CALLBACK_COORDINATOR = "Coördinator (afdeling niet bekend)"
CALLBACK_TELEPHONE = "Telefoonnummer"
CALLBACK_TELEPHONE_HINT = "Een nummer uit het buitenland begint met + en het landnummer."
CALLBACK_NAME = "Naam (mag leeg)"
CALLBACK_NAME_SHORT = "Naam"
CALLBACK_WHEN_SHORT = "Wanneer"
CALLBACK_WHEN = "Wanneer kan de beller opnemen?"
DAYPARTS = {
    Daypart.WHENEVER: "Maakt niet uit",
    Daypart.MORNING: "’s Ochtends",
    Daypart.AFTERNOON: "’s Middags",
}
CALLBACK_ABOUT = "Waar gaat het over?"
CALLBACK_ABOUT_HINT = "Zet hier geen namen en nummers neer. Wij halen ze eruit."
CALLBACK_KEPT = "Nummer en naam worden gewist zodra iemand belt, en na {days} dagen in elk geval."
CALLBACK_SEND = "Vraag om terugbellen"
CALLBACK_BACK = "Terug naar de vragen"
CALLBACK_LEFT = "Het verzoek staat klaar"
CALLBACK_LEFT_FOR = "{department} belt terug, uiterlijk {day}."
CALLBACK_LEFT_COORDINATOR = "De coördinator zoekt wie er terugbelt, uiterlijk {day}."
CALLBACK_LEFT_NEWS = "Is er gebeld? Dan leest u dat in de zijbalk."
TELEPHONE_EMPTY = "Vul het telefoonnummer in."
TELEPHONE_WRONG = "Dit nummer klopt niet. Kijk het na met de beller."
ABOUT_EMPTY = "Vul in waar het over gaat."
ABOUT_LONG = "Maak dit korter dan {maximum} tekens."
NAME_LONG = "Maak de naam korter dan {maximum} tekens."
DEPARTMENT_WRONG = "Kies een afdeling uit de lijst."

# -- calling back: the department --------------------------------------------------------------------

CALLBACKS_TITLE = "Terugbelverzoeken"
CALLBACKS_NONE = "Niemand wacht op een telefoontje. Mooi zo."
CALLBACKS_NO_DEPARTMENT = "U hoort nog bij geen afdeling. Vraag de coördinator om u aan een duo te koppelen."
CALLBACKS_COUNT = {1: "Er wacht 1 terugbelverzoek."}
CALLBACKS_COUNT_MORE = "Er wachten {count} terugbelverzoeken."
CALLBACKS_LATE = {0: "", 1: "1 ervan is te laat."}
CALLBACKS_LATE_MORE = "{count} ervan zijn te laat."
CALLBACK_LATE = "Te laat: had gemoeten op {day}"
CALLBACK_DUE_TODAY = "Bel vandaag, voor 17.00 uur"
CALLBACK_DUE = "Bel uiterlijk {day}"
CALLBACK_NO_NAME = "Naam niet bekend"
CALLBACK_ASKED = "Gevraagd {moment}."
CALLBACK_OF = "Voor {department}."
CALLBACK_TRIES = {1: "1 keer niet bereikt."}
CALLBACK_TRIES_MORE = "{count} keer niet bereikt."
CALLBACK_NOTE = "Notitie (mag leeg)"
CALLBACK_NOTE_HINT = "Zonder namen en nummers."
CALLBACK_DONE_BUTTON = "Teruggebeld"
CALLBACK_NOT_REACHED_BUTTON = "Niet bereikt"
CALLBACK_OTHER = "Doorgeven aan een andere afdeling"
CALLBACK_TO = "Aan welke afdeling?"
CALLBACK_WHY = "Waarom? Schrijf dit voor de andere afdeling."
CALLBACK_HAND_OVER = "Geef door"
CALLBACK_WHY_EMPTY = "Schrijf kort waarom u doorgeeft."
CALLBACK_TO_WRONG = "Kies een andere afdeling."
CALLBACK_HISTORY = "Wat er al gebeurde"
CALLBACK_STEPS = {
    CallbackStep.CALLED: "teruggebeld",
    CallbackStep.NOT_REACHED: "niet bereikt",
    CallbackStep.HANDED_OVER: "doorgegeven",
}
CALLBACK_STEP_LINE = "{name}, {moment}: {step}."
CALLBACK_MEANWHILE = "Een collega was net iets eerder. Hieronder staat hoe het nu is."
CALLBACKS_DONE = {
    "gebeld": "Genoteerd. Het nummer en de naam zijn gewist.",
    "niet-bereikt": "Genoteerd. Probeer het later nog een keer.",
    "doorgeven": "Het verzoek is doorgegeven.",
}
NO_SUCH_CALLBACK = ProblemText(
    "Dit terugbelverzoek is er niet", "Misschien is er al gebeld. Ga terug naar de lijst."
)
CALLBACK_FIGURES = "Cijfers van de laatste 90 dagen"
CALLBACK_COLUMNS = ("Afdeling", "Verzoeken", "Teruggebeld", "Op tijd", "Wacht", "Te laat", "Gewist")
CALLBACK_FIGURES_NONE = "Er waren nog geen terugbelverzoeken."
CALLBACK_COORDINATOR_SHORT = "Coördinator"
CALLBACK_EXPIRED = {
    1: "Bij 1 verzoek belde niemand op tijd. Het nummer is gewist, bellen kan niet meer.",
}
CALLBACK_EXPIRED_MORE = "Bij {count} verzoeken belde niemand op tijd. De nummers zijn gewist."

# how it ended, for the agent in the sidebar
CALLBACK_NEWS = "Uw terugbelverzoeken"
CALLBACK_NEWS_CALLED = "De beller is teruggebeld op {day}."
CALLBACK_NEWS_EXPIRED = "Niemand heeft op tijd teruggebeld. Het nummer is gewist."
CALLBACK_NEWS_READ = "Gelezen"

# -- practising --------------------------------------------------------------------------------------

PRACTICE_TITLE = "Oefenen"
PRACTICE_EXPLAINED = (
    "Oefen met echte vragen die al een goed antwoord hebben. U ziet daarna de tekst en de bron."
)
PRACTICE_PRIVATE = "Niemand ziet hoe u het deed. Wij tellen per product, zonder namen."
PRACTICE_ABOUT = "Waarover?"
PRACTICE_ALL_COUNT = "Alle producten ({count} vragen)"
PRACTICE_ONE_COUNT = {1: "{name} (1 vraag)"}
PRACTICE_PRODUCT_COUNT = "{name} ({count} vragen)"
PRACTICE_HOW = "Hoe?"
PRACTICE_PICK = "Kies de goede tekst uit vier"
PRACTICE_OWN = "Antwoord in uw eigen woorden"
PRACTICE_START = "Begin met oefenen"
PRACTICE_NONE = "Er zijn nog geen vragen om mee te oefenen."
PRACTICE_NONE_WHY = "Zodra een duo een signaal oplost, komt de vraag hier te staan."
PRACTICE_OTHER = "Zonder product"
PRACTICE_NUMBER = "Vraag {number} van {count}"
PRACTICE_ASKED = "Een inwoner vraagt:"
PRACTICE_WHICH = "Welke tekst geeft het antwoord?"
PRACTICE_CHOOSE_FIRST = "Kies eerst een tekst."
PRACTICE_CHECK = "Kijk of het klopt"
PRACTICE_YOURS = "Uw antwoord"
PRACTICE_YOURS_HINT = "Wat zegt u tegen de beller? Dit wordt nergens bewaard."
PRACTICE_SHOW = "Laat de tekst zien"
PRACTICE_RIGHT = "Goed gekozen"
PRACTICE_NOT_RIGHT = "Dit was een andere tekst"
PRACTICE_YOU_CHOSE = "U koos: ‘{title}’."
PRACTICE_TEXT = "Het antwoord uit onze tekst"
PRACTICE_FACT = "Dit moet erin: {fact}"
PRACTICE_SOURCE = "Bron: {title}"
PRACTICE_WHOLE = "Lees de hele tekst"
PRACTICE_NO_MARK = "Lees zelf welke zin het antwoord geeft."
PRACTICE_HOW_WAS_IT = "Hoe goed was uw antwoord?"
VERDICTS = {
    Verdict.RIGHT: "Ik had het goed",
    Verdict.PARTLY: "Ik had het deels",
    Verdict.WRONG: "Ik had het niet",
}
PRACTICE_NEXT = "Volgende vraag"
PRACTICE_TO_END = "Bekijk hoe het ging"
PRACTICE_STOP = "Stoppen"
PRACTICE_END = "Klaar met oefenen"
PRACTICE_SCORE = {1: "U beantwoordde 1 vraag."}
PRACTICE_SCORE_MORE = "U beantwoordde {count} vragen."
PRACTICE_SCORE_NONE = "U heeft nog geen vraag beantwoord."
PRACTICE_SCORE_RIGHT = "Goed: {count}"
PRACTICE_SCORE_PARTLY = "Deels: {count}"
PRACTICE_SCORE_WRONG = "Niet: {count}"
PRACTICE_AGAIN = "Oefen nog een keer"
PRACTICE_HARDEST = "Waar collega’s het vaakst misgaan"
PRACTICE_HARDEST_EXPLAINED = "Per product, van de laatste 90 dagen. Er staan geen namen bij."
PRACTICE_COLUMNS = ("Product", "Geoefend", "Goed", "Deels", "Niet")
PRACTICE_HARDEST_NONE = "Er is nog niet geoefend."
