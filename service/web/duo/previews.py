"""How the questions of a signal and the check questions would be answered with a draft: in the sidebar and on
the website."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from service.domain.answer import Answer
from service.domain.draft import Draft
from service.domain.gap import Asking, Gap
from service.domain.question import Channel
from service.duos.comparing import holds, words_of
from service.duos.draft_texts import published_as
from service.web import wording
from service.web import wording_duo as words
from service.web.cards import Card, cards_of
from service.web.quotes import Quote, quotes_of

MOST = 5

Ask = Callable[[Draft, str, Channel], Answer]


@dataclass(frozen=True)
class Verdict:
    """A sentence on what the draft does for a question, and whether that is good. `late`: good enough, but it
    is not answered without a person yet."""

    good: bool
    sentence: str
    late: bool = False


@dataclass(frozen=True)
class Preview:
    """The answer of one channel: quotes, or the text that would be suggested first."""

    channel: str
    heading: str
    quotes: tuple[Quote, ...]
    cards: tuple[Card, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Previewed:
    """A question with its answers. `check`: it is one of the draft's check questions."""

    question: str
    previews: tuple[Preview, ...]
    check: bool = False

    @property
    def good(self) -> bool:
        """Whether the text comes first everywhere, with what has to be in the answer."""
        return all(verdict.good or verdict.late for preview in self.previews for verdict in preview.verdicts)


def questions_of(gap: Gap, askings: Sequence[Asking]) -> tuple[str, ...]:
    """What is asked again: the newest wordings, each once; the signal's own words where those are gone."""
    once: dict[tuple[str, ...], str] = {}
    for asking in askings:
        once.setdefault(words_of(asking.text), asking.text)
    return tuple(once.values())[:MOST] or (gap.question,)


def previews_of(draft: Draft, questions: Iterable[str], ask: Ask) -> tuple[Previewed, ...]:
    """The answers to these questions, and to the draft's own check questions, in every channel."""
    asked = dict.fromkeys(questions, False)
    known = {words_of(question) for question in asked}
    asked |= {check: True for check in draft.checks if words_of(check) not in known}
    return tuple(
        Previewed(
            question,
            tuple(_preview(draft, channel, ask(draft, question, channel)) for channel in Channel),
            check,
        )
        for question, check in asked.items()
    )


def count_in_words(previewed: Sequence[Previewed]) -> str:
    """How many of the questions go well."""
    good = sum(one.good for one in previewed)
    if len(previewed) == 1:
        return words.PREVIEW_ONE_GOOD if good else words.PREVIEW_ONE_NOT_YET
    return words.PREVIEW_COUNT.format(good=good, all=len(previewed))


def _preview(draft: Draft, channel: Channel, answer: Answer) -> Preview:
    return Preview(
        channel=words.PREVIEW_IN[channel],
        heading=wording.OUTCOMES[answer.status].heading,
        quotes=quotes_of(answer),
        cards=() if answer.sentences else cards_of(answer.candidates, 1),
        verdicts=_verdicts(draft, answer),
    )


def _verdicts(draft: Draft, answer: Answer) -> tuple[Verdict, ...]:
    # imported late: it brings the models' runtimes, and the site has to listen before that
    from service.duos.proof import quoted

    own = published_as(draft)
    first = answer.candidates[0] if answer.candidates else None
    if first is None:
        return (Verdict(False, words.PREVIEW_NOTHING),)
    if first.document != own:
        return (Verdict(False, words.PREVIEW_NOT_FIRST.format(title=first.title)),)
    found = [Verdict(True, words.PREVIEW_FIRST)]
    if draft.fact:
        quotes = holds(quoted(answer, own), draft.fact)
        found.append(Verdict(quotes, words.PREVIEW_FACT if quotes else words.PREVIEW_NO_FACT))
    else:
        found.append(Verdict(False, words.PREVIEW_FACT_MISSING))
    certain = answer.status.group == "answered"
    found.append(
        Verdict(certain, words.PREVIEW_CERTAIN if certain else words.PREVIEW_UNCERTAIN, late=not certain)
    )
    return tuple(found)
