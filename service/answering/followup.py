"""Make a question whole: "en wat kost dat?" leans on the question before it."""

from __future__ import annotations

import re
from itertools import pairwise

_TOKEN = re.compile(r"\w+(?:['’.,-]\w+)*")  # "1.250" and "WOZ-brief" stay one
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# Words that name nothing: they are left out when a question tells what it is about.
_EMPTY = frozenset(
    """
    aan al alleen als alsnog altijd alvast an ander andere anders bij binnen boven buiten da daar
    daarmee daarna daarom daarvan daarvoor dan dat de den der deze die dit door dus echt een eens eerst
    eigenlijk en er ergens erbij erna et eraf evengoed even gauw geen gelijk gewoon graag haar hallo ha
    hoi goedemiddag goedemorgen goedenavond goedendag goeiemiddag goeiemorgen dag mevrouw meneer heel
    hem hen het hier hij hoe hoeveel hoelang hun ie iemand iets ik in is ja je jij jou jouw jullie k kan
    ken kun kunt kunnen konden kon langer lang m maar me mee meer meteen met mij mijn mijzelf mezelf mn
    mocht moch mag mogen moest moet moeten na naar nee niet niets niks nog nou nu of om omdat onder ons
    onze ook op over pas per precies samen snel sommige soms straks stel t te tegen tegelijk ten ter
    terug tijdens toch toe tot trouwens tussen u uit uw van vanaf vandaan via vinden voor vooraf vooral
    waar waarom waarmee waarvoor wanneer want wat we wel welk welke weer wie wij wordt worden werd zal
    ze zelf zich zij zijn zo zoiets zonder zou zouden z'n zn zo'n m'n n s d hoor he hè ben bent was
    waren heb heeft hebben had hoef hoeft hoeven krijg krijgt krijgen kreeg doe doet doen deed ga gaat
    gaan ging kom komt komen neem neemt nemen wil willen wilt wilde weet weten zeg zeggen zegt zit
    zitten staat staan blijf blijft blijven maakt maken geef geeft geven laat laten hoog hoger laag
    groot diep breed veel minder meest steeds extra klopt werkt gebeurt zeker best goed goede nieuwe
    oude oud nieuw dezelfde zulke allebei allemaal alles elke ieder elk uiterlijk laatst later vroeg
    eerder meestal ongeveer dezelfde vraag vraagje uitmaken about after again all also am an and any
    anyone are as at be been before but by can could d did do does else every for from get go got had
    has have he her here him his how i if in into is it its just like ll long m may me more much many
    must my need no not now of off on once one only or other our out own so some still than that the
    their them then there these they this those to too until up us ve very want was we were what when
    where which who why will with without would yes you your okay ok oke oké thanks
    """.split()
)
# Words that many subjects have: who, when, how much, with what. A question of only these leans on another.
_COMMON = frozenset(
    """
    man vrouw kind kinderen kids zoon zoontje dochter dochtertje moeder vader ouders ma pa broer zus oma
    opa vriend vriendin partner ex baby gezin familie buurman buurvrouw buren mensen mens persoon
    personen iemand dag dagen week weken maand maanden jaar jaren uur uren minuut minuten zaterdag
    zondag maandag dinsdag woensdag donderdag vrijdag weekend vandaag morgen gisteren avond ochtend
    middag keer tijd termijn termijnen werkdagen datum kost kosten kos prijs tarief leges geld euro
    bedrag betalen betaal betaalt betaald gratis korting boete duur duurder duurt duurd goedkoper
    contant cash pin terugbetalen duren vergoeding formulier formulieren foto pasfoto papieren document
    documenten bewijs legitimatie handtekening afspraak aanvraag aanvragen aanvraagt melden melding
    doorgeven doorgegeven aangeven regelen ophalen halen brengen bezwaar toestemming vergunning gemeente
    gemeentehuis stadskantoor balie loket online internet website digitaal telefonisch telefoon bellen
    mail post formulier nummer dossier adres auto tweede derde eerste twee drie meter vierkante zwaar
    leeftijd groter kleiner maximum maximaal minimum meekomen meenemen meebrengen nodig geldig klaar
    meegaan wachten erg terecht antwoord volgende stap blij ding dingen hulp man's husband wife kid kids
    son daughter mother father parents child children friend people person family day days week weeks
    month months year years hour hours saturday sunday monday tuesday wednesday thursday friday weekend
    today tomorrow time cost costs price fee pay free money fine report appointment form photo papers
    apply online phone second third car first
    """.split()
)

