"""Every sentence around the chat on a website: its button, its pages of `/beheer`, and when it is off."""

from __future__ import annotations

from service.web.wording import ProblemText

# -- the button on the website, in both languages; the loader has these words in it -----------------

LOADER = {
    "nl": {
        "open": "Stel uw vraag",
        "close": "Sluit de chat",
        "name": "Chat met de AI-assistent",
        "loading": "De chat wordt geopend.",
        "slow": "Ziet u de chat niet? Probeer het opnieuw",
        "call": "of bel",
        "again": "Probeer opnieuw",
    },
    "en": {
        "open": "Ask your question",
        "close": "Close the chat",
        "name": "Chat with the AI assistant",
        "loading": "The chat is opening.",
        "slow": "Can you not see the chat? Try again",
        "call": "or call",
        "again": "Try again",
    },
}

# -- when something is off --------------------------------------------------------------------------

API_OFF = ProblemText(
    "Deze dienst is nu uitgezet", "De gemeente heeft de API uitgezet. Probeer het later opnieuw."
)
WIDGET_OFF = ProblemText(
    "De chat is nu uit",
    "U kunt hier nu geen vraag stellen. Een medewerker van de gemeente helpt u graag.",
)
WIDGET_OFF_ENGLISH = ProblemText(
    "The chat is off", "You cannot ask a question here now. Our staff will gladly help you."
)
CALL = {"nl": "Bel {telephone}", "en": "Call {telephone}"}
HOURS = {"nl": "Wij zijn bereikbaar: {hours}.", "en": "Opening hours (in Dutch): {hours}."}
CONTACT = {"nl": "Alle manieren van contact", "en": "All ways to reach us (in Dutch)"}
DESKS = {"nl": "Kom langs", "en": "Visit us"}

# -- `/beheer/sites` --------------------------------------------------------------------------------

PLACE_SITES = ("Websites", "Op welke websites de chat staat, en hoe die eruitziet.")
PLACE_SWITCHES = ("Schakelaars", "De chat, de API of het taalmodel uitzetten en weer aanzetten.")
PLACE_ERASING = ("Gesprek wissen", "Een gesprek helemaal weghalen, als de inwoner daarom vraagt.")

SITES_EXPLAINED = "Op deze websites staat de chat. Alleen de adressen die u hier noemt, mogen hem laten zien."
SITES_NONE = "De chat staat nog op geen enkele website."
SITE_NEW = "Website toevoegen"
SITE_COLUMNS = ("Website", "Adressen", "Uiterlijk", "Chat")
SITE_NO_ORIGINS = "Nog geen: de chat is nergens te zien"
SITE_ON, SITE_OFF = "Aan", "Uit"

SITE_ABOUT = "Over de website"
SITE_NAME, SITE_NAME_HINT = "Naam", "Voor uw collega’s. Bezoekers zien deze naam niet."
SITE_KEY = "Sleutel"
SITE_KEY_HINT = (
    "Kleine letters, cijfers en streepjes, bijvoorbeeld: merelveen. De sleutel is openbaar en blijft zo."
)
SITE_ORIGINS = "Adressen van de website"
SITE_ORIGINS_HINT = (
    "Elk op een eigen regel, bijvoorbeeld: https://www.merelveen.nl. Zonder pad erachter. Met en zonder www "
    "zijn twee adressen."
)
SITE_LANGUAGE = "Taal van de chat"
SITE_LANGUAGES = (("nl", "Nederlands"), ("en", "Engels"))
SITE_IS_ON = "De chat staat aan op deze website"

SITE_LOOK = "Uiterlijk"
SITE_THEME = "Kleuren"
SITE_OWN = "Eigen kleuren"
SITE_COLOURS = "Eigen kleuren van uw huisstijl"
SITE_COLOURS_HINT = (
    "Alleen voor ‘Eigen kleuren’. Plak hier de tokens van uw thema van NL Design System. Wat de chat niet "
    "kent, telt niet mee. Wat ontbreekt, is zoals bij Antwoordduo."
)
SITE_TOKENS = "Deze tokens kent de chat"

