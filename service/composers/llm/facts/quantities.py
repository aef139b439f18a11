"""The quantities that a text asserts: amounts, shares, dates, times, periods, ages, counts, labels.

Each has a value, and the way in which it bounds: "vanaf 18 jaar" and "jonger dan 18 jaar" hold the same
number and are different facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.composers.llm.facts.bounds import Bound, bound_of, side_of
from service.composers.llm.facts.numerals import FIGURE, PERIOD, figured, number_of


class Kind(StrEnum):
    """What is measured."""

    MAIL = "mail"
    LINK = "link"
    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    CLOCK = "clock"
    EVERY = "every"
    PERIOD = "period"
    WEEKDAY = "weekday"
    WEEKDAYS = "weekdays"
    MONTH = "month"
    ORDINAL = "ordinal"
    MEASURE = "measure"
    NUMBER = "number"


@dataclass(frozen=True)
class Quantity:
    """`value` in one form for every way of writing it. `before` and `after` are the words beside a bare
    number, which say what it counts. `position` is where it begins in the text in figures."""

    kind: Kind
    value: str
    bound: Bound = Bound.NONE
    position: int = 0
    before: str = ""
    after: str = ""


_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
# "may" is a verb too, and "maart" none: English May counts as a month only beside a day
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAYS = {
    name: number
    for names in (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DAY = "(?:" + "|".join(_DAYS) + ")"
_NUM = rf"(?:{FIGURE})"
_THROUGH = r"(?:tussentot|tot en met|t/m|t/ ?m|tot|through|to|until|-|–|—)"
_UNITS = (
    ("second", 1 / 60, r"second\w*"),
    ("minute", 1, r"minu\w+"),
    ("minute", 15, r"kwartier\w*"),
    ("minute", 60, r"(?:uur|uren|hours?)"),
    ("working day", 1, r"(?:werkdag\w*|(?:working|business) days?)"),
    ("day", 1, r"(?:kalender)?dag\w*|(?:calendar )?days?|etma\w+"),
    ("night", 1, r"nacht\w*|nights?"),
    ("day", 7, r"(?:week|weken|weeks?)"),
    ("month", 1, r"(?:maand\w*|months?)"),
    ("month", 3, r"(?:kwarta\w+|quarters?)"),
    ("month", 12, r"(?:kalender)?(?:jaar|jaren)|years?"),
)
_MEASURE = (
    r"(?:m²|m2|m³|m3|(?:vierkante|kubieke|square|cubic) met\w+|kubieke|kilomet\w+|km|centimet\w+|cm|millimet\w+|mm|"
    r"meters?|metres?|kilo(?:gram)?s?|kg|gram|liters?|litres?|kwh|watt|mb|ton)\b"
)
_MEASURES = {"m²": "m2", "m³": "m3", "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "kg": "kilo"}


def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in the order in which they stand."""
    return read_figured(figured(text))


@lru_cache(maxsize=4_096)
def read_figured(text: str) -> tuple[Quantity, ...]:
    """The same of a text that is in figures already."""
    found: list[Quantity] = []
    for kind, pattern, values in _SCANS:
        for match in pattern.finditer(text):
            if "\0" in match[0]:
                continue
            for value in values(match):
                found.append(_bounded(kind, value, match, text))
        # what was read is not read again as something else: "14 0999" holds no number 14
        if kind not in _READ_AGAIN:
            text = pattern.sub(_blanked, text)
    return tuple(sorted(found, key=lambda one: one.position))


def _blanked(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


@lru_cache(maxsize=1_024)
def without_quantities(text: str) -> str:
    """A text in figures with its quantities blanked out: what is left are words."""
    for kind, pattern, _ in _SCANS:
        if kind not in _READ_AGAIN:
            text = pattern.sub(" ", text)
    return text


def _bounded(kind: Kind, value: str, match: re.Match[str], text: str) -> Quantity:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
    bound = Bound.NONE
    if kind in _WITH_BOUND:
        bound = bound_of(before, after, in_time=kind in _IN_TIME)
    if kind is Kind.CLOCK and bound is Bound.NONE:
        bound = side_of(before)
    beside = kind in (Kind.NUMBER, Kind.ORDINAL)
    return Quantity(
        kind, value, bound, match.start(),
        before=_word_before(before) if beside else "",
        after=_word_after(after) if beside else "",
    )  # fmt: skip


# "2 en maximaal 4 getuigen", "101 - 500 bezoekers"
_COUNTED_LATER = re.compile(
    r" ?(?:en|of|tot|tot en met|t/m|a|and|or|to|-|–)(?: (?:maximaal|minimaal|hoogstens|hooguit|minstens|at most))? ?"
    r"\d[\d.,]* ([a-z][a-z'’-]*)"
)


def _word_before(text: str) -> str:
    match = re.search(r"([a-z][a-z'-]*)[ ]?$", text)
    return match[1] if match else ""


def _word_after(text: str) -> str:
    match = _COUNTED_LATER.match(text) or re.match(r"[ -]?([a-z][a-z'’-]*)", text)
    return match[1] if match else ""


def _as_is(match: re.Match[str]) -> Iterator[str]:
    yield match[0]


def _link(match: re.Match[str]) -> Iterator[str]:
    yield re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0]).rstrip("/.,;:!?)'\"")


