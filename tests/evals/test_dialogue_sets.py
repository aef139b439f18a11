"""The sets of conversations hold what their card says, and every fact in them stands in the demo's texts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from embeddings.document import Document, SectionKind, Visibility
from embeddings.plain_text import fold_spaces, strip_controls
from embeddings.sentences import sentences
from evals.answers.questions import read_questions
from ingest.configuration import plan_of_file
from ingest.sources import open_source
from ingest.sources.base import Found
from ingest.sources.organisation import read_organisation
from tests.conftest import ROOT

SETS = ROOT / "evals" / "datasets" / "dialogue"
DEMO_TEXTS, DEMO_QUESTIONS = ROOT / "ingest" / "demo" / "sources.toml", ROOT / "evals" / "datasets" / "demo"
STYLES = {"telefoon", "chat", "typo", "kort", "omslachtig", "nt2", "engels", "situatie"}
REASONS = {"near_miss", "other_product", "personal_case", "other_authority", "out_of_domain"}
NAMES = ["ambiguous", "two_in_one", "followups"]
Record = dict[str, Any]


def records(name: str) -> list[Record]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, set[str]]:
    """What a visitor can be quoted of each text of the demo, by its id."""
    plan = plan_of_file(DEMO_TEXTS)
    owners = read_organisation(plan.organisation).owners
    deliveries = (open_source(job.kind, job.feed(plan.collection, owners)).read() for job in plan.sources)
    found = (one.document for delivered in deliveries for one in delivered if isinstance(one, Found))
    return {document.id: set(units(document)) for document in found}


def units(document: Document) -> Iterator[str]:
    if document.visibility is Visibility.PUBLIC:
        for section in document.sections:
            if section.visibility is Visibility.PUBLIC and section.kind is not SectionKind.LINKS:
                yield from map(folded, sentences(section.text))


def folded(text: str) -> str:
    return " ".join(fold_spaces(strip_controls(text)).split())


def labelled() -> Iterator[tuple[str, Record]]:
    """Everything with a `gold`, with the id of its line: parts of a message, and last turns."""
    for record in records("two_in_one"):
        yield from ((record["id"], part) for part in record["parts"])
    yield from ((record["id"], record) for record in records("followups"))


# -- form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ambiguous", {"id", "question", "style", "choices", "why"}),
        ("two_in_one", {"id", "question", "style", "parts"}),
        ("followups", {"id", "turns", "kind", "style", "answerable", "gold", "must_contain", "reason"}),
    ],
)
def test_every_line_has_its_keys_and_a_known_style(name: str, keys: set[str]) -> None:
    for record in records(name):
        assert set(record) | {"reason"} == keys | {"reason"}, record["id"]
        assert record["style"] in STYLES, record["id"]


def test_ids_and_questions_are_there_once() -> None:
    lines = [record for name in NAMES for record in records(name)]
    asked = [" / ".join(record.get("turns") or [record["question"]]).casefold() for record in lines]
    assert [text for text, times in Counter(asked).items() if times > 1 or not text.strip()] == []
    assert len({record["id"] for record in lines}) == len(lines)


def test_no_question_is_one_of_the_demo_set() -> None:
    demo = {question.turns[-1].casefold() for question in read_questions(DEMO_QUESTIONS)}
    ours = [question for name in NAMES for question in read_questions(SETS / f"{name}.jsonl")]
    assert [each.id for each in ours if each.turns[-1].casefold() in demo] == []


def test_what_no_text_answers_has_no_gold_and_no_literals_but_a_reason() -> None:
    for id_, part in labelled():
        assert bool(part["gold"]) is bool(part["must_contain"]), id_
        assert bool(part["gold"]) is ("reason" not in part), id_
        assert part.get("reason", "near_miss").split(":")[0] in REASONS, id_


# -- against the texts ---------------------------------------------------------------------------


def test_every_choice_is_a_dutch_text_of_the_demo(texts: dict[str, set[str]]) -> None:
    for record in records("ambiguous"):
        choices = record["choices"]
        assert len(set(choices)) == len(choices), record["id"]
        assert set(choices) <= texts.keys(), record["id"]
        assert not any(choice.endswith("-en") for choice in choices), record["id"]
        assert record["why"], record["id"]


def test_every_literal_stands_in_one_sentence_of_a_gold_text(texts: dict[str, set[str]]) -> None:
    assert [(id_, gold) for id_, part in labelled() for gold in part["gold"] if gold not in texts] == []
    missing = [
        (id_, literal)
        for id_, part in labelled()
        for literal in part["must_contain"]
        if not any(folded(literal) in unit for gold in part["gold"] for unit in texts[gold])
    ]
    assert missing == []


# -- what the card says --------------------------------------------------------------------------


def test_ninety_questions_mean_several_texts_and_sixty_mean_one() -> None:
    choices = Counter(len(record["choices"]) for record in records("ambiguous"))
    assert choices == {1: 60, 2: 51, 3: 33, 4: 6}


def test_messages_with_several_questions_come_in_three_equal_kinds_beside_the_single_ones() -> None:
    assert Counter(kind(record) for record in records("two_in_one")) == {
        "single": 50,
        "same text": 30,
        "different texts": 30,
        "one without an answer": 30,
    }


def kind(record: Record) -> str:
    golds = [set(part["gold"]) for part in record["parts"]]
    if len(golds) == 1:
        return "single"
    if not all(golds):
        assert sum(not gold for gold in golds) == 1, record["id"]
        return "one without an answer"
    if set.intersection(*golds):
        return "same text"
    assert len(set.union(*golds)) == sum(map(len, golds)), record["id"]
    return "different texts"


def test_conversations_lean_on_an_earlier_turn_start_anew_or_end_without_an_answer() -> None:
    lines = records("followups")
    assert Counter(line["kind"] for line in lines) == {"leans": 50, "new": 25, "unanswered": 25}
    assert Counter(len(line["turns"]) for line in lines) == {2: 81, 3: 19}
    assert all((line["kind"] == "unanswered") is not line["answerable"] for line in lines)


def test_a_conversation_is_read_as_any_labelled_question() -> None:
    read = read_questions(SETS / "followups.jsonl")
    assert [bool(each.gold) for each in read] == [each.answerable for each in read]


def test_one_in_ten_or_so_is_english() -> None:
    lines = [record for name in NAMES for record in records(name)]
    assert sum(line["style"] == "engels" for line in lines) == 38


def test_the_card_gives_the_sizes() -> None:
    card = (SETS / "README.md").read_text("utf-8")
    for name in NAMES:
        assert f"| `{name}.jsonl` | {len(records(name))} |" in card
