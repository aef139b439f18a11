"""Yes or no, may or must: what turns a clause around without another number or name in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from embeddings.languages.base import folded
from service.composers.llm.facts.numerals import FREE
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of


class Mode(StrEnum):
    """How binding a clause is."""

    PLAIN = "plain"
    MUST = "must"
    MAY = "may"
    NEED_NOT = "need not"
    MAY_NOT = "may not"
    NOT = "not"

    @property
    def negative(self) -> bool:
        return self in (Mode.NEED_NOT, Mode.MAY_NOT, Mode.NOT)


# a negation that bounds a number or compares is read with that number
_NO_NEGATION = re.compile(
    r"\bnog geen (?=\d)|\bniet (?:voor|na) (?=\d|\w+ (?:uur|dagen|weken|maanden|werkdagen)\b)|\b(?:niet|no|not) (?:\w+ )?(?:meer|langer|ouder|hoger|groter|breder|zwaarder|later|verder|minder|korter|jonger|lager|"
    r"kleiner|eerder|more|longer|older|higher|less|fewer|younger|lower|earlier) (?:\w+ ){0,2}(?:dan|than)\b|"
    r"\bniet alleen\b(?=.*\bmaar\b)|\bnot only\b|\bzo niet\b|\bof niet\b|\b(?:doet|doen|lukt|kan|gebeurt|klopt) (?:(?:u|je|we|wij|ze) )?(?:dat|dit|het) (?:dan )?niet(?=[,?])|\bzolang (?:\w+ ){1,6}?(?:niet|geen)\b|\b(?:meer|langer|ouder|hoger|groter|zwaarder) dan [^.,;?]{1,25} (?:mag|mogen|kan|kunnen) niet\b|\bma(?:akt|ken) niet uit\b|\bniets uit\b|\bniet waar\b|\b(?:gratis|kosteloos)\b|\bzonder kosten\b|"
    + FREE
)
# "geen containers maar een pas"
_CONTRAST = re.compile(r"\b(?:geen|niet) (?P<what>(?:[a-z-]+ ){1,4})maar\b")
_SHUT = re.compile(r"\b((?:doet?|maakt?|plakt?|houdt?)\b[^.;]*) dicht\b")  # something that is done
_BOUNDED = re.compile(
    r"\b(?:niet|no|not) (?:\w+ )?\w+(?:er|re|e) (?:\w+ ){0,2}(?:dan|than)\b|\bnog geen (?=\d)|"
    r"\bniet (?:voor|na) (?=\d|\w+ (?:uur|dagen|weken|maanden|werkdagen)\b)"
)
_NEGATORS = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|nergens|zonder|noch|niks|onmogelijk|verboden|uitgesloten|dicht|gesloten|closed|"
    r"not|no|never|none|nobody|nothing|without|cannot|neither|nor|forbidden|prohibited|impossible|\w+n[’']t)\b"
)
_WITHOUT = re.compile(r"\b(?:zonder|without)(?: (?:een|uw|a|an|your))? (?P<what>[a-z-]+)")
_NOES = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|nergens|zonder|niks|onmogelijk|verboden|uitgesloten|not|no|never|none|nobody|nothing|"
    r"without|cannot|forbidden|prohibited|impossible|\w+n[’']t)\b"
)
_NEED_NOT = re.compile(
    r"\bhoe(?:f|ft|ven)\b|\b(?:niet|geen)\b.*\b(?:nodig|verplicht|noodzakelijk|vereist)\b|\b(?:nodig|verplicht)\b[^.]*\bniet\b|"
    r"\b(?:do|does)(?:n[’']t| not) (?:need|have) to\b|\bnot (?:needed|required|necessary|obliged)\b|\bno need\b|"
    r"\b(?:need|required?)\b.*\bno\b|\bno\b.*\b(?:needed|required|necessary)\b|\bzonder\b|\bwithout\b"
)
_MAY_NOT = re.compile(
    r"\b(?:mag|mogen|kan|kun|kunt|kunnen)\b.*\b(?:niet|geen|nooit|niemand|nergens)\b|"
    r"\b(?:geen|niet|nooit|niemand)\b.*\b(?:mag|mogen|kan|kun|kunt|kunnen)\b|"
    r"\bniet (?:mogelijk|toegestaan)\b|\b(?:verboden|onmogelijk|uitgesloten)\b|"
    r"\b(?:cannot|can[’']t|may not|must not|mustn[’']t|not (?:allowed|possible|permitted)|forbidden|prohibited)\b"
)
_MUST = re.compile(
    r"\b(?:moet|moeten|moest|verplicht|verplichte|dient|dienen|nodig|noodzakelijk|vereist|verplichting|"
    r"must|have to|has to|required?|obliged|mandatory|need|needs)\b"
)
_MAY = re.compile(
    r"\b(?:kan|kun|kunt|kunnen|mag|mogen|mogelijk|toegestaan|can|may|could|possible|allowed|permitted)\b"
)
_CLAUSE = re.compile(
    r"[;:?!\n]|\.(?=\s|$)|,(?!\d)| (?:en|maar|want|terwijl|dus|behalve|tenzij|and|but|unless|while) "
)

# which mode of a sentence may come from which mode of the text
_FROM = {
    Mode.PLAIN: {Mode.PLAIN, Mode.MUST, Mode.MAY},
    Mode.MUST: {Mode.PLAIN, Mode.MUST},
    Mode.MAY: {Mode.PLAIN, Mode.MAY},
    Mode.NEED_NOT: {Mode.NEED_NOT, Mode.NOT},
    Mode.MAY_NOT: {Mode.MAY_NOT, Mode.NOT},
    Mode.NOT: {Mode.NEED_NOT, Mode.MAY_NOT, Mode.NOT},
}


@dataclass(frozen=True)
class Clause:
    """A part of a sentence with one verb, roughly."""

    text: str
    language: str

    @cached_property
    def mode(self) -> Mode:
        return mode_of(self.text)

    @cached_property
    def is_bounded(self) -> bool:
        """Whether it limits a number: "niet meer dan" says neither yes nor no."""
        return bool(_BOUNDED.search(folded(self.text)))

    @cached_property
    def words(self) -> Vocabulary:
        return vocabulary(self.text, self.language)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The words that assert something; each once."""
        return tuple(dict.fromkeys(content_of(words_of(self.text), self.language)))


