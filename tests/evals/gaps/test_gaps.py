"""The command `evals gaps`: what it reads, what it writes, and what its figures say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from embeddings.encoders.base import pack_states
from embeddings.encoders.bundled import bundled_encoder
from evals.__main__ import app
from evals.gaps.command import DEMO
from evals.gaps.fit import join_one_by_one
from evals.gaps.run import GapQuestion, GapResult, UnusableGapQuestions, read_gap_questions
from evals.gaps.summary import figures
from evals.metrics.pairwise import pairwise
from service.duos.joining import WEIGHTS, Said
from service.storage.askings import Meaning
from tests.service.duos.test_joining import said

GROUPS = Path("evals/datasets/gaps/questions.jsonl")
JOINED = 0.55  # pairwise F1 on the odd groups by their words alone, 2026-11-23
NOISE = 0.05
DOCUMENTS = [
    {"id": "p", "title": "Paspoort", "text": "Een paspoort kost € 83.", "owner": "Burgerzaken"},
    {"id": "g", "title": "Grofvuil", "text": "Grofvuil halen wij op.", "owner": "Beheer"},
]


def lines(path: Path, records: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_the_committed_groups_are_usable() -> None:
    questions = read_gap_questions(GROUPS)
    sizes = Counter(question.group for question in questions)
    assert len(questions) >= 300
    assert sum(size > 1 for size in sizes.values()) >= 60
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.question.casefold() for question in questions}) == len(questions)


def test_it_writes_a_line_for_each_question_in_their_order(tmp_path: Path) -> None:
    documents = lines(tmp_path / "d.jsonl", DOCUMENTS)  # type: ignore[arg-type]
    questions = lines(
        tmp_path / "q.jsonl",
        [
            {"id": "1", "question": "Wat kost een paspoort voor mijn kind?", "group": "a"},
            {"id": "2", "question": "Wat kost een paspoort voor mijn kind ?", "group": "a"},
            {"id": "3", "question": "Hoe vaak halen jullie grofvuil op?", "group": "b"},
        ],
    )
    out = tmp_path / "r.jsonl"
    arguments = [
        "gaps",
        "--documents",
        documents,
        "--questions",
        questions,
        "--out",
        out,
        "--encoder",
        "hashing",
    ]
    ran = CliRunner().invoke(app, [str(each) for each in arguments])
    assert ran.exit_code == 0, ran.output
    first, second, third = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert [set(each) for each in (first, second, third)] == [{"id", "signal", "duo", "candidates"}] * 3
    assert first["signal"] == second["signal"] != third["signal"]
    # no organisation was loaded: the department stands for the duo
    assert (first["duo"], first["candidates"][0]) == ("Burgerzaken", "Burgerzaken")


def test_input_that_cannot_be_used_is_said_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "q.jsonl"
    bad.write_text('{"id": "1", "question": "x"}\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(UnusableGapQuestions, match=":2:"):
        read_gap_questions(bad)
    ran = CliRunner().invoke(app, ["gaps", "--documents", str(DEMO), "--questions", str(bad)])
    assert ran.exit_code == 2
    bad.write_text("", encoding="utf-8")
    with pytest.raises(UnusableGapQuestions, match="no questions"):
        read_gap_questions(bad)


def test_the_figures() -> None:
    questions = [
        GapQuestion("1", "a", "g"),
        GapQuestion("2", "b", "g"),
        GapQuestion("3", "c", "h", ("doc",)),
        GapQuestion("4", "d", "", ("doc",)),
    ]
    results = [
        GapResult("1", 1, "x", ["x"]),
        GapResult("2", 1, "x", ["x"]),
        GapResult("3", 1, "x", ["x", "y"]),
        GapResult("4", 2, "y", ["y"]),
    ]
    found = figures(questions, results, {"3": frozenset({"y"}), "4": frozenset({"y"})})
    assert (found.grouped, found.routed, found.first, found.among_three) == (3, 2, 0.5, 1.0)
    assert found.joining.precision == pytest.approx(1 / 3)
    assert found.joining.recall == 1.0


def test_one_by_one_is_what_the_list_does() -> None:
    asked = [said("Wat kost een paspoort?"), said("wat kost een paspoort"), said("Mag een hond los lopen?")]
    first, second, third = join_one_by_one(asked, WEIGHTS)
    assert first == second != third


@pytest.mark.model
@pytest.mark.slow
def test_what_asks_the_same_is_joined_no_worse_than_it_was(model_cache: Path) -> None:
    """On the groups that nothing was fitted on, in the order of the file."""
    encoder = bundled_encoder(model_cache)

    def meaning(question: str) -> Said:
        read = encoder.encode_query(question)
        packed = Meaning(encoder.name, read.vector.astype("<f4").tobytes(), pack_states(read.states))
        return Said("", packed)

    odd = [each for each in read_gap_questions(GROUPS) if int(each.group.lstrip("g")) % 2]
    told = join_one_by_one([meaning(each.question) for each in odd], WEIGHTS)
    found = pairwise([each.group for each in odd], told)
    print(f"joining: precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}")
    assert found.f1 >= JOINED - NOISE
