"""What we say about this service in the Dutch register of algorithms, and on the page that shows it.

The names of the fields are those of the Algoritmeregister publicatiestandaard 1.0.0. Some sentences have places
for what the settings and the measurements say.
"""

from __future__ import annotations

PLACE = ("Algoritmeregister", "De registratie van dit systeem, om aan te vullen en te publiceren.")
TITLE = "Algoritmeregister"
EXPLAINED = (
    "Hier staat wat u over dit systeem kunt publiceren in het Algoritmeregister van de overheid. "
    "Wat wij weten, is ingevuld. De rest vult u zelf aan."
)
STANDARD = "De velden zijn die van de publicatiestandaard, versie {version}."
DOWNLOADS = "Neem de registratie mee"
AS_JSON, AS_CSV = "Download als JSON", "Download als CSV"
OPEN_HEADING = "Vul dit nog in"
FILLED_HEADING = "Dit is ingevuld"
CHECK = "Lees alles na voordat u het publiceert. U blijft verantwoordelijk voor wat er staat."
FIELD, VALUE, HOW = "Veld", "Inhoud", "Wat erin komt"
REQUIRED = "verplicht"

# name of a field: its title in the standard, and what a person fills in where we cannot
FIELDS: dict[str, tuple[str, str]] = {
    "name": ("Naam", ""),
    "description_short": ("Korte omschrijving", ""),
    "organization": ("Organisatie", ""),
    "category": ("Thema", ""),
    "status": ("Status", "Kies: In ontwikkeling, In gebruik of Buiten gebruik."),
    "begin_date": ("Begindatum", "Jaar en maand waarin u begon, zoals 2026-11."),
    "end_date": ("Einddatum", "Leeg zolang u het systeem gebruikt."),
    "contact_email": ("Contactgegevens", "E-mailadres of website voor vragen over deze registratie."),
    "website": ("Link naar publiekspagina", "Een pagina van u over dit systeem, als die er is."),
    "publication_category": (
        "Publicatiecategorie",
        "Kies: Hoog-risico AI-systeem, Impactvolle algoritmes of Overige algoritmes. Vraag het uw jurist.",
    ),
    "url": ("Link naar bronregistratie", "Uw eigen register, als u dat heeft."),
    "goal": ("Doel en impact", ""),
    "proportionality": (
        "Afwegingen",
        "Waarom u dit inzet, wat ervoor en ertegen pleit, en wat u anders kon doen.",
    ),
    "human_intervention": ("Menselijke tussenkomst", ""),
    "risks": ("Risicobeheer", ""),
    "lawful_basis": ("Wettelijke basis", "De wet waarop het werk rust waarvoor u dit inzet."),
    "lawful_basis_grouping": ("Verwijzingen wettelijke basis", "Titel en link van die wetten."),
    "process_index_url": (
        "Link naar verwerkingsregister",
        "De verwerking in uw openbare register, als die er is.",
    ),
    "impacttoetsen_grouping": ("Verwijzingen impacttoetsen", "Titel en link van uw DPIA of IAMA."),
    "impacttoetsen": ("Toelichting op impacttoetsen", "Waarom u een toets niet deed, als dat zo is."),
    "source_data": ("Gegevens", ""),
    "source_data_grouping": ("Verwijzingen gegevensbronnen", "Titel en link van bronnen die openbaar zijn."),
    "methods_and_models": ("Technische werking", ""),
    "provider": ("Leverancier", "Van wie u het systeem heeft, of: Intern ontwikkeld."),
    "publiccode": ("Link naar broncode", "Waar de broncode openbaar staat, als dat zo is."),
    "lang": ("Taal", ""),
    "standard_version": ("Versie publicatiestandaard", ""),
    "source_id": ("Bron-ID", ""),
    "tags": ("Zoektermen", ""),
}

