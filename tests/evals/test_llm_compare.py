"""Quoted and reworded on the same questions, and what is measured of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.llm import command
from evals.llm.compare import Overheard, Pair, figures, foreign_figures, reasons, rewording_at
from evals.llm.servers import Call, running
from service.composers.llm.plainness import plainness
from service.domain.answer import Dropped, Source

PAIR = Pair(
    id="q1",
    question="Wat kost een paspoort?",
    quoted="Een paspoort voor iemand van achttien jaar of ouder kost € 86,20.",
    reworded="Een paspoort kost € 86,20.",
    kept="",
    must_contain=("€ 86,20",),
    dropped=(Dropped("Het is gratis.", "words", "gratis"),),
    foreign=(),
    ms=120.0,
    tokens=300,
    said=3,
    stopped=(Dropped("Het is gratis.", "words", "gratis"),),
)


def source(text: str) -> Source:
    return Source(1, "sdg:1", "Paspoort", "Kosten", text, "", None, "Burgerzaken")


def test_plainness_counts_words_sentences_and_long_words() -> None:
    found = plainness(["U krijgt een uitkering. Dat is fijn."])
    assert (found.words, found.sentences) == (7, 2)
    assert found.long_words == pytest.approx(1 / 7)
    assert found.lix == pytest.approx(3.5 + 100 / 7)
    assert plainness([]).lix == 0.0


def test_a_figure_that_is_in_no_source_is_seen_apart_from_the_checks() -> None:
    held = source("Het kost € 86,20 en is open om 9:00 uur. Leges € 285,00.")
    assert foreign_figures("Het kost € 86,20, om 9.00 uur, of € 285.", [held]) == ()
    assert foreign_figures("Het kost € 68,20 na 3 dagen.", [held]) == ("68,20", "3")


def test_the_figures_compare_only_where_the_words_of_the_model_stood() -> None:
    stood = Pair(**{**PAIR.__dict__, "id": "q2", "reworded": "", "kept": "no answer", "ms": 400.0})
    found = figures([PAIR, stood])
    assert found["questions with a quote"] == 2
    assert found["reworded"] == 0.5
    assert found["facts in the quote"] == found["facts in the rewording"] == 1.0
    assert found["words, reworded"] < found["words, quoted"]
    assert found["ms, most"] == 400.0
    assert reasons([PAIR, stood]) == {"stopped: words": 2, "quote stood: no answer": 1}


def test_of_nothing_the_figures_are_nought() -> None:
    assert set(figures([]).values()) == {0.0}


def test_without_an_address_the_command_says_what_it_needs(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "q1", "question": "Wat kost het?"}\n', encoding="utf-8")
    arguments = ["answers", "--composer", "llm", "--documents", str(questions), "--questions", str(questions)]
    result = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 2
    assert "--endpoint" in result.output


def test_the_command_asks_the_model_and_writes_the_pairs_down(tmp_path: Path) -> None:
    documents, questions, out = (tmp_path / name for name in ("texts.jsonl", "questions.jsonl", "out.jsonl"))
    text = "<p>Een paspoort kost € 86,20. U betaalt met uw pinpas. Contant betalen kan niet.</p>"
    document = {
        "id": "pas",
        "title": "Paspoort",
        "html": text,
        "language": "nl",
        "url": "https://m.example/p",
    }
    documents.write_text(json.dumps(document) + "\n", encoding="utf-8")
    question = {
        "id": "q1",
        "question": "Wat kost een paspoort?",
        "gold": ["pas"],
        "must_contain": ["€ 86,20"],
    }
    questions.write_text(json.dumps(question) + "\n", encoding="utf-8")
    with running(lambda call: call.say(("U betaalt € 86,20 voor een paspoort.", None))) as model:
        result = CliRunner().invoke(
            app,
            ["answers", "--composer", "llm", "--endpoint", model.url, "--model", "scripted",
             "--encoder", "hashing", "--documents", str(documents), "--questions", str(questions),
             "--out", str(out)],
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    pair = json.loads(out.read_text(encoding="utf-8"))
    assert pair["reworded"] == "U betaalt € 86,20 voor een paspoort."
    assert pair["quoted"].startswith("Een paspoort kost")
    assert pair["foreign"] == []
    assert (pair["said"], pair["stopped"]) == (1, [])
    assert pair["passages"] == [{"title": "Paspoort", "heading": "", "text": pair["passages"][0]["text"]}]


def test_what_an_answer_held_that_broke_off_is_looked_at_as_well(tmp_path: Path) -> None:
    """A small model often does not come to an end: what the checks do is seen all the same."""

    def breaks_off(call: Call) -> None:
        call.begin()
        first = json.dumps({"tekst": "Een paspoort kost € 10.", "bronnen": call.tokens})
        call.event({"choices": [{"delta": {"content": f'{{"zinnen": [{first}, {{"tekst": "En'}}]})
        call.event({"choices": [{"delta": {}, "finish_reason": "length"}]})

    with running(breaks_off) as model:
        rewording = rewording_at(model.url, "scripted")
        held = source("Een paspoort kost € 86,20. U betaalt met uw pinpas.")
        asyncio.run(rewording.reword("Wat kost een paspoort?", (held.text,), [held], "nl", "evals"))
    assert isinstance(rewording.calls.endpoint, Overheard)
    [said] = rewording.calls.endpoint.said
    assert said.text == "Een paspoort kost € 10."
    assert set(said.tokens) == set(rewording.calls.endpoint.tokens)


def test_a_set_with_a_lie_that_is_let_through_ends_the_command_with_one(tmp_path: Path) -> None:
    case = {
        "id": "l1", "question": "Wat kost een paspoort?", "language": "nl", "made": "hand",
        "passages": [{"document": "d6ecc680-5a46-59f9-a24f-3c81945b0231", "position": 4}],
        "sentences": ["Contant betalen kan niet."],
        "lie": {"sentence": 1, "kind": "permission", "what": "niet"},
    }  # fmt: skip
    path = tmp_path / "lies.jsonl"
    path.write_text(json.dumps(case), encoding="utf-8")
    result = CliRunner().invoke(command.app, ["lies", "--path", str(path)])
    assert result.exit_code == 1
    assert "l1 permission: Contant betalen kan niet." in result.output
    path.write_text(json.dumps({**case, "sentences": ["Contant betalen kan niet altijd."]}), encoding="utf-8")
    assert CliRunner().invoke(command.app, ["lies", "--path", str(path)]).exit_code == 0
    path.write_text("{", encoding="utf-8")
    assert CliRunner().invoke(command.app, ["lies", "--path", str(path)]).exit_code == 2


def test_a_model_that_is_not_known_is_refused() -> None:
    result = CliRunner().invoke(command.app, ["serve", "nobody"])
    assert result.exit_code == 2
