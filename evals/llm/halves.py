"""Which cases of the second and third sets may be read when they fail: the others only count, and so do all
of the fourth."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from evals.llm.sets import Case, Lie


def half_of_cases(cases: Sequence[Case], *, read: bool) -> list[Case]:
    """The sentences of one half, each with its case; a case without any is left out."""
    kept = [
        Case(case.id, case.question, case.language, case.passages, tuple(
            sentence for sentence in case.sentences if may_be_read(case.id, sentence) is read
        ))
        for case in cases
    ]  # fmt: skip
    return [case for case in kept if case.sentences]


def half_of_lies(lies: Sequence[Lie], *, read: bool) -> list[Lie]:
    """The lies of one half."""
    return [lie for lie in lies if may_be_read(lie.case.id, lie.sentence) is read]


def may_be_read(case: str, sentence: str) -> bool:
    """In the second sets (ids with n and m) by the sentence, in the third (q and w) by the number of the
    line: the texts of the one half are none of the other. All of the first, none of the fourth (s and x)."""
    if case[0] in "sx":
        return False
    if case[0] in "nm":
        return hashlib.sha256(sentence.encode()).digest()[0] % 2 == 0
    return case[0] not in "qw" or int(case[1:]) % 2 == 0
