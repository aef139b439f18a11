"""The words that announce a name, with their usual typing errors. `name` marks where the name begins."""

import re

# What follows such a cue is nearly always a name, in capitals or not.
_ANNOUNCED = (
    r"(?:\b(?:mijn|mn|m'n|me|mij|min|mjn|onze)\s+(?:volledige\s+|eigen\s+|echte\s+)?(?:achter|voor|meisjes"
    r"|roep)?na+[mn](?:\s+(?:is|luidt|was))?(?!\w)|\bik\s+hee+te?n?\b|\bheet\s+(?:ik|hij|zij|ze|hem|die)\b"
    r"|\b(?:hij|zij|ze|die|zoon|dochter|man|vrouw|moeder|vader|kind|baby|partner|zus|broer|kindje|zoontje"
    r"|dochtertje)\s+heet\b|\b(?:volledige\s+|officiele\s+)?(?:voor|achter|roep"
    r"|meisjes)?na+m(?:en)?\s*(?:is\b|:|=|-|(?=\s))|\bmy\s+(?:full\s+|last\s+|first\s+)?name(?:\s+is|'s|:)"
    r"|\bname\s*(?:is\b|:)|\b(?:u|je|jij)\s+spreekt\s+(?:nu\s+)?met|\bspreekt u met|\bondergetekende"
    r"|\bstel (?:me|mij|mezelf|mijzelf) (?:even |graag )?voor(?=[:,])|\bgenaamd|\bgeheten"
    r"|\bnoem(?:en)? (?:me|mij))"
)
# These name an owner as often as a person: "namens de vereniging", "op naam van het bedrijf".
_OWNER = (
    r"(?:\bt\.?\s?[na]\.?\s?v\b\.?|\bter attentie van|\bten name van|\bop (?:de )?naam van|\bop naam"
    r"|\b(?:ingeschreven"
    r"|geregistreerd|bekend|genoteerd|aangemeld) als|\bnamens|\bon behalf of|\bcalled|\b(?:aanvrager"
    r"|contactpersoon|contact|afzender|betreft|getekend|inzake|inz\.?|terugbellen|terugbelverzoek|klant"
    r"|burger|inwoner|bewoner|melder|beller|cliënt|patiënt|huurder|eigenaar|aangever|gemachtigde|mentor"
    r"|bewindvoerder)\s*:|\bcontactpersoon"
    r"|\bafspraak (?:staat )?(?:voor|op naam van|met|van))"
)
_TITLE = (
    r"\b(?:mevr(?:o?u?w|\.)?|mevrou|mevouw|mevroew|mvrouw|mvr\.?|mw\.?|mej(?:uffrouw|\.)?|dhr\.?|d\.?hr\.?"
    r"|(?:de |den )?heer|hr\.?|meneer|menheer|mneer|mijnheer|mv\.?|weduwe|wed\.|weduwnaar|fam(?:ilie|\.)?"
    r"|mr\.?|mrs\.?|ms\.?|miss|mister)"
)
_DEGREE = r"(?:(?:dr|drs|ir|ing|mr|prof|ds)\.?\s+)"
_FUNCTION = (
    r"\b(?:dokter|wethouder|burgemeester|ambtenaar|notaris|advocaat|juf|meester|consulent|wijkagent"
    r"|collega|medewerker|medewerkster|behandelaar|casemanager|jobcoach)"
)
_RELATIVE = (
    r"\b(?:mijn|mn|m'n|me|onze|ons|haar|zijn|my|our)\s+(?:(?:oudste|jongste|oude|lieve|ex|nieuwe|overleden"
    r"|zieke|schoon)[\s\-]?)?(?:(?:pleeg|stief)?(?:zoon(?:tje)?|dochter(?:tje)?|kind(?:je)?|moeder|vader"
    r"|broer(?:tje)?|zus(?:je)?)|man|vrouw"
    r"|echtgeno(?:ot|te)|partner|zus(?:je)?|zuster|broer(?:tje)?|broertje|vriend(?:in)?|buurman|buurvrouw"
    r"|kind(?:je)?|baby"
    r"|oma|opa|tante|oom|neef|nicht|kleinzoon|kleindochter|huisgenoot|ex|schoonmoeder|schoonvader|husband"
    r"|wife|son|daughter|mother|father|brother|sister|client|cliënt|cliënte|verhuurder|huisbaas|huurder)"
)
_KIN = (
    r"(?:weduwe|weduwnaar|zoon|dochter|kind|vrouw|man|echtgenoo?te?|partner|moeder|vader|zus(?:je)?"
    r"|broer(?:tje)?|buurman|buurvrouw|bewindvoerder|mentor|curator|gemachtigde|mantelzorger|erfgenaam"
    r"|nabestaande)"
)
_I_AM = r"\b(?:ik\s?be?n|ik,|ben ik|i\s?am|i'm|im|this is|dit is|je spreekt|hier is|hier|zeg maar)"
_CLOSING = (
    r"(?:\b(?:met\s+)?(?:vriendelijke|hartelijke|lieve|warme|beste|veel|vr\.?|hart\.?"
    r"|vele)?\s*(?:groet(?:en|jes)?|groetjs|grtjs|grtz|gr(?:oe)?tjes|gr\.?|grt)|\bm\.?v\.?g\.?|\bmvrgr\.?"
    r"|\bhoogachtend|\bhgr?\.?|\bliefs|\b(?:kind|best|warm)?\s*regards|\bsincerely|\bcheers|\bgreetings"
    r"|\bgreets|\byours|\b(?:alvast |hartelijk |heel erg |vast )?(?:bedankt|dank(?:\s+(?:u|je)(?:\s?wel)?)?"
    r"|dankjewel|dankuwel)|\bthank(?:s| you)|\bthx|\bmerci)(?!\w)"
)
_GAP = r"[\s,:.\-!=\"'(]{0,4}"
_PAUSE = r"[\s,:\-=\"'(]{0,4}"
_FILLER = (
    r"(?:(?:van mezelf|van mijzelf|dus|even|trouwens|namelijk|ook|overigens|gewoon|hier|eigenlijk|officieel"
    r"|mevrouw|meneer|mevr\.?|dhr\.?|mw\.?|de heer|familie|van)\s+)?"
)

