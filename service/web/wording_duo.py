"""Every sentence on the work page of the duos, in Dutch at level B1.

Read a new one aloud before you add it. The reader is an agent or a specialist with ten minutes to spare.
"""

from __future__ import annotations

from embeddings.document import Audience
from service.domain.answer import Status
from service.domain.draft import DraftState
from service.domain.gap import Fault, GapKind, GapState, Origin, Urgency
from service.domain.question import Channel
from service.web.wording import ProblemText

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
TODAY = "vandaag {time}"
YESTERDAY = "gisteren {time}"
LATE = "Te laat sinds {day}"
DUE_TODAY = "Vandaag af"
DUE_TOMORROW = "Morgen af"
DUE_ON = "Af op {day}"
NO_DUE = "Nog geen datum"

# -- the list ----------------------------------------------------------------------------------

LIST_TITLE = "Mijn signalen"
LIST_TITLE_ALL = "Signalen van iedereen"
LIST_EXPLAINED = "Een signaal is een vraag waarop onze teksten geen goed antwoord geven."
TAB_TODO, TAB_PROPOSED, TAB_DONE = "Te doen", "Voorgesteld", "Afgerond"
TABS_LABEL = "Soorten signalen"
PROPOSED_EXPLAINED = "Dit is nog weinig gevraagd. U hoeft nog niets te doen. Wordt het vaker gevraagd? Dan komt het bij Te doen."
GROUP_RETURNED = "Teruggekregen"
GROUP_REVIEW = "Wacht op uw controle"
GROUP_LATE = "Te laat"
GROUP_SOON = "Vandaag en morgen"
GROUP_LATER = "Nog tijd genoeg"
GROUP_OTHER = "Ligt bij een ander"
GROUP_PROPOSED = "Nog weinig gevraagd"
GROUP_DONE = "Afgerond"
EMPTY_TODO = "Er ligt nu niets voor u. Goed gedaan."
EMPTY_PROPOSED = "Er zijn nu geen voorstellen."
EMPTY_DONE = "Er is nog niets afgerond."
NO_DUO = "U zit nog niet in een productduo. Daarom staat hier niets. Vraag de coördinator om u toe te voegen."
SUMMARY_ALL = {0: "Er ligt niets open.", 1: "Er ligt 1 signaal."}
SUMMARY_ALL_MORE = "Er liggen {count} signalen."
SUMMARY_LATE = {1: "1 is te laat."}
SUMMARY_LATE_MORE = "{count} zijn te laat."
SUMMARY_RETURNED = {1: "1 tekst kreeg u terug."}
SUMMARY_RETURNED_MORE = "{count} teksten kreeg u terug."
SUMMARY_REVIEW = {1: "1 tekst wacht op uw controle."}
SUMMARY_REVIEW_MORE = "{count} teksten wachten op uw controle."
ASKED_TIMES = {0: "Nog niet gevraagd", 1: "1 keer gevraagd"}
ASKED_TIMES_MORE = "{count} keer gevraagd"
LAST_ASKED = "laatst {moment}"
REOPENED = "Weer open"
FROM_TO = "{first} tot en met {last} van {count}"
PREVIOUS, NEXT = "Vorige", "Volgende"
PAGING = "Bladeren"
LIST_OF = "Lijst van"
EVERYBODY = "Iedereen"
SHOW = "Laat zien"
OWNER_COORDINATOR = "de coördinator"
OWNER_DUO = "duo {name}"
OWNER_DEPARTMENT = "afdeling {name}"
WAITS_FOR_YOU = "Controleer de tekst"
WAITS_FOR_OTHER = "Wacht op controle"
CAME_BACK = "Verbeter de tekst"
EMERGENCY_LINK = "Noodstop: een tekst weghalen"
EXPORT_LINK = "Teksten downloaden (JSON)"
TO_LIST = "Terug naar de lijst"
SOMEBODY = "een collega"

