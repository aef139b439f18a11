"""Follow-ups searched alone, with the turn that they lean on, and made whole by a model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from evals.answers.assisted import calls_at
from evals.answers.questions import LabelledQuestion
from evals.answers.run import ask_all
from evals.answers.summary import summary
from evals.llm.servers import Answer, Call, running
from service.answering.assistance import Assistance, WholeQuestion
from service.answering.followup import leans
from service.answering.pipeline import Answering
from service.composers.llm.whole import WholeQuestions
from service.domain.question import Channel

SHOWN = ("questions", "answerable", "R@1", "R@3", "R@5", "MRR", "AUROC answerable", "ms, median")


@dataclass
class _Counting:
    """Passes on, and keeps what was made whole."""

    helps: WholeQuestion
    asked: int = 0
    made: list[str] = field(default_factory=list)

    def whole(self, text: str, earlier: Sequence[str], site: str) -> str | None:
        self.asked += 1
        made = self.helps.whole(text, earlier, site)
        self.made += [made] if made else []
        return made


def read_wholes(path: Path) -> dict[str, str]:
    """The whole questions by the id of their conversation."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {record["id"]: record["whole"] for record in map(json.loads, lines)}


def perfect(questions: Sequence[LabelledQuestion], wholes: Mapping[str, str]) -> Answer:
    """A model that says what somebody wrote for that conversation; nothing to any other."""
    known = {_key(one.turns[-1]): wholes[one.id] for one in questions if one.id in wholes}

    def answer(call: Call) -> None:
        whole = known.get(_key(call.question))
        call.say(*([(whole, "")] if whole else []))

    return answer


def compared_followups(
    answering: Answering,
    questions: Sequence[LabelledQuestion],
    wholes: Path | None,
    address: tuple[str, str, str],
) -> dict[str, dict[str, float]]:
    """Figures of the conversations whose last turn leans, by how it was searched.

    Raises ValueError when no turn leans, and without wholes and without an address.
    """
    leaning = [one for one in questions if len(one.turns) > 1 and leans(one.turns[-1], one.turns[:-1])]
    if not leaning:
        raise ValueError("no last turn leans on an earlier one")
    alone = [replace(one, turns=one.turns[-1:]) for one in leaning]
    found = {
        "the turn alone": _figures(answering, alone),
        "with the turn before": _figures(answering, leaning),
    }
    with _model(leaning, wholes, address) as (url, model, key):
        counting = _Counting(WholeQuestions(calls_at(url, model, key)))
        helped = replace(answering, assistance=Assistance(whole_question=counting))
        figures = _figures(helped, leaning)
    found["made whole"] = figures | {"asked": counting.asked, "made whole": len(counting.made)}
    return found


@contextmanager
def _model(
    questions: Sequence[LabelledQuestion], wholes: Path | None, address: tuple[str, str, str]
) -> Iterator[tuple[str, str, str]]:
    """The model at the address, or one that says what stands in `wholes`."""
    if wholes is None:
        yield address
        return
    with running(perfect(questions, read_wholes(wholes))) as served:
        yield served.url, "perfect", ""


def _figures(answering: Answering, questions: Sequence[LabelledQuestion]) -> dict[str, float]:
    figures = summary(questions, ask_all(answering, questions, Channel.SIDEBAR))
    return {name: figures[name] for name in SHOWN}


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
