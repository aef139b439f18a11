"""Every sentence about signing in and about people, in Dutch at level B1. Read a new one aloud first."""

from __future__ import annotations

from service.domain.person import Role
from service.people.passwords import LONGEST, SHORTEST, Fault
from service.web.wording import ProblemText

ROLES = {
    Role.AGENT: "KCC-medewerker",
    Role.DUO_MEMBER: "Lid van een productduo",
    Role.EDITOR: "Redacteur",
    Role.COORDINATOR: "Coördinator",
    Role.DEPARTMENT_HEAD: "Afdelingshoofd",
    Role.ADMIN: "Beheerder",
}

# problems
SIGN_IN_NEEDED = ProblemText("U bent niet aangemeld", "Meld u eerst aan. Open daarna deze pagina opnieuw.")
NOT_YOURS = ProblemText(
    "U mag deze pagina niet zien", "Hebt u de pagina nodig voor uw werk? Vraag een beheerder om de goede rol."
)
TOO_MANY = ProblemText("U hebt het te vaak geprobeerd", "Wacht {minutes}. Probeer het daarna opnieuw.")
MINUTES = {1: "1 minuut"}
MINUTES_MORE = "{count} minuten"
PROVIDER_AWAY = ProblemText(
    "Aanmelden lukt nu niet", "Het inlogsysteem van uw gemeente geeft geen antwoord. Probeer het zo opnieuw."
)
PROVIDER_REFUSED = ProblemText(
    "U kunt niet aangemeld worden",
    "Probeer het opnieuw. Lukt het weer niet? Vraag uw beheerder of u een rol hebt in Antwoordduo.",
)
ACCOUNT_OFF = ProblemText("Uw account staat uit", "Vraag een beheerder om uw account weer aan te zetten.")
LINK_GONE = ProblemText("Deze link werkt niet meer", "Vraag een beheerder om een nieuwe link.")
FIRST_LINK_GONE = ProblemText(
    "Deze link werkt niet meer",
    "Start de dienst opnieuw. U krijgt dan een nieuwe link, als er nog geen beheerder is.",
)
NO_SUCH_ACCOUNT = ProblemText("Dit account is er niet", "Ga terug naar de lijst en kies een account.")

# signing in
SIGN_IN = "Aanmelden"
EMAIL = "E-mailadres"
PASSWORD = "Wachtwoord"
SIGN_IN_WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer ze allebei."
FORGOTTEN = "Wachtwoord kwijt? Vraag een beheerder om een nieuwe link."
WITH_PROVIDER = "Aanmelden met uw werkaccount"
OR_WITH_PASSWORD = "Of met een wachtwoord"
WITHOUT = "Verder zonder aanmelden"
DEMO_HEADING = "Kijk rond als…"
DEMO_EXPLAINED = "Dit is een demo. Deze mensen bestaan niet. Kies er één en kijk mee."

# the second step
CODE_TITLE = "Code uit uw app"
CODE = "Code van 6 cijfers"
CODE_HINT = "Open de app op uw telefoon. U kunt ook een herstelcode van papier typen."
CODE_WRONG = "Deze code klopt niet. Wacht op een nieuwe code en typ die."
CODE_FIRST_TITLE = "Stel de tweede stap in"
CODE_FIRST_WHY = "U mag teksten of accounts wijzigen. Daarom vragen wij naast uw wachtwoord ook een code."
CODE_FIRST_STEPS = (
    "Open een app voor codes op uw telefoon. Hebt u die niet? Vraag uw beheerder welke app u mag gebruiken.",
    "Scan het plaatje. Of typ de letters hieronder in de app.",
    "Typ de code die de app laat zien.",
)
CODE_PICTURE = "QR-code voor uw app. De letters eronder zeggen hetzelfde."
CODE_LETTERS = "Letters voor de app"
CODE_NEXT = "Verder"
RECOVERY_TITLE = "Bewaar deze herstelcodes"
RECOVERY_WHY = (
    "Bent u uw telefoon kwijt? Dan meldt u zich aan met een van deze codes. Elke code werkt één keer."
)
RECOVERY_ONCE = "Wij laten de codes maar één keer zien. Print ze of schrijf ze op."
RECOVERY_NEXT = "Ik heb de codes bewaard"

