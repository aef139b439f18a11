"""Every sentence of the pages of `/beheer`, in Dutch at level B1. Read a new one aloud first."""

from __future__ import annotations

from service.duos import wording_charter
from service.duos.charter import Step
from service.notify.notices import Event
from service.storage.outbox import Kind
from service.web.wording import ProblemText

# -- what the pages share --------------------------------------------------------------------------

TITLE = "Beheer"
PLACES = "Onderdelen van beheer"
SAVE = "Bewaar"
SAVED = "De wijziging is bewaard."
OPTIONAL = "U mag dit leeg laten."
BACK = "Terug naar de lijst"
NOTHING = "–"
YES, NO = "Ja", "Nee"
MEANWHILE_TITLE = "Iemand anders was u voor"
MEANWHILE = (
    "{name} heeft dit {moment} bewaard, terwijl u bezig was. Wat u invulde staat er nog. Bewaart u nu, dan "
    "geldt wat u invulde."
)
MEANWHILE_SAME = "U vulde hetzelfde in."
MEANWHILE_COLUMNS = ("Onderdeel", "Van {name}", "Van u")
SOMEBODY = "Iemand anders"
CHANGED_BY = "Het laatst gewijzigd door {name}, {moment}."
NEVER_CHANGED = "Nog nooit gewijzigd: dit is de instelling van uw installatie."

# -- overview --------------------------------------------------------------------------------------

OVERVIEW_EXPLAINED = "Hier regelt u wie wat doet en wat uw gemeente belooft."
PLACE_PEOPLE = ("Mensen", "Wie zich mag aanmelden, en met welke rol.")
PLACE_MUNICIPALITY = ("Gemeente", "Telefoonnummer, openingstijden, balies en wat u doet bij een crisis.")
PLACE_OWNERS = ("Eigenaren", "Welk productduo de teksten van welk product bijhoudt.")
PLACE_CHARTER = ("Servicenormen", "Hoe snel een signaal af moet zijn, en wie een herinnering krijgt.")
PLACE_NOTICES = ("Berichten", "Berichten die niet aankomen.")
PLACE_EMERGENCY = ("Noodstop", "Een tekst meteen overal weghalen.")
CONDITION = "Hoe zeker het systeem mag zijn"
CONDITION_EXPLAINED = (
    "Het systeem geeft alleen zelf antwoord als vaststaat hoe vaak dat fout gaat. Dat is gemeten met vragen "
    "waarvan het goede antwoord bekend is."
)
CONDITION_DATE = "Gemeten op {date}."
CONDITION_GOOD = "De meting geldt voor uw teksten."
CONDITION_BAD = "Let op: het systeem werkt nu niet op zijn best."
CONFIRM = "De meting geldt voor deze teksten"
CONFIRM_EXPLAINED = (
    "Er zijn veel teksten veranderd en bekende vragen gaan fout. Hebt u dat nagekeken en is het goed zo? Dan "
    "mag het systeem weer zelf antwoord geven."
)
CONFIRMED = "Vastgelegd. Het systeem mag weer zelf antwoord geven."
CHANNELS = {"website": "Website", "sidebar": "Zijbalk"}
PROMISE = "Ten hoogste {risk} van de antwoorden is fout."
PROMISE_NONE = "Geeft hier nog niet zelf antwoord: dat er ten hoogste {risk} fout is, is nog niet bewezen."
REASONS = {
    "calibration_of_another_encoder": "De meting is gedaan met een ander model voor het vergelijken.",
    "calibration_of_another_reader": "De meting is gedaan met een ander model voor het lezen.",
    "calibration_of_another_ranking": "De meting is gedaan met een andere volgorde van teksten.",
    "calibration_of_another_judge": "De meting is gedaan met een andere versie van het systeem.",
    "calibration_without_this_model": "De meting is niet gedaan met dit taalmodel. Het beoordeelt niet mee.",
    "regression_set_fails": "Vragen die eerst goed gingen, gaan nu fout. Kijk na of de teksten kloppen.",
    "no_model": "Het model ontbreekt. Zoeken gaat alleen op woorden.",
    "model_fails": "Het model werkt niet. Zoeken gaat alleen op woorden.",
    "no_reader": "Het model dat meeleest ontbreekt.",
    "reader_fails": "Het model dat meeleest werkt niet.",
    "screening_of_another_model": "Het herkennen van hulpvragen werkt met een ander model.",
    "missing_vectors": "Een deel van de teksten wordt nog verwerkt.",
    "database_away": "De database geeft geen antwoord.",
    "calibration_not_looked_at": "De meting is nu niet na te kijken. De database geeft geen antwoord.",
}
REASON_OTHER = "Code van de oorzaak: {code}."