# Politeness that closes what went before: after it comes something new, if it names anything at all.
_CLOSING = re.compile(
    r"^\W*(?:(?:ok[eéè]?y?|oké|ja|nee|nou|ah|mooi|fijn|top|prima|super|goed|perfect|helder|duidelijk|great|good"
    r"|fine|alright|right)\b[\s,.!]*)*"
    r"(?:(?:heel erg |hartelijk |heel )?(?:dank|bedankt|dankje(?:wel)?|merci|thx|thanks|thank you|cheers)\b"
    r"|(?:mooi|fijn|top|prima|super|goed|perfect|helder|duidelijk|great|good|fine|alright)\b(?=\s*[,.!]|\s+thx)"
    r"|(?:dat|zo|dan|daar|nu) (?:weet|snap|begrijp|wist|heb|doe|zal|ga|kom|kan) (?:ik|we|wij)\b"
    r"|zal ik doen\b|begrepen\b|laat maar\b|never ?mind\b|dat is (?:duidelijk|helder|goed)\b"
    r"|that's (?:clear|fine|all)\b)[^.!?,:;]{0,25}(?:[.!,:;]|$|(?=\s+(?:en|and)\b))",
    re.IGNORECASE,
)
_AFRESH = re.compile(
    r"\b(?:iets|wat|heel|nog een|een|nu) (?:heel )?anders?\b(?! (?:doen|regelen|betalen))"
    r"|\bander(?:e)? (?:vraag|ding|onderwerp)"
    r"|\bnu ik (?:u|je|jullie) toch\b|\bo,? ja\b|\bo?h ja\b|\btweede vraag\b|\bnog een vraag\b"
    r"|\bby the way\b|\b(?:another|different|separate|new) (?:question|thing|matter|subject)\b"
    r"|\bsomething else\b|\bwhile i have you\b",
    re.IGNORECASE,
)
_FILLER = re.compile(r"^\W*(?:(?:ok[eéè]?y?|oké|ja|nee|nou|ah|hm+|zeg|so|well|right)\b\W*)+", re.IGNORECASE)
_OPENING = re.compile(
    r"^\W*(?:and|but|en|maar|dus|of|or|then|dan|ook|also|stel|what about|how about|hoezo|waarom niet)\b",
    re.IGNORECASE,
)
# "en hoe laat mag mijn café open": "en" before a whole question may open a new subject
_QUESTION_AFTER_AND = re.compile(
    r"^\W*(?:en|and)\s+(?:(?:tot|vanaf|voor|op|in|binnen|until|from|for|at)\s+)?(?:hoe\w*|wat|wanneer|waar|welke?|wie"
    r"|mag|moet|kan|kun|is|heb|how|what|when|where|which|who|can|do|does|is|are|may)\b(?!\s+(?:als|if)\b)",
    re.IGNORECASE,
)
# "en mijn rijbewijs verloopt in mei, wat kost een nieuw": first what it is about, then the question
_PRESENTED = re.compile(
    r"^\W*(?:en|and|maar|but)\s+(?:(?:dan|nog|ook|eh)\s+)*(?:mijn|mn|m'n|me|onze?|de|het|die|dat|ik|we|wij|my|our|the|i)\s[^,.?!]+"
    r"(?=[,.!]\s+\w)",
    re.IGNORECASE,
)
_THING = frozenset("dat da die dit deze daar hij hem ie m het et t it that this these those there".split())
_PERSON = frozenset("zij ze haar hun zn z'n he she they them her his their".split())
_AFTER_DUMMY = frozenset("mogelijk waar verplicht toegestaan zo normaal possible true allowed".split())
_CLAUSE = frozenset("ik u we wij je jij jullie mijn mn de een er onze i you my the a we".split())
_KIN = frozenset(
    """
    man vrouw kind kinderen zoon zoontje dochter dochtertje moeder vader ouders broer zus oma opa vriend
    vriendin partner buurman buurvrouw buren husband wife kid kids son daughter mother father parents
    child children friend
    """.split()
)
_ARTICLE = frozenset(("een", "n", "an", "a"))  # what is introduced is new: "wat kost een vog"
_STEM = 6  # letters
_NAMES_ITSELF = 8  # letters: a Dutch word this long is nearly always a compound that names a subject


