"""Several things asked in one breath: each by itself, with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from service.answering.followup import names_nothing, only_points_back

_AT_MOST = 3  # a message with more is a list; nobody reads four answers under each other
_TELEGRAM = 10  # words: in a message this short one noun can be a question: "winterterras kosten, sluittijd"
_ASKED_ON = 5  # words: "en hoe lang dan precies?"
_EDGES = " \t\n,;:/+&-"

_ABBREVIATED = "".join(
    rf"(?<!\b{word}\.)" for word in ("bijv", "bv", "nr", "mevr", "mw", "dhr", "evt", "ca", "st")
)
_SENTENCE_END = re.compile(rf"(?<=[.?!…]){_ABBREVIATED}\s+|\n", re.IGNORECASE)

_ADVERBS = r"(?:(?:ook|verder|daarnaast|dan|nog|nou|nu|eigenlijk|trouwens|also|then)\s+)*"
_PLACED = (  # "tot wanneer", "binnen hoeveel dagen", "until what time"
    r"(?:(?:tot|vanaf|van|voor|op|in|binnen|na|naar|om|bij|met|aan|tussen|over|per"
    r"|from|until|till|for|at|by|on|within|to)\s+)?"
)
_INTERROGATIVE = (
    r"(?:hoe\w*|wat|wanneer|waar|waar(?:om|voor|mee|aan|heen)|welke?|wie|how|what|when|where|which|who|why)\b"
)
_PRONOUN = r"(?:ik|k|je|jij|u|we|wij|jullie|hij|ie|zij|ze|i|you|he|she|they)\b"
_SUBJECT = (
    rf"(?:{_PRONOUN}|(?:het|et|t|'t|dat|da|dit|die|er|der|daar|iemand|mijn|mn|m'n|me|onze?|de"
    r"|it|that|this|there|my|our|your|the|any\w*)\b)"
)
# verb before subject; after a verb of the second list a noun is as often an object: "ik werk en heb een huis"
_INVERSION = (
    r"(?:(?:mag|mogen|moet|moeten|kan|ken|kun|kunt|kunnen|hoeft|zal|zou|zouden|kost|kosten|geldt|is|zijn|komt|staat"
    r"|wordt|worden|blijft|blijven|werkt|telt|does|can|could|may|must|should|will|would|is|are)\s+"
    + _SUBJECT
    + r"|(?:krijgt?|krijgen|heb|heeft|hebben|hoef|hoeven|ben|bent|doe|doen|ga|gaan|gaat|neem|nemen"
    r"|betaalt?|betalen|do|did|have|has|am|was|were)\s+" + _PRONOUN + r")"
)
_QUESTION = rf"(?:{_ADVERBS}{_PLACED}{_INTERROGATIVE}|{_INVERSION})"
_ASKS_FOR = re.compile(rf"\b{_INTERROGATIVE}", re.IGNORECASE)
_CONDITION = r"(?:als|stel|if|when)\s+" + _SUBJECT
_ASIDE = r"(?:hij|zij|ze|ik)\s+(?:vroeg|vraagt|vraag|wil|wou|zou)\b"

_OPENS = re.compile(_QUESTION, re.IGNORECASE)
_JOINT = re.compile(
    rf"(?:\s*[,;:]\s*(?:(?:en|and|maar|but|plus|dus)\s+|(?!(?:wat|waar|which|who|where)\s+{_PRONOUN}))|\s+(?:en|and|plus|[&+/-])\s+|\s*\.\.+\s*)"
    rf"(?={_QUESTION}|{_CONDITION}|{_ASIDE})|\s+(?:en|and)\s+(?=(?:of|whether)\s+{_SUBJECT})",
    re.IGNORECASE,
)
# a question behind its introduction: "mijn rijbewijs verloopt, wat kost een nieuw"
_WITHIN = re.compile(
    r"(?<!niet )(?<!niet meer )"
    r"\b(?:hoe ?(?:veel|lang|laat|duur|oud|hoog|groot|snel|vaak|ver|zwaar|diep|dik)\b"
    r"|how (?:much|many|long|late|old|big|often)\b"
    r"|(?:wat|wanneer|waar|what|when|where)\s+(?:kost?|kosten|is|zijn|ben|betaal|moet|mag|kan|krijg|doet|do|does|can)\b"
    rf")|(?:[,;:]|\bdus|\bso)\s*{_INVERSION}",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"\b(?:wil|wilde|wou|zou)\b[^.?!]{0,25}\bweten\b|\bvr(?:aag|oeg)\b[^.?!]{0,20}\baf\b|\bbenieuwd\b"
    r"|\b(?:vroeg|vraagt)\s+(?:(?:ook|nog|me|mij)\s+)*(?:of|wat|hoe\w*|wanneer|waar|welke?)\b"
    r"|\blike to know\b|\bwonder(?:ing)?\b",
    re.IGNORECASE,
)
_JOINER = re.compile(r"^(?:(?:en|and|maar|but|also|ook|verder|daarnaast|plus)\b[\s,]*)+", re.IGNORECASE)
_WHETHER = re.compile(rf"\s*(?:en|and)\s+(?:of|whether)\s+{_SUBJECT}", re.IGNORECASE)
_LISTED = re.compile(r"\s*[+/]")
_OTHERWISE = re.compile(r"(?:of|or|oftewel|zo ja|zo niet|if so|if not)\b", re.IGNORECASE)
_CONDITIONAL = re.compile(_CONDITION, re.IGNORECASE)
_ASPECT = (
    r"(?:kost(?:en|prijs)?|prij[sz]\w*|tarie\w+|leges|boete|openingstijd\w*|sluit\w*tijd\w*|termijn|duur"
    r"|geldigheid|leeftijd|hoogte|cost|price|fee|fine|opening hours)\b"
)
_TELEGRAM_JOINT = re.compile(
    rf"\s*(?:[,;]|\b(?:en|and)\b)\s*(?=(?:\w+\s+){{0,2}}(?:{_ASPECT}|{_PLACED}hoe\w*))|\s+[/+]\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# words that say nothing new about what is asked: "welke dag dan?", "hoe heet die?", "hoeveel procent is dat?"
_ASKS_ON = frozenset(
    "heet precies normaal procent geld euro dag dagen jaar jaren uur maand maanden week weken keer minuten"
    " juist toen haha precies much exactly days weeks months years hours".split()
)
_HAS_ASPECT = re.compile(rf"\b{_ASPECT}", re.IGNORECASE)


def parts(text: str) -> tuple[str, ...]:
    """The separate questions in one message, each whole; the message itself when it asks one thing."""
    # a long run of spaces would take seconds to search
    first, *others = _asked("\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if not others:
        return (text,)
    # in one breath the subject is seldom named twice, so that it comes along always
    return (first, *(_about(first, other) for other in others))


def _about(first: str, text: str) -> str:
    """A later part with the words of the first that name something; all of it would drown what is new."""
    naming = dict.fromkeys(word for word in _WORD.findall(first) if not names_nothing(word))
    return f"{' '.join(naming)}: {text}" if naming else text


def _asked(text: str) -> list[str]:
    groups = _grouped(_pieces(text))
    groups[_AT_MOST - 1 :] = ["".join(groups[_AT_MOST - 1 :])] if len(groups) >= _AT_MOST else []
    return [_bare(group) for group in groups]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text, cut where another question could begin, with whether each piece asks."""
    telegram = len(text.split()) <= _TELEGRAM
    for sentence in _cut(text, [match.end() for match in _SENTENCE_END.finditer(text)]):
        if "?" in text and sentence.rstrip().endswith((".", "!")) and not _EMBEDDED.search(sentence):
            yield sentence, False  # whoever writes question marks asks with them
            continue
        joints = [match.start() for match in _JOINT.finditer(sentence)]
        if telegram:
            joints += [match.start() for match in _TELEGRAM_JOINT.finditer(sentence)]
        yield from ((piece, _asks(piece, telegram)) for piece in _cut(sentence, joints))


