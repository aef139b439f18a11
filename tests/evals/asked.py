"""Six questions that ended in six ways, for the tests of the report."""

from __future__ import annotations

from dataclasses import replace

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.report_before import Earlier, beside
from evals.report_chapter import Chapter, Title
from evals.report_figures import figures

POISON = '<img src=x onerror="alert(1)">{{7*7}}'


def question(id: str, gold: str = "", style: str = "kort", *earlier: str) -> LabelledQuestion:
    return LabelledQuestion(id, (*earlier, f"Vraag {id}?"), style, bool(gold), (gold,) if gold else (), ())


def result(id: str, outcome: str, probability: float, *ranked: str) -> Result:
    return Result(id, outcome, probability, list(ranked), "Zo." if outcome == "answered" else "", [], 5.0)


def chapter(*pairs: tuple[LabelledQuestion, Result]) -> Chapter:
    questions, results = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    titles = {"a": Title("Titel A"), "b": Title(f"Titel B {POISON}", "en")}
    return Chapter(
        "tiny", "Two texts", questions, results, titles, figures(questions, results), False,
        {"website": 0.95, "sidebar": 0.5},
    )  # fmt: skip


RIGHT = (question("1", "a"), result("1", "answered", 0.9, "a", "b"))
SUGGESTED = (question("2", "a"), result("2", "unanswered_low_confidence", 0.4, "b", "a"))
WRONG = (question("3", "a", "chat"), result("3", "answered", 0.6, "b"))
HONEST_NO = (question("4"), result("4", "unanswered_no_source", 0.1, "a"))
INVENTED = (question("5"), result("5", "answered", 0.8, "b"))
NOTHING = (question("6", "a", "", "Eerst dit."), result("6", "unanswered_no_source", 0.0))
ALL = chapter(RIGHT, SUGGESTED, WRONG, HONEST_NO, INVENTED, NOTHING)


EARLIER = Earlier(
    "2026-11-01T09:00:00+00:00",
    "older",
    {"sidebar": 0.5},
    {"tiny": [WRONG[1], result("1", "answered", 0.7, "b")]},
)
COMPARED = replace(ALL, before=beside(EARLIER, "tiny", ALL.questions, ALL.results))
