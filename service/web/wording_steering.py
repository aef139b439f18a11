"""Every sentence on the pages of figures, in Dutch at level B1."""

from __future__ import annotations

from service.duos.periods import Kind
from service.storage.measures import Measure
from service.web.wording import ProblemText

TITLE = "Sturing"
EXPLAINED = "Wat ligt er open, wat is opgelost, en wat komt terug? Klik op een getal en u ziet de signalen."
FRESH = "Cijfers van {moment}. Ze zijn hooguit een minuut oud."
ALL_DEPARTMENTS = "Alle afdelingen"
OWN_DEPARTMENTS = "Mijn afdelingen"
COORDINATOR = "Geen afdeling (coördinator)"
NO_DEPARTMENT = "U bent nog niet aan een afdeling gekoppeld. Vraag de beheerder om dat te doen."
UNKNOWN = ProblemText(
    "Deze cijfers zijn er niet", "Misschien horen ze bij een andere afdeling. Ga terug naar Sturing."
)

# -- choosing ----------------------------------------------------------------------------------

CHOOSE = "Kies wat u wilt zien"
PERIOD = "Periode"
PERIODS = {
    Kind.WEEK: "Week",
    Kind.MONTH: "Maand",
    Kind.QUARTER: "Kwartaal",
    Kind.OWN: "Eigen datums",
}
WEEK = "week {number} van {year}"
MONTH = "{month} {year}"
QUARTER = "{number}e kwartaal van {year}"
OWN = "{first} tot en met {last}"
RUNNING = "Deze periode loopt nog."
DEPARTMENT = "Afdeling"
FROM, UNTIL = "Van", "Tot en met"
DATES_HINT = "Alleen nodig bij eigen datums."
SHOW = "Laat zien"
PREVIOUS, NEXT = "Vorige periode", "Volgende periode"
BROWSE = "Andere periode"
DATES_WRONG = "Vul twee datums in. De eerste ligt voor de tweede, en er zit hooguit een jaar tussen."
DATES_FUTURE = "Deze periode moet nog komen."

# -- figures -----------------------------------------------------------------------------------

ON_THIS_PAGE = "Op deze pagina"
KEY_FIGURES = "In het kort"
MEASURES = {
    Measure.OPEN: "Open",
    Measure.LATE: "Te laat",
    Measure.NEW: "Nieuw",
    Measure.SOLVED: "Opgelost",
    Measure.DISMISSED: "Afgewezen",
    Measure.REOPENED: "Weer geopend",
    Measure.AGAIN: "Opnieuw gevraagd",
    Measure.AGAIN_CLOSED: "Teruggekomen",
    Measure.DUE: "Termijnen",
    Measure.KEPT: "Op tijd",
    Measure.MISSED: "Herinnerd, niet op tijd",
    Measure.PROPOSED: "Voorgesteld",
}
EXPLANATIONS = {
    Measure.OPEN: "Signalen die aan het eind van de periode nog open zijn.",
    Measure.LATE: "Open signalen waarvan de termijn voorbij is.",
    Measure.NEW: "Signalen die in deze periode voor het eerst open gingen.",
    Measure.SOLVED: "De vraag is opnieuw gesteld en kreeg het goede antwoord.",
    Measure.DISMISSED: "Gesloten zonder nieuwe tekst, met een reden.",
    Measure.REOPENED: "Signalen die dicht waren en weer open gingen.",
    Measure.AGAIN: "Signalen waarvan de vraag in deze periode nog een keer is gesteld.",
    Measure.AGAIN_CLOSED: "Signalen die al eens dicht waren, en toch is de vraag weer gesteld.",
    Measure.DUE: "Signalen met een termijn in deze periode.",
    Measure.KEPT: "Gesloten voor het einde van de termijn.",
    Measure.MISSED: "Het duo kreeg een bericht en een herinnering, en het signaal was niet op tijd dicht.",
    Measure.PROPOSED: "Nog te weinig gevraagd om er werk van te maken.",
}
KEPT_SHARE = "Op tijd"
KEPT_EXPLAINED = "{kept} van {due} termijnen"
DAYS = "Werkdagen tot opgelost"
DAYS_SHORT = "Werkdagen"
DAYS_EXPLAINED = "De helft was in zoveel werkdagen of minder opgelost."
NO_VALUE = "geen"
BEFORE = "{period}: {value}"
BEFORE_NAMES = {
    Kind.WEEK: "Week ervoor",
    Kind.MONTH: "Maand ervoor",
    Kind.QUARTER: "Kwartaal ervoor",
    Kind.OWN: "Periode ervoor",
}

# -- charts and tables ---------------------------------------------------------------------------

