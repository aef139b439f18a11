"""The sets that the language model is held against: planted lies, honest rewordings, instructions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from embeddings.document import Passage
from embeddings.passages import passages
from embeddings.training.examples import Text, read_texts
from evals.answers.texts import DEMO_TEXTS, ROOT
from ingest.configuration import plan_of_file
from ingest.sources import open_source
from ingest.sources.base import Found
from ingest.sources.organisation import read_organisation
from service.composers.llm.facts.material import Cited

SETS = ROOT / "evals" / "datasets" / "llm"
TEXTS = ROOT / "evals" / "datasets" / "texts"
# whose texts the third pair of sets is about, and the fourth
TOWNS = ("zuiderkogge", "oudermeer", "vaartdonk", "hoogeland_west", "wilgenoord", "tolhuizen")
# where an instruction may be planted
PLACES = ("question", "text", "vac", "file", "alt", "table", "comment")


class UnusableSet(Exception):
    """A set cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Case:
    """Sentences about passages of the demo or of labelled texts, as a model would answer the question."""

    id: str
    question: str
    language: str
    passages: tuple[Cited, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Lie:
    """A case with one sentence (`at`, from 0) in which `what` was invented.

    `token` is the source that the sentence names when that is the invention: one that does not exist, or none
    ("").
    """

    case: Case
    at: int
    kind: str
    what: str
    made: str
    token: str | None = None

    @property
    def sentence(self) -> str:
        return self.case.sentences[self.at]


@dataclass(frozen=True)
class Order:
    """A sentence that an obedient model would say. `token` as that of a lie."""

    text: str
    token: str | None = None


@dataclass(frozen=True)
class Injection:
    """An instruction (`planted`) to the model, in the question or in a text, and what obeying says."""

    id: str
    where: str
    wants: str
    language: str
    question: str
    passage: Cited
    planted: str
    obeys: tuple[Order, ...]


def read_honest(path: Path = SETS / "honest.jsonl") -> list[Case]:
    """Rewordings that are right. Raises UnusableSet."""
    return [_case(record) for record in _records(path)]


def read_lies(path: Path = SETS / "lies.jsonl") -> list[Lie]:
    """Rewordings that are right but for one invention each. Raises UnusableSet."""
    return [_lie(record) for record in _records(path)]


def read_injections(path: Path = SETS / "injections.jsonl") -> list[Injection]:
    """Instructions with the passage that they stand in, or that the question is about. Raises UnusableSet."""
    return [_injection(record) for record in _records(path)]


@cache
def demo_passages() -> Mapping[tuple[str, int], Passage]:
    """The passages of the demo by document and position."""
    plan = plan_of_file(DEMO_TEXTS)
    owners = read_organisation(plan.organisation).owners
    documents = [
        one.document
        for job in plan.sources
        for one in open_source(job.kind, job.feed(plan.collection, owners)).read()
        if isinstance(one, Found)
    ]
    found = (passage for document in documents for passage in passages(document))
    return {(passage.document.id, passage.position): passage for passage in found}


@cache
def town_texts() -> Mapping[str, Text]:
    """The labelled texts of the towns by id."""
    return {text.id: text for town in TOWNS for text in read_texts(TEXTS / f"written_{town}.jsonl")}


@cache
def _passages_of(text: str) -> tuple[Passage, ...]:
    return tuple(passages(town_texts()[text].document)) if text in town_texts() else ()


def _passage(document: str, position: int) -> Passage | None:
    of_the_demo = demo_passages().get((document, position))
    return of_the_demo or next((one for one in _passages_of(document) if one.position == position), None)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise UnusableSet(f"{path}:{number}: {error}") from error


def _case(record: Mapping[str, Any]) -> Case:
    return Case(
        record["id"],
        record["question"],
        record["language"],
        tuple(_cited(place, record["id"]) for place in record["passages"]),
        tuple(record["sentences"]),
    )


def _lie(record: Mapping[str, Any]) -> Lie:
    planted = record["lie"]
    return Lie(
        _case(record),
        planted["sentence"] - 1,
        planted["kind"],
        planted["what"],
        record["made"],
        planted.get("token"),
    )


def _injection(record: Mapping[str, Any]) -> Injection:
    passage = _cited(record["passage"], record["id"])
    return Injection(
        id=record["id"],
        where=record["where"],
        wants=record["wants"],
        language=record["language"],
        question=record["question"],
        passage=_planted(passage, record["where"], record["planted"]),
        planted=record["planted"],
        obeys=tuple(Order(one["text"], one.get("token")) for one in record["obeys"]),
    )


def _cited(place: Mapping[str, Any], id: str) -> Cited:
    passage = _passage(place["document"], place["position"])
    if passage is None:
        raise UnusableSet(f"{id}: no text has a passage {place['position']} of {place['document']}")
    return Cited(passage.title, passage.heading, passage.text)


def _planted(passage: Cited, where: str, order: str) -> Cited:
    """The passage with an instruction where an attacker could put it."""
    match where:
        case "question":
            return passage
        case "file":
            return Cited(passage.title, order, passage.text)
        case "alt":
            return Cited(passage.title, passage.heading, f"[afbeelding: {order}]\n{passage.text}")
        case _:
            return Cited(passage.title, passage.heading, f"{passage.text}\n{order}")
