"""What a house number looks like, and what stands behind a number that is none."""

import re

NUMBER_WORD = r"(?:nr\.?|no\.?|num+er|huis[ \-]?num+er|huis[ \-]?nr\.?|hn\.?|hui?snr\.?|hs?nr\.?|#|number|n°)"
ADDITION = (
    r"(?:\s?[-/]?\s?(?:hs|bis|huis|boven|beneden|zwart|rood|rd|zw|bg|unit\s?[0-9a-z]{1,3}|i{1,3}|iv|[1-9]e"
    r"|[a-z]\s?[0-9]{0,3})(?![\w'])|\s?[-/]\s?[0-9]{1,4}[a-z]?(?![\w])|[a-z]{0,2}(?![\w]))"
)
HOUSE = rf"[0-9]{{1,5}}(?:{ADDITION})"

_COUNTED = re.compile(
    r"\s?(?:uur|uren|u\b|jaar|jaren|jr|mnd|maand|maanden|week|weken|wk|dag|dagen|euro|eur\b|€|,-|%|procent"
    r"|m\b|m2|m²|meter|km|cm|kilo|keer|x\b|personen|mensen|kinderen|auto|auto's|bomen|plekken|huizen"
    r"|woningen|kamers|graden|ton|liter|stuks|verdiepingen|januari|februari|maart|april|mei|juni|juli"
    r"|augustus|september|oktober|november|december|jan\b|feb\b|mrt\b|aug\b|sept?\b|okt\b|nov\b|dec\b"
    r"|[-/.,][0-9]|[.:][0-9]{2}|e\s|de\s|ste\s|years|months|weeks|days|hours|people|minutes|min\b|minuten"
    r"|maal|nachten|lantaarn\w*|containers?|honden|katten|parkeer(?:plaatsen|plekken|vakken)|bewoners\b"
    r"|buren|zonnepanelen|meldingen|klachten)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[6-9][0-9]{2}|20[0-4][0-9])(?![0-9a-z])", re.IGNORECASE)
_MEASURE = re.compile(r"[0-9]+\s?(?:m[23]?|km|u|x|e)", re.IGNORECASE)


def counts_something(text: str, end: int) -> bool:
    """Say whether what ends here is an amount, a time or a date: "de straat 2 auto's", "markt 4 juli"."""
    return bool(_COUNTED.match(text, end))


def is_year_or_measure(number: str) -> bool:
    """Say whether a number reads as a year or a size ("Kerkstraat 2026", "hoogstens 40 m2")."""
    return bool(_YEAR.match(number) or _MEASURE.fullmatch(number))
