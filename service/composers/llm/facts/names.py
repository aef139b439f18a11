"""Names in a sentence: words with a capital where none is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.languages.base import folded

_WORD = re.compile(r"[^\W\d_][\w]*(?:['’-]\w+)*")
# these have a capital by themselves, and are read as dates or as a form of address
_NO_NAMES = frozenset(
    "u uw i monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)


def capitalised(sentence: str) -> Iterator[str]:
    """The words with a capital, the first of a sentence left out unless it has two."""
    hidden = re.sub(r"\S+@\S+|https?://\S+|www\.\S+|\b[1-9]\d{3} ?[A-Z]{2}\b", " ", sentence)
    for match in _WORD.finditer(hidden):
        word = match[0]
        if not any(letter.isupper() for letter in word) or folded(word) in _NO_NAMES:
            continue
        opens = not hidden[: match.start()].strip(" \"'“‘(•-") or re.search(
            r"[.!?:]\s*[\"'“‘(]?$", hidden[: match.start()]
        )
        if opens and not any(letter.isupper() for letter in word[1:]):
            continue
        yield word
