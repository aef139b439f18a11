"""What of the model's sentences may be shown: each is checked by itself, and then all that is left together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from embeddings.languages.base import folded
from embeddings.sentences import sentences
from service.composers.llm.endpoint import Said
from service.composers.llm.facts.checking import doubts, unknown_words
from service.composers.llm.facts.doubt import Doubt, Reason
from service.composers.llm.facts.material import Cited, Material, material
from service.composers.llm.facts.nearness import Nearness
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import Kind, Quantity, read_figured
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of
from service.composers.llm.language import is_in
from service.composers.llm.prompting import is_of_the_prompt
from service.domain.answer import Dropped, Sentence

# what one passage says may not be turned around by another that was found for the same question
_CONTRADICTING = frozenset(
    {Reason.NEGATION, Reason.MODE, Reason.OPPOSITE, Reason.CONDITION, Reason.MISPLACED}
)
LONGEST_SENTENCE = 400  # characters
_MARKUP = re.compile(r"[<>{}\[\]`«»|]|\*\*|__|^#|&\w+;|\\[nu]|https?:", re.MULTILINE)
_ASKED: tuple[tuple[re.Pattern[str], frozenset[Kind]], ...] = tuple(
    (re.compile(asked), frozenset(kinds))
    for asked, kinds in (
        (r"\b(?:kost\w*|prijs|prijzen|tarie\w+|duur|betaal\w*|betalen|bedrag\w*|leges|vergoed\w*|cost\w*|price|fee|pay)\b", {Kind.AMOUNT, Kind.SHARE}),
        (r"\b(?:korting|procent|percentage|discount)\b", {Kind.SHARE, Kind.AMOUNT}),
        (r"\b(?:hoe ?lang|wanneer|termijn|binnen|duurt|tijd|snel|klaar|geldig|how long|when|deadline|soon)\b", {Kind.PERIOD, Kind.DATE, Kind.CLOCK, Kind.WEEKDAY, Kind.WEEKDAYS, Kind.EVERY}),
        (r"\b(?:hoe ?laat|open\w*|uur|tijden|what time|hours)\b", {Kind.CLOCK, Kind.WEEKDAY, Kind.WEEKDAYS}),
        (r"\b(?:welke? dag\w*|datum|date|what day|which day)\b", {Kind.DATE, Kind.WEEKDAY, Kind.WEEKDAYS}),
        (r"\b(?:oud|leeftijd|jaar|old|age)\b", {Kind.PERIOD, Kind.NUMBER}),
        (r"\b(?:telefoon\w*|bellen|nummer|phone|call)\b", {Kind.TELEPHONE}),
        (r"\b(?:e-?mail\w*|mailadres)\b", {Kind.MAIL}),
        (r"\b(?:hoeveel|hoe ?vaak|how many|how often)\b", {Kind.NUMBER, Kind.MEASURE, Kind.AMOUNT, Kind.PERIOD, Kind.EVERY, Kind.SHARE, Kind.ORDINAL}),
    )
)  # fmt: skip
# a sentence that opens so says nothing, or something else, without the one before it
_LEANS = re.compile(r"(?:dat|dit|dan|daarna|daarvoor|hij|daar|this|that|then)\b", re.IGNORECASE)
_SHARED = 1 / 3  # of the words of what answers, at least this share comes back when no figure is asked


@dataclass(frozen=True)
class Grounded:
    """`kept` may be shown; `dropped` may not, and each says why. `unknown` tells whether a token was made up."""

    kept: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    languages: bool = True
    unknown: bool = False


def grounded(
    said: Sequence[Said],
    passages: Sequence[Cited],
    tokens: Mapping[str, int],
    language: str,
    nearness: Nearness | None = None,
) -> Grounded:
    """The sentences that the passages they name hold; passage n of these becomes source n + 1.

    With `nearness` a word that the passages do not have may be a wording of what they say; Dutch only.
    """
    near = nearness if language == "nl" else None
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    fell = False  # the sentence before
    for one in said:
        for text in statements(one.text):
            numbers, found = _checked(text, one.tokens, passages, tokens, language, near)
            if fell and not found and _LEANS.match(text):
                found = (Doubt(Reason.MISPLACED, text),)
            fell = bool(found)
            if found:
                dropped.append(Dropped(text[:LONGEST_SENTENCE], found[0].reason.value, found[0].what[:100]))
            elif text not in [sentence.text for sentence in kept]:
                kept.append(Sentence(text, numbers))
    reasons = {one.reason for one in dropped}
    return Grounded(
        tuple(kept),
        tuple(dropped),
        languages=Reason.LANGUAGE.value not in reasons,
        unknown=Reason.UNKNOWN_SOURCE.value in reasons,
    )


def statements(text: str) -> tuple[str, ...]:
    """The sentences of a text; a question stays with what follows from it: "Bent u 18? Dan betaalt u meer."."""
    whole: list[str] = []
    for sentence in sentences(" ".join(text.split())):
        if whole and whole[-1].endswith("?"):
            whole[-1] += f" {sentence}"
        else:
            whole.append(sentence)
    return tuple(whole)


def _checked(
    text: str,
    named: Sequence[str],
    passages: Sequence[Cited],
    tokens: Mapping[str, int],
    language: str,
    near: Nearness | None,
) -> tuple[tuple[int, ...], tuple[Doubt, ...]]:
    """The numbers of the sources that hold a sentence, or what is wrong with it."""
    formal = _form(text, named, tokens, language)
    if formal:
        return (), (formal,)
    cited = list(dict.fromkeys(tokens[token] for token in named))

    def found_in(held: Sequence[Cited]) -> tuple[Doubt, ...]:
        material = _of(held, language)
        return doubts(text, material, near.of(text, held) if near and unknown_words(text, material) else None)

    alone = [number for number in cited if not found_in([passages[number]])]
    against = [one for one in found_in(passages) if one.reason in _CONTRADICTING] if alone else []
    if against:
        return tuple(number + 1 for number in sorted(cited)), tuple(against)
    if alone:
        return (_nearest(text, alone, passages, language) + 1,), ()
    return tuple(number + 1 for number in sorted(cited)), found_in([passages[number] for number in cited])


def _form(text: str, named: Sequence[str], tokens: Mapping[str, int], language: str) -> Doubt | None:
    """What is wrong with a sentence whatever the passages say."""
    if not named:
        return Doubt(Reason.NO_SOURCE, "")
    foreign = next((token for token in named if token not in tokens), None)
    if foreign is not None:
        return Doubt(Reason.UNKNOWN_SOURCE, foreign)
    if len(text) > LONGEST_SENTENCE:
        return Doubt(Reason.LENGTH, str(len(text)))
    markup = _MARKUP.search(text)
    if markup:
        return Doubt(Reason.MARKUP, markup[0])
    if is_of_the_prompt(text):
        return Doubt(Reason.PROMPT, text)
    token = next((token for token in tokens if token in text), None)
    if token:
        return Doubt(Reason.MARKUP, token)
    return None if is_in(text, language) else Doubt(Reason.LANGUAGE, "")


def _nearest(text: str, numbers: Sequence[int], passages: Sequence[Cited], language: str) -> int:
    """The passage that holds most of a sentence's words as they stand; the first of equals."""
    words = content_of(words_of(text), language)
    return max(numbers, key=lambda number: sum(map(_of([passages[number]], language).words.likeness, words)))


