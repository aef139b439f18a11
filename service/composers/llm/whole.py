"""A follow-up made whole by the model: one question, in the words of the conversation, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from embeddings.sentences import sentences
from service.composers.llm.asking import may_be_used, said_to
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Said
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import negations_of
from service.composers.llm.facts.quantities import Kind, read_figured, without_quantities
from service.composers.llm.facts.vocabulary import Vocabulary, content_of, vocabulary, words_of
from service.composers.llm.language import language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_of_the_prompt, told
from service.composers.llm.tasks import Task

PROMPT = "vervolgvraag"
MOST_WORDS = 40
KEPT = 0.5  # of the words by which this turn says something, at least this share comes back
_LONG_ENOUGH = 6  # letters: in a shorter word one other letter makes another word
# what a turn says with these, it says of what went before
_LEANING = frozenset("da get haar hem her him his hoor hun ja nee nou ok oke okay one ones zij".split())
_ODD = re.compile(r"[^\w\s,.?'’\"()/€%:+&–-]|_|www\.|\bhttps?\b")


@dataclass(frozen=True)
class WholeQuestions:
    """Makes questions whole with a model. Nothing is stored here."""

    calls: Calls

    def whole(self, text: str, earlier: Sequence[str], site: str) -> str | None:
        """One question for `text` and the turns that it leans on, oldest first; None when the model gave none
        that passed every check. All of it is as it may be kept."""
        if any(map(holds_order, (*earlier, text))):
            return None
        parts = [*(("eerder", turn) for turn in earlier), ("vraag", text)]
        said = said_to(self.calls, told(PROMPT, parts, ()), site, Task.FOLLOW_UP)
        if not said:
            return None
        flaw = _flaw_of_form(said) or flaw_of(_line(said[0]), text, earlier)
        return _line(said[0]) if may_be_used(self.calls, Task.FOLLOW_UP, flaw) else None


def flaw_of(whole: str, text: str, earlier: Sequence[str]) -> str:
    """What is wrong with a question as the whole of this turn and those before it; "" when nothing is."""
    turns = [*earlier, text]
    language = language_of(" ".join(turns))
    checks = (
        ("markup", _ODD.search(whole) or is_of_the_prompt(whole)),
        ("order", holds_order(whole)),
        ("language", language_of(whole) != language),
        ("words", not _is_of(whole, turns, language)),
        ("figures", not _counts_alike(whole, text, turns)),
        ("negation", not _denies_alike(whole, text, turns)),
        ("turn lost", not _keeps(whole, text, language)),
        ("subject lost", not _adds(whole, text, language)),
    )
    return next((name for name, wrong in checks if wrong), "")


def _flaw_of_form(said: Sequence[Said]) -> str:
    line = _line(said[0])
    asks = line.endswith("?") and line.count("?") == 1
    single = len(said) == 1 and len(sentences(line)) == 1
    return "" if single and asks and len(line.split()) <= MOST_WORDS else "no single question"


def _line(said: Said) -> str:
    return " ".join(said.text.split())


def _content(text: str, language: str) -> list[str]:
    """The words by which a text says something; figures are looked at apart."""
    return content_of(words_of(without_quantities(figured(text))), language)


def _is_of(whole: str, turns: Iterable[str], language: str) -> bool:
    """Whether every word that says something is one of the conversation, spelled right or not."""
    known = vocabulary("\n".join(turns), language)
    return all(_knows(known, word) for word in _content(whole, language))


def _knows(known: Vocabulary, word: str) -> bool:
    return known.knows(word) or any(_is_spelled_like(word, other) for other in known.words)


def _is_spelled_like(word: str, other: str) -> bool:
    """Whether one letter is wrong, too many or too few in a long word; "y" is "ij"."""
    one, two = word.replace("ij", "y"), other.replace("ij", "y")
    if one == two:
        return True
    if min(len(one), len(two)) < _LONG_ENOUGH or one[0] != two[0] or abs(len(one) - len(two)) > 1:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return one[same + (len(one) >= len(two)) :] == two[same + (len(two) >= len(one)) :]


def _counts_alike(whole: str, text: str, turns: Iterable[str]) -> bool:
    """Whether it has the figures of this turn, and none that nobody named."""
    mine, own = _figures(whole), _figures(text)
    return own <= mine <= {figure for turn in turns for figure in _figures(turn)}


def _figures(text: str) -> set[tuple[Kind, str]]:
    return {(one.kind, one.value) for one in read_figured(figured(text))}


def _denies_alike(whole: str, text: str, turns: Iterable[str]) -> bool:
    """Whether it says no as often as this turn does; where that does not, as often as some turn."""
    own = negations_of(text)
    return negations_of(whole) == own or (not own and negations_of(whole) in map(negations_of, turns))


def _keeps(whole: str, text: str, language: str) -> bool:
    """Whether a good part of what this turn says comes back."""
    said = vocabulary(whole, language)
    own = [word for word in _content(text, language) if len(word) > 1 and word not in _LEANING]
    return sum(_knows(said, word) for word in own) >= KEPT * len(own)


def _adds(whole: str, text: str, language: str) -> bool:
    """Whether it names something that this turn itself does not."""
    own = vocabulary(text, language)
    return not all(_knows(own, word) for word in _content(whole, language))
