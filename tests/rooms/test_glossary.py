"""Every word of the domain stands in the glossary, with a sentence that says what it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "service" / "domain" / "GLOSSARY.md"
HOMES = [*sorted((ROOT / "service" / "domain").glob("*.py")), ROOT / "embeddings" / "document.py"]


def public_classes(sources: Iterable[str]) -> set[str]:
    return {
        node.name
        for source in sources
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def explained(glossary: str) -> dict[str, str]:
    """Word in code to what it is; the table of words that stay Dutch names classes of later."""
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", glossary, re.MULTILINE)
    return {name: meaning.strip() for name, _screen, meaning in rows}


def missing(sources: Iterable[str], glossary: str) -> set[str]:
    return public_classes(sources) - explained(glossary).keys()


def test_every_public_class_is_explained() -> None:
    assert missing(map(Path.read_text, HOMES), GLOSSARY.read_text(encoding="utf-8")) == set()


def test_nothing_is_explained_that_is_gone() -> None:
    known = public_classes(map(Path.read_text, HOMES))
    assert explained(GLOSSARY.read_text(encoding="utf-8")).keys() - known == set()


def test_an_explanation_is_a_sentence() -> None:
    meanings = explained(GLOSSARY.read_text(encoding="utf-8"))
    assert [
        name for name, meaning in meanings.items() if len(meaning.split()) < 5 or meaning[-1] != "."
    ] == []


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("class Terugbelverzoek: ...", {"Terugbelverzoek"}),
        ("class _Private: ...", set()),
        ("class Answer: ...", set()),
    ],
)
def test_a_planted_class_is_missed(planted: str, seen: set[str]) -> None:
    sources = [*map(Path.read_text, HOMES), planted]
    assert missing(sources, GLOSSARY.read_text(encoding="utf-8")) == seen
