"""What each channel promises about wrong answers, and what stands in the way, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.report_numbers import PERCENT, percent, whole_percent


def promises(calibration: Mapping[str, Any]) -> list[tuple[str, str]]:
    """For each channel that promises something: its name and a paragraph. None without promises."""
    cut_offs = calibration.get("cut_offs", {})
    return [
        (channel, _sentences(promise, cut_offs.get(channel)))
        for channel, promise in calibration.get("promises", {}).items()
    ]


def _sentences(promise: Mapping[str, Any], cut_off: float | None) -> str:
    told = (
        f"Promised: of the answers that are given by themselves, at most {_share(promise['risk'])} is wrong. "
        f"Of the labelled questions, {_answers(promise['answered'], promise['wrong'])}; "
        f"with 95{PERCENT} certainty at most {percent(promise['bound'])} is wrong. "
    )
    if promise["missing"] > 0:
        return f"{told}That is not enough: {_labels(promise['missing'])}. {_until_then(cut_off)}"
    return f"{told}That is enough, no labels are missing. {_from_now_on(cut_off)}"


def _share(share: float) -> str:
    return whole_percent(share) if round(share * 100, 6).is_integer() else percent(share)


def _answers(answered: int, wrong: int) -> str:
    if not answered:
        return "not one was answered"
    were = f"{answered} were answered" if answered > 1 else "1 was answered"
    return f"{were} and {wrong or 'none'} of those wrongly"


def _labels(missing: int) -> str:
    if missing == 1:
        return "the label of 1 more answer is missing, and it must be right"
    return f"the labels of {missing} more answers are missing, and all of these must be right"


def _until_then(cut_off: float | None) -> str:
    if cut_off is None:
        return "Until then this channel answers nothing by itself: it suggests."
    return f"All the same it answers from a probability of {cut_off:.2f} on, without a promise."


def _from_now_on(cut_off: float | None) -> str:
    if cut_off is None:
        return "Yet this channel answers nothing by itself: it suggests."
    return f"It answers from a probability of {cut_off:.2f} on."