KINDS = {
    GapKind.MISSING: "Geen tekst",
    GapKind.UNCERTAIN: "Niet zeker genoeg",
    GapKind.REJECTED: "Afgekeurd",
    GapKind.OUTDATED: "Verouderd",
}
KINDS_EXPLAINED = {
    GapKind.MISSING: "Wij hebben hierover geen tekst.",
    GapKind.UNCERTAIN: "Wij vonden wel iets, maar niet zeker genoeg.",
    GapKind.REJECTED: "Iemand zegt dat het antwoord niet goed is.",
    GapKind.OUTDATED: "De tekst is misschien niet meer van nu.",
}
STATES = {
    GapState.PROPOSED: "Voorgesteld",
    GapState.OPEN: "Open",
    GapState.REVIEW: "Bij de ander voor controle",
    GapState.SOLVED: "Opgelost",
    GapState.DISMISSED: "Afgewezen",
    GapState.MERGED: "Samengevoegd",
}
URGENCIES = {Urgency.LOW: "Kan wachten", Urgency.NORMAL: "Gewoon", Urgency.HIGH: "Spoed"}
CHANNELS = {Channel.SIDEBAR: "zijbalk", Channel.WEBSITE: "website"}

# -- one signal --------------------------------------------------------------------------------

SIGNAL = "Signaal {number}"
NO_SUCH_SIGNAL = ProblemText(
    "Dit signaal is er niet", "Misschien ligt het bij een ander duo. Kijk in uw lijst."
)
FACT_STATE, FACT_DUE, FACT_OWNER, FACT_URGENCY = "Stand", "Termijn", "Van", "Haast"
FACT_ASKED = "Gevraagd"
MERGED_INTO = "Dit signaal is samengevoegd met een ander signaal."
OPEN_THAT = "Open dat signaal"
DISMISSED_BECAUSE = "Afgewezen, met deze reden:"
ASKINGS_HEADING = "Zo is het gevraagd"
ASKINGS_PRIVACY = "Namen en nummers zijn weggehaald."
NO_ASKINGS = "De woorden van deze vragen zijn al verwijderd."
OLDER_ASKINGS = "Toon ook de oudere vragen"
TIMES = "{count} keer"
VIA = "via {channels}"
SAID = "Opmerking:"
NEAREST_HEADING = "Teksten die nu het dichtst in de buurt komen"
NEAREST_HINT = "Gemarkeerd is wat het best bij de vraag past."
NEAREST_NONE = "Wij vinden geen tekst die in de buurt komt."
NEAREST_FAILED = "Zoeken lukt nu niet. Probeer het zo opnieuw. U kunt wel verder met de rest."
SHOWN_THEN = "Dit liet de pagina toen zien"
MEND_THIS = "Verbeter deze tekst"
LINK_THIS = "Koppel de vraag hieraan"
HISTORY_HEADING = "Geschiedenis"
PROOF_HEADING = "Opnieuw gevraagd"
ACTIONS_HEADING = "Wat wilt u doen?"
NEW_TEXT = "Schrijf een nieuw antwoord"
NEW_TEXT_HINT = "Er is nog geen tekst met het antwoord."
LINK_TEXT = "Koppel aan een tekst"
LINK_TEXT_HINT = "Het antwoord staat al ergens, maar wij vonden het niet."
OTHER_ACTIONS = "Of iets anders"
ASK_HALF = "Vraag uw duogenoot iets"
ASK_HALF_LABEL = "Uw vraag of opmerking"
ASK_HALF_HINT = "Uw duogenoot ziet dit bij het signaal. Schrijf geen gegevens van klanten op."
ASK_HALF_DO = "Stuur naar uw duogenoot"
HAND_OVER = "Geef aan een ander"
HAND_OVER_TO = "Aan wie?"
HAND_OVER_NOTE = "Waarom? De ander leest dit."
HAND_OVER_DO = "Geef door"
HAND_OVER_DUOS, HAND_OVER_DEPARTMENTS = "Productduo’s", "Afdelingen"
CHOOSE = "Kies …"
URGENCY = "Hoeveel haast heeft het?"
URGENCY_DO = "Bewaar de haast"
RENAME = "Schrijf de vraag korter op"
RENAME_LABEL = "De vraag in één zin"
RENAME_DO = "Bewaar de vraag"
MERGE = "Voeg samen met een ander signaal"
MERGE_HINT = "Alle vragen gaan dan naar het andere signaal. Dit signaal gaat dicht."
MERGE_LIKELY = "Deze signalen lijken erop"
MERGE_NUMBER = "Of typ het nummer van een signaal"
MERGE_DO = "Voeg samen"
SPLIT = "Haal vragen uit dit signaal"
SPLIT_HINT = "Welke vragen horen er niet bij? Zij worden samen een eigen signaal."
SPLIT_DO = "Maak los"
DISMISS = "Wijs dit signaal af"
DISMISS_HINT = "Wie het vroeg, krijgt uw reden te lezen. Schrijf dus een nette zin."
DISMISS_LABEL = "Reden"
DISMISS_DO = "Wijs af"
REOPEN = "Open dit signaal weer"
REOPEN_LABEL = "Waarom moet het weer open?"
REOPEN_DO = "Open weer"
CONTINUE_DRAFT = "Ga verder met: {title}"
LOOK_AT_DRAFT = "Bekijk: {title}"
UNTITLED = "tekst zonder titel"

