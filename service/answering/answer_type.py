r"""What kind of thing is asked for, and whether a text holds any such thing.

"Hoeveel meter" is not answered by a text without a length, however well its words fit. That a kind of
thing is there proves little: the judge only hears when it is missing.

Each kind is a list of ways to ask for it and a list of ways to tell it, Dutch and English, spelling
mistakes of residents included. All are regular expressions that start and end at a word's border; write
a blank for any white space, `…` for at most five words in between (or none).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = (
    r"(?:\d[\d.,]*|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|\w*tien|\w*tig|honderd|half|"
    r"halve|anderhalve?|paar|enkele|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_PERIOD = (
    r"(?:seconden?|minu(?:ut|ten)|kwartier|uur|uren|(?:werk|kalender)?dag(?:en)?|week|weken|maand(?:en)?|"
    r"kwarta(?:al|len)|(?:kalender)?ja(?:ar|ren)|minutes?|hours?|days?|weeks?|months?|years?)"
)
_TIME = (rf"{_NUMBER}[- ]?(?:\w+ )?{_PERIOD}", r"\d+[- ]?(?:jarige|weekse|daagse)")
_AT_ONCE = ("direct", "meteen", "onmiddellijk", "immediately", "dezelfde dag", "same day")
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|may|june|july|august|october)"
)
_WEEKDAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon|feest|werk)dag\w*|weekend\w*|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
_NUMMER = r"(?:nr|num+er)"
_HOEVEEL = r"hoe ?ve+l"
_PRICE = r"(?:prijs|tarie(?:f|ven)|kosten|leges)"
_METRES = r"(?:vierkante |kubieke |square )?(?:centi|milli|kilo)?met(?:ers?|res?)"


@dataclass(frozen=True)
class AnswerType:
    """A kind of thing: how it is asked for, and how it looks where it is told."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _type(name: str, asked: Sequence[str], told: Sequence[str]) -> AnswerType:
    return AnswerType(name, _any(asked), _any(told))