AFTER_ANNOUNCED = re.compile(rf"{_ANNOUNCED}{_PAUSE}{_FILLER}(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_NAME_OF = re.compile(
    rf"\bna+m(?:\s+[^\W\d_]+){{1,4}}?\s*(?:\bis\b|:){_PAUSE}(?=(?P<name>['\w]))", re.IGNORECASE
)
AFTER_OWNER = re.compile(rf"{_OWNER}{_PAUSE}{_FILLER}(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_TITLE = re.compile(
    rf"(?:{_TITLE}\s+{_DEGREE}{{0,3}}|\b(?:dr|drs|ir|ing|prof|ds)\.\s+{_DEGREE}{{0,3}})(?=(?P<name>['\w]))",
    re.IGNORECASE,
)
AFTER_FUNCTION = re.compile(rf"{_FUNCTION}\s+(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_RELATIVE = re.compile(rf"{_RELATIVE}(?:\s+genaamd)?[\s,:(]{{1,3}}(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_KIN_OF = re.compile(rf"\b{_KIN}\s+van\s+(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_I_AM = re.compile(rf"{_I_AM}\s+(?=(?P<name>['\w]))", re.IGNORECASE)
AFTER_CLOSING = re.compile(
    rf"{_CLOSING}{_GAP}(?:van\s+|je\s+|jullie\s+|uw\s+)?(?:(?:oma|opa|tante|oom|mama|papa|moeder"
    rf"|vader)\s+)?(?=(?P<name>['\w]))",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^\W*(?:(?:hallo|hoi|hey|hee|hi|goedemorgen|goedemiddag|goedenmiddag|goedenavond|goedendag|dag"
    r"|beste(?: gemeente| medewerker)?|geachte(?: heer/mevrouw)?|ja|ja hallo|hello|good morning"
    r"|goeiemorgen|goeiedag|goeiemiddag|mogge)[\s,.!]+){0,2}(?:u spreekt "
    r"|je spreekt )?met\s+(?=(?P<name>['\w]))",
    re.IGNORECASE,
)
# "Bo-Jay moet hij heten", "De Groot, zo heet ik": the cue stands behind the name.
BEHIND = re.compile(
    r"(?<=\w)[\s,]{1,3}(?:zo\s+heet(?:te)?\s+(?:ik|hij|zij|ze)\b"
    r"|(?:(?:gaan|gaat|moet|zal|te|wil|wou)\s+)?(?:(?:hij|zij|ze|ik)\s+)?(?:gaan\s+)?heten\b"
    r"|(?:is|was)\s+(?:mijn|m'n|mn|zijn|haar|onze|my|his|her)\s+(?:(?:volledige|echte|eigen|full|last"
    r"|first)\s+)?"
    r"(?:achter|voor|roep|meisjes)?nam?e?\w?\b)",
    re.IGNORECASE,
)
HERE = re.compile(
    r"^\W*(?:(?:hallo|hoi|hey|hi|goedemorgen|goedemiddag|goedenavond|goedendag|dag"
    r"|hello)[\s,.!]+){0,2}(?P<name>[^\W\d_][\w'\-]+(?:\s[\w'\-]+){0,3}?)\s+(?:hier\b|aan de (?:lijn"
    r"|telefoon)|speaking\b)",
    re.IGNORECASE,
)