# -- the municipality ------------------------------------------------------------------------------

MUNICIPALITY_EXPLAINED = (
    "Deze gegevens staan in de zijbalk, op foutpagina’s en in e-mails. Een wijziging is binnen 5 seconden "
    "overal te zien."
)
MUNICIPALITY_REACH = "Zo bereikt een inwoner u"
MUNICIPALITY_FIELDS = {
    "name": ("Naam", "Zoals mensen die lezen, bijvoorbeeld: gemeente Merelveen."),
    "telephone": ("Telefoonnummer", ""),
    "opening_hours": ("Openingstijden van de telefoon", "Een zin, bijvoorbeeld: op werkdagen van 9.00 tot 17.00 uur."),
    "contact_url": ("Pagina met alle contactgegevens", "Het hele adres. Het begint met https://."),
    "privacy_url": ("Pagina over privacy", "Het hele adres. U mag dit leeg laten."),
    "coordinator_email": (
        "E-mailadres van de coördinator",
        "Hier gaan berichten naartoe als er geen account van een coördinator is. U mag dit leeg laten.",
    ),
}  # fmt: skip
DESKS_TITLE = "Balies"
DESKS_HINT = "Maakt u de naam, het adres en de tijden leeg, dan verdwijnt de balie."
DESK_NUMBER = "Balie {number}"
DESK_NEW = "Nieuwe balie"
DESK_FIELDS = {"name": "Naam", "address": "Adres", "hours": "Openingstijden"}
CRISIS_TITLE = "Als iemand in gevaar is"
CRISIS_LABEL = "Wat uw medewerkers dan doen"
CRISIS_HINT = (
    "Elke regel komt boven ons eigen advies te staan. Bijvoorbeeld: bel de teamleider, toestel 1234. U mag "
    "dit leeg laten."
)
RETENTION = "Hoe lang vragen blijven staan"
RETENTION_DAYS = "Een vraag wordt na {days} dagen verwijderd. Dit stelt de beheerder van de installatie in."
RETENTION_DAY = "Een vraag wordt na 1 dag verwijderd. Dit stelt de beheerder van de installatie in."
RETENTION_LISTED = (
    "Hoort de vraag bij een signaal? Dan blijft zij daar staan, zonder persoonsgegevens, tot 90 dagen nadat "
    "het signaal is gesloten."
)
RETENTION_NEVER = "Vragen worden niet bewaard. Dit stelt de beheerder van de installatie in."

# -- who owns what ---------------------------------------------------------------------------------