NAME = "Antwoorden op vragen van inwoners zoeken in onze teksten"
DESCRIPTION = (
    "Antwoordduo zoekt in de teksten van {municipality} wat past bij een vraag. Het laat zien wat er letterlijk "
    "staat, met de bron. Weet het systeem het niet, dan zegt het dat. Een medewerker kijkt dan naar de vraag."
)
DESCRIPTION_MODEL = " Een taalmodel kan het antwoord samenvatten."
THEMES = ("Organisatie en bedrijfsvoering",)
GOAL = (
    "Inwoners en medewerkers van het klantcontact vinden sneller een antwoord dat klopt. Zij zien altijd de bron. "
    "Vragen zonder antwoord komen op de lijst van twee medewerkers die over het onderwerp gaan. Zij maken de tekst "
    "beter. Het systeem neemt geen besluiten over mensen. Het weet niets van een persoonlijk dossier."
)
INTERVENTION = (
    "Aan de telefoon en aan de balie leest een medewerker mee. Die beslist wat de inwoner hoort. "
    "Op de website kan een inwoner altijd bellen of langskomen. Iedereen kan melden dat een antwoord niet klopt. "
    "Een nieuwe tekst komt er pas na twee mensen. Een beheerder kan de chat, de koppeling en het taalmodel elk "
    "apart uitzetten. Dat werkt binnen vijf seconden."
)
RISKS = (
    "Een antwoord kan fout zijn of niet passen. Daarom staat de bron erbij. Het systeem antwoordt alleen als het "
    "zeker genoeg is. {promises} Dat is gemeten met {labelled} verzonnen vragen. "
    "Namen, nummers en adressen gaan uit de vraag voordat wij iets bewaren. Wie in nood is, krijgt meteen een "
    "telefoonnummer. Staat in een tekst of vraag een opdracht aan een computer? Dan voert het systeem die niet uit."
)
PROMISE = "{channel} mag van de antwoorden hooguit {risk} fout zijn."
PROMISE_NONE = "{channel} antwoordt het nog niet vanzelf: daarvoor is te weinig gemeten."
CHANNELS = {"sidebar": "Bij medewerkers", "website": "Op de website"}
RISKS_MODEL = (
    " Een taalmodel kan iets verzinnen. Daarom toetsen vaste regels elke zin aan de bron. "
    "Bij twijfel laten wij het citaat staan."
)
SOURCE_DATA = (
    "De teksten die {municipality} zelf publiceert of beheert. Vragen van inwoners, zonder namen, nummers en "
    "adressen. {kept} Er is geen koppeling met de BRP. "
    "Het zoekmodel is een openbaar model. Het is verder getraind op verzonnen teksten en vragen."
)
KEPT = "Wij bewaren een vraag {days} dagen, en langer als er nog een antwoord moet komen."
NOT_KEPT = "Wij bewaren een vraag niet, behalve als er nog een antwoord moet komen."
METHODS = (
    "Een model ({encoder}) vergelijkt de vraag met alle stukken tekst, samen met een gewone woordzoeker. {reader}"
    "Een geijkt oordeel schat de kans dat het eerste stuk het antwoord geeft. Het is geijkt op {date}, op "
    "{labelled} vragen waarvan {answerable} een antwoord hebben. {measured} Vaste regels en een klein model "
    "(van {screening}) herkennen vragen die wij anders behandelen. Dat zijn vragen van mensen in nood, vragen over "
    "een eigen zaak en vragen voor een andere organisatie. "
    "Het antwoord is een letterlijk citaat. Het systeem leert niet vanzelf van vragen. {model}"
)
READER = "Een tweede model ({reader}) leest vraag en stuk samen. "
OTHER_ENCODER = (
    "De ijking hoort bij een ander model ({encoder}) en telt hier niet: het oordeel is voorzichtiger. "
)
MEASURED = "Gemeten op teksten buiten de ijking: AUROC {auroc}, Brier {brier}."
MODEL_OFF = "Er is geen taalmodel in gebruik dat zelf zinnen maakt."
MODEL_ON = (
    "Een taalmodel ({name}) vat het citaat samen, in hooguit {tokens} tokens. {processor} voert het uit, in "
    "{region}. Er wordt niets mee getraind. Het krijgt de vraag zonder persoonsgegevens en de openbare stukken "
    "tekst. Regels toetsen elke zin aan de bron. Bij elk antwoord staat dat het met AI is gemaakt. {tasks}"
)
TASKS = "Verder doet het: {tasks}. Ook dat wordt getoetst."
TASK_NAMES = {
    "vervolgvraag": "een vervolgvraag aanvullen",
    "wedervraag": "een vraag terug verwoorden",
    "beoordelen": "meewegen of een tekst antwoord geeft",
    "voorstel": "een eerste versie van een tekst maken voor medewerkers",
    "eenvoudig": "een tekst in eenvoudige woorden zetten voor medewerkers",
    "vraagvormen": "andere vragen bij een tekst bedenken",
}
TAGS = "antwoorden, klantcontact, chat, zoeken, KCC, citaat"