WHY = {
    Status.NO_SOURCE: "Wij vonden geen tekst die hierover gaat.",
    Status.LOW_CONFIDENCE: "Wij vonden wel iets, maar niet zeker genoeg om te antwoorden.",
    Status.CLARIFY_PRODUCT: "Wij vonden meer dan één tekst die kan passen. Wij konden niet kiezen.",
    Status.ANSWERED: "Wij gaven een antwoord, maar dat was niet goed genoeg.",
    Status.ANSWERED_PARTLY: "Wij konden maar een deel van de vraag beantwoorden.",
    Status.PERSONAL_CASE: "Wij dachten dat het over de zaak van één persoon ging.",
    Status.OTHER_AUTHORITY: "Wij dachten dat een andere organisatie hierover gaat.",
    Status.OUT_OF_SCOPE: "Wij dachten dat dit geen vraag voor de gemeente is.",
    Status.ABUSE: "Wij gaven hierop geen antwoord.",
    Status.CRISIS: "Wij verwezen naar een hulplijn.",
    Status.ERROR_RETRIEVAL: "Zoeken lukte toen niet.",
}
WHY_ORIGIN = {
    Origin.AGENT: "Een medewerker legde deze vraag aan het duo voor.",
    Origin.REJECTED: "Een medewerker keurde het antwoord af.",
    Origin.NOT_HELPED: "Een bezoeker zegt dat het antwoord niet hielp.",
    Origin.ADDRESS: "Een bezoeker wacht op het antwoord per mail.",
    Origin.REVIEW_DATE: "De tekst is over zijn controledatum heen.",
    Origin.FOUND: "De tekst is gevonden, maar niet zeker genoeg om zelf te antwoorden.",
    Origin.REGRESSION: "Deze vraag werd eerst goed beantwoord en nu niet meer.",
}
FAULTS = {
    Fault.WRONG: "Het antwoord klopt niet.",
    Fault.OUTDATED: "Het antwoord is verouderd.",
    Fault.INCOMPLETE: "Het antwoord is niet volledig.",
    Fault.UNCLEAR: "Het antwoord is niet duidelijk.",
    Fault.NOT_OURS: "Dit is geen zaak van de gemeente.",
}
EVENTS = {
    "asked": "Weer gevraagd",
    "opened": "Geopend",
    "merged": "Samengevoegd",
    "split": "Vragen losgemaakt",
    "handed_over": "Doorgegeven",
    "dismissed": "Afgewezen",
    "urgency": "Haast veranderd",
    "renamed": "Vraag anders opgeschreven",
    "reopened": "Weer geopend",
    "submitted": "Tekst ter controle gegeven",
    "returned": "Tekst teruggegeven",
    "approved": "Tekst goedgekeurd",
    "published": "Tekst geplaatst",
    "proven": "Opnieuw gevraagd: het klopt",
    "not_proven": "Opnieuw gevraagd: het klopt nog niet",
    "withdrawn": "Tekst weggehaald",
    "linked": "Gekoppeld aan een tekst",
    "note": "Opmerking",
}
EVENT_OTHER = "Veranderd"

