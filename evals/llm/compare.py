"""Quoted and reworded on the same questions: what a language model adds, and what it costs."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median

from evals.answers.questions import LabelledQuestion
from evals.llm.servers import passages_in
from service.answering.judge import Fit, Judge, shipped_calibration
from service.answering.pipeline import Answered, Answering
from service.answering.screen import QuestionRefused
from service.composers.llm.breaker import Breaker
from service.composers.llm.calling import Calls, Reservation
from service.composers.llm.endpoint import Address, Endpoint, Heard, Limits, Reply, Said
from service.composers.llm.facts.material import Cited
from service.composers.llm.grounding import Grounded, grounded
from service.composers.llm.plainness import plainness
from service.composers.llm.rewording import Kept, Reworded, Rewording
from service.domain.answer import Dropped, Source
from service.domain.question import VISITOR, Asked, Channel

_NEVER = 1_000_000
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


class _Account:
    """Spends without end: what is measured is the model, not the purse."""

    def reserve(self, site: str, tokens: int) -> Reservation:
        return self

    def settle(self, used: int) -> None:
        """Nothing was set apart."""


@dataclass(frozen=True)
class Passage:
    """A text that the quote cites, for who judges which answer is better."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True)
class Pair:
    """One line of the results file. `reworded` is empty when the quote stood, and `kept` says why.

    `said`: how many sentences the model wrote, also in an answer that never came to its end; `stopped` are
    those that would not be shown, `doubted` those that would not be shown either if each had named every
    passage: a small model often names none. `dropped` are those of an answer that was whole.
    """

    id: str
    question: str
    quoted: str
    reworded: str
    kept: str
    must_contain: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    foreign: tuple[str, ...]
    ms: float
    tokens: int
    sources: tuple[str, ...] = field(default=())
    said: int = 0
    stopped: tuple[Dropped, ...] = field(default=())
    doubted: tuple[Dropped, ...] = field(default=())
    passages: tuple[Passage, ...] = field(default=())


class Overheard:
    """An endpoint, and every sentence that its last answer held whole."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self.said: list[Said] = []
        self.tokens: dict[str, int] = {}

    @property
    def address(self) -> Address:
        return self._endpoint.address

    @property
    def limits(self) -> Limits:
        return self._endpoint.limits

    async def ask(self, system: str, user: str, heard: Heard | None = None) -> Reply:
        self.said = []
        self.tokens = {token: number for number, token in enumerate(passages_in(user))}
        reply = await self._endpoint.ask(system, user, self._hear)
        self.said = list(reply.said)
        return reply

    def _hear(self, said: Said | None) -> None:
        self.said = [*self.said, said] if said else []


def quoting_everything(answering: Answering) -> Answering:
    """The same pipeline with a judge that finds nothing too doubtful: so that there is a quote to reword."""
    never = Fit((), (), (), (), 0.0, dict.fromkeys(Channel, 0.0), 0.0)
    judge = Judge(replace(shipped_calibration(), fits={"plain": never, "reader": never}))
    return replace(answering, judge=judge)


def rewording_at(url: str, model: str, key: str = "", limits: Limits | None = None) -> Rewording:
    """A model at an address, as the service uses it, but without a daily budget, and asked however often it
    fails."""
    endpoint = Endpoint(Address(url, model, key), limits)
    return Rewording(Calls(Overheard(endpoint), _Account(), breaker=Breaker(failures=_NEVER)))


def compare(
    answering: Answering,
    rewording: Rewording,
    questions: Sequence[LabelledQuestion],
    on_progress: Callable[[int], None] = lambda done: None,
) -> list[Pair]:
    """Each question that gets a quote, and what the model made of that, one after the other."""
    pairs = []
    for done, question in enumerate(questions, start=1):
        answered = _quoted(answering, question)
        if answered and answered.answer.sentences:
            pairs.append(_pair(question, answered, rewording))
        on_progress(done)
    return pairs


def write_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """One JSON object a line."""
    lines = [json.dumps(asdict(pair), ensure_ascii=False) for pair in pairs]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """What came of it. Facts, length and plainness are over the pairs in which the model's words stood."""
    stood = [pair for pair in pairs if pair.reworded]
    told = [pair for pair in stood if pair.must_contain]
    quoted, reworded = (
        plainness([pair.quoted for pair in stood]),
        plainness([pair.reworded for pair in stood]),
    )
    dropped = sum(len(pair.dropped) for pair in pairs)
    said = sum(pair.said for pair in pairs)
    return {
        "questions with a quote": len(pairs),
        "reworded": len(stood) / max(len(pairs), 1),
        "sentences said": said,
        "sentences stopped": sum(len(pair.stopped) for pair in pairs) / max(said, 1),
        "sentences with a doubt": sum(len(pair.doubted) for pair in pairs) / max(said, 1),
        "sentences dropped": dropped,
        "sentences shown": reworded.sentences,
        "figures shown that are in no source": sum(len(pair.foreign) for pair in stood),
        "facts in the quote": _facts(told, "quoted"),
        "facts in the rewording": _facts(told, "reworded"),
        "words, quoted": quoted.words / max(len(stood), 1),
        "words, reworded": reworded.words / max(len(stood), 1),
        "words a sentence, quoted": quoted.words_a_sentence,
        "words a sentence, reworded": reworded.words_a_sentence,
        "LIX, quoted": quoted.lix,
        "LIX, reworded": reworded.lix,
        "ms, median": median(pair.ms for pair in pairs) if pairs else 0.0,
        "ms, most": max((pair.ms for pair in pairs), default=0.0),
        "tokens, mean": sum(pair.tokens for pair in pairs) / max(len(pairs), 1),
    }