def _of(passages: Sequence[Cited], language: str) -> Material:
    return material(passages, language)


def still_answers(question: str, quote: Sequence[str], kept: Sequence[Sentence], language: str) -> bool:
    """Whether what is left says what the quote says to this question.

    Where a figure is asked and the quote has one, that of its best sentence; else a good part of the words
    of its best sentence.
    """
    if not kept:
        return False
    asked = frozenset(kind for pattern, kinds in _ASKED if pattern.search(folded(question)) for kind in kinds)
    text = "\n".join(sentence.text for sentence in kept)
    told = [one for one in quote if _figures(one, asked)] or list(quote)
    best = _best(question, told, language)
    if not best:
        return True
    figures = [_figures(one, asked) for one in best]
    if all(figures):
        held = {(one.kind, one.value) for one in read_figured(figured(text))}
        return any(held >= {(one.kind, one.value) for one in each} for each in figures)
    said = vocabulary(text, language)
    return any(_share(said, content_of(words_of(one), language)) >= _SHARED for one in best)


def _figures(sentence: str, asked: frozenset[Kind]) -> list[Quantity]:
    return [one for one in read_figured(figured(sentence)) if one.kind in asked]


def _best(question: str, told: Sequence[str], language: str) -> list[str]:
    """The sentences of the quote that share most words with the question; all of them when none does."""
    words = content_of(words_of(question), language)
    likeness = [sum(map(vocabulary(one, language).likeness, words)) for one in told]
    return [one for one, score in zip(told, likeness, strict=True) if score == max(likeness)]


def _share(said: Vocabulary, words: Sequence[str]) -> float:
    return sum(map(said.knows, words)) / len(words) if words else 1.0