DONE = {
    "notitie": "Uw opmerking staat bij het signaal.",
    "overdragen": "Het signaal is doorgegeven.",
    "haast": "De haast is veranderd.",
    "titel": "De vraag is anders opgeschreven.",
    "samenvoegen": (
        "De signalen zijn samengevoegd. Was dat niet goed? Kies hieronder “Haal vragen uit dit signaal”."
    ),
    "losmaken": (
        "Dit is het nieuwe signaal. De rest bleef bij het andere. Was dat niet goed? Voeg het weer samen."
    ),
    "afwijzen": "Het signaal is afgewezen. Wie het vroeg, krijgt uw reden.",
    "heropenen": "Het signaal is weer open.",
    "koppelen": "De vraag is gekoppeld. Uw duogenoot controleert dit.",
    "bewaard": "Uw tekst is bewaard.",
    "ingediend": "Uw tekst ligt bij de ander voor controle.",
    "teruggegeven": "De tekst is terug bij de schrijver.",
    "goedgekeurd": "De tekst is geplaatst. Hieronder ziet u of de vragen nu een antwoord krijgen.",
    "geplaatst": "De tekst is geplaatst. De vragen opnieuw stellen lukte nog niet. Dat gebeurt later.",
    "weggegooid": "De tekst is weggegooid.",
    "weggehaald": "De tekst is overal weggehaald.",
    "teruggezet": "De tekst staat er weer.",
    "vier-ogen": "U mag een uur lang zonder tweede paar ogen goedkeuren. Dit is opgeschreven.",
}
CHANGED = (
    "Iemand anders was u voor: dit signaal is net veranderd. Kijk wat er nu staat. "
    "Wat u typte, staat er nog. Klopt het nog? Doe het dan opnieuw."
)
WRONG = {
    "notitie": "Schrijf eerst uw vraag of opmerking op.",
    "overdragen": "Kies aan wie u het signaal geeft.",
    "overdragen-reden": "Schrijf op waarom u het doorgeeft.",
    "haast": "Kies hoeveel haast het heeft.",
    "titel": "Schrijf de vraag op.",
    "samenvoegen": "Kies een signaal dat er is en dat nog open is. Het mag niet dit signaal zelf zijn.",
    "losmaken": "Vink een vraag aan. Niet alle vragen: dan blijft er niets over.",
    "afwijzen": "Schrijf op waarom u het signaal afwijst.",
    "heropenen": "Schrijf op waarom het weer open moet.",
    "koppelen": "Kies een tekst die er is.",
    "koppelen-vraag": "Schrijf op hoe iemand dit vraagt.",
    "lang": "Deze tekst is te lang. Gebruik ten hoogste {maximum} tekens.",
}
ERRORS_TITLE = "Dit is nog niet goed"

# -- linking -----------------------------------------------------------------------------------

LINK_TITLE = "Koppel aan een tekst"
LINK_EXPLAINED = "Zoek de tekst waarin het antwoord staat. Wij leren dan dat deze vraag daarbij hoort."
SEARCH_LABEL = "Zoek in alle teksten"
SEARCH_DO = "Zoek"
SEARCH_NONE = "Wij vinden geen tekst met deze woorden."
SEARCH_COUNT = {0: "Geen teksten gevonden", 1: "1 tekst gevonden"}
SEARCH_COUNT_MORE = "{count} teksten gevonden"
WORDING_LABEL = "Zo vraagt iemand het"
WORDING_HINT = "Schrijf geen namen of nummers op. Deze zin bewaren wij."
LINK_DO = "Kies deze tekst"
LINK_OTHER = "Kies een andere tekst"
LINK_CHOSEN = "Deze tekst"
LINK_SUBMIT = "Geef aan de ander voor controle"
LINK_FIELD_IDS = {"wordings": "vraag", "fact": "feit", "checks": "controle-1"}