TREND = "Verloop"
TREND_CHART = "Nieuwe en opgeloste signalen per periode"
TREND_SUMMARY = "In deze periode {new} nieuw en {solved} opgelost. De tabel eronder heeft alle getallen."
OPEN_HEADING = "Wat er nog open is"
OPEN_CHART = "Open signalen: op tijd en te laat"
OPEN_SUMMARY = "{open} open, waarvan {late} te laat. De tabel eronder heeft alle getallen."
SHARE_CHART = "Deel van de vragen dat zonder duo is beantwoord"
SHARE_SUMMARY = "De vijftien meest gevraagde producten. De tabel eronder heeft alle getallen."
ON_TIME = "binnen de termijn"
NOT_ANSWERED = "naar het duo"
LEGEND = "Zo leest u de balken"
PAIR = "{first} {first_name}, {second} {second_name}"
DEPARTMENTS = "Per afdeling"
DUOS = "Per productduo"
MEMBERS = "Per collega"
MEMBERS_HINT = (
    "Van een productduo tellen de signalen bij allebei. Alleen u, de coördinator en het hoofd zien dit."
)
PERIOD_COLUMN, DEPARTMENT_COLUMN, DUO_COLUMN, MEMBER_COLUMN = "Periode", "Afdeling", "Productduo", "Collega"
WROTE, APPROVED = "Geschreven", "Gecontroleerd"
LEFT = "{name} (weg)"
TABLE = "Tabel: {caption}"
CSV = "Download als CSV"
QUIET = "Bij deze is alles nul:"
NOTHING = "Er zijn geen signalen in deze periode."

# -- rising ----------------------------------------------------------------------------------------

RISING = "Stijgers van deze week"
RISING_HINT = (
    "Minstens {least} keer gevraagd in de laatste zeven dagen, en minstens twee keer zo vaak als gewoonlijk. "
    "Gewoonlijk is het gemiddelde per week over de vier weken ervoor. Deze lijst is hooguit vijf minuten oud."
)
RISING_NONE = "Geen vraag wordt deze week duidelijk vaker gesteld."
RISING_COLUMNS = ("Vraag", "Deze week", "Gewoonlijk per week", "Van", "Stand")

# -- products --------------------------------------------------------------------------------------

PRODUCTS = "Producten"
PRODUCTS_TITLE = "Vragen per product"
PRODUCTS_EXPLAINED = (
    "Wij tellen een vraag bij het product van de beste tekst. Beantwoord is: zonder dat het duo iets hoefde te doen. "
    "Vragen die niet voor de gemeente zijn, tellen niet mee."
)
PRODUCTS_COLUMNS = (
    "Product", "Productduo", "Vragen", "Beantwoord", "Zeker", "Afgekeurd", "Open signalen", "Eerste lijn",
)  # fmt: skip
PRODUCTS_NONE = "Er zijn nog geen vragen geteld in deze periode."
FIRST_LINE = "Dit kan de eerste lijn overnemen"
FIRST_LINE_HINT = (
    "Minstens {questions} vragen, {answered} of meer beantwoord, meestal zeker, en bijna nooit afgekeurd."
)
FIRST_LINE_NONE = "Er is nu geen product dat hieraan voldoet."
FIRST_LINE_YES = "kan over"
FIRST_LINE_COLUMNS = ("Product", "Productduo", "Vragen", "Beantwoord", "Afgekeurd")

# -- rows ------------------------------------------------------------------------------------------

ROWS_TITLE = "{measure}: {whose}"
ROWS_PERIOD = "{period}."
ROWS_COLUMNS = ("Signaal", "Vraag", "Van", "Stand", "Gevraagd", "Geopend", "Termijn", "Gesloten")
ROWS_COUNT = {0: "Geen signalen.", 1: "1 signaal."}
ROWS_COUNT_MORE = "{count} signalen."
ROWS_PAGES = "Bladeren"
ROWS_BEFORE, ROWS_AFTER = "Vorige", "Volgende"
ROWS_RANGE = "{first} tot en met {last} van {count}"
BACK = "Terug naar Sturing"
WHOSE_DUO = "duo {name}"
WHOSE_DEPARTMENT = "afdeling {name}"
WHOSE_PRODUCT = "{whose}, product {name}"

# -- the monthly report ------------------------------------------------------------------------------

MONTHLY = "Maandbericht"
MONTHLY_TITLE = "Maandbericht van {department}"
MONTHLY_EXPLAINED = "Dit bericht gaat elke maand per mail naar het hoofd van de afdeling."
MONTH_FIELD = "Maand"
MONTH_WRONG = "Kies een maand die al begonnen is, bijvoorbeeld 2026-10."
MONTHLY_HEADING = "De maand in zinnen"
MONTHLY_LATE = "Bekijk de signalen die niet op tijd waren"

# -- the knowledge afternoon ---------------------------------------------------------------------------

AFTERNOON = "Kennismiddag"
AFTERNOON_TITLE = "Kennismiddag"
AFTERNOON_EXPLAINED = "Om samen door te nemen. U kunt deze pagina afdrukken."
SINCE = "Wat is er veranderd sinds"
SINCE_WORDS = "Sinds {day}"
SINCE_WRONG = "Kies een dag van het afgelopen jaar."
TEXTS = "Veranderde teksten"
TEXTS_COLUMNS = ("Tekst", "Afdeling", "Veranderd")
TEXTS_NONE = "Er is geen tekst veranderd."
MOST_ASKED = "Meest gevraagd zonder goed antwoord"
MOST_ASKED_COLUMNS = ("Vraag", "Keer gevraagd", "Van", "Stand")
MOST_ASKED_NONE = "Er is niets gevraagd zonder goed antwoord."
OPEN_NOW = "Open signalen"
OPEN_NOW_COLUMNS = ("Vraag", "Keer gevraagd", "Van", "Termijn")
OPEN_NOW_NONE = "Er ligt niets open."
