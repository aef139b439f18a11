"""Judgements of pairs: drawn so that nobody knows, counted so that everybody can check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from evals.__main__ import app
from evals.pairs.counting import (
    EVEN,
    QUOTED,
    REWORDED,
    Judged,
    Judgement,
    agreements,
    read_judged,
    tally,
    together,
)
from evals.pairs.sides import A, B, Compared, read_compared, reworded_side, sides

PAIRS = [
    Compared(f"q{number}", f"Vraag {number}?", f"citaat {number}", f"in gewone taal {number}")
    for number in range(40)
]


def results_in(folder: Path, pairs: list[Compared] = PAIRS) -> Path:
    path = folder / "results.jsonl"
    lines = [
        json.dumps({"id": one.id, "question": one.question, "quoted": one.quoted, "reworded": one.reworded})
        for one in pairs
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def judge_file(
    folder: Path, name: str, seed: str, better: dict[str, str], wrong: dict[str, list[str]]
) -> Path:
    """What a judge saved who means these answers; the page only knows their sides."""
    said = {}
    for id, side in better.items():
        mine = reworded_side(seed, id)
        of = {REWORDED: mine, QUOTED: B if mine == A else A, EVEN: EVEN}
        said[id] = {"better": of[side], "wrong": [of[one] for one in wrong.get(id, [])]}
    path = folder / f"{name}.json"
    content = {"kind": "antwoordduo-pairs", "seed": seed, "results": "r", "judge": name, "pairs": said}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_same_seed_gives_the_same_page_and_another_one_another() -> None:
    assert sides(PAIRS, "one") == sides(PAIRS[::-1], "one")
    assert [pair.id for pair in sides(PAIRS, "one")] != [pair.id for pair in sides(PAIRS, "two")]


def test_both_sides_hold_the_model_about_as_often() -> None:
    on_a = [reworded_side("seed", f"q{number}") for number in range(1000)].count(A)
    assert 440 < on_a < 560


def test_each_answer_stands_on_the_side_that_was_drawn() -> None:
    for pair in sides(PAIRS, "seed"):
        mine = pair.a if reworded_side("seed", pair.id) == A else pair.b
        assert mine == f"in gewone taal {pair.id[1:]}"


def test_cells_of_a_table_do_not_tell_which_is_the_quote() -> None:
    [pair] = sides([Compared("q", "?", "18 jaar\t€ 86,20\nja", "Het kost € 86,20.")], "s")
    assert {pair.a, pair.b} == {"18 jaar – € 86,20 ja", "Het kost € 86,20."}


def test_only_pairs_in_which_the_model_stood_are_compared(tmp_path: Path) -> None:
    path = results_in(tmp_path, [*PAIRS, Compared("stood", "Vraag?", "citaat", "")])
    assert [one.id for one in read_compared(path)] == [one.id for one in PAIRS]


def test_a_tally_by_hand() -> None:
    found = tally(
        [Judgement(REWORDED), Judgement(REWORDED, frozenset({QUOTED})), Judgement(QUOTED), Judgement(EVEN)]
    )
    assert (found.wins, found.losses, found.ties, found.judged) == (2, 1, 1, 4)
    assert found.share == pytest.approx(2 / 3)
    assert (found.wrong_reworded, found.wrong_quoted) == (0, 1)
    assert found.interval.low == pytest.approx(0.0943, abs=1e-4)
    assert found.interval.high == pytest.approx(0.9916, abs=1e-4)
    assert found.chance == 1.0


def test_of_ties_alone_there_is_no_share() -> None:
    found = tally([Judgement(EVEN)])
    assert found.share is None
    assert (found.interval.low, found.interval.high) == (0.0, 1.0)


def test_together_is_what_most_say_and_one_who_calls_it_wrong_is_enough() -> None:
    said = [
        Judged(str(number), "r", {"q": Judgement(better, frozenset(wrong))})
        for number, (better, wrong) in enumerate([(REWORDED, ()), (REWORDED, (REWORDED,)), (QUOTED, ())])
    ]
    assert together(said) == [Judgement(REWORDED, frozenset({REWORDED}))]
    assert together(said[1:]) == [Judgement(EVEN, frozenset({REWORDED}))]


def test_agreement_is_over_the_pairs_of_both() -> None:
    one = Judged("one", "r", {"q1": Judgement(REWORDED), "q2": Judgement(QUOTED), "q3": Judgement(EVEN)})
    other = Judged("other", "r", {"q1": Judgement(REWORDED), "q2": Judgement(QUOTED), "q9": Judgement(EVEN)})
    alone = Judged("alone", "r", {"q7": Judgement(EVEN)})
    [found] = agreements([one, other, alone])
    assert (found.judges, found.pairs, found.same, found.kappa) == (("one", "other"), 2, 2, 1.0)


@given(
    st.dictionaries(
        st.sampled_from([one.id for one in PAIRS]), st.sampled_from([REWORDED, QUOTED, EVEN]), min_size=1
    )
)
def test_what_is_counted_is_what_was_meant_whatever_the_sides(
    tmp_path_factory: pytest.TempPathFactory, better: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("judge")
    [judged] = read_judged([judge_file(folder, "j", "some seed", better, {})])
    assert {id: said.better for id, said in judged.pairs.items()} == better


def test_the_command_counts_files(tmp_path: Path) -> None:
    ids = [one.id for one in PAIRS[:10]]
    mine = judge_file(tmp_path, "Anna", "s1", dict.fromkeys(ids, REWORDED), {"q1": [QUOTED]})
    theirs = judge_file(tmp_path, "Bo", "s2", {**dict.fromkeys(ids, REWORDED), "q2": QUOTED}, {})
    result = CliRunner().invoke(app, ["pairs", "count", str(mine), str(theirs)], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert "Anna and Bo: the same on 9 of 10, kappa 0.00" in result.output
    [row] = [line for line in result.output.splitlines() if "together" in line]
    assert [cell.strip() for cell in row.split("│")[1:6]] == ["together", "10", "9", "0", "1"]


@pytest.mark.parametrize("content", ["{", "[]", '{"kind": "other"}', '{"kind": "antwoordduo-pairs"}'])
def test_another_file_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(app, ["pairs", "count", str(path)])
    assert result.exit_code == 2
    assert "other.json" in result.output.replace("\n", "")


def test_results_without_a_pair_or_that_are_none_make_no_page(tmp_path: Path) -> None:
    for pairs in ([], [Compared("q", "?", "citaat", "")], [PAIRS[0], PAIRS[0]]):
        results = results_in(tmp_path, pairs)
        result = CliRunner().invoke(app, ["pairs", "make", str(results), "--out", str(tmp_path / "p.html")])
        assert result.exit_code == 2
    assert not (tmp_path / "p.html").exists()