def _cut(text: str, places: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(sorted({0, *places, len(text)}))]


def _bare(piece: str) -> str:
    return _JOINER.sub("", piece.strip(_EDGES))


def _asks(piece: str, telegram: bool) -> bool:
    bare = _bare(piece)
    if _OPENS.match(bare) or _WITHIN.search(bare) or _EMBEDDED.search(bare) or _WHETHER.match(piece):
        return True
    if _CONDITIONAL.match(bare):
        return False
    return bare.endswith("?") or (telegram and bool(_HAS_ASPECT.search(bare) or _LISTED.match(piece)))


def _grouped(pieces: Iterable[tuple[str, bool]]) -> list[str]:
    """Pieces to questions: a story goes with the question after it, an afterthought with the one before."""
    groups, story, asked = [""], "", ""
    for piece, asks in pieces:
        story += piece
        if not asks:
            continue
        if asked and not _elaborates(story, asked):
            groups.append("")
        groups[-1] += story
        asked, story = piece, ""
    groups[-1] += story
    return groups


def _elaborates(text: str, before: str) -> bool:
    """Whether it only asks on: "of kan dat niet?", "en hoeveel dan?"; after a yes or no "wat kost dat?"."""
    if _LISTED.match(text) or _WHETHER.match(text):
        return False
    last = _bare(_SENTENCE_END.split(text.strip())[-1])
    words = _WORD.findall(last.lower())
    says_no_more = len(words) <= _ASKED_ON and all(word in _ASKS_ON or names_nothing(word) for word in words)
    yes_or_no = not _ASKS_FOR.search(before)
    return says_no_more or bool(_OTHERWISE.match(last)) or (yes_or_no and only_points_back(text))
