"""Pairs of answers, and which of the two stands on which side."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.llm.compare import Passage

A, B = "a", "b"


class UnusableFile(Exception):
    """A file that cannot be used; the message names it, and what is wrong."""


@dataclass(frozen=True)
class Compared:
    """A question with what was quoted and what a model made of that, out of a results file."""

    id: str
    question: str
    quoted: str
    reworded: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A pair as a judge sees it: nothing in it says which side is which."""

    id: str
    question: str
    a: str
    b: str
    passages: tuple[Passage, ...]


def reworded_side(seed: str, id: str) -> str:
    """On which side the model's answer stands: as good as a coin, and known again with the seed."""
    return A if hashlib.sha256(f"{seed} {id}".encode()).digest()[0] % 2 else B


def sides(compared: Sequence[Compared], seed: str) -> list[Shown]:
    """The pairs in an order of their own, each with its sides drawn."""
    drawn = sorted(compared, key=lambda one: one.id)
    random.Random(seed).shuffle(drawn)
    return [_shown(one, reworded_side(seed, one.id)) for one in drawn]


def read_compared(path: Path) -> list[Compared]:
    """The pairs of a results file in which the model's answer stood. Raises UnusableFile."""
    found = [_compared(record) for record in read_records(path) if record["reworded"]]
    if not found:
        raise UnusableFile(f"{path}: no pair in it in which the model's answer stood")
    if len({one.id for one in found}) < len(found):
        raise UnusableFile(f"{path}: two pairs have the same id")
    return found


def read_records(path: Path) -> list[dict[str, Any]]:
    """The lines of a results file of `evals answers --composer llm`. Raises UnusableFile."""
    records = []
    # not splitlines(): an answer may hold a line separator of Unicode
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line)
                _compared(record)
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableFile(f"{path}:{number}: not a pair ({error!r})") from error
            records.append(record)
    return records


def digest_of(compared: Iterable[Compared]) -> str:
    """By which results file a judgement was made."""
    told = json.dumps([[one.id, one.quoted, one.reworded] for one in compared])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _compared(record: dict[str, Any]) -> Compared:
    passages = tuple(Passage(**one) for one in record.get("passages", ()))
    return Compared(record["id"], record["question"], record["quoted"], record["reworded"], passages)


def _shown(one: Compared, side: str) -> Shown:
    answers = _even(one.reworded), _even(one.quoted)
    a, b = answers if side == A else answers[::-1]
    return Shown(one.id, one.question, a, b, one.passages)


def _even(text: str) -> str:
    """Without what shows where a text comes from: the cells of a table are no columns here."""
    return " ".join(text.replace("\t", " – ").split())
