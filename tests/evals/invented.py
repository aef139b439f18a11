"""Results that nobody measured, to look at the report: `python -m tests.evals.invented FOLDER`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.report_before import Earlier, beside
from evals.report_chapter import Chapter, Title
from evals.report_figures import figures, intervals
from evals.report_page import render

STYLES = ("telefoon", "chat", "omslachtig", "kort", "spelfouten_en_straattaal", "engels")
CUT_OFFS = {"website": 0.92, "sidebar": 0.75}
CONFIG = {
    "made": "2026-11-21T20:05:07+00:00",
    "before": "2026-11-01T09:00:00+00:00",
    "version": "0.1.0",
    "channel": "sidebar",
    "encoder": "an-encoder-with-a-rather-long-name-int8-1",
    "calibration": {
        "date": "2026-11-21",
        "cut_offs": {"website": None, "sidebar": 0.75},
        "promises": {
            "website": {"risk": 0.1, "bound": 0.221, "answered": 12, "wrong": 0, "missing": 17},
            "sidebar": {"risk": 0.25, "bound": 0.231, "answered": 64, "wrong": 9, "missing": 0},
        },
    },
}


def invented_chapter(count: int = 300) -> Chapter:
    """A chapter of so many questions, with an earlier and weaker run beside it."""
    chance = random.Random(7)
    asked = [_question(number, chance) for number in range(count)]
    results = [_result(question, chance, 1.0) for question in asked]
    earlier = [_result(question, chance, 0.7) for question in asked[10:]]
    before = Earlier("2026-11-01T09:00:00+00:00", "an-older-encoder", {"sidebar": 0.8}, {"invented": earlier})
    titles = {f"text-{n}": Title(f"Titel van tekst {n}: aanvragen, kosten en duur") for n in range(80)}
    return Chapter(
        name="invented",
        title="An invented set, which nobody measured",
        questions=asked,
        results=results,
        titles=titles,
        figures=figures(asked, results),
        fitted_on=True,
        cut_offs=CUT_OFFS,
        intervals=intervals(asked, results),
        before=beside(before, "invented", asked, results),
    )


def _question(number: int, chance: random.Random) -> LabelledQuestion:
    gold = (f"text-{chance.randrange(80)}",) if chance.random() < 0.6 else ()
    text = f"Goedemorgen, ik wil graag weten wat ik moet doen als mijn paspoort nummer {number} verlopen is?"
    return LabelledQuestion(str(number), (text,), chance.choice(STYLES), bool(gold), gold, ())


def _result(question: LabelledQuestion, chance: random.Random, skill: float) -> Result:
    ranked = [f"text-{n}" for n in chance.sample(range(80), 10)]
    sure = chance.betavariate(2.5, 1.5) if question.gold else chance.betavariate(1.2, 3)
    if question.gold and chance.random() < skill * (0.25 + 0.75 * sure):
        ranked[0] = question.gold[0]
    outcome = (
        "answered" if sure > 0.75 else "unanswered_low_confidence" if sure > 0.15 else "unanswered_no_source"
    )
    answer = "Een paspoort kost € 86,20.\nU vraagt het aan de balie aan." if outcome == "answered" else ""
    return Result(question.id, outcome, sure, ranked, answer, [], chance.lognormvariate(3.3, 0.5) / skill)


if __name__ == "__main__":
    place = Path(sys.argv[1]) / "report.html"
    place.write_text(render([invented_chapter()], CONFIG), encoding="utf-8")
    print(place)