@lru_cache(maxsize=4_096)
def clauses_of(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; those without a word that asserts something are left out."""
    parts = (Clause(part.strip(), language) for part in _CLAUSE.split(folded(text)))
    return tuple(part for part in parts if part.text)


def _bare(text: str) -> str:
    """A text folded, less what looks like a no and is none."""
    return _NO_NEGATION.sub(" ", _SHUT.sub(r"\1", folded(text)))


@lru_cache(maxsize=4_096)
def mode_of(text: str) -> Mode:
    """How a clause is meant."""
    plain = _bare(text)
    if _NEGATORS.search(plain):
        if _NEED_NOT.search(plain) and not re.search(
            r"\b(?:mag|mogen|may|must) (?:u )?(?:not|niet)\b", plain
        ):
            return Mode.NEED_NOT
        return Mode.MAY_NOT if _MAY_NOT.search(plain) else Mode.NOT
    if _MUST.search(plain):
        return Mode.MUST
    return Mode.MAY if _MAY.search(plain) else Mode.PLAIN


def mode_beside(text: str, said: Vocabulary) -> Mode:
    """How a text is meant for a sentence that does not speak of what can be done without."""
    contrast = _CONTRAST.search(folded(text))
    if contrast and not any(map(said.knows, contrast["what"].split())):
        text = _CONTRAST.sub("maar", folded(text))
    without = _WITHOUT.search(folded(text))
    if without and not said.knows(without["what"]):
        return mode_of(_WITHOUT.sub(" ", folded(text)))
    return mode_of(text)


@lru_cache(maxsize=4_096)
def negations_of(text: str) -> int:
    """How often a text says no: "niet zonder afspraak" says it twice."""
    return len(_NOES.findall(_bare(text)))


def agrees(asserted: Mode, held: Mode) -> bool:
    """Whether what the text holds allows what the sentence asserts."""
    return held in _FROM[asserted]
