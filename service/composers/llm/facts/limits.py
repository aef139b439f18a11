"""Limits and certainties that a sentence adds, conditions that it leaves out, and opposites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import negations_of
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured, without_quantities
from service.composers.llm.facts.vocabulary import content_of, words_of

_CONDITIONS = re.compile(
    r"\b(?:tenzij|behalve|mits|uitgezonderd|uitsluitend|alleen(?! wo[on])|slechts|enkel|unless|except|only|provided)\b"
)
_HEDGES = re.compile(
    r"\b(?:meestal|soms|misschien|doorgaans|vaak|mogelijk|usually|sometimes|maybe|perhaps|often)\b"
)
_LIMITS = (
    (r"alleen(?! (?:staand|wo[on]))|uitsluitend|slechts|enkel|only|solely", r"alleen|uitsluitend|slechts|enkel|only|solely"),
    (r"tenzij|behalve|uitgezonderd|unless|except", r"tenzij|behalve|uitgezonderd|niet|geen|unless|except|not"),
    (r"altijd|steeds|always", r"altijd|steeds|ook|elke?|alleen|nooit|always"),
    (r"iedereen|everyone|everybody|anyone", r"iedereen|iemand|alle|everyone|everybody|anyone"),
    (r"nooit|never", r"nooit|niet|geen|never|not"),
    (r"verplicht|mandatory|compulsory", r"verplicht\w*|moet\w*|nodig|mandatory|compulsory|must|required"),
    (r"automatisch|vanzelf|automatically", r"automatisch\w*|vanzelf|automatic\w*"),
    (r"direct|meteen|onmiddellijk|immediately|straight away|at once", r"direct|meteen|onmiddellijk|gelijk|dezelfde dag|immediately|straight away|at once"),
    (r"gewoon|simply", r"gewoon|simply"),
    (r"alvast", r"alvast|vooraf|van tevoren"),
    (r"maar (?:een|1|\d+) keer|only once", r"maar|alleen|slechts|(?:een|1|\d+) keer|only|once"),
    (r"maakt niet uit|ongeacht|hoe dan ook|regardless|no matter", r"ma(?:akt|ken) niets? uit|ongeacht|gelijk|hetzelfde|zelfde|zowel|allebei|beide|same|both"),
    (r"dezelfde dag|vandaag nog|same day", r"dezelfde dag|meteen|direct|vandaag|same day|immediately"),
    (r"al (?:uw|de|onze|je)|alle(?= [a-z]{3,})|all", r"al|alle|alles|allemaal|elke?|iedere?|iedereen|wie|per|all|every|each|any|anyone"),
    (r"(?:elke?|iedere?|every|each|any)(?= [a-z]{3,})(?! (?:school|kalender)?jaar| geval)", r"al|alle|alles|allemaal|elke?|iedere?|iedereen|wie|per|een|all|every|each|any|anyone|an?"),
    (r"allebei|beiden?|both", r"allebei|beiden?|samen|twee|2|both|two"),
    (r"(?:ook|zelfs) (?:als|wanneer|indien|zonder|met)|even if|also if", r"ook|zelfs|even|also|ongeacht|maakt niet uit"),
    (r"(?:het )?hele jaar(?: door)?|jaarrond|all year", r"hele jaar|jaarrond|all year"),
    (r"in plaats van|instead of", r"in plaats van|vervangt|instead"),
    (r"(?:samen|gezamenlijk)(?= (?:een|1)\b)", r"samen|gezamenlijk"),
    (r"zonder dat|without (?:him|her|them|the)", r"zonder|without|hoeft|ook als"),
    (r"namens|on behalf", r"namens|machtig\w*|volmacht|behalf|voor u"),
    (r"bepaalt|beslist|beslissen|bepalen|decides?", r"bepaalt|beslist|beslissen|bepalen|besluit\w*|oordeelt|keurt|toestemming|kiest|decides?|decision"),
    (r"gegarandeerd|zeker|beslist|guaranteed|certainly|definitely", r"gegarandeerd|zeker|beslist|guaranteed|certainly|definitely"),
)  # fmt: skip
_LIMIT_PATTERNS = tuple(
    (re.compile(rf"\b(?:{said})\b"), re.compile(rf"\b(?:{held})\b")) for said, held in _LIMITS
)
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b"))
    for one, other in (
        (r"open|opent|geopend", r"dicht|gesloten|sluit|sluiten"),
        (r"open|opens", r"closed|closes?"),
        (r"eerder|vroeger", r"later"),
        (r"goedkoper", r"duurder"),
        (
            r"na|nadat|erna|daarna|achteraf|after|afterwards",
            r"voordat|vooraf|ervoor|van tevoren|before|beforehand",
        ),
        (
            r"blijft|blijven|behoudt|houdt|stays?|remains?",
            r"vervalt|vervallen|verloopt|stopt|eindigt|expires?|ends?|lapses?",
        ),
        (r"al|reeds|already", r"pas|not until|only after"),
        (r"zelf|uzelf|yourself", r"automatisch|vanzelf|automatically"),
        (r"wel", r"niet|geen"),
        (r"eerste|first", r"laatste|last"),
        (r"meer", r"minder"),
        (r"hoger|higher", r"lager|lower"),
        (r"begint|beginnen|start|begins?", r"stopt|eindigt|ends?"),
        (r"eigenaar|owner", r"huurder|tenant"),
        (r"vrijwillig", r"verplicht"),
        (r"ingeschreven|inschrijven|inschrijving", r"uitgeschreven|uitschrijven|uitschrijving"),
        (r"aanmelden|aangemeld", r"afmelden|afgemeld"),
        (r"huren|huurt|gehuurd", r"kopen|koopt|gekocht"),
        (r"binnen(?! (?:\d|de \d))", r"buiten"),
        (r"blijven? staan|laat staan", r"weg|weghalen|verwijder\w*"),
        (r"nat", r"droog"),
        (r"los|losse", r"vast|vastzit|vastzitten"),
        (r"heel|hele", r"kapot|kapotte|gebroken|stuk"),
        (r"leeg|lege", r"vol|volle"),
        (r"links", r"rechts"),
        (r"omhoog|stijgt|stijgen|increases?", r"omlaag|daalt|dalen|decreases?"),
        (r"korter|shorter", r"langer|longer"),
        (r"verkoopt|verkopen|verkocht|sells?|sold", r"koopt|kopen|gekocht|buys?|bought"),
        (r"verhuurt|verhuren", r"huurt|huren"),
        (
            r"houdt|houden|bewaart|bewaren|keeps?",
            r"kwijt|inleveren|levert|lever|vernietig\w*|hand in|returns?",
        ),
        (r"geldig|valid", r"ongeldig|verlopen|expired|invalid"),
        (r"hoogste|highest", r"laagste|lowest"),
        (r"grootste|largest", r"kleinste|smallest"),
        (r"prive\w*|eigen terrein", r"openbare?|public"),
        (r"heenweg", r"terugweg"),
        (r"bij elkaar|samen|together", r"apart|separately"),
        (r"gewone", r"extra|hogere"),
    )
)


def opposites(sentence: str, asserted: Sequence[Quantity], held: Material) -> Iterator[Doubt]:
    """Open where the text says dicht of the same day."""
    own = {(one.kind, one.value) for one in asserted}
    holders = [unit for unit in held.units if own & {(one.kind, one.value) for one in unit.quantities}]
    near = holders or nearest_units(sentence, held)
    plain = _earlier(sentence)
    yield from _against(plain, _earlier("\n".join(unit.whole for unit in near)))
    for place in _by_day(asserted, held):
        yield from _against(plain, _earlier("\n".join(unit.text for unit in place)))


def _by_day(asserted: Sequence[Quantity], held: Material) -> Iterator[list[Unit]]:
    """The places of each day that a sentence names: the one may be open and the other not."""
    for day in asserted:
        places = [
            unit
            for unit in held.units
            if any(day.value == one.value for one in unit.quantities if one.kind is day.kind)
        ]
        if day.kind is Kind.WEEKDAY and places:
            yield places


def _earlier(text: str) -> str:
    """The text folded; "vóór" stays another word than "voor"."""
    return folded(
        re.sub(
            r"\bv[óo]{2}r\b",
            lambda match: "voordat" if "ó" in match[0] else match[0],
            text,
            flags=re.IGNORECASE,
        )
    )


def _against(plain: str, near: str) -> Iterator[Doubt]:
    for one, other in _OPPOSITES:
        for said, against in ((one, other), (other, one)):
            found = said.search(plain)
            if found and against.search(near) and not said.search(near) and not against.search(plain):
                if negations_of(plain) % 2 and not negations_of(near) % 2:
                    continue  # "niet open" is "dicht"
                yield Doubt(Reason.OPPOSITE, found[0])


def limits(sentence: str, held: Material) -> Iterator[Doubt]:
    """A limit or a certainty that was added, or a condition that was left out."""
    plain = folded(sentence)
    bare = without_quantities(figured(sentence))  # "elke maand" is a quantity, "maar een keer" holds one
    near = nearest_units(sentence, held)
    text = folded("\n".join(unit.whole for unit in near))
    for said, kept in _LIMIT_PATTERNS:
        found = said.search(bare) or (said.search(plain) if "keer" in said.pattern else None)
        if found and not kept.search(text):
            yield Doubt(Reason.CONDITION, found[0])
    for pattern in (_CONDITIONS, _HEDGES):
        left_out = [pattern.search(folded(unit.text)) for unit in near]
        if left_out and left_out[0] and all(left_out) and not _is_limited(plain):
            yield Doubt(Reason.CONDITION, f"- {left_out[0][0]}")


def _is_limited(plain: str) -> bool:
    return bool(
        _CONDITIONS.search(plain)
        or _HEDGES.search(plain)
        or re.search(r"\b(?:niet|geen|kan|kunnen|als|not|if)\b", plain)
    )


def nearest_units(sentence: str, held: Material) -> list[Unit]:
    """The units that share most words and quantities with a sentence."""
    content = dict.fromkeys(content_of(words_of(sentence), held.language))
    words = [word for word in content if held.words.knows(word)]
    values = {one.value for one in read_figured(figured(sentence))}
    scored = [
        (
            sum(unit.words.knows(word) for word in words)
            + len(values & {one.value for one in unit.quantities}),
            unit,
        )
        for unit in held.units
    ]
    best = max((score for score, _ in scored), default=0)
    return [unit for score, unit in scored if score == best and best]