# -- a text ------------------------------------------------------------------------------------

NO_SUCH_TEXT = ProblemText(
    "Deze tekst is er niet", "Misschien hoort hij bij een ander duo. Kijk in uw lijst."
)
TEXT_NEW, TEXT_MEND, TEXT_LINK = "Nieuwe tekst", "Tekst verbeteren", "Vraag koppelen aan een tekst"
TEXT_HEADING = "De tekst"
LINK_SHOWN = "Deze vraag hoort straks bij de tekst:"
LINK_HEADING = "Vraag koppelen"
LINK_SAYS = "Wie dit vraagt, krijgt straks de tekst hieronder:"
TEXT_FOR = "Bij signaal {number}: {question}"
DRAFT_STATES = {
    DraftState.WRITING: "Wordt nog geschreven",
    DraftState.SUBMITTED: "Ligt bij de ander voor controle",
    DraftState.RETURNED: "Teruggegeven met een opmerking",
    DraftState.PUBLISHED: "Geplaatst",
    DraftState.DROPPED: "Weggegooid",
    DraftState.WITHDRAWN: "Weggehaald met de noodstop",
}
REPLACED, REPLACED_BY = "Vervangen", "Vervangen door “{title}”"
RETURNED_BY = "{name} gaf de tekst terug met deze opmerking:"
WRITTEN_BY = "Geschreven door {name}, {moment}"
TITLE_LABEL = "De vraag"
TITLE_HINT = "Schrijf de vraag zoals een inwoner die stelt."
SECTION_LEGEND = "Deel {number} van het antwoord"
HEADING_LABEL = "Kop (mag leeg blijven)"
SECTION_LABEL = "Tekst"
SECTION_HINT = (
    "Begin een regel met een streepje voor een lijst. Zet een | tussen de vakken van een tabel. "
    "Een lege regel begint een nieuwe alinea."
)
SECTION_INTERNAL = "Alleen voor het KCC"
SECTION_ADD = "Voeg een deel toe"
SECTION_REMOVE = "Haal deel {number} weg"
NOTE_LABEL = "Notitie voor het KCC (mag leeg blijven)"
NOTE_HINT = "Alleen medewerkers zien dit."
NOTE_HEADING = "Toelichting voor het KCC"
PRODUCT_LABEL = "Over welk product gaat het?"
PRODUCT_NONE = "Geen product"
AUDIENCE_LABEL = "Voor wie is de tekst?"
AUDIENCES = {
    Audience.EVERYONE: "Iedereen",
    Audience.RESIDENT: "Inwoners",
    Audience.BUSINESS: "Ondernemers",
}
FACT_LABEL = "Wat moet er in het antwoord staan?"
FACT_HINT = "Neem de woorden over uit uw tekst, bijvoorbeeld “€ 83,87”. Daarmee controleren wij het antwoord."
CHECKS_LEGEND = "Twee controlevragen"
CHECKS_HINT = (
    "Zo vraagt een ander het; wij gebruiken deze om te controleren. Gebruik andere woorden dan in de titel."
)
CHECK_LABEL = "Controlevraag {number}"
WORDINGS_LABEL = "Andere manieren om het te vragen (mag leeg blijven)"
WORDINGS_HINT = "Eén vraag per regel. Wij zoeken hier ook mee. Schrijf geen namen of nummers op."
WORDINGS_LABEL_LINK = "Zo vraagt iemand het"
WORDINGS_SHORT = "Ook gevraagd als"
SAVE = "Bewaar"
SUBMIT = "Bewaar en geef aan de ander"
PREVIEW = "Bekijk het antwoord"
PREVIEW_HEADING = "Zo antwoorden wij met deze tekst"
PREVIEW_HINT = "Deze tekst staat nog nergens. Alleen u ziet dit."
PREVIEW_START = (
    "Druk op “Bekijk het antwoord”. Dan stellen wij de vragen van dit signaal met uw tekst. "
    "Wij stellen ook uw controlevragen."
)
PREVIEW_COUNT = "Goed: {good} van de {all} vragen."
PREVIEW_ONE_GOOD, PREVIEW_ONE_NOT_YET = "De vraag gaat goed.", "De vraag gaat nog niet goed."
PREVIEW_GOOD, PREVIEW_NOT_YET = "Goed", "Nog niet goed"
PREVIEW_BUSY = "Wij stellen de vragen opnieuw …"
PREVIEW_FAILED = "Het voorbeeld lukt nu niet. Uw tekst staat er nog. Probeer het zo opnieuw."
PREVIEW_IN = {Channel.SIDEBAR: "In de zijbalk", Channel.WEBSITE: "Op de website"}
PREVIEW_EMPTY = "Schrijf eerst een titel en een tekst."
PREVIEW_FIRST = "Uw tekst komt als eerste."
PREVIEW_NOT_FIRST = "Eerst komt een andere tekst: “{title}”"
PREVIEW_NOTHING = "Er wordt geen tekst gevonden."
PREVIEW_FACT = "Wat erin moet staan, staat in het antwoord."
PREVIEW_NO_FACT = "Wat erin moet staan, staat nog niet in het antwoord. Zet het in een van de eerste zinnen, bij de woorden van de vraag."
PREVIEW_CERTAIN = "Het antwoord komt vanzelf."
PREVIEW_UNCERTAIN = "Gevonden, nog niet automatisch: de tekst staat bij de teksten die passen."
DROP = "Gooi deze tekst weg"
DROP_HINT = "Het signaal blijft open."
DROP_DO = "Gooi weg"
COMPARE_HEADING = "Verschil met de tekst die er nu staat"
COMPARE_VERSIONS = "Verschil tussen versie {old} en versie {new}"
COMPARE_SAVED = "Dit is de tekst zoals die het laatst is bewaard."
COMPARE_NONE = "Er is geen verschil."
ADDED, REMOVED = "erbij", "weg"
OF_YOU, OF_OTHER = "van u", "van de ander"
LEGEND = "Wat erbij komt, is onderstreept. Wat weggaat, is doorgestreept."
VERSIONS_HEADING = "Versies"
VERSION = "Versie {number}"
VERSION_BY = "{name}, {moment}"
VERSIONS_BACK = "Terug naar de tekst"
VERSION_ASIDE = "apart bewaard"
FIRST_VERSION = "Dit is de eerste versie. Kies een andere versie om het verschil te zien."
CONFLICT_TITLE = "{name} heeft deze tekst net ook bewaard"
CONFLICT = (
    "Er is niets weg: beide versies zijn bewaard. Hieronder staat wat de ander schreef naast wat u schreef. "
    "Maak er één tekst van en bewaar die."
)
CONFLICT_TAKEN = (
    "De tekst ligt nu bij de ander voor controle. Wat u typte, is als aparte versie bewaard. "
    "Haal de tekst eerst terug als u nog iets wilt veranderen."
)
CONFLICT_BESIDE = "Doorgestreept is van de ander, onderstreept is van u"
CONFLICT_FIELD = "Anders bij: {field}"
WARNINGS_HEADING = "Let hierop"
MUST_HEADING = "Dit moet nog voordat de ander kan controleren"

