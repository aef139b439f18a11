"""The rule files themselves, and the short cuts that make them fast: they may never change a verdict."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path

import pytest

from service.answering.screening.files import mapping
from service.answering.screening.letters_needed import letters_needed
from service.answering.screening.reading import read
from service.answering.screening.rulebook import Rulebook
from service.domain.answer import Status

SETS = Path(__file__).resolve().parents[3] / "evals" / "datasets" / "screening"
BOOKS = ("crisis", "injection", "personal_case", "abuse", "other_authority", "out_of_scope")


def texts() -> list[str]:
    written = "".join((SETS / name).read_text(encoding="utf-8") for name in ("crisis.jsonl", "cases.jsonl"))
    return [read(json.loads(line)["text"]) for line in written.splitlines()]


@pytest.mark.parametrize("book", BOOKS)
def test_every_group_says_when_and_why_it_was_made(book: str) -> None:
    content = mapping(book)
    assert Status(content["status"])
    assert isinstance(content["firm"], bool)
    for group in content["groups"]:
        assert isinstance(group["date"], datetime.date)
        assert len(group["reason"]) > 10


@pytest.mark.parametrize("book", BOOKS)
def test_the_name_of_a_rule_is_its_own(book: str) -> None:
    names = Counter(rule.name for rule in Rulebook(book).rules)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("book", BOOKS)
def test_every_pattern_is_text_and_not_what_yaml_makes_of_it(book: str) -> None:
    for group in mapping(book)["groups"]:
        for rule in group["rules"]:
            lists = [rule.get(key, []) for key in ("all", "none", "near", "two_of", "only")]
            assert all(isinstance(pattern, str) for patterns in lists for pattern in patterns), rule["name"]


@pytest.mark.parametrize("group", mapping("other_authority")["groups"], ids=lambda group: str(group["name"]))
def test_an_authority_has_a_name_and_a_key_of_its_own(group: dict[str, str]) -> None:
    assert group["hint"] == f"authority.{group['name']}"
    assert group["organisation"]
    assert "website" in group


@pytest.mark.parametrize("book", BOOKS)
def test_the_index_finds_the_rule_that_reading_all_of_them_finds(book: str) -> None:
    rules = Rulebook(book)
    for text in texts():
        plainly = next((rule for rule in rules.rules if rule.holds(text)), None)
        assert rules.first(text) is plainly, text


@pytest.mark.parametrize("book", BOOKS)
def test_a_pattern_never_matches_without_the_letters_it_needs(book: str) -> None:
    patterns = {p for rule in Rulebook(book).rules for p in (*rule.every, *rule.two_of, *rule.none)}
    some = texts()[::7]
    for pattern in patterns:
        missed = [text for text in some if pattern.regex.search(text) and not pattern.possible(text)]
        assert missed == []


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("brand", {"brand"}),
        ("einde?", {"eind"}),
        ("(?:huis|flat) in brand", {" in brand"}),
        (r"zelfmoord\w*|suicid\w*", {"zelfmoord", "suicid"}),
        (r"(?:ik )?wil (?:\w+ ){0,3}dood", {"wil ", "dood"}),
        (r"\w+", set()),
        ("dood|", set()),
        ("(?!niet )[a-z]leven", {"leven"}),
    ],
)
def test_the_letters_are_read_off_the_pattern(pattern: str, needed: set[str]) -> None:
    found = letters_needed(pattern)
    assert found == needed or (len(found) == 1 and found <= needed)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Waar blijft m’n PASPORT??", "waar blijft mijn paspoort ?"),
        ("Ik ben suïcidaal... help!", "ik ben suicidaal . help ."),
        ("€ 1.250,50 betaald", "125050 betaald"),
        ("heeeeel erg", "heel erg"),
        ("mijn anvraag", "mijn aanvraag"),
        ("mijn aanvragen", "mijn aanvragen"),
        ("mail gelezen, niet geslapen", "mail gelezen niet geslapen"),
    ],
)
def test_a_question_is_read_in_one_spelling(written: str, read_as: str) -> None:
    assert read(written) == read_as