def _any(ways: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(ways).replace("…", r"(?:\W+\w+){0,5}?\W+").replace(" ", r"\s")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


COUNT = "count"
TYPES = (
    _type(
        "telephone number",
        (
            rf"tel(?:efoon)?[ .-]*{_NUMMER}",
            rf"\A\W*\w+(?:\W+\w+){{0,3}}\W+{_NUMMER}\W*\Z",  # "kindertelefoon nr?"
            rf"\A\W*{_NUMMER} (?:van|voor)",
            rf"{_NUMMER}…bel(?:len)?",
            rf"(?:wat is het|welk) (?:\w+ )?{_NUMMER} van",
            "wie moet ik bellen",
            "(?:what|which)…(?:phone|telephone) number",
            r"\A\W*(?:phone|telephone) number",
            "number (?:to|can i) call",
        ),
        (
            r"\(?0\d{1,3}\)?[ -]?\d[\d -]{4,8}\d",
            r"0[89]00",
            r"14[ -]?0\d{2,3}",
            r"\+31[\d ]+",
            "11[236]",
            "144",
        ),
    ),
    _type("e-mail address", ("e?-?mail[ -]?ad+res",), (r"\S+@\S+", r"e?-?mail\w*")),
    _type(
        "share",
        (
            rf"{_HOEVEEL} (?:procent|rent+e)",
            "welk percentage",
            "wat is (?:nu )?de rente",
            "what percentage",
            "interest rate",
        ),
        (r"[\d ]*%", r"\w*procent", "per ?cent", "helft", "half", r"\w*derde", "kwart"),
    ),
    _type(
        "money",
        (
            rf"{_HOEVEEL}…(?:euro|geld|kost(?:en)?|betaal|betalen|subsidie|leges|boete|vergoeding|kwijt|borg)",
            "wat…(?:kost(?:en)?|kwijt|schuift)",
            "hoe ?duur",
            rf"(?:wat|welke?) (?:is|zijn|bedraagt) (?:de |het )?(?:{_PRICE}|boete|bedrag)",
            rf"\A\W*{_PRICE}",
            rf"{_PRICE}\W*\Z",
            "wat (?:moet(?:en)?|zou|zal|ga)…betalen",
            "wat (?:krijgt|verdient)…per (?:maand|uur|jaar)",
            r"hoe hoog (?:is|zijn|wordt) (?:de|het|zo'?n|een) "
            r"(?:boet+e|bedrag|leges|\w*bon|bijdrage|vergoeding|subsidie|uitkering)",
            "how much (?:do|does|is|are|will|would|money|must)",
            "what (?:do|does|will|would)…costs?",
            r"what(?:'s| is) the (?:\w+ ){0,3}(?:fee|price|cost|fine|pay)",
            "how expensive",
        ),
        (
            r"€[\d ]*",
            r"euro\w*",
            "eur",
            "cent",
            "gratis",
            "kosteloos",
            r"geen (?:\w+ )?(?:kosten|leges|geld)",
            "zonder kosten",
            r"kosten (?:\w+ ){1,4}niet",
            r"(?:kost|betaal)\w*(?: \w+){0,2} niets",
            "nihil",
            "free",
            "no (?:cost|charge|fee)",
        ),
    ),
    _type(
        "age",
        (
            "hoe oud (?:moet|mag|is|zijn)",
            "(?:welke|minimum) ?leeftijd",
            "leeftijdsgrens",
            "how old (?:do|does|must|should|is|are)",
            "(?:what|which|minimum) age",
        ),
        (
            r"\d+ ?(?:\+|jaar|years?|months?|weeks?|maanden|weken)",
            r"\w+ jaar",
            r"\S*jarige?n?",
            r"\w*verjaardag",
            r"\w*leeftijd\w*",
            "volwassen(?:en)?",
            "older",
            "aged?",
            r"(?:over|under|from) \d\d",
        ),
    ),
    _type(
        "length",
        (
            rf"{_HOEVEEL} (?!per )(?:\w+ )?(?:{_METRES}|cm|m2|m²|km)",
            "hoe (?:breed|diep|dik)",
            "hoe hoog (?:mag|moet|kan)",
            "hoe ver (?:mag|moet|van (?:de|het|mijn|een))",
            "welke (?:afstand|hoogte|breedte|afmetingen?)",
            rf"how (?:many {_METRES}|high|tall|wide|deep)",
        ),
        (
            rf"{_NUMBER} ?{_METRES}",
            r"\d[\d.,]* ?(?:m|cm|mm|km|m2|m²|m3|m³|hectare|inch)",
            "A[3-6]",
            r"\w*(?:hoogte|breedte)",
        ),
    ),
    _type(
        "weight or volume",
        (
            rf"{_HOEVEEL} (?:\w+ )?(?:kilo|kilogram|kg|liters?|ton|kuub|m3|gram|decibel)",
            "hoe zwaar",
            r"how (?:many (?:kilo|lit)\w+|heavy)",
        ),
        (
            r"\d[\d.,]* ?(?:kg|gram|g|l|ton|m3|m³|db|decibel)",
            r"(?:[\d.,]+ ?)?(?:kilo|kilogram|lit(?:er|re)s?|kuub)",
            "kubieke meters?",
        ),
    ),
    _type(
        "time of day",
        ("hoe laat(?! ik)", "openings?(?:tijd(?:en)?|uren)", "what time", "opening (?:hours|times)"),
        (
            r"\d{1,2}[.:]\d{2}",
            "uur",
            r"\d{1,2} ?(?:am|pm|a\.m|p\.m)",
            "dag en nacht",
            "24/7",
            "kwart (?:voor|over)",
            "half",
            "noon",
            "midnight",
            "middernacht",
        ),
    ),
    _type(
        "frequency",
        ("hoe vaak", "how often", "how many times"),
        (
            r"\w*(?:keer|maal)",
            "times?",
            "once",
            "twice",
            "vaak",
            "eenmalig",
            rf"(?:per|elke?|iedere?|every|each|a) (?:\w+ )?{_PERIOD}",
            "(?:dage|weke|maande|jaar)lijks",
            "(?:week|month|year)ly",
            *_TIME,
        ),
    ),
    _type(
        "duration",
        (
            r"hoe ?lang",
            rf"{_HOEVEEL} (?!per )(?:\w+ )?(?:tijd|minuten|uur|uren|(?:werk)?dagen|weken|maanden|jaar|jaren)",
            "hoe snel",
            "binnen welke (?:tijd|termijn)",
            "wat is de termijn",
            "how (?:long|soon|quickly)",
            r"how many (?:\w+ )?(?:minutes|hours|days|weeks|months|years)",
        ),
        (
            *_TIME,
            *_AT_ONCE,
            _MONTH,
            r"(?:19|20)\d\d",
            "altijd",
            "blijft",
            "onbeperkt",
            "levenslang",
            "forever",
            "jaarlijks",
            r"tot (?:en met )?\w+dag",
            r"\d[\d.,]* ?(?:m|cm|meter)",  # "hoe lang" of a fence
        ),
    ),
    _type(
        "date",
        (
            "wan+eer",
            "welke (?:dag|dagen|datum|data|maand|nacht|week)",
            "when (?:is|are|do|does|did|can|could|will|would|must|should)",
            "(?:which|what) (?:day|date|month)",
        ),
        (
            _MONTH,
            _WEEKDAY,
            r"\d{1,2}[-/]\d{1,2}",
            r"(?:19|20)\d\d",
            r"\d+e",
            *_TIME,
            "(?:zodra|als|wanneer|bij|na|voor|tot|vóór|voordat|nadat|vooraf|achteraf|uiterlijk|altijd|elke?)",
            "(?:iedere?|before|after|when|once|every)",
        ),
    ),
    _type(
        COUNT,
        (_HOEVEEL, "how many"),
        (
            r"\w*\d\w*",
            "één|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|honderd",
            r"\w+tien|\w+tig|tien",
            "one|two|three|four|five|six|seven|eight|nine|ten",
            "geen|alle|onbeperkt|meerdere|maximaal|beide|half|helft|per|eerste|only|none",
        ),
    ),
)


def asked_types(question: str) -> tuple[AnswerType, ...]:
    """The kinds of things that are asked for; a mere number only where nothing more precise is."""
    found = tuple(each for each in TYPES if each.asked.search(question))
    return tuple(each for each in found if each.name != COUNT) or found


def lacks_what_is_asked(question: str, text: str) -> bool:
    """Whether a kind of thing that the question asks for is nowhere in the text."""
    return any(not each.told.search(text) for each in asked_types(question))