def _telephone(match: re.Match[str]) -> Iterator[str]:
    digits = re.sub(r"\D", "", match[0])
    yield re.sub(r"^(?:0031|31(?=\d{9}))", "0", digits)


def _postcode(match: re.Match[str]) -> Iterator[str]:
    yield match[0].replace(" ", "")


def _amount(match: re.Match[str]) -> Iterator[str]:
    cents = number_of(match["cents"]) / 100 if match["cents"] else 0.0
    yield f"{number_of(match['euro']) + cents:.2f}"


def _cents(match: re.Match[str]) -> Iterator[str]:
    yield f"{number_of(match['cents']) / 100:.2f}"


def _number(match: re.Match[str]) -> Iterator[str]:
    number = number_of(match["number"])
    yield f"{number:g}" if number < 1e6 else f"{number:.0f}"


def _date(match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    year = parts["year"] or ""
    month = _MONTHS.get((parts["month"] or "").rstrip("."), 0) or int(parts["month"])
    if 1 <= month <= 12:
        yield f"{int(parts['day'])}-{month}" + (f"-{year}" if year else "")


def _clock(match: re.Match[str]) -> Iterator[str]:
    hour, minutes = int(match["hour"]), int(match["minutes"] or 0)
    half = match.groupdict().get("half") or ""
    if hour <= 24 and minutes < 60:
        yield str((hour + (12 if half == "pm" and hour < 12 else 0)) * 60 + minutes)


def _period(match: re.Match[str]) -> Iterator[str]:
    for figure in (match["number"], match.groupdict().get("first")):
        if figure:
            yield _in_units(number_of(figure), match["unit"])


def _every(match: re.Match[str]) -> Iterator[str]:
    unit = match.groupdict().get("unit")
    yield _in_units(1, unit) if unit else _in_units(1, _ADVERBS[match["adverb"]])


_ADVERBS = {
    "dagelijks": "dag",
    "daily": "dag",
    "wekelijks": "week",
    "weekly": "week",
    "maandelijks": "maand",
    "monthly": "maand",
    "jaarlijks": "jaar",
    "yearly": "jaar",
    "annually": "jaar",
}


def _in_units(number: float, unit: str) -> str:
    for name, factor, pattern in _UNITS:
        if re.fullmatch(pattern, unit):
            return f"{number * factor:g} {name}"
    return f"{number:g} {unit}"


def _weekdays(match: re.Match[str]) -> Iterator[str]:
    yield f"{_DAYS[match['first']]}-{_DAYS[match['last']]}"


def _weekday(match: re.Match[str]) -> Iterator[str]:
    yield str(_DAYS[match["day"]])


def _month(match: re.Match[str]) -> Iterator[str]:
    yield str(_MONTHS[match["month"].rstrip(".")])


def _measure(match: re.Match[str]) -> Iterator[str]:
    unit = match["unit"]
    if "kubieke" in unit or "cubic" in unit:
        unit = "m3"
    elif "vierkante" in unit or "square" in unit:
        unit = "m2"
    unit = _MEASURES.get(unit, re.sub(r"(?:s|res)$", "", unit).replace("metre", "meter"))
    yield f"{number_of(match['number']):g} {unit}"


_Values = Callable[[re.Match[str]], Iterator[str]]
_TLD = r"(?:nl|example|com|org|net|eu|be|de|info|gov|io|app|test|shop|online|site|xyz|biz)"
# in this order: what comes first takes its characters away from what comes later
_SCANS: tuple[tuple[Kind, re.Pattern[str], _Values], ...] = tuple(
    (kind, re.compile(pattern), values)
    for kind, pattern, values in (
        (Kind.MAIL, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _as_is),
        (
            Kind.LINK,
            rf"(?:https?://|www\.)[^\s<>|\"']+|(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{_TLD}\b(?:/[^\s<>|\"']*)?",
            _link,
        ),
        (
            Kind.POSTCODE,
            r"(?<![\d€.,-])[1-9]\d{3} ?(?!en\b|al\b|er\b|we\b|ze\b|je\b|nu\b|na\b|af\b|zo\b|of\b|is\b|om\b|op\b|in\b|te\b|to\b|or\b|as\b|ha\b|km\b|m2\b)[a-z]{2}\b(?![ -]?\d)",
            _postcode,
        ),
        (
            Kind.DATE,
            rf"\b(?P<day>\d{{1,2}})(?:e|ste|de|st|nd|rd|th)? (?:van |of )?(?P<month>{_MONTH})(?: (?P<year>(?:19|20)\d\d))?",
            _date,
        ),
        (
            Kind.DATE,
            rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>(?:19|20)\d\d))?(?! uur)",
            _date,
        ),
        (Kind.DATE, r"\b(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>(?:19|20)\d\d)\b", _date),
        (Kind.DATE, r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d{2})-(?P<day>\d{2})\b", _date),
        (
            Kind.TELEPHONE,
            r"(?<![\w,.€])(?:\+31|0031|0)[ -]?\(?\d[\d ()-]{6,}\d|(?<![\w.,€])14[ -]?0\d{2,3}\b|(?<![\w.,€])0[89]00[ -]?[\d -]{3,}\d|(?<![\w.,€])11[2356]\b|(?<![\w.,])0999(?: \d+)+",
            _telephone,
        ),
        (Kind.AMOUNT, rf"(?:€|(?<!\d )\beuro?) ?(?P<euro>{_NUM})(?P<cents>)(?:,-)?(?!\d)", _amount),
        (
            Kind.AMOUNT,
            rf"(?<![\w.,])(?P<euro>{_NUM})(?:,-)? ?(?:euro'?s?|eur|€)(?: (?:en |and )?(?P<cents>\d{{1,2}})(?: (?:euro)?cent\w*)?(?!\d| ?\w*jaar| ?keer))?(?!\w)",
            _amount,
        ),
        (Kind.AMOUNT, r"(?<![\w.,])(?P<cents>\d{1,2}) (?:euro)?cent\w*", _cents),
        (Kind.SHARE, rf"(?<![\w.,])(?P<number>{_NUM}) ?(?:%|procent|percent|per cent)", _number),
        (
            Kind.CLOCK,
            r"(?<![\w.,:€])(?P<hour>\d{1,2})[.:](?P<minutes>\d{2})(?!\d|[.,:]\d| ?(?:dag|week|weken|maand|jaar|minu|euro|procent))(?: ?(?:uur|h|hrs)\b| ?(?P<half>[ap]m)\b)?",
            _clock,
        ),
        (Kind.CLOCK, r"(?<![\w.,:€])(?P<hour>\d{1,2})(?P<minutes>) ?(?P<half>am|pm|o'?clock)\b", _clock),
        (
            Kind.CLOCK,
            rf"(?:(?<=\bom )|(?<=\btot )|(?<=\btussentot )|(?<=\bvan )(?=\d{{1,2}} ?(?:uur )?{_THROUGH})|(?<=\bvanaf )|(?<=\bvoor )|(?<=\btussen )|(?<=\d uur en )|(?<=\ben met )|(?<=\bt/m )|(?<=\buiterlijk )|(?<=\brond ))(?P<hour>\d{{1,2}})(?P<minutes>)(?: uur\b(?! per| van tevoren| vooraf| parkeren)|(?= {_THROUGH} \d{{1,2}}(?:[.:]\d\d)? uur))",
            _clock,
        ),
        (Kind.EVERY, rf"\b(?:per|elke?|iedere?|every|each) (?P<unit>{PERIOD})\b", _every),
        (
            Kind.EVERY,
            rf"\b(?P<adverb>{'|'.join(_ADVERBS)})e?\b",
            _every,
        ),
        (
            Kind.PERIOD,
            rf"(?<![\w.,])(?:(?P<first>{_NUM}) ?(?:tussentot|tot en met|t/m|tot|a|of|en|to|or|through|-|–) ?)?(?P<number>{_NUM})(?: ?-? ?|-)(?:volle |hele |extra |laatste |full )?(?P<unit>{PERIOD})(?:\b|(?=durige|ig))",
            _period,
        ),
        (Kind.PERIOD, r"(?<![\w.,])(?P<number>\d+)-?(?P<unit>jaar|week|dag|maand)(?:se|ige?)\b", _period),
        (Kind.WEEKDAYS, rf"\b(?P<first>{_DAY})s? {_THROUGH} (?P<last>{_DAY})s?\b", _weekdays),
        (Kind.WEEKDAY, rf"\b(?P<day>{_DAY})(?:s|en|avond\w*|ochtend\w*|middag\w*|nacht\w*)?-?\b", _weekday),
        (
            Kind.MONTH,
            rf"\b(?P<month>(?!(?:may|mar|jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec)\b){_MONTH})(?=\W|$)",
            _month,
        ),
        (Kind.MEASURE, rf"(?<![\w.,])(?P<number>{_NUM}) ?(?P<unit>{_MEASURE})", _measure),
        (Kind.ORDINAL, r"(?<![\w.,])(?P<number>\d+)(?:e|ste|de|st|nd|rd|th)\b", _number),
        (Kind.NUMBER, rf"(?<![\w.,])(?P<number>{_NUM})(?!\w)", _number),
    )
)
_IN_TIME = frozenset({Kind.CLOCK, Kind.DATE, Kind.MONTH, Kind.ORDINAL})
# a range of weekdays also tells each of its ends
_READ_AGAIN = frozenset({Kind.WEEKDAYS})
_WITH_BOUND = frozenset(
    {
        Kind.AMOUNT,
        Kind.SHARE,
        Kind.DATE,
        Kind.CLOCK,
        Kind.PERIOD,
        Kind.MEASURE,
        Kind.NUMBER,
        Kind.ORDINAL,
        Kind.MONTH,
    }
)
