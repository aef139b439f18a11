"""Numbers written as words, to figures: "drie maanden" and "3 maanden" become the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from embeddings.languages.base import folded
from embeddings.plain_text import fold_spaces, strip_controls

_ONES = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien".split()
_ONES += "zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_ENGLISH_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen".split()
_ENGLISH_ONES += "fourteen fifteen sixteen seventeen eighteen nineteen".split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# these are words of their own as well
_ARTICLES = ("een", "one", "ten")  # and "ten minste" is no number
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip

# what one can count with "een": a week is one week, a document is just any document
PERIOD = (
    r"(?:seconden?|minu(?:ut|ten)|kwartier(?:en)?|uur|uren|(?:werk|kalender)?dag(?:en)?|etma(?:al|len)|week|weken|"
    r"maand(?:en)?|kwarta(?:al|len)|(?:kalender)?ja(?:ar|ren)|nacht(?:en)?|"
    r"seconds?|minutes?|hours?|(?:working |business |calendar )?days?|weeks?|months?|quarters?|years?|nights?)"
)
FIGURE = r"\d{1,3}(?:,\d{3})+\.\d\d(?!\d)|\d{1,3}(?:[. ]\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"


@lru_cache(maxsize=4_096)
def figured(text: str) -> str:
    """The text folded (lower case, no accents) with every number in figures: Dutch form, "1,5"."""
    plain = folded(re.sub("één|eén", "1", fold_spaces(strip_controls(text)), flags=re.IGNORECASE))
    for pattern, figure in _REWRITES:
        plain = pattern.sub(figure, plain)
    plain = _BIG.sub(_big, _WORD.sub(lambda match: _figure_of(match[0]), plain))
    plain = re.sub(r"\b1e (?=\d+ )", "", plain)  # "de eerste twaalf keer"
    plain = _AND_A_HALF.sub(r"\1,5", plain)
    plain = _MORE_IS_NOT.sub(r"hooguit \1", plain)
    plain = _EACH_OF.sub(r"\1 \4 \2 \3 \4", plain)
    return _FROM_TO.sub(r"van \1 uur tot \2 uur", _PART_OF_DAY.sub(_in_day, plain))


def number_of(figure: str) -> float:
    """The value of figures as Dutch or English write them: "1.250,50", "1,250.50", "1 250", "86,20"."""
    bare = figure.replace(" ", "")
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return float(bare)
    whole, rest = bare[:last], bare[last + 1 :]
    both = "," in bare and "." in bare
    digits = re.sub(r"[.,]", "", whole)
    if len(rest) == 3 and not both:  # 1.250 is a thousand and more
        return float(digits + rest)
    return float(f"{digits or 0}.{rest or 0}")


@cache
def _named() -> dict[str, str]:
    """Every number word up to 999, and the round thousands."""
    words = {word: number for word, number in _up_to_99()}
    small = list(words.items())
    for hundreds, name in enumerate(["", *_ONES[2:10], "?", *_ONES[11:20]], start=1):
        words[f"{name}honderd"] = hundreds * 100
        for word, number in small:
            if number:
                words[f"{name}honderd{word}"] = words[f"{name}honderden{word}"] = hundreds * 100 + number
    for thousands, name in [(1, ""), *((number, word) for word, number in small if number > 1)]:
        words[f"{name}duizend"] = thousands * 1000
    words |= {f"{_ENGLISH_ONES[number]} hundred": number * 100 for number in range(1, 10)}
    return {word: str(number) for word, number in words.items() if word not in _ARTICLES}


def _up_to_99() -> Iterator[tuple[str, int]]:
    for ones, tens, joint in ((_ONES, _TENS, "en"), (_ENGLISH_ONES, _ENGLISH_TENS, "-")):
        yield from ((word, number) for number, word in enumerate(ones))
        for ten, word in enumerate(tens, start=2):
            yield word, ten * 10
            for one in range(1, 10):
                number = ten * 10 + one
                yield (f"{word}-{ones[one]}" if joint == "-" else f"{ones[one]}en{word}"), number


def _figure_of(word: str) -> str:
    return _named().get(word) or (f"{_ORDINALS[word]}e" if word in _ORDINALS else word)


def _hour(word: str) -> int:
    return 1 if word == "een" else int(number_of(_figure_of(word)))


def _half_of(match: re.Match[str]) -> str:
    return f"{(_hour(match['hour']) - 1) or 12}.30 uur"


def _half_past(match: re.Match[str]) -> str:
    hour = match["hour"]
    return f"{_ENGLISH_ONES.index(hour) if hour in _ENGLISH_ONES else int(hour)}.30 uur"


def _quarter_of(match: re.Match[str]) -> str:
    hour = _hour(match["hour"])
    minutes = 15 if match["quarter"] == "kwart" else int(number_of(_figure_of(match["quarter"])))
    after = match["side"] in ("over", "past")
    return f"{hour if after else (hour - 1) or 12}.{minutes if after else 60 - minutes:02d} uur"


_MONTHS = "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_HOURS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|1[0-2]|[1-9]"
_OF_THE_CLOCK = r"(?: uur| o'?clock)?\b"
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?(?: hundred\b)?")
FREE = (
    r"\b(?:gratis|kosteloos|kosteloze|zonder kosten|geen (?:\w+ )?(?:kosten|leges)|kost(?:en)? (?:u )?(?:niets|geen geld)|"
    r"(?:u )?hoe(?:ft?|ven) (?:u )?(?:[a-z]+ ){0,3}?(?:niets?|geen [a-z]+) (?:voor )?te betalen|betaal\w* (?:u )?(?:hier|daar|er)?(?:voor)? ?niets|"
    r"free of charge|for free|is free|are free|no (?:cost|charge|fee)s?)\b"
)
_BIG = re.compile(rf"(?P<figure>{FIGURE}) (?P<unit>miljoen|million)\b")
_PART_OF_DAY = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[.:](?P<minutes>\d\d))?(?: uur)? ['’]s (?P<part>morgens|ochtends|middags|avonds|nachts)\b"
)
_FROM_TO = re.compile(
    r"\bvan (1?\d) tot (1?\d|2[0-4])(?=[.,;?!]|$| (?:terecht|open|en (?:op|van)|op|kunt|bij|is|geopend)\b)(?![.,]\d)"
)
_AND_A_HALF = re.compile(r"\b(\d+) en (?:een halve|0,5)(?= [a-z])")
# "meer dan vier mag niet"
_MORE_IS_NOT = re.compile(
    r"\b(?:meer|langer|ouder|hoger|groter|zwaarder) dan ([^.,;?]{1,25}) (?:mag|mogen|kan|kunnen) niet\b"
)
# "140 en 240 liter", "24 en 31 december"
_EACH_OF = re.compile(
    r"\b(\d{1,4}) (en|of|and|or) (\d{1,4}) (liter|meter|centimeter|kilo|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|september|oktober|november|december)\b"
)
_Figure = str | Callable[[re.Match[str]], str]


def _rewrites() -> Iterator[tuple[str, _Figure]]:
    """What is more than one word for one number, in the order in which it is looked for."""
    yield rf"\bhalf past (?P<hour>{'|'.join(_ENGLISH_ONES[1:13])}|1[0-2]|[1-9])\b", _half_past
    yield rf"\bhalf (?P<hour>{_HOURS}){_OF_THE_CLOCK}(?! (?:jaar|dag|week|maand))", _half_of
    yield rf"\bhalf(?P<hour>{'|'.join(_ONES[1:13])})\b(?: uur)?", _half_of
    yield (
        rf"\b(?P<quarter>kwart|vijf|tien|5|10) (?P<side>over|voor) (?P<hour>{_HOURS}){_OF_THE_CLOCK}",
        _quarter_of,
    )
    yield rf"\b(?:een|1|an?) half(?:e)?(?= (?:{PERIOD}|kubieke|kilo))", "0,5"
    yield rf"\bhalve?(?= (?:{PERIOD}|kubieke|kilo))|\bhalf(?= (?:jaar|uur))|\bhalf an?(?= {PERIOD})", "0,5"
    yield r"\banderhal(?:f|ve)\b", "1,5"
    yield r"\bniet (?:gratis|kosteloos)\b", "betaald"
    yield FREE, "0 euro"
    yield r"\b(?:middernacht|midnight)\b", "24.00 uur"
    yield r"\b(?:een|1|an?) etmaal\b", "24 uur"
    yield r"\bten minste\b", "minstens"
    yield r"\bten hoogste\b", "hoogstens"
    yield (
        r"\bten (?=(?:working |business )?(?:days|weeks|months|years|minutes|hours|euros|percent|people|times|instal\w+|met)\w*)",
        "10 ",
    )
    yield r"\bin (?:een|1) keer\b|\bat once\b", "ineens"
    yield rf"\b(?<!\bop )(?:een|an?|one) (?={PERIOD}\b)", "1 "
    yield rf"\b(?:half|medio) (?={_MONTHS}\b)", "15 "
    yield rf"\b(?P<whole>{'|'.join(_ONES[1:13])})enhal(?:f|ve)\b", _and_a_half
    yield (
        r"\b(?:tussen|between) (?:de )?((?:€ ?)?[\d.,]+(?: uur)?|\d{1,2} [a-z]{3,9}(?: (?:19|20)\d\d)?|[a-z]+(?: uur)?|€ ?[\d.,]+) (?:en|and) (?=(?:€ ?)?\d|[a-z]+ (?:uur|euro|jaar|weken|maanden|dagen)\b)",
        r"van \1 tussentot ",
    )
    yield rf"\bevery other (?={PERIOD}\b)|\bom de (?={PERIOD}\b(?! (?:te|van|af|door)\b))", "elke 2 "
    yield r"\b(?:twee derde|2/3)\b", "67%"
    yield r"\b(?:een derde|1/3|one third|a third)\b", "33%"
    yield r"\b(?:drie ?kwart|3/4|three quarters)\b", "75%"
    yield r"\b(?:een kwart|1/4|a quarter)\b(?! (?:over|voor|of|past|to|uur|jaar))", "25%"
    yield r"\b(?:de )?helft\b|\b50 ?procent\b|\bhalf (?:of|the)\b", "50%"
    yield r"\b(?:dubbele?|twice|double)\b", "2 keer"
    yield r"\b(een|twee|drie|vier|vijf|zes|tien)maal\b", r"\1 keer"
    yield r"\b(?:een|1) keer\b|\bonce\b", "1 keer"


def _and_a_half(match: re.Match[str]) -> str:
    return f"{_figure_of(match['whole'])},5"


def _in_day(match: re.Match[str]) -> str:
    later = match["part"] in ("middags", "avonds") and int(match["hour"]) < 12
    hour = int(match["hour"]) + (12 if later else 0)
    return f"{hour}.{match['minutes'] or '00'} uur"


def _big(match: re.Match[str]) -> str:
    return f"{number_of(match['figure']) * 1_000_000:.0f}"


_REWRITES = tuple((re.compile(pattern), figure) for pattern, figure in _rewrites())