# choosing a password
PASSWORD_NEW = "Nieuw wachtwoord"
PASSWORD_AGAIN = "Nieuw wachtwoord, nog een keer"
PASSWORD_NOW = "Wachtwoord van nu"
PASSWORD_HINT = f"Ten minste {SHORTEST} tekens. Een zin met een paar woorden is goed."
PASSWORD_TITLE = "Kies een wachtwoord"
PASSWORD_FOR = "Dit wachtwoord is voor {email}."
PASSWORD_CHANGE_TITLE = "Wachtwoord wijzigen"
PASSWORD_CHANGE_EXPLAINED = "Andere apparaten waarop u bent aangemeld, worden afgemeld."
PASSWORD_CHANGED = "Uw wachtwoord is gewijzigd."
PASSWORD_SAVE = "Wachtwoord bewaren"
PASSWORD_CHOSEN = "Uw wachtwoord is bewaard. Meld u nu aan."
PASSWORD_NOT_OURS = "U meldt zich aan via uw gemeente. Daar wijzigt u ook uw wachtwoord."
PASSWORD_NOW_WRONG = "Het wachtwoord van nu klopt niet."
PASSWORD_UNLIKE = "De twee wachtwoorden zijn niet gelijk."
PASSWORD_FAULTS = {
    Fault.SHORT: f"Dit wachtwoord is te kort. Gebruik ten minste {SHORTEST} tekens.",
    Fault.LONG: f"Dit wachtwoord is te lang. Gebruik ten hoogste {LONGEST} tekens.",
    Fault.COMMON: "Veel mensen gebruiken dit wachtwoord. Kies een ander wachtwoord.",
}
FIRST_TITLE = "Maak de eerste beheerder"
FIRST_EXPLAINED = "De beheerder maakt daarna accounts voor de anderen."
FIRST_SAVE = "Beheerder maken"

# accounts
PEOPLE_TITLE = "Mensen"
PEOPLE_EXPLAINED = "Wie zich mag aanmelden, en met welke rol."
PEOPLE_NEW = "Nieuw account"
PEOPLE_CAPTION = "Alle accounts"
NAME = "Naam"
NAME_HINT = "Zoals collega’s die lezen."
ROLES_LABEL = "Rollen"
ROLES_HINT = "Kies er één of meer."
ROLES_BY_PROVIDER = "De rollen komen van het inlogsysteem van uw gemeente."
MEMBER = "Lid van de organisatie"
MEMBER_HINT = "Zo ziet deze persoon de signalen van de eigen productduo’s."
MEMBER_NONE = "Niemand"
DEPARTMENTS = "Afdelingen"
DEPARTMENTS_HINT = "Voor een afdelingshoofd. Zet elke afdeling op een eigen regel."
DEPARTMENTS_KNOWN = "Bekende afdelingen: {names}."
STATE = "Stand"
STATE_ON, STATE_OFF, STATE_WAITING = "Aan", "Uit", "Nog geen wachtwoord"
FROM = "Meldt zich aan met"
FROM_PASSWORD, FROM_PROVIDER, FROM_DEMO = "Wachtwoord", "Werkaccount", "Demo"
SECOND_STEP_LABEL = "Tweede stap"
SECOND_STEP_ON, SECOND_STEP_OFF = "Ingesteld", "Nog niet ingesteld"
SAVE = "Bewaren"
SAVED = "De wijziging is bewaard."
BACK_TO_LIST = "Terug naar de lijst"
OFF = "Account uitzetten"
OFF_EXPLAINED = "Deze persoon wordt meteen overal afgemeld."
ON = "Account aanzetten"
LINK_NEW = "Link voor een nieuw wachtwoord"
LINK_EXPLAINED = "U krijgt een link die één keer werkt, en ten hoogste 24 uur."
LINK_TITLE = "Geef deze link aan {name}"
LINK_ONCE = "Wij laten de link maar één keer zien. Stuur hem op een veilige manier."
SECOND_STEP_AWAY = "Tweede stap weghalen"
SECOND_STEP_AWAY_EXPLAINED = "Voor wie de telefoon kwijt is. Controleer eerst wie u aan de lijn hebt."
CHANGES_HEADING = "Aanmelden en toegang"

NAME_MISSING = "Vul een naam in."
EMAIL_MISSING = "Vul een e-mailadres in, met een @ en zonder spaties."
EMAIL_TAKEN = "Iemand anders gebruikt dit e-mailadres al."
ROLE_MISSING = "Kies ten minste één rol."
DEPARTMENT_UNKNOWN = "Wij kennen deze afdeling niet: {name}."
MEMBER_UNKNOWN = "Dit lid staat niet meer in de organisatie. Kies een ander lid."
TOO_LONG = "Dit is te lang. Gebruik ten hoogste {maximum} tekens."
LAST_ADMIN = "Dit is de laatste beheerder. Maak eerst iemand anders beheerder."

# the people of the demo, who do not exist
DEMO_AGENT = "KCC-medewerker"
DEMO_EDITOR = "Redacteur"
DEMO_COORDINATOR = "Coördinator productduo’s"
DEMO_HEAD = "Afdelingshoofd {department}"
DEMO_ADMIN = "Beheerder"
DEMO_IN_DUO = "productduo {duo}"
