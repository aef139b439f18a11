"""The sentence that asks which text is meant, worded by the model: a question and nothing else, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from embeddings.sentences import sentences
from service.composers.llm.asking import may_be_used, said_to
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Said
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.polarity import negations_of
from service.composers.llm.facts.quantities import read_figured
from service.composers.llm.facts.vocabulary import content_of, vocabulary, words_of
from service.composers.llm.language import language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_of_the_prompt, told
from service.composers.llm.tasks import Task
from service.domain.answer import AskedBack

PROMPT = "wedervraag"
LANGUAGE = "nl"
MOST_WORDS = 20
FEWEST = 2  # choices that the sentence has to tell apart
# words of which one asks; they assert nothing
_PLAIN = frozenset(
    "aan bedoelt bij de dat dit een en gaat het iemand iets in met of om ook op over soort te tussen u uit uw uzelf "
    "van voor vraag wat weten welk welke willen wilt zelf zoekt".split()
)
_OPENING = re.compile(
    r"(?:bedoelt u|gaat (?:het|uw vraag)|wilt u iets weten|zoekt u|wat bedoelt u|(?:over|om) wel[ck]\w* |welke? )",
    re.IGNORECASE,
)
_ODD = re.compile(r"[^\w\s,?'’()/-]|\d|_")


@dataclass(frozen=True)
class BackQuestions:
    """Words the question back with a model. Nothing is stored here."""

    calls: Calls
    now: Callable[[], datetime]

    def ask_back(self, text: str, titles: Sequence[str], language: str, site: str) -> AskedBack | None:
        """The sentence for this question and these titles, for everybody to see; None when the model gave
        none that passed every check."""
        if language != LANGUAGE or any(map(holds_order, (text, *titles))):
            return None
        if any(language_of(title) != LANGUAGE for title in titles):
            return None  # words can only be compared within one language
        parts = [("vraag", text), *(("keuze", title) for title in titles)]
        said = said_to(self.calls, told(PROMPT, parts, ()), site, Task.ASK_BACK)
        if not said:
            return None
        line = _line(said[0])
        flaw = flaw_of(line, text, titles) if len(said) == 1 else "no single question"
        if not may_be_used(self.calls, Task.ASK_BACK, flaw):
            return None
        return AskedBack(line, self.calls.model, self.now())


def flaw_of(line: str, text: str, titles: Sequence[str]) -> str:
    """What is wrong with a sentence that asks which of these titles is meant; "" when nothing is."""
    checks = (
        ("no single question", not _is_question(line)),
        ("markup", _ODD.search(line) or is_of_the_prompt(line)),
        ("order", holds_order(line)),
        ("figures", read_figured(figured(line))),
        ("negation", negations_of(line)),
        ("words", not _is_of(line, text, titles)),
        ("no choice", not _tells_apart(line, titles)),
    )
    return next((name for name, wrong in checks if wrong), "")


def _line(said: Said) -> str:
    return " ".join(said.text.split())


def _is_question(line: str) -> bool:
    single = line.endswith("?") and line.count("?") == 1 and len(sentences(line)) == 1
    return single and len(line.split()) <= MOST_WORDS and bool(_OPENING.match(line))


def _is_of(line: str, text: str, titles: Sequence[str]) -> bool:
    """Whether every word is plain, stands in the question, or is known from the titles."""
    asked, known = vocabulary(text, LANGUAGE), vocabulary("\n".join(titles), LANGUAGE)
    return all(word in _PLAIN or known.knows(word) or asked.likeness(word) == 1 for word in words_of(line))


def _tells_apart(line: str, titles: Sequence[str]) -> bool:
    """Whether at least two titles are named in it, each by a word that not all of them have."""
    known = [vocabulary(title, LANGUAGE) for title in dict.fromkeys(titles)]
    content = content_of(words_of(line), LANGUAGE)
    telling = [word for word in content if not all(title.knows(word) for title in known)]
    named = [set(filter(title.knows, telling)) for title in known]
    return sum(map(bool, named)) >= FEWEST and len(set[str]().union(*named)) >= FEWEST
