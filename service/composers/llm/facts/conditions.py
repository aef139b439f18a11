"""What the text says only under a condition, or only perhaps, said without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import read_figured, without_quantities
from service.composers.llm.facts.vocabulary import content_of, vocabulary, words_of

# a clause of a sentence that says when the rest of it holds
_CLAUSE = re.compile(
    r"\b(?P<opens>als|indien|wanneer|mits|tenzij|behalve|zolang|zodra|if|unless|provided|except)\b (?P<clause>[^,;:?!.\n]+)"
)
_ANY = re.compile(
    r"\b(?:als|indien|wanneer|mits|tenzij|behalve|zolang|zodra|bij|met|zonder|voor|wie|soms|misschien|vaak|meestal|dan|"
    r"if|unless|when|except|with|without|for|who|sometimes|may|might)\b|\?"
)
# "kan een boete krijgen": it may happen, and that is no leave
_PERHAPS = re.compile(
    r"\b(?:kan|kunnen|kunt|can|may|could)\b[^,;:?!.\n]*\b(?:krijgen|worden|vervallen|stoppen|gebeuren|duren|verschillen|"
    r"veranderen|hebben|zijn|get|be|receive)\b"
)
_MAY = re.compile(
    r"\b(?:kan|kunnen|kunt|kun|mogelijk|misschien|soms|mag|mogen|eventueel|kans|can|may|could|might|possible|possibly|"
    r"sometimes|maybe)\b"
)


def unconditioned(sentence: str, places: Sequence[Unit], held: Material) -> Iterator[Doubt]:
    """A condition or a "perhaps" that all the places have that speak most of the same, and the sentence has not."""
    plain = folded(sentence)
    missing = [_missing(sentence, plain, unit, held.language) for unit in places]
    if missing and all(missing):
        yield Doubt(Reason.CONDITION, f"- {missing[0]}")
    if places and not _MAY.search(plain) and all(_PERHAPS.search(folded(unit.text)) for unit in places):
        yield Doubt(Reason.CONDITION, "- kan")


def _missing(sentence: str, plain: str, unit: Unit, language: str) -> str:
    """The condition of this place that the sentence does not speak of."""
    said = vocabulary(sentence, language)
    own = {(one.kind, one.value) for one in read_figured(figured(sentence))}
    for condition, rest in _conditions(unit):
        words = content_of(words_of(without_quantities(figured(condition))), language)
        figures = {(one.kind, one.value) for one in read_figured(figured(condition))}
        main = content_of(words_of(without_quantities(figured(rest))), language)
        only = [word for word in words if not vocabulary(rest, language).knows(word)]
        if not (only or figures) or not any(map(said.knows, main)):
            continue
        known = sum(map(said.knows, only))
        if figures and not own and known and not _MAY.search(plain):
            return condition  # "een winkel", where the text has one of at most 20 m2
        if not (own & figures or known or _ANY.search(plain)):
            return condition
    return ""


def _conditions(unit: Unit) -> Iterator[tuple[str, str]]:
    plain = folded(unit.text)
    for match in _CLAUSE.finditer(plain):
        yield match["clause"], plain[: match.start()] + plain[match.end() :]
    if unit.context.endswith("?") and plain.startswith("dan "):
        yield folded(unit.context), plain