OWNERS_EXPLAINED = "Wie de teksten van een product bijhoudt, krijgt ook de signalen over dat product."
OWNERS_READ_ONLY = "U ziet hier uw eigen afdeling. De coördinator of de beheerder kan het wijzigen."
OWNERS_NO_DEPARTMENT = "U bent nog niet aan een afdeling gekoppeld. Vraag de beheerder om dat te doen."
WEAKNESSES = "Wat niet in orde is"
WEAKNESS_NONE = "Alles is in orde: elk product heeft een duo van twee mensen."
WEAKNESS = {
    "product_without_duo": "“{about}” heeft geen duo. Signalen gaan naar de afdeling of de coördinator.",
    "member_left": "{about} is weg, en zit nog in een duo.",
    "duo_without_half": "Het duo “{about}” heeft maar één lid.",
    "duo_without_members": "Het duo “{about}” heeft geen leden. De afdeling neemt waar.",
    "duo_without_department": "De afdeling van het duo “{about}” is niet bekend.",
}
MEND = "Oplossen"
MORE = "Nog {count}"
DUOS, DEPARTMENTS, MEMBERS, PRODUCTS = "Productduo’s", "Afdelingen", "Medewerkers", "Producten"
DUO, DEPARTMENT, MEMBER, PRODUCT, HEAD = "Productduo", "Afdeling", "Medewerker", "Product", "Hoofd"
KCC_MEMBER, SPECIALIST, NUMBER_OF_PRODUCTS = "Lid van het KCC", "Specialist", "Aantal producten"
LEFT = "Is weg"
DUO_NEW = "Nieuw duo"
DUO_NAME, DUO_NAME_HINT = "Naam van het duo", "Bijvoorbeeld: Reisdocumenten."
MEMBER_NEW = "Nieuwe medewerker"
MEMBER_NAME, MEMBER_EMAIL, MEMBER_FUNCTION = "Naam", "E-mailadres", "Functie"
MEMBER_LEFT = "Werkt hier niet meer"
MEMBER_LEFT_HINT = "De naam blijft staan bij wat deze medewerker deed. De afdeling neemt waar in het duo."
MEMBER_IN = "Zit in"
MEMBER_DUOS = "Duo’s van deze medewerker"
NOBODY = "Niemand"
CHOOSE = "Kies"
HEAD_LABEL = "Hoofd van de afdeling"
HEAD_HINT = "Krijgt bericht als een signaal te laat is."
DEPARTMENT_EMAIL = "E-mailadres van de afdeling"
DUO_PRODUCTS = "Producten van dit duo"
DUO_PRODUCTS_NONE = "Dit duo heeft nog geen producten."
DUO_PRODUCTS_HINT = "Kies een product om het aan een ander duo te geven."
DUO_PRODUCTS_MORE = "Geef dit duo een product: kies het in de lijst met alle producten."
PRODUCT_TITLE = "Product: {name}"
PRODUCT_CODE = "In de productenlijst van de overheid: {code}"
PRODUCT_OF = "Nu van: {duo}."
PRODUCT_OF_NOBODY = "Dit product heeft nog geen duo."
PRODUCT_TO = "Geef dit product aan"
PRODUCT_GIVE = "Product geven"
PRODUCT_MOVED = "Iemand anders heeft dit product net aan {duo} gegeven. Kies opnieuw."
PRODUCT_MOVED_TO_NOBODY = "Iemand anders heeft dit product net weggehaald bij het duo. Kies opnieuw."
PRODUCT_GIVEN = "Het product is gegeven. Nieuwe signalen gaan naar dit duo."
TAKE_BACK = "Zoals geladen"
TAKE_BACK_EXPLAINED = "Haalt alle wijzigingen hiervan weg. Het wordt weer zoals in de bron staat."
TAKEN_BACK = "Het is weer zoals in de bron."
DISSOLVE = "Duo opheffen"
DISSOLVE_EXPLAINED = "De signalen van dit duo gaan naar de afdeling. Nu zijn dat er {count}."
DISSOLVED = "Het duo is opgeheven. Naar de afdeling gingen {count} signalen."
DISSOLVED_DUOS = "Opgeheven duo’s"
PUT_BACK = "Terugzetten"
DUO_FAULT_NAME = "Geef het duo een naam van ten hoogste 100 tekens."
DUO_FAULT_DEPARTMENT = "Kies een afdeling uit de lijst."
DUO_FAULT_HALF = "Kies een medewerker uit de lijst."
DUO_FAULT_SAME = "Kies twee verschillende mensen: zij controleren elkaars teksten."
MEMBER_FAULT_NAME = "Vul een naam in van ten hoogste 100 tekens."
MEMBER_FAULT_FUNCTION = "Gebruik ten hoogste 200 tekens."
EMAIL_FAULT = "Vul een e-mailadres in, zoals naam@gemeente.nl. Of laat het veld leeg."
HEAD_FAULT = "Kies een medewerker uit de lijst."
NO_SUCH = ProblemText("Dit is er niet meer", "Ga terug naar de lijst met eigenaren en kies opnieuw.")

# -- the service charter ---------------------------------------------------------------------------

