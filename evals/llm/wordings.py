"""What questions that a model makes of texts give: the right text first, with and without them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from embeddings.document import DocumentKey, Visibility
from embeddings.library import Library, Search
from evals.answers.questions import LabelledQuestion
from evals.answers.run import COLLECTION
from evals.llm.servers import Answer, Call, running
from evals.llm.sets import SETS
from service.composers.llm.calling import Calls, Reservation
from service.composers.llm.endpoint import Address, Endpoint, Limits
from service.composers.llm.wordings import QuestionWriter
from service.duos.made_questions import MadeQuestions, Round

SAID = SETS / "wordings.jsonl"
_ALL = 1_000_000
_NO_QUESTION = "Hierover is geen vraag bedacht."

Watch = Callable[[int], None]


class _Account:
    """Spends without end: what is measured is the model, not the purse."""

    def reserve(self, site: str, tokens: int) -> Reservation:
        return self

    def settle(self, used: int) -> None:
        """Nothing was set apart."""


@dataclass(frozen=True)
class Share:
    """Of so many questions the right text first, without and with made questions; `won` and `lost` tell how
    many went either way."""

    name: str
    count: int
    without: float
    with_them: float
    won: int
    lost: int


@dataclass(frozen=True)
class Gain:
    """What was made, and what it gave: for questions about texts that got some, about the others, and all."""

    said: int
    made: Round
    shares: tuple[Share, ...]


def read_said(path: Path = SAID) -> dict[str, tuple[str, ...]]:
    """The questions that somebody wrote of each text, by the text's id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return {row["document"]: tuple(row["questions"]) for row in rows}


def gain(
    library: Library,
    labelled: Sequence[LabelledQuestion],
    said: Mapping[str, Sequence[str]],
    watch: Watch = lambda done: None,
) -> Gain:
    """Make questions of the texts of a library by a scripted model that says these, and ask all before and
    after. What the checks of the service drop is not searched with."""
    asked = [each for each in labelled if each.gold]
    before = [_first(library, each) for each in asked]
    watch(len(asked))
    with running(_honest(library, said)) as model:
        endpoint = Endpoint(Address(model.url, "written by hand"), Limits())
        writer = QuestionWriter(Calls(endpoint, _Account()))
        made = MadeQuestions(library, COLLECTION, writer, lambda: datetime.now(UTC)).make(_ALL)
    library.made.search_while(lambda: True)
    library.refresh(COLLECTION)
    after = [_first(library, each) for each in asked]
    watch(2 * len(asked))
    own = [bool(said.keys() & set(each.gold)) for each in asked]
    parts = {
        "about texts with made questions": own,
        "about other texts": [not each for each in own],
        "all": [True] * len(asked),
    }
    shares = (_share(name, chosen, before, after) for name, chosen in parts.items())
    return Gain(sum(map(len, said.values())), made, tuple(shares))


def _honest(library: Library, said: Mapping[str, Sequence[str]]) -> Answer:
    """Says what was written of the text that it reads; of any other something that is no question."""
    with_title = {
        document.title: said[document.id]
        for document in (library.document(key) for key in _keys(library))
        if document and document.id in said
    }

    def answer(call: Call) -> None:
        titles = [text.split("\n")[0] for text in call.passages.values()]
        questions = next((with_title[title] for title in titles if title in with_title), (_NO_QUESTION,))
        call.say(*((question, None) for question in questions))

    return answer


def _keys(library: Library) -> set[DocumentKey]:
    return {row.document for row in library.follower(COLLECTION).snapshot().rows.values()}


def _first(library: Library, question: LabelledQuestion) -> bool:
    """Whether the text that comes first is a right one."""
    everything = (Visibility.PUBLIC, Visibility.INTERNAL)
    found = library.search(Search(question.turns[-1], COLLECTION, everything, language="nl")).documents
    return bool(found) and found[0].key.id in question.gold


def _share(name: str, chosen: Sequence[bool], before: Sequence[bool], after: Sequence[bool]) -> Share:
    pairs = [(one, other) for use, one, other in zip(chosen, before, after, strict=True) if use]
    count = len(pairs)
    return Share(
        name,
        count,
        sum(one for one, _ in pairs) / count if count else 0.0,
        sum(other for _, other in pairs) / count if count else 0.0,
        won=sum(other and not one for one, other in pairs),
        lost=sum(one and not other for one, other in pairs),
    )