# -- review ------------------------------------------------------------------------------------

REVIEW_WAITS = "Wacht op uw controle"
REVIEW_HEADING = "Klopt deze tekst?"
REVIEW_HINT = "Lees de tekst. Kijk hoe wij antwoorden. Keur dan goed, of geef de tekst terug."
FACT_AUTHOR, FACT_WRITTEN = "Geschreven door", "{name}, {moment}"
FACT_SIGNAL_OWNER, FACT_PRODUCT = "Het signaal is van", "Product van het signaal"
FACT_TEXT_PRODUCT = "Product van de tekst"
APPROVE = "Keur goed en plaats"
APPROVE_ANYWAY = "Ik heb het verschil gezien. Plaats de tekst toch."
APPROVE_BUSY = "Plaatsen en opnieuw vragen duurt een paar seconden."
GIVE_BACK = "Geef terug"
GIVE_BACK_LABEL = "Wat moet er anders?"
FOUR_EYES = "Zonder tweede paar ogen"
FOUR_EYES_HINT = "Alleen als het niet anders kan. Het geldt een uur en wordt opgeschreven."
FOUR_EYES_REASON = "Waarom is dit nodig?"
FOUR_EYES_DO = "Sta een uur toe"
FOUR_EYES_LIFTED = (
    "Tot {time} mag een tekst zonder tweede paar ogen worden geplaatst. Dit wordt opgeschreven. "
    "{name} stond dit toe, met deze reden: {reason}"
)
TEXT_CHANGED = "Iemand anders was u voor: deze tekst is net veranderd. Hieronder staat wat er nu is."
TAKE_BACK = "Haal terug om te verbeteren"
PROOF_SOLVED = "Opgelost: alle vragen krijgen nu het goede antwoord."
PROOF_NOT_SOLVED = "Nog niet opgelost. Bij deze vragen gaat het nog mis:"
PROOF_NONE = "De vragen zijn nog niet opnieuw gesteld."
PROOF_AT = "Gecontroleerd {moment}"
PROOF_COLUMNS = ("Vraag", "Gevonden", "In het antwoord", "Automatisch")
PROOF_YES, PROOF_NO = "ja", "nee"
PROOF_LATER = "gevonden, nog niet automatisch"
PROOF_FIRST = "Eerst kwam: {title}"
PROOF_PARAPHRASE = "controlevraag"
PROOF_MEND = (
    "Verbeter de tekst en laat hem opnieuw controleren. Hoort een vraag er niet bij? Maak die dan los."
)
TO_SIGNAL = "Naar het signaal"

