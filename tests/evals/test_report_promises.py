"""What a channel promises, in plain words."""

from __future__ import annotations

import pytest

from evals.report_numbers import PERCENT
from evals.report_promises import promises


def told(cut_off: float | None, **changed: float) -> str:
    promise = {"risk": 0.1, "bound": 0.221, "answered": 12, "wrong": 0, "missing": 17} | changed
    ((channel, text),) = promises({"cut_offs": {"website": cut_off}, "promises": {"website": promise}})
    assert channel == "website"
    return text.replace(PERCENT, " %")


def test_a_promise_that_cannot_be_made_yet_says_what_is_missing() -> None:
    assert told(None) == (
        "Promised: of the answers that are given by themselves, at most 10 % is wrong. "
        "Of the labelled questions, 12 were answered and none of those wrongly; "
        "with 95 % certainty at most 22.1 % is wrong. "
        "That is not enough: the labels of 17 more answers are missing, and all of these must be right. "
        "Until then this channel answers nothing by itself: it suggests."
    )


def test_a_promise_that_is_kept_says_from_where_on_it_answers() -> None:
    assert told(0.75, bound=0.08, answered=64, wrong=1, missing=0).endswith(
        "64 were answered and 1 of those wrongly; with 95 % certainty at most 8.0 % is wrong. "
        "That is enough, no labels are missing. It answers from a probability of 0.75 on."
    )


@pytest.mark.parametrize(
    ("cut_off", "changed", "part"),
    [
        (None, {"missing": 1}, "the label of 1 more answer is missing, and it must be right"),
        (None, {"answered": 0}, "not one was answered"),
        (None, {"answered": 1}, "1 was answered and none"),
        (None, {"missing": 0}, "Yet this channel answers nothing by itself"),
        (0.5, {}, "All the same it answers from a probability of 0.50 on, without a promise."),
        (0.5, {"risk": 0.025}, "at most 2.5 % is wrong"),
    ],
)
def test_each_case_has_its_words(cut_off: float | None, changed: dict[str, float], part: str) -> None:
    assert part in told(cut_off, **changed)


def test_a_calibration_without_promises_says_nothing() -> None:
    assert promises({"cut_offs": {"website": 0.9}}) == []
    assert promises({"date": "2026-11-21"}) == []