CHARTER_EXPLAINED = "Dit belooft uw gemeente zichzelf. Alle dagen hieronder zijn werkdagen."
CHARTER_FROM_NOW = "Een wijziging geldt voor nieuwe termijnen. Een termijn die al loopt, blijft zoals hij is."
CHARTER_DAYS = "Hoeveel werkdagen heeft een duo?"
CHARTER_KINDS, CHARTER_URGENCIES = wording_charter.KINDS, wording_charter.URGENCIES
CHARTER_OPENING = "Van voorstel naar signaal"
CHARTER_OPENS = "Bij de hoeveelste vraag gaat een signaal open?"
CHARTER_OPENS_HINT = "Daarvoor is het een voorstel: het staat in de lijst, zonder termijn en zonder bericht."
CHARTER_REMINDERS = "Herinneringen"
CHARTER_BEFORE = "Hoeveel werkdagen voor de termijn?"
CHARTER_BEFORE_HINT = "Vul 0 in voor geen herinnering vooraf. Op de dag zelf en erna komt er altijd één."
CHARTER_STEP = "Om de hoeveel werkdagen hoort de volgende het?"
CHARTER_ESCALATION = "Wie hoort het als een signaal te laat is?"
CHARTER_STEPS = {
    Step.DUO: "Het duo",
    Step.DEPARTMENT_HEAD: "Het afdelingshoofd",
    Step.COORDINATOR: "De coördinator",
}
CHARTER_ALWAYS = "Het duo hoort het altijd als eerste."
CHARTER_WRONG = "Dit kan nog niet"

# -- notices ---------------------------------------------------------------------------------------

NOTICES_EXPLAINED = "Deze berichten komen niet aan. Het systeem probeert het elke dag nog een keer."
NOTICES_NONE = "Alle berichten komen aan."
NOTICES_NO_ROAD = "Er is nog geen mail ingesteld. Er gaan geen berichten uit."
NOTICE_KINDS = {Kind.MAIL: "E-mail", Kind.WEBHOOK: "Webhook", Kind.OPEN_KLANT: "Taak in Open Klant"}
NOTICE_EVENTS = {
    Event.OPENED: "Nieuw signaal",
    Event.REMINDER_BEFORE: "Herinnering vooraf",
    Event.REMINDER_ON: "Herinnering op de dag",
    Event.REMINDER_AFTER: "Herinnering achteraf",
    Event.OVERDUE: "Te laat, een stap hoger",
    Event.APPROVAL: "Tekst om te controleren",
    Event.RETURNED: "Tekst teruggestuurd",
    Event.SOLVED: "Signaal opgelost",
    Event.DISMISSED: "Signaal afgesloten",
    Event.ANSWER: "Antwoord aan een bezoeker",
    Event.DECLINED: "Bericht aan een bezoeker: geen antwoord",
    Event.REPORT: "Maandbericht",
    Event.CALLBACK: "Terugbelverzoek",
    Event.CALLBACK_LATE: "Terugbelverzoek te laat",
    Event.CALLBACK_EXPIRED: "Terugbelverzoek gewist",
}
NOTICE_OTHER = "Bericht"
NOTICE_ABOUT = "Over signaal {number}"
NOTICE_SINCE = "Wacht sinds {moment}."
NOTICE_TRIES = {0: "Nog niet geprobeerd.", 1: "1 keer geprobeerd."}
NOTICE_TRIES_MORE = "{count} keer geprobeerd."
NOTICE_REFUSED = "De andere kant weigert dit bericht."
NOTICE_ERASED = "De inhoud is verwijderd: de bewaartermijn is voorbij. Opnieuw proberen kan niet meer."
NOTICE_NEXT = "Volgende keer: {moment}."
NOTICE_ERROR = "Melding: {error}"
NOTICE_AGAIN = "Opnieuw proberen"
NOTICE_GIVE_UP = "Laat maar"
NO_SUCH_NOTICE = ProblemText(
    "Dit bericht wacht niet meer", "Het is aangekomen of gestopt. Ga terug naar de lijst met berichten."
)
NOTICE_DONE = {
    "opnieuw": "Het bericht wordt zo opnieuw geprobeerd.",
    "weg": "Dit bericht wordt niet meer geprobeerd.",
}