def whole(text: str, earlier: tuple[str, ...]) -> str:
    """The question after the turn that named its subject, which it leans on; itself when it stands alone."""
    if not earlier or not leans(text, earlier):
        return text
    return f"{since_subject(earlier)[0]} {text}"


def since_subject(turns: tuple[str, ...]) -> tuple[str, ...]:
    """The turns from the last one that does not lean itself; all of them when they all do."""
    place = len(turns) - 1
    while place > 0 and leans(turns[place], turns[:place]):
        place -= 1
    return turns[place:]


def names_nothing(word: str) -> bool:
    """Whether it is a pronoun, an auxiliary or the like, that any question may have."""
    return word.lower().replace("’", "'") in _EMPTY


def leans(text: str, earlier: tuple[str, ...] = ()) -> bool:
    """Whether a later turn is about what went before, so that it cannot be read by itself.

    When in doubt it leans: a word too many costs less than a question without its subject.
    """
    text = " ".join(text.split())  # a long run of spaces would take long to search
    closing = _CLOSING.match(text)
    rest = _FILLER.sub("", text[closing.end() :] if closing else text)
    words = _words(rest)
    if not any(map(_own, words)):
        return True
    if closing or _AFRESH.search(text):
        return False
    return (
        _opens_on_before(rest)
        or _points_back(words)
        or not _names_a_subject(words)
        or _repeats(words, earlier)
    )


def _opens_on_before(text: str) -> bool:
    if not _OPENING.match(text) or _QUESTION_AFTER_AND.match(text):
        return False
    presented = _PRESENTED.match(text)
    return not (presented and _names_a_subject(_words(presented.group())))


def _repeats(words: list[str], earlier: tuple[str, ...]) -> bool:
    """Whether it names again what was named: carrying that along then does no harm."""
    before = {word[:_STEM] for turn in earlier[-1:] for word in _words(turn) if _own(word)}
    return any(word[:_STEM] in before for word in words if _own(word) and len(word) >= _STEM)


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def only_points_back(text: str) -> bool:
    """Whether it names nothing of its own and stands for something before it: "wat kost dat dan?"."""
    words = _words(text)
    return not any(map(_own, words)) and _points_back(words)


def _own(word: str) -> bool:
    return len(word) > 1 and word not in _EMPTY and word not in _COMMON


def _points_back(words: list[str]) -> bool:
    """Whether a pronoun stands for something that this turn itself has not named before it."""
    named = kin = False
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if not named and (_is_thing(word, following) or (word in _PERSON and not kin)):
            return True
        named, kin = named or _own(word), kin or word in _KIN
    return False


def _is_thing(word: str, following: str) -> bool:
    if word not in _THING or following in _AFTER_DUMMY:
        return False
    if (word == "het" and following == "om") or (word in ("dat", "that") and following in _CLAUSE):
        return False
    return not _own(following) or word in ("daar", "hij", "it", "there")


def _names_a_subject(words: list[str]) -> bool:
    own = [word for word in words if _own(word)]
    introduced = any(article in _ARTICLE and _own(word) for article, word in pairwise(words))
    return introduced or len(own) > 1 or any(len(word) >= _NAMES_ITSELF for word in own)
