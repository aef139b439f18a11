"""Who does what: "wij bellen u" is no "u belt ons". Dutch only; in English the order of words is left to others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from embeddings.languages.base import folded
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Material, Unit
from service.composers.llm.facts.vocabulary import (
    PARTICLES,
    alike,
    content_of,
    free_words,
    keys_of,
    plain_keys,
    words_of,
)

YOU, WE, HE, SOMEBODY = "u", "wij", "hij", "?"  # HE may be anybody whom the text names
_CLAUSE = re.compile(
    r"[;:?!\n.•\t]|,| (?:en|maar|want|terwijl|dus|of) (?=(?:u|wij|we|de|het|dan|die|uw|hij|zij|ze)\b)|"
    r" (?=(?:zodra|als|wanneer|omdat|nadat|voordat|terwijl|zolang|totdat|zodat|indien)\b)"
)
_PRONOUNS = {
    "u": YOU, "wij": WE, "we": WE, "hij": HE, "zij": HE, "ze": HE, "die": SOMEBODY,
    "men": SOMEBODY, "iemand": SOMEBODY, "dat": SOMEBODY, "dit": SOMEBODY,
}  # fmt: skip
_SUBJECTS = frozenset("u wij we hij zij ze".split())
_DETERMINERS = frozenset(
    "de het een uw zijn haar hun ons onze deze die elke iedere alleen ook alle beide geen".split()
)
_PREPOSITIONS = frozenset(
    "van bij aan door met naar voor via op in uit over om tegen tot zonder namens dan als na volgens tussen per".split()
)
_OPENS = frozenset(
    "als indien wanneer dat die of omdat zodra voordat nadat zolang totdat terwijl wie wat waar waarin waarop waarmee "
    "zodat doordat hoe hoeveel als".split()
)
_HELPERS = frozenset(
    "mag mogen moet moeten kan kunt kunnen kun hoeft hoeven wil wilt willen zal zult zullen zou zouden gaat gaan laat laten "
    "hebt heeft hebben heb bent is zijn ben wordt worden blijft blijven staat was waren had werd dient geef geven geeft kom komen komt".split()
)
# people and bodies that a municipality writes about; words that end as one who does something count too
AGENTS = frozenset(
    "gemeente politie brandweer school vervoerder arts huisarts dokter verpleegkundige familie familielid vriend partner "
    "echtgenoot ouder ouders kind kinderen dochter zoon buren buurman buur verhuurder huurder huurders huisbaas eigenaar "
    "hoofdbewoner bewoner bewoners huisgenoot huisgenoten notaris rechter rechtbank burgemeester wethouder college gemeenteraad "
    "minister rijk provincie belastingdienst uwv svb cak rdw cbr ind marechaussee ambassade wijkteam consulent ambtenaar medewerker "
    "medewerkers collega specialist leverancier aannemer bedrijf club vereniging organisatie winkel bank verzekeraar "
    "woningcorporatie corporatie zorgverzekeraar taxateur bezorger handhaver toezichthouder controleur controleurs marktmeester "
    "leidinggevende leerplichtambtenaar directeur jeugdconsulent bewindvoerder curator deurwaarder uitvaartondernemer "
    "begrafenisondernemer werkgever ombudsman startersfonds ondernemersloket kredietbank waterschap ggd ziekenhuis stembureau "
    "verkoper koper bouwer fotograaf gast bezoeker bezoekers deelnemer chauffeur begeleider mantelzorger commissie".split()
)
_OF_THE_HOUSE = frozenset(
    "gemeente medewerker medewerkers ambtenaar collega handhaver toezichthouder controleur controleurs".split()
)
_GETS = frozenset("krijg krijgt krijgen ontvang ontvangt ontvangen".split())
_IMPERATIVES = frozenset(
    "vraag bel loop ga doe zie sta leen tel schat pak zet wacht sluit let start print meet giet praat".split()
)


@dataclass(frozen=True)
class Act:
    """Who does something, and what: the verb, with its particle where that stands apart."""

    actor: str
    verb: str
    particle: str = ""
    supposed: bool = False  # "Belt u ons, dan …": it asserts nothing

    @property
    def forms(self) -> frozenset[str]:
        return _forms(self.particle + _infinitive(self.verb)) if self.particle else _forms(self.verb)


def swapped(sentence: str, held: Material) -> Iterator[Doubt]:
    """What is done by another than in the place that speaks most of the same."""
    if held.language != "nl":
        return
    words = content_of(words_of(sentence), held.language)
    for act in acts_of(sentence):
        if act.actor in (HE, SOMEBODY) or act.supposed:
            continue
        told = [(unit, one) for unit in held.told for one in acts_of(unit.text)]
        places = [each for each in told if _is_same_verb(act, each[1])] or [
            each for each in told if _is_alike(act, each[1])
        ]
        scores = [sum(map(unit.words.knows, words)) for unit, _ in places]
        nearest = [place for place, score in zip(places, scores, strict=True) if score == max(scores)]
        if act.actor not in (YOU, WE) and any(_may_be(act, unit) for unit in held.told):
            continue  # "voor een bedrijf: 2 vergunningen"
        if nearest and not _is_among(act.actor, {one.actor for _, one in nearest}):
            yield Doubt(Reason.ROLE, f"{act.actor} {act.verb}")


def _may_be(act: Act, unit: Unit) -> bool:
    """Whether a place names somebody and what is done, and does not tell who does it."""
    words = unit.clause.words if unit.context.endswith("?") else unit.words
    done = any(_is_same_verb(act, one) for one in acts_of(unit.text))
    return not done and words.knows(act.actor) and words.knows(act.verb)


@lru_cache(maxsize=4_096)
def acts_of(text: str) -> tuple[Act, ...]:
    """What is done in a text, clause by clause, and by whom; an order ("Bel ons") is done by who reads it."""
    return tuple(act for clause in _CLAUSE.split(folded(text)) for act in _acts(words_of(clause)))


def _acts(words: list[str]) -> Iterator[Act]:
    found = _subject(words)
    if found is None:
        start = next(
            (at for at, word in enumerate(words) if word not in ("en", "of", "dan", "ook", "eerst")), None
        )
        if start is not None and _is_order(words[start]):
            yield Act(SOMEBODY if words[start] == "laat" else YOU, words[start], _particle(words))
        return
    actor, first, last = found
    for verb in _verbs(words, first, last):
        if verb.endswith("en") and not {"laat", "laten"}.isdisjoint(words):
            actor = SOMEBODY  # "u laat het ophalen"
        supposed = first == 1 and verb == words[0]
        yield Act(actor, verb, _particle(words) if verb != words[-1] else "", supposed)


def _particle(words: list[str]) -> str:
    return words[-1] if words[-1] in PARTICLES else ""


def _subject(words: list[str]) -> tuple[str, int, int] | None:
    """Who does it, and where that begins and ends: the first who can, and who follows no preposition."""
    if words and _is_order(words[0]):
        return None
    found = (_pronoun(words, at) or _somebody(words, at) for at in range(len(words)))
    return next((one for one in found if one), None)


def _pronoun(words: list[str], at: int) -> tuple[str, int, int] | None:
    word, after = words[at], (words[at + 1] if at + 1 < len(words) else "")
    if word in ("die", "dat", "wat") and after in _SUBJECTS:
        return None  # "kosten die wij vergoeden"
    if word not in _PRONOUNS or (word in ("die", "dat", "dit") and after and _is_noun(after)):
        return None
    return None if at and words[at - 1] in _PREPOSITIONS - _OPENS else (_PRONOUNS[word], at, at)


def _somebody(words: list[str], at: int) -> tuple[str, int, int] | None:
    if words[at] not in AGENTS:
        return None
    start = at
    while start and words[start - 1] in _DETERMINERS:
        start -= 1
    if start and words[start - 1] in _PREPOSITIONS and (start == at or words[start - 1] not in _OPENS):
        return None
    return (WE if words[at] in _OF_THE_HOUSE else words[at]), start, at


def _verbs(words: list[str], first: int, last: int) -> Iterator[str]:
    """The verbs that go with a subject: beside it, and, after a helper or in a clause that hangs, at the end."""
    beside = [words[at] for at in (first - 1, last + 1) if 0 <= at < len(words)]
    hangs = first > 0 and words[first - 1] in _OPENS
    helped = any(word in _HELPERS for word in beside)
    if not hangs:
        yield from (word for word in beside if _is_verb(word))
    if hangs or helped:
        rest = words[last + 1 :]
        yield from (word for word in rest if len(word) > 4 and word.endswith("en") and _is_verb(word))
        yield from (word for word in rest[-3:] if not word.endswith("en") and _is_verb(word))


def _is_verb(word: str) -> bool:
    return word not in _HELPERS and word not in _small() and bool(_infinitive(word))


def _is_order(word: str) -> bool:
    return word in _IMPERATIVES or (
        word not in _small() and word not in _HELPERS and not word.endswith("en") and not word.endswith("t")
        and _infinitive(word) not in ("", word)
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _infinitive(word: str) -> str:
    """The infinitive of a verb form, or "" for what is none, as far as its ending tells."""
    if word in _IMPERATIVES:
        return word
    lemma = folded(simplemma.lemmatize(word, lang="nl"))
    if lemma.endswith(("en", "aan", "zien", "doen")):
        return lemma
    return word if word.startswith("ge") or (word.endswith("en") and len(word) > 4) else ""


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return (
        _DETERMINERS
        | _PREPOSITIONS
        | _OPENS
        | frozenset(_PRONOUNS)
        | frozenset(
            "niet wel nog dan er ook zelf altijd binnen uw meer geen alleen eerst daarna daarvoor hier steeds meestal vaak soms".split()
        )
    )


def _is_noun(word: str) -> bool:
    return word not in _HELPERS and word not in free_words("nl") and not _infinitive(word)


@lru_cache(maxsize=20_000)
def _forms(verb: str) -> frozenset[str]:
    return plain_keys(verb, "nl")


def _is_same_verb(one: Act, other: Act) -> bool:
    if one.particle and other.particle:
        return not one.forms.isdisjoint(other.forms)
    forms = keys_of(other.verb, "nl") | other.forms
    return not (keys_of(one.verb, "nl") | one.forms).isdisjoint(forms)


def _is_alike(one: Act, other: Act) -> bool:
    """Whether the one verb may stand for the other; who gets a letter is not who sends it."""
    return not {one.verb, other.verb} & _GETS and not alike(one.verb, "nl").isdisjoint(other.forms)


def _is_among(actor: str, actors: set[str]) -> bool:
    if SOMEBODY in actors or actor in actors or (HE in actors and actor not in (YOU, WE)):
        return True
    forms = keys_of(actor, "nl") | alike(actor, "nl")
    return any(not forms.isdisjoint(keys_of(other, "nl")) for other in actors)
