"""What stands on the website of the invented municipality, for the demo: a front page and some products.

The facts are those of the demo's own texts, so that the chat and the page say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of a page: paragraphs, then steps or points, then a table (its first row is the head)."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ProductPage:
    """A page about a product; `task` is its link on the front page."""

    name: str
    task: str
    title: str
    intro: str
    sections: tuple[Section, ...]


NAME = "Merelveen"
FULL_NAME = "Gemeente Merelveen"
SKIP = "Naar de inhoud"
HOME = "Home"
ABOUT = "Over deze website"
INVENTED = "Dit is de website van een bedachte gemeente, om Antwoordduo op te proberen. Niets hier is echt."
MENU = "Hoofdmenu"
WELCOME = "Waarmee kunnen wij u helpen?"
SEARCH_LABEL = "Stel uw vraag, of typ een onderwerp"
SEARCH_HINT = "Bijvoorbeeld: wat kost een paspoort?"
SEARCH = "Zoek antwoord"
TASKS = "Veel gevraagd"
NEWS = "Nieuws"
NEWS_ITEMS = (
    (
        "Strooiwagens staan klaar",
        "Bij gladheid strooien wij eerst de grote wegen en de fietsroutes naar de scholen.",
    ),
    (
        "Nieuwe bomen in het Havenkwartier",
        "Deze maand planten wij veertig bomen. De Meerkade is daarom soms dicht voor auto’s.",
    ),
    ("Denk mee over Rietdorp", "Hoe moet het dorpsplein eruitzien? Kom op dinsdag naar het dorpshuis."),
)
CONTACT = "Contact"
CALL = "Bel {telephone}"
DESK = "Stadskantoor"
DESK_ADDRESS = "Raadhuisplein 1, 9990 AA Merelveen"
DESK_HOURS = "Alleen op afspraak. Ophalen kan zonder afspraak."
COUNTER = "Servicepunt Rietdorp"
COUNTER_ABOUT = "Voor ophalen en korte vragen, dicht bij huis."
ASK = "Uw vraag stellen zonder chat"
STAFF = "Voor wie meekijkt"
STAFF_LINKS = (
    ("/zijbalk", "De zijbalk van het contactcentrum"),
    ("/duo", "De lijst van een productduo"),
    ("/sturing", "De cijfers"),
    ("/beheer/sites", "Beheer van de chat"),
    ("/aanmelden", "Aanmelden als een bedacht persoon"),
)
TASKS_OF_PAGE = "Ook veel gevraagd"
PATH = "U bent hier"

PAGES = (
    ProductPage(
        "paspoort",
        "Paspoort aanvragen",
        "Paspoort aanvragen",
        "Met een paspoort kunt u naar elk land reizen. Ook kunt u ermee laten zien wie u bent.",
        (
            Section(
                "Zo vraagt u een paspoort aan",
                steps=(
                    "Maak een afspraak op het stadskantoor. Dat kan online of via 14 0999.",
                    "Kom zelf naar de balie. Ook een kind moet meekomen.",
                    "Kies waar u het paspoort ophaalt: op het stadskantoor of bij het Servicepunt Rietdorp.",
                    "U krijgt een sms als uw paspoort klaarligt.",
                ),
            ),
            Section(
                "Neem mee",
                points=(
                    "alle paspoorten en identiteitskaarten die u nog heeft",
                    "een pasfoto in kleur, niet ouder dan 6 maanden",
                    "voor een kind: toestemming van de ouder die niet meekomt",
                ),
            ),
            Section(
                "Kosten",
                ("U betaalt aan de balie met uw pinpas.",),
                table=(
                    ("Soort paspoort", "Kosten in 2026"),
                    ("18 jaar of ouder", "€ 86,20"),
                    ("jonger dan 18 jaar", "€ 65,10"),
                    ("extra voor spoed", "€ 58,40"),
                ),
            ),
            Section("Hoe lang het duurt", ("Uw paspoort ligt na 5 werkdagen klaar.",)),
        ),
    ),
    ProductPage(
        "verhuizen",
        "Verhuizing doorgeven",
        "Verhuizing doorgeven",
        "Gaat u verhuizen naar Merelveen of binnen Merelveen? Geef dan uw nieuwe adres aan ons door.",
        (
            Section(
                "Online of aan de balie",
                (
                    "Log in met DigiD en vul uw nieuwe adres in. Geef ook aan wie er met u meeverhuizen.",
                    "Liever aan de balie? Maak een afspraak op het stadskantoor.",
                ),
            ),
            Section(
                "Wanneer",
                ("Dat kan vanaf 4 weken voordat u verhuist tot 5 dagen erna.",),
            ),
            Section("Kosten", ("Een verhuizing doorgeven is gratis.",)),
        ),
    ),
    ProductPage(
        "grofvuil",
        "Grofvuil laten ophalen",
        "Grofvuil laten ophalen",
        "Heeft u huisafval dat te groot is voor de container? Wij halen het op als u een afspraak maakt.",
        (
            Section(
                "Zo maakt u een afspraak",
                steps=(
                    "Maak de afspraak online of bel 14 0999. Doe dit minstens 3 werkdagen van tevoren.",
                    "Geef door welke spullen u heeft.",
                    "Zet de spullen op de afgesproken dag voor 7.30 uur op de stoep.",
                ),
            ),
            Section(
                "Dit nemen wij niet mee",
                points=("puin, gips en ander bouwafval", "asbest", "autobanden", "verf", "vuilniszakken"),
            ),
            Section(
                "Kosten",
                table=(
                    ("Hoe vaak in een jaar", "Prijs"),
                    ("1e en 2e keer", "gratis"),
                    ("vanaf de 3e keer", "€ 32,50 per keer"),
                ),
            ),
        ),
    ),
    ProductPage(
        "parkeren",
        "Parkeervergunning aanvragen",
        "Parkeervergunning voor bewoners",
        "Woont u in een buurt waar u voor parkeren betaalt? Met een vergunning zet u uw auto daar neer.",
        (
            Section(
                "Aanvragen",
                (
                    "Vraag de vergunning online aan met DigiD. Wij zetten hem digitaal op uw kenteken.",
                    "In zone A is een wachtlijst. U wacht daar nu ongeveer 4 maanden.",
                ),
            ),
            Section(
                "Kosten",
                table=(
                    ("Zone", "1e vergunning", "2e vergunning"),
                    ("A", "€ 96 per jaar", "niet mogelijk"),
                    ("B en C", "€ 60 per jaar", "€ 144 per jaar"),
                ),
            ),
        ),
    ),
    ProductPage(
        "uittreksel",
        "Uittreksel BRP aanvragen",
        "Uittreksel uit de basisregistratie personen",
        "Met een uittreksel bewijst u bijvoorbeeld waar u woont. Soms heeft u het nodig voor een huurhuis.",
        (
            Section(
                "Aanvragen",
                (
                    "Online logt u in met DigiD. Wij sturen het uittreksel binnen 3 werkdagen naar uw adres.",
                    "Aan de balie krijgt u het meteen mee.",
                ),
            ),
            Section(
                "Kosten",
                table=(
                    ("Uittreksel", "Kosten in 2026"),
                    ("online", "€ 12,80"),
                    ("aan de balie", "€ 16,40"),
                ),
            ),
        ),
    ),
    ProductPage(
        "melding",
        "Iets kapot of vies op straat melden",
        "Iets kapot of vies op straat melden",
        "Ziet u buiten iets dat kapot, vies of gevaarlijk is? Meld het ons. Wij maken het in orde.",
        (
            Section(
                "Melden",
                ("U hoeft niet in te loggen. Wijs de plek aan op de kaart en schrijf op wat er is.",),
            ),
            Section("Is het gevaarlijk?", ("Bel dan altijd: 14 0999.",)),
            Section(
                "Wanneer wij het maken",
                table=(
                    ("Wat is er?", "Wanneer gemaakt?"),
                    ("gevaar", "binnen 24 uur veilig"),
                    ("losse tegel of gat in de weg", "binnen 5 werkdagen"),
                    ("kapotte lantaarnpaal", "binnen 10 werkdagen"),
                ),
            ),
        ),
    ),
)
