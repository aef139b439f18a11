"""Finds streets with a house number, by their ending, their capital or the sentence. A street alone stays."""

import re
from collections.abc import Iterator

from .finding import Span, needs_digits
from .house_numbers import ADDITION, NUMBER_WORD, counts_something, is_year_or_measure
from .reading import before
from .words import SHORT_WORDS, is_ordinary, read

_ENDINGS = (
    r"str(?:aat)?|straat|sraat|straad|staat|steeg|laan|lan|weg|plein|kade|kaai|gracht|singel|dijk|pad|dreef"
    r"|plantsoen|hof|burg|wal|haven|markt|park|oord|veld|kamp|akker|horst|donk|brink|werf|erf|stede|heide"
    r"|zoom|poort|brug|vaart|vliet|waard|gaarde?|hoek|duin|meent|wijk|es|eind|end|lei|boulevard|allee"
    r"|promenade|baan|hout|bos|rade|ring|rand|diep|water|plas|tocht|hil|terp|sluis|sloot|dam|berg|beek|borg"
    r"|land|kant|zicht|tuin|passage|galerij|terras|hage|loo|bosch|voorde|stein|steyn"
)
_SURE_ENDINGS = (
    r"str(?:aat)?\.?|straat|sraat|straad|steeg|laan|weg|plein|kade|gracht|singel|dijk|dreef|plantsoen|pad"
    r"|hof|park|markt|wal|haven|burg|brink|allee|boulevard|straatje|laantje|weggetje|dijkje|steegje"
    r"|pleintje|hofje|paadje|parkje|grachtje|kadetje|street|avenue"
)
_BEFORE = (
    r"(?:(?:oude|nieuwe|lange|korte|grote|kleine|hoge|lage|brede|smalle|eerste|tweede|derde|vierde|1e|2e|3e"
    r"|4e|sint|st\.?|van|von|den|der|de|het|'t|'s|ten|ter|burg(?:emeester)?\.?|burgem\.?|prins|prinses"
    r"|koningin|koning|dr\.?|ds\.?|prof\.?|mgr\.?|mr\.?|ir\.?|pastoor|dokter|dominee|professor|minister"
    r"|president|generaal|admiraal|kapelaan|meester|graaf|[A-Z]\.)\s?)"
)
_SIDE = (
    r"(?:\s(?:[onzw]z|[onzw]\.z\.|oost|west|noord|zuid|oostzijde|westzijde|noordzijde|zuidzijde|binnen|buiten"
    r"|boven))?"
)
_HOUSE_AFTER_STREET = (
    rf"{_SIDE}\s?,?\s*(?:op\s)?(?:{NUMBER_WORD}\s*:?)?\s?(?<![0-9])(?P<house>[0-9]{{1,4}}(?:{ADDITION}))"
)
_STREET = re.compile(
    rf"(?<![\w\-])(?P<street>{_BEFORE}{{0,4}}(?-i:[A-Z][\w.'\-]*\s){{0,3}}?(?P<word>(?:[^\W\d_][\w'\-]*?)?"
    rf"(?:{_SURE_ENDINGS}))){_HOUSE_AFTER_STREET}",
    re.IGNORECASE,
)
_KNOWN = (
    "Rokin|Dam|Spui|Damrak|Vrijthof|Neude|Brink|Blaak|Meent|Voorhout|Noordeinde|Zuideinde|Oosteinde|Westeinde"
    "|Achterom|Buitenom|Binnenom|Onderlangs|Bovenlangs|Es|Kamp|Loo"
)
_ENDINGS_ALONE = "|".join(
    ending.capitalize() for ending in _ENDINGS.replace("?", "").split("|") if ending.isalpha()
)
_CAPITAL_STREET = re.compile(
    r"(?<![\w\-])(?P<street>(?:[A-Z][\w.'\-]*\s(?:van\s|de\s|der\s|den\s|het\s|'t\s){0,2}){0,4}"
    rf"(?P<word>[A-Z][\w'\-]*(?:{_ENDINGS})|{_KNOWN}"
    rf"|(?<=[a-z]\s)(?:{_ENDINGS_ALONE})))(?i:{_HOUSE_AFTER_STREET})"
)
_STREET_OF = re.compile(
    r"(?<![\w\-])(?P<street>(?P<kind>laan|weg|plein|park|pad|hof|straat|kade|dreef|singel|boulevard"
    r"|burg)\s(?:van|naar|der|op|aan|tot)\s"
    rf"(?:(?:de|het|den|der|'t)\s)?(?:(?:nieuwe?|oude?|groot|grote|klein|kleine|sint|prins|koning)\s)?"
    rf"(?P<word>[^\W\d_][\w.'\-]+)(?:\s[A-Z][\w'\-]+)?){_HOUSE_AFTER_STREET}",
    re.IGNORECASE,
)
_PREFIXED_STREET = re.compile(
    r"(?<![\w\-])(?P<street>(?:Oude|Nieuwe|Lange|Korte|Grote|Kleine|Hoge|Lage|Achter|Op de|Op den|Op het"
    r"|Op 't|Aan de|Aan het|In de|In 't|De|Het|'t|Den|Onder de|Bij de|Voor de|Achter de|Over de|Tussen de"
    r"|Achterom|Sint|St\.?)\s"
    rf"(?P<word>[A-Z][\w'\-]+(?:\s[A-Z][\w'\-]+)?))(?i:{_HOUSE_AFTER_STREET})"
)
_LIVING = re.compile(
    r"\b(?:wo+n(?:t|en|end|ende)?|wonen(?:de)?|gewoond|adres(?:\s+is)?|adr|verhui(?:s|st|sd|zen|zing)"
    r"|verhuis\w*|ingeschreven|inschrijven|gevestigd|huis|woning|flat|appartement|buren|bezorg\w*"
    r"|langs(?:komen)?|live|living|address(?:\s+is)?|move|moved|moving|huur|trek|trekken|ga)\b(?:[\s:,]"
    r"|\b(?:nu|ik|wij|we|al|jaren|per|mijn|is|momenteel|tijdelijk|samen|bij|met|man|vrouw|gezin|thuis|naar"
    r"|van|at|on|in|to|from|zelf|ook|dus|hier|mn|m'n)\b){0,6}?(?:(?:\b(?:op|aan|naar|van|at|on|in|to|from"
    r"|is|adres)(?:\s*:\s*|\s+)|:\s*)|(?-i:(?=[A-Z])))(?:de\s|het\s|'t\s|den\s)?"
    rf"(?P<street>(?P<word>[^\W\d_][\w.'\-]*)(?:\s(?!(?:op|met|en|of|sinds|voor|nummer|nr|er|we|ik"
    rf"|al)\b)[^\W\d_][\w.'\-]*){{0,3}}?){_HOUSE_AFTER_STREET}",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(
    rf"\b(?P<house>(?:{NUMBER_WORD}\s)?[0-9]{{1,4}}[a-z]?)\s(?:(?:van|in|aan|op|of|on|at)\s(?:de\s|het\s)?)?"
    rf"(?P<street>(?P<word>[A-Z][\w'\-]*(?:{_SURE_ENDINGS})))\b",
)
_NUMBER_OF = re.compile(
    rf"\b(?P<house>{NUMBER_WORD}\s[0-9]{{1,4}}[a-z]?)\s(?:van|in|aan|op)\s(?:de\s|het\s)?"
    rf"(?P<street>(?P<word>[^\W\d_][\w'\-]*(?:{_SURE_ENDINGS})))\b",
    re.IGNORECASE,
)

# What has a street's ending and a number behind it without being where somebody lives.
_NO_STREET = read("no_streets.txt")
_NO_PLACE = read("no_places.txt")
_IN_A_NAME = frozenset("van de der den het 't ten ter aan op in la el du".split())
_ARTICLES = ("de", "het", "'t", "den", "der")
_SENTENCE_OPENERS = read("sentence_openers.txt")
# "Bedrijventerrein De Hoef 2" is a plan and its phase.
_AREA = re.compile(r"(?:terrein|park|plan|project|fase|deelgebied)\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:de|het|'t|den|der)\s)+", re.IGNORECASE)


@needs_digits
def find(text: str) -> Iterator[Span]:
    """Yield streets with house number, in capitals or not, where their ending or the sentence tells."""
    spans = [_without_lead(found) for found in _STREET.finditer(text) if _is_sure_street(found, text)]
    for pattern in (_CAPITAL_STREET, _PREFIXED_STREET):
        spans += [_without_lead(found) for found in pattern.finditer(text) if _is_house(found, text)]
    spans += [found.span() for found in _STREET_OF.finditer(text) if _is_street_of(found, text)]
    for pattern in (_NUMBER_FIRST, _NUMBER_OF):
        spans += [found.span() for found in pattern.finditer(text) if _is_named(found)]
    yield from spans
    yield from (
        (found.start("street"), found.end()) for found in _LIVING.finditer(text) if _is_lived_in(found, text)
    )


def _is_street_of(found: re.Match[str], text: str) -> bool:
    """Tell "Laan van Meerdervoort 902" from "weg van de 2 containers"."""
    written_as_name = found["kind"][0].isupper() or found["word"][0].isupper()
    return _is_house(found, text) and (written_as_name or not is_ordinary(found["word"]))


def _without_lead(found: re.Match[str]) -> Span:
    """The street without what only stands before it: "Is de Oude Gracht 12"."""
    start = found.start("street")
    for lead in re.finditer(r"\S+\s", found["street"]):
        if not _is_lead(lead[0].strip()):
            break
        start = found.start("street") + lead.end()
    return start, found.end()


def _is_lead(word: str) -> bool:
    if word.lower() in _IN_A_NAME:
        return word in _ARTICLES
    return word.lower() in SHORT_WORDS or word.lower() in _SENTENCE_OPENERS


def _is_sure_street(found: re.Match[str], text: str) -> bool:
    return _is_named(found) and _is_house(found, text)


def _is_named(found: re.Match[str]) -> bool:
    """Tell "de Dorpsstraat 12" from "de straat 2 auto's": a kind of road is a name only with a capital."""
    word = found["word"]
    named = found.start("word") > 0 or word in ("Markt", "Brink", "Burg", "Singel", "Gracht", "Dijk", "Wal")
    capital = word[0].isupper() and not found.string.isupper() and named
    return capital or word.lower().rstrip(".") not in _NO_STREET or _ARTICLE.sub("", found["street"]) != word


def _is_house(found: re.Match[str], text: str) -> bool:
    if found["word"] in _NO_PLACE or counts_something(text, found.end()):
        return False
    if _AREA.search(before(text, found.start("street"), 20)):
        return False
    return not is_year_or_measure(found["house"])


def _is_lived_in(found: re.Match[str], text: str) -> bool:
    words = found["street"].lower().split()
    if words[0] in _NO_PLACE or words[-1] in _NO_PLACE:
        return False
    return _is_house(found, text) and not (set(words[1:]) - _IN_A_NAME) & SHORT_WORDS
