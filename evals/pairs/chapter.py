"""Quoted and reworded, as a chapter of the report: what a model kept, lost and cost; what people found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.llm.compare import Pair, figures
from evals.llm.floors import honest_dropped
from evals.llm.sets import read_honest
from evals.metrics.clopper_pearson import around
from evals.metrics.interval import Interval
from evals.pairs.counting import Agreement, Tally, agreements, read_judged, tally, together
from evals.pairs.sides import UnusableFile, digest_of, read_compared, read_records
from evals.report_drawings import Box, Frame, Mark
from evals.report_numbers import percent
from service.domain.answer import Dropped

ROW = 34  # how high a bar is with its name above it
BAR = 12
MEANINGS = {
    "questions with a quote": "asked; the judge let everything through",
    "reworded": "answers in which the model's words stood in the end",
    "facts in the quote": "of the questions with a fact to look for: the quote holds it",
    "facts in the rewording": "the same of what the model made of these quotes",
    "figures shown that are in no source": "digit for digit, apart from the checks; 0 but for counted words",
    "sentences said": "whole sentences that the model wrote, also in answers that never came to an end",
    "sentences stopped": "of those: the checks would not let them be shown",
    "sentences with a doubt": "the checks of facts alone, as if each had named every passage",
    "words, quoted": "length of an answer",
    "words, reworded": "the same",
    "words a sentence, quoted": "the shorter, the plainer",
    "words a sentence, reworded": "the same",
    "LIX, quoted": "25 is easy, 35 a newspaper, above 50 hard",
    "LIX, reworded": "the same",
    "ms, median": "milliseconds from the quote to the end of the rewording",
    "ms, most": "the slowest",
    "tokens, mean": "that one question used, prompt and answer",
    "right sentences dropped": "of the honest set: right, and stopped by the checks all the same",
}  # fmt: skip
_OF_SENTENCES = ("sentences stopped", "sentences with a doubt")
_SHARES = ("reworded", "facts in the quote", "facts in the rewording", *_OF_SENTENCES)


@dataclass(frozen=True)
class Row:
    """A figure as people read it."""

    name: str
    value: str
    interval: str
    meaning: str


@dataclass(frozen=True)
class Ending:
    """How answers ended, and how many."""

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Bar:
    """The bar of one way to end."""

    name: Mark
    box: Box


@dataclass(frozen=True)
class Blind:
    """What the judges of the blind pairs said."""

    judges: Sequence[tuple[str, Tally]]
    agreements: Sequence[Agreement]


@dataclass(frozen=True)
class PairsChapter:
    """All that the page shows of one comparison."""

    source: str
    rows: Sequence[Row]
    endings: Sequence[Ending]
    frame: Frame
    bars: Sequence[Bar]
    reasons: Sequence[tuple[str, int]]
    blind: Blind | None
    figures: Mapping[str, float]


def pairs_chapter(
    results: Path, judged: Sequence[Path] = (), watch: Callable[[int], None] = lambda done: None
) -> PairsChapter:
    """The chapter of a results file, with the files of judges. Raises UnusableFile and OSError."""
    pairs = [_pair(record) for record in read_records(results)]
    if not pairs:
        raise UnusableFile(f"{results}: no pair in it")
    blind = _blind(results, judged) if judged else None
    honest = honest_dropped(read_honest(), watch)
    found = {**figures(pairs), "right sentences dropped": honest.hits / honest.of}
    rows = [_row(name, found, pairs) for name in MEANINGS if name != "right sentences dropped"]
    lost = around(honest.hits, honest.of)
    rows.append(
        Row(
            "right sentences dropped", percent(found["right sentences dropped"]), _range(lost),
            f"{MEANINGS['right sentences dropped']}: {honest.hits} of {honest.of}",
        )
    )  # fmt: skip
    endings = _endings(pairs)
    frame, bars = _drawn(endings)
    why = Counter(one.reason for pair in pairs for one in pair.stopped)
    return PairsChapter(results.name, rows, endings, frame, bars, why.most_common(), blind, found)


def _pair(record: Mapping[str, Any]) -> Pair:
    """Keys of another version are passed over."""
    stopped, doubted = (
        tuple(Dropped(**one) for one in record.get(name, record.get("dropped", ())))
        for name in ("stopped", "doubted")
    )
    return Pair(
        id=record["id"],
        question=record["question"],
        quoted=record["quoted"],
        reworded=record["reworded"],
        kept=record.get("kept", ""),
        must_contain=tuple(record.get("must_contain", ())),
        dropped=tuple(Dropped(**one) for one in record.get("dropped", ())),
        foreign=tuple(record.get("foreign", ())),
        ms=float(record.get("ms", 0.0)),
        tokens=int(record.get("tokens", 0)),
        said=int(record.get("said", 0)),
        stopped=stopped,
        doubted=doubted,
    )


def _blind(results: Path, paths: Sequence[Path]) -> Blind:
    judged = read_judged(paths)
    if any(one.results != digest_of(read_compared(results)) for one in judged):
        raise UnusableFile(f"these judges looked at other results than {results}")
    counted = [(one.judge, tally(one.pairs.values())) for one in judged]
    if len(judged) > 1:
        counted.append(("together", tally(together(judged))))
    return Blind(counted, agreements(judged))


def _row(name: str, found: Mapping[str, float], pairs: Sequence[Pair]) -> Row:
    value, of = found[name], _of(name, found, pairs)
    if name.startswith(("words", "LIX")) and not found["reworded"]:
        return Row(name, "–", "", MEANINGS[name])
    if name not in _SHARES:
        digits = 0 if value >= 10 or float(value).is_integer() else 1
        return Row(name, f"{value:.{digits}f}", "", MEANINGS[name])
    if not of:
        return Row(name, "–", "", MEANINGS[name])
    return Row(name, percent(value), _range(around(round(value * of), of)), f"{MEANINGS[name]}, of {of}")


def _of(name: str, found: Mapping[str, float], pairs: Sequence[Pair]) -> int:
    """Of how many a share is."""
    if name.startswith("facts"):
        return sum(bool(pair.reworded and pair.must_contain) for pair in pairs)
    return int(found["sentences said"]) if name in _OF_SENTENCES else len(pairs)


def _range(interval: Interval) -> str:
    return f"{percent(interval.low)} to {percent(interval.high)}"


def _endings(pairs: Sequence[Pair]) -> list[Ending]:
    counted = Counter(f"quote stood: {pair.kept}" if pair.kept else "reworded" for pair in pairs)
    first = sorted(counted.items(), key=lambda one: (one[0] != "reworded", -one[1], one[0]))
    return [Ending(name, count, count / len(pairs)) for name, count in first]


def _drawn(endings: Sequence[Ending]) -> tuple[Frame, list[Bar]]:
    bottom = ROW * len(endings)
    frame = Frame(left=4, top=0, bottom=bottom, height=bottom + 28)
    bars = []
    for place, one in enumerate(endings):
        top = place * ROW
        box = Box(frame.left, top + 18, round(frame.across(one.share) - frame.left, 1), BAR)
        bars.append(Bar(Mark(frame.left, top + 14, f"{one.name}: {one.count}"), box))
    return frame, bars