SITE_INSTALL = "Zo komt de chat op de website"
SITE_INSTALL_EXPLAINED = "Zet een van deze regels in elke pagina, vlak voor het einde van de body."
SITE_FLOATING = "Volgt vanzelf nieuwe versies van Antwoordduo"
SITE_FIXED = "Wordt door de browser gecontroleerd; verandert bij elke nieuwe versie van Antwoordduo"
SITE_POLICY = "Heeft de website een Content-Security-Policy? Voeg daar dit aan toe"
SITE_LOOK_AT = "Bekijk de chat"
SITE_AWAY = "Website weghalen"
SITE_AWAY_EXPLAINED = (
    "De chat werkt daarna niet meer op deze website. De knop blijft staan tot de regel weg is."
)
SITE_GONE = "De website is weggehaald."

WRONG_KEY = "Kies een sleutel van 1 tot 40 kleine letters, cijfers en streepjes."
WRONG_KEY_TAKEN = "Deze sleutel bestaat al. Kies een andere."
WRONG_NAME = "Vul een naam in van ten hoogste 100 tekens."
WRONG_ORIGIN = "Dit is geen adres van een website: {text}. Schrijf het als https://www.merelveen.nl."
WRONG_ORIGINS = "Vul ten hoogste {most} adressen in."
WRONG_COLOUR = "Schrijf elke kleur als #rrggbb. Dat klopt niet bij: {tokens}."
WRONG_CONTRAST = "{what} is niet goed te zien op {on}: het contrast is {found} en moet {least} zijn."
TOKEN_NAMES = {
    "--utrecht-document-background-color": "de achtergrond",
    "--utrecht-document-color": "de tekst",
    "--utrecht-page-header-background-color": "de kop",
    "--utrecht-page-header-color": "de tekst in de kop",
    "--utrecht-button-primary-action-background-color": "de knop",
    "--utrecht-button-primary-action-color": "de tekst op de knop",
    "--utrecht-button-primary-action-hover-background-color": "de knop onder de muis",
    "--utrecht-link-color": "de link",
    "--utrecht-textbox-border-color": "de rand van een veld",
    "--utrecht-focus-outline-color": "de rand om wat gekozen is",
    "--utrecht-form-field-error-message-color": "de foutmelding",
}

# -- `/beheer/schakelaars` --------------------------------------------------------------------------

SWITCHES_EXPLAINED = "Gaat er iets mis? Zet het onderdeel hier uit. Dat werkt binnen 5 seconden overal."
SWITCHES = {
    "widget": (
        "Chat op de website",
        "Uit: bezoekers zien het telefoonnummer, de openingstijden en de balies.",
    ),
    "api": (
        "API",
        "Uit: andere systemen krijgen te horen dat de dienst uit staat. De zijbalk blijft werken.",
    ),
    "model": ("Taalmodel", "Uit: antwoorden worden alleen geciteerd, en niet herschreven."),
}
SWITCH_IS = {True: "Staat aan", False: "Staat uit"}
SWITCH_TURN = {True: "Zet uit", False: "Zet aan"}
SWITCHED = {True: "{name} staat weer aan.", False: "{name} staat uit."}
SWITCH_MEANWHILE = "Iemand anders zette net ook iets om. Kijk hoe het nu staat en kies opnieuw."

# -- `/beheer/gesprekken` ---------------------------------------------------------------------------

ERASING_EXPLAINED = (
    "Een bezoeker kan een gesprek in de chat zelf wissen. Lukt dat niet, dan wist u het hier. Alles wat in het "
    "gesprek is gezegd, gaat weg. U kunt dat niet ongedaan maken."
)
ERASING_ID = "Nummer van het gesprek"
ERASING_ID_HINT = "Het staat in het bestand dat de bezoeker heeft bewaard."
ERASING_BUTTON = "Wis dit gesprek"
ERASED = "Het gesprek is gewist."
ERASED_NOT = "Er is geen gesprek met dit nummer. Misschien is het al gewist."
