"""Which words are names, and which are ordinary words that only stand where a name could stand."""

from functools import lru_cache
from pathlib import Path

import simplemma

_LISTS = Path(__file__).parent / "lists"


def read(name: str) -> frozenset[str]:
    """Give the words of one of the lists."""
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def read_phrases(name: str) -> frozenset[tuple[str, ...]]:
    """Give the lines of one of the lists, each as its words."""
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(tuple(line.split()) for line in lines if line and not line.startswith("#"))


FIRST_NAMES = read("first_names.txt")
DOUBTFUL_FIRST_NAMES = read("first_names_doubtful.txt")
SURNAMES = read("surnames.txt")
SHORT_WORDS = read("short_words.txt")
_ORDINARY = read("ordinary_words.txt")


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Say whether a word is plain Dutch (or common English) rather than only a name."""
    word = word.lower()
    return not word or word in _ORDINARY or simplemma.is_known(word, lang="nl")


def is_first_name(word: str) -> bool:
    """Say whether a word is a first name and nothing else."""
    return word.lower() in FIRST_NAMES or ("-" in word and word.lower().split("-")[0] in FIRST_NAMES)


def may_be_name(word: str) -> bool:
    """Say whether a word is some name, be it also a word: enough where a cue announces one."""
    word = word.lower()
    return word in FIRST_NAMES or word in DOUBTFUL_FIRST_NAMES or word in SURNAMES
