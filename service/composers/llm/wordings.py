"""Questions that a text answers, as a model words them: each may only speak of what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from embeddings.languages.base import folded
from service.composers.llm.calling import Calls, NotAsked, Silent
from service.composers.llm.facts.material import Cited, Material, material
from service.composers.llm.facts.names import capitalised
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import read_figured, without_quantities
from service.composers.llm.facts.sameness import is_same
from service.composers.llm.facts.vocabulary import content_of, words_of
from service.composers.llm.language import is_in, language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_of_the_prompt, is_steered, prompt_of, told
from service.composers.llm.replies import Said

PROMPT = "vraagvormen"
SITE = "teksten"  # whose budget it is
DUTCH = "nl"
MOST, LONGEST, SHORTEST = 5, 25, 3  # questions of a text; words of a question
_QUESTION = re.compile(r"[^.!?…]+\?")
_MARKUP = re.compile(r"[<>{}\[\]`«»|\\/@]|\*\*|__|^#|&\w+;|https?:")
# with these one asks, of whatever text
_ASKING = frozenset(
    "kost kosten duur prijs duurt lang aanvragen vraag regel regelen betaal betalen hoelang hoever wanneer "
    "krijg heb graag meenemen meebrengen terecht open".split()
)


class Unusable(StrEnum):
    """Why a question is not used."""

    SOURCE = "source"
    FORM = "form"
    LENGTH = "length"
    MARKUP = "markup"
    LANGUAGE = "language"
    ORDER = "order"
    FIGURE = "figure"
    NAME = "name"
    WORDS = "words"
    TWICE = "twice"


@dataclass(frozen=True)
class Asked:
    """Questions that may be used as far as their words go, and why the others may not."""

    questions: tuple[str, ...]
    unusable: tuple[Unusable, ...] = ()


@dataclass(frozen=True)
class QuestionWriter:
    """Asks a model for the questions that a text answers. Nothing is stored here."""

    calls: Calls

    @property
    def prompt(self) -> str:
        """Which prompt is used, with its version."""
        return prompt_of(PROMPT).label

    def write(self, passages: Sequence[Cited]) -> Asked | Silent:
        """Questions that these public passages answer; none of a text that no model may read. Silent when the
        model said nothing: then it may be asked again."""
        if not passages or any(map(is_steered, passages)):
            return Asked(())
        if any(language_of(each.text) != DUTCH for each in passages):
            return Asked(())
        asked = told(PROMPT, [], passages)
        spoken = self.calls.ask_now(asked, SITE)
        if isinstance(spoken, Silent):
            return spoken
        self.calls.breaker.went_well()
        if not self.calls.allowed():
            return Silent(NotAsked.SWITCHED_OFF)
        return usable(spoken.said, passages, asked.tokens)


def usable(said: Sequence[Said], passages: Sequence[Cited], tokens: dict[str, int]) -> Asked:
    """Of what a model said the questions that speak of nothing but the text, five at most."""
    held = material(passages, DUTCH)
    kept: list[str] = []
    unusable: list[Unusable] = []
    for one in said:
        question = " ".join(one.text.split())
        doubt = next(_doubts(question, one.tokens, held, tokens), None)
        if doubt is None and words_of(question) in [words_of(each) for each in kept]:
            doubt = Unusable.TWICE
        if doubt is not None:
            unusable.append(doubt)
        elif len(kept) < MOST:
            kept.append(question)
    return Asked(tuple(kept), tuple(unusable))


def _doubts(
    question: str, named: Sequence[str], held: Material, tokens: dict[str, int]
) -> Iterator[Unusable]:
    if not named or any(token not in tokens for token in named):
        yield Unusable.SOURCE
    if not _QUESTION.fullmatch(question):
        yield Unusable.FORM
    if not SHORTEST <= len(question.split()) <= LONGEST:
        yield Unusable.LENGTH
    if _MARKUP.search(question) or any(token in question for token in tokens):
        yield Unusable.MARKUP
    if not is_in(question, DUTCH):
        yield Unusable.LANGUAGE
    if holds_order(question) or is_of_the_prompt(question):
        yield Unusable.ORDER
    yield from _foreign(question, held)


def _foreign(question: str, held: Material) -> Iterator[Unusable]:
    """What the question speaks of and the text does not."""
    figures = figured(question)
    for quantity in read_figured(figures):
        if not any(is_same(quantity, each, DUTCH) for each in held.quantities):
            yield Unusable.FIGURE
    if not all(held.words.knows(folded(name)) for name in capitalised(question)):
        yield Unusable.NAME
    words = content_of(words_of(without_quantities(figures)), DUTCH)
    if any(word not in _ASKING and not held.words.knows(word) for word in words):
        yield Unusable.WORDS