# -- emergency ---------------------------------------------------------------------------------

EMERGENCY_TITLE = "Noodstop"
EMERGENCY_EXPLAINED = (
    "Staat er iets gevaarlijk fout? Haal de tekst hier overal weg. Binnen vijf seconden is hij weg."
)
EMERGENCY_SEARCH = "Welke tekst moet weg?"
EMERGENCY_REASON = "Waarom moet de tekst weg?"
EMERGENCY_DO = "Haal deze tekst overal weg"
EMERGENCY_CHOSEN = "Moet deze tekst weg?"
EMERGENCY_PICK = "Deze tekst moet weg"
SEARCH_RESULTS = "Gevonden teksten"
EMERGENCY_LIST = "Nu weggehaald"
EMERGENCY_NONE = "Er is nu geen tekst weggehaald."
EMERGENCY_UNDO = "Zet terug"
EMERGENCY_BY = "Weggehaald door {name}, {moment}"
EMERGENCY_GONE = "Deze tekst is er niet, of is al weggehaald."
EXPORT_FILE = "teksten-{day}.json"

# where on the page a field is that something is not right with yet
FIELD_IDS = {
    "title": "titel",
    "sections": "deel-1",
    "fact": "feit",
    "checks": "controle-1",
    "wordings": "vragen",
    "assistance": "gecontroleerd",
}

FORGOTTEN = "Over ‘{title}’ (de woorden zijn gewist)"
FORGOTTEN_ALL = "De woorden van dit signaal zijn gewist"
PREVIEW_FACT_MISSING = "Vul eerst in wat er in het antwoord moet staan. Dan kunnen wij dat controleren."
