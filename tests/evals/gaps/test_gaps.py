"""The command `evals gaps`: what it reads, what it writes, and what its figures say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from embeddings.encoders.bundled import bundled_encoder
from embeddings.training.__main__ import ALIKE
from embeddings.training.alike import read_alike
from evals.__main__ import app
from evals.gaps.command import DEMO, GROUPS, MONTH, OTHER_MONTH
from evals.gaps.fit import as_source, best_among_neighbours, fit, halves, join_one_by_one
from evals.gaps.run import GapQuestion, GapResult, UnusableGapQuestions, read_gap_questions
from evals.gaps.summary import figures
from evals.metrics.pairwise import pairwise
from service.duos.joining import BY_SEARCH, Said
from service.duos.meanings import meanings_of
from tests.service.duos.test_joining import said

# pairwise F1 by their words alone, 2026-11-23: the odd groups, hard on purpose, and an ordinary month
HARD, PLAIN = 0.55, 0.63
NOISE = 0.05
DOCUMENTS = [
    {"id": "p", "title": "Paspoort", "text": "Een paspoort kost € 83.", "owner": "Burgerzaken"},
    {"id": "g", "title": "Grofvuil", "text": "Grofvuil halen wij op.", "owner": "Beheer"},
]


def lines(path: Path, records: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize("file", [GROUPS, MONTH, OTHER_MONTH], ids=lambda file: file.stem)
def test_the_committed_groups_are_usable(file: Path) -> None:
    questions = read_gap_questions(file)
    sizes = Counter(question.group for question in questions)
    assert len(questions) >= 300
    assert sum(size > 1 for size in sizes.values()) >= 60
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.question.casefold() for question in questions}) == len(questions)


def test_no_question_that_is_measured_is_trained_on() -> None:
    trained = {_letters(each.text): each for each in read_alike(ALIKE)}
    measured = [each for file in (GROUPS, MONTH, OTHER_MONTH) for each in read_gap_questions(file)]
    assert len(trained) > 16_000
    assert [each.question for each in measured if _letters(each.question) in trained] == []


def _letters(question: str) -> str:
    return "".join(filter(str.isalnum, question.casefold()))


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
    first, second, third = join_one_by_one(asked, BY_SEARCH)
    assert first == second != third


def test_fitting_takes_the_even_groups_and_says_how_well_each_part_is_joined() -> None:
    texts = [
        "Wat kost een paspoort?",
        "Mag een hond los lopen?",
        "Waar lever ik glas in?",
        "Is de brug open?",
    ]
    asked = [
        GapQuestion(f"{number}", f"{text}{more}", f"g{number}")
        for number, text in enumerate(texts)
        for more in ("", " Alvast bedankt!", " Graag bericht.")
    ]
    even, odd = halves("set", asked, [said(each.question) for each in asked])
    assert (even.name, odd.name) == ("set, even groups", "set, odd groups")
    assert (set(even.groups), set(odd.groups)) == ({"g0", "g2"}, {"g1", "g3"})
    found = fit([even], [odd])
    assert {name: joined.in_order.f1 for name, joined in found.joined.items()} == {
        even.name: 1.0,
        odd.name: 1.0,
    }
    assert "join_from=" in as_source(found.weights)


def test_joining_begins_where_the_steps_around_it_are_good_too() -> None:
    assert best_among_neighbours([0.1, 0.9, 0.1, 0.6, 0.7, 0.6]) == 4


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("file", "left", "joined"), [(GROUPS, (1,), HARD), (OTHER_MONTH, (0, 1), PLAIN)])
def test_what_asks_the_same_is_joined_no_worse_than_it_was(
    model_cache: Path, file: Path, left: tuple[int, ...], joined: float
) -> None:
    """On the groups that nothing was fitted on, in the order of the file."""
    encoder = bundled_encoder(model_cache)
    meanings = meanings_of(encoder.name)
    assert meanings.name != encoder.name  # the layers that come with this version are for this encoder
    asked = [each for each in read_gap_questions(file) if int(each.group[1:]) % 2 in left]
    said = [Said("", meanings.of(encoder.encode_query(each.question))) for each in asked]
    told = join_one_by_one(said, meanings.weights)
    found = pairwise([each.group for each in asked], told)
    print(f"joining: precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}")
    assert found.f1 >= joined - NOISE
