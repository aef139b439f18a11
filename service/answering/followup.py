"""Make a question whole: "en wat kost dat?" leans on the question before it."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^(?:(?:ok[eé]?|oké|ja|nee|dank|bedankt|top|prima|okay|and|but|en|maar|dus|of|so|then|dan)\b[\s,.!]*)+",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:dat|die|dit|deze|daar\w*|er|hem|het|hij|ze|it|that|this|these|those|them|there)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_SHORT = 5  # words: a question this short seldom names its own subject


def whole(text: str, earlier: tuple[str, ...]) -> str:
    """The question with what it leans on before it; itself when it stands alone."""
    if not earlier or not _leans(text):
        return text
    return f"{earlier[-1]} {text}"


def _leans(text: str) -> bool:
    opening = _OPENING.match(text)
    words = _WORD.findall(text)
    return bool(opening) or len(words) <= _SHORT or bool(_POINTING.search(text))
