"""How good screening is on a labelled set: by rules, by meaning, and by both as in the pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from embeddings.encoders.base import Encoder
from evals.screening.examples import OF_STATUS, Example
from service.answering.screen import Verdict, screen
from service.answering.screening.meaning import CRISIS, LOOKALIKE, ORDINARY, SecondLook
from service.answering.screening.verdict import heard

TOLD_APART = ("personal_case", "other_authority", "out_of_scope", ORDINARY)


@dataclass(frozen=True)
class Figures:
    """Counts, so that everybody can see how few they are. `confusion`: pairs of meant and said.

    A lookalike is no crisis; that it may be another authority's counts for nothing.
    """

    crises: int
    recognised: int
    right_line: int
    others: int
    alarms: int
    lookalikes: int
    lookalike_alarms: int
    confusion: dict[tuple[str, str], int]

    @property
    def macro_f1(self) -> float:
        """Over the kinds in TOLD_APART that the set holds."""
        meant = {kind for kind, _ in self.confusion}
        scores = [self.f1(kind) for kind in TOLD_APART if kind in meant]
        return mean(scores) if scores else 0.0

    def f1(self, kind: str) -> float:
        right = self.confusion.get((kind, kind), 0)
        wrong = sum(
            count
            for (meant, said), count in self.confusion.items()
            if (meant == kind) != (said == kind) and meant in TOLD_APART
        )
        return 2 * right / (2 * right + wrong) if right else 0.0

    def as_record(self) -> dict[str, Any]:
        """The figures as somebody reads them."""
        return {
            "crisis recognised": _share(self.recognised, self.crises),
            "of these the right help line": _share(self.right_line, self.recognised),
            "false alarms": _share(self.alarms, self.others),
            "false alarms on lookalikes": _share(self.lookalike_alarms, self.lookalikes),
            "macro F1": round(self.macro_f1, 3),
            **{f"F1 {kind}": round(self.f1(kind), 3) for kind in TOLD_APART},
        }


def figures_of(examples: Sequence[Example], said: Sequence[str]) -> Figures:
    """What was said ("" or a kind, a hint for a crisis) held against what was meant."""
    pairs = list(zip(examples, said, strict=True))
    crises = [(example, kind) for example, kind in pairs if example.crisis]
    others = [(example, kind) for example, kind in pairs if not example.crisis]
    alike = [kind for example, kind in others if example.label == LOOKALIKE]
    return Figures(
        crises=len(crises),
        recognised=sum(_alarm(kind) for _, kind in crises),
        right_line=sum(_alarm(kind) and kind == example.hint for example, kind in crises),
        others=len(others),
        alarms=sum(_alarm(kind) for _, kind in others),
        lookalikes=len(alike),
        lookalike_alarms=sum(map(_alarm, alike)),
        confusion=Counter((example.label, "crisis" if _alarm(kind) else kind) for example, kind in pairs),
    )


def measured(examples: Sequence[Example], look: SecondLook, encoder: Encoder) -> dict[str, list[str]]:
    """What is said to each example: by the rules alone, by meaning alone, and by both in their order."""
    said: dict[str, list[str]] = {"rules": [], "meaning": [], "both": []}
    for example in examples:
        screened = screen(example.text)
        seen = look.verdict(screened.text, encoder.encode_query(screened.text), encoder.encode_query)
        said["rules"].append(_kind(screened.verdict))
        said["meaning"].append(_kind(seen))
        said["both"].append(_kind(heard(screened.verdict, seen)))
    return said


def _kind(verdict: Verdict | None) -> str:
    if verdict is None:
        return ORDINARY
    kind = OF_STATUS[verdict.status.value]
    return verdict.hint if kind == "crisis" else kind


def _alarm(kind: str) -> bool:
    return kind.startswith(CRISIS)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.3f})" if whole else "0 of 0"