def reasons(pairs: Sequence[Pair]) -> Counter[str]:
    """Why sentences were stopped and quotes stood, as often as it happened."""
    why = Counter(f"stopped: {one.reason}" for pair in pairs for one in pair.stopped)
    why += Counter(f"doubted: {one.reason}" for pair in pairs for one in pair.doubted)
    return why + Counter(f"quote stood: {pair.kept}" for pair in pairs if pair.kept)


def foreign_figures(text: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """Figures of a text that stand in no source, digit for digit: apart from the checks, and coarser."""
    held = " ".join(f"{one.title} {one.heading} {one.text}" for one in sources)
    known = {_bare(figure) for figure in _FIGURE.findall(held)}
    return tuple(figure for figure in _FIGURE.findall(text) if _bare(figure) not in known)


def _quoted(answering: Answering, question: LabelledQuestion) -> Answered | None:
    *earlier, text = question.turns
    asked = Asked(text, Channel.SIDEBAR, answering.collection, uuid.uuid4(), earlier=tuple(earlier))
    try:
        return answering.answer(asked, VISITOR)
    except QuestionRefused:
        return None


def _pair(labelled: LabelledQuestion, answered: Answered, rewording: Rewording) -> Pair:
    question, answer = answered.question, answered.answer
    quote = tuple(sentence.text for sentence in answer.sentences)
    began = time.perf_counter()
    outcome = asyncio.run(rewording.reword(question.text, quote, answer.sources, question.language, "evals"))
    taken = (time.perf_counter() - began) * 1000
    shown = outcome.sentences if isinstance(outcome, Reworded) else ()
    text = " ".join(sentence.text for sentence in shown)
    overheard, doubted = _overheard(rewording, answer.sources, question.language)
    return Pair(
        id=labelled.id,
        question=question.text,
        quoted=" ".join(quote),
        reworded=text,
        kept=outcome.reason if isinstance(outcome, Kept) else "",
        must_contain=labelled.must_contain,
        dropped=outcome.dropped,
        foreign=foreign_figures(text, answer.sources),
        ms=round(taken, 1),
        tokens=outcome.tokens,
        sources=tuple(source.document for source in answer.sources),
        said=len(overheard.kept) + len(overheard.dropped),
        stopped=overheard.dropped,
        doubted=doubted.dropped,
        passages=tuple(Passage(one.title, one.heading, one.text) for one in answer.sources),
    )


def _overheard(rewording: Rewording, sources: Sequence[Source], language: str) -> tuple[Grounded, Grounded]:
    """What the checks say of every sentence of the last answer, of which nothing may have come: as it is, and
    as if each sentence had named every passage."""
    endpoint = rewording.calls.endpoint
    if not isinstance(endpoint, Overheard):
        return Grounded((), ()), Grounded((), ())
    passages = [Cited(one.title, one.heading, one.text) for one in sources]
    named = [Said(one.text, tuple(endpoint.tokens)) for one in endpoint.said]
    return (
        grounded(endpoint.said, passages, endpoint.tokens, language),
        grounded(named, passages, endpoint.tokens, language),
    )


def _facts(pairs: Sequence[Pair], side: str) -> float:
    held = sum(
        all(_folded(part) in _folded(getattr(pair, side)) for part in pair.must_contain) for pair in pairs
    )
    return held / max(len(pairs), 1)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _bare(figure: str) -> str:
    """One form for 9:00, 9.00 and 9, and for 285,00 and 285."""
    return re.sub(r"[.,]00$", "", figure.replace(":", "."))
