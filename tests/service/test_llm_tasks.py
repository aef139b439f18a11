"""The work of a model for duos and for search: wired by its name in the settings, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.__main__ import app
from service.app import assisting_of, language_model_of, open_library, open_rounds, questions_by
from service.composers.llm.endpoint import warm_up
from service.composers.llm.tasks import Task
from service.settings import Settings
from service.storage.database import open_database
from tests.factories import COLLECTION, document
from tests.service.composers.llm.scripted import Model, running
from tests.service.test_llm_settings import ANSWERED_FOR

SAID = "Hoe laat ik grofvuil ophalen op afspraak?"


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    warm_up()


@pytest.fixture
def model() -> Iterator[Model]:
    with running(lambda call: call.say(SAID)) as one:
        yield one


def settings(folder: Path, **changes: object) -> Settings:
    values = {"database_url": f"sqlite:///{folder}/t.sqlite", "data_dir": folder, "encoder": "hashing"}
    return Settings(**(ANSWERED_FOR | values | changes))  # type: ignore[arg-type]


def environment(folder: Path, model: Model, tasks: str) -> dict[str, str]:
    chosen = settings(folder, model_url=model.url, model_tasks=tasks)
    names = ("database_url", "data_dir", "encoder", "model_tasks", *ANSWERED_FOR)
    return {f"ANTWOORDDUO_{name.upper()}": str(getattr(chosen, name)) for name in names}


def run(folder: Path, model: Model, tasks: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["wordings", *arguments], env=environment(folder, model, tasks))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("tasks", "drafts", "plain", "questions"),
    [
        ("", False, False, False),
        (Task.DRAFT, True, False, False),
        (Task.PLAIN, False, True, False),
        (Task.WORDINGS, False, False, True),
        ("vervolgvraag,beoordelen", False, False, False),
    ],
)
def test_a_model_does_what_the_settings_name(
    tmp_path: Path, tasks: str, drafts: bool, plain: bool, questions: bool
) -> None:
    chosen = settings(tmp_path, model_tasks=str(tasks))
    model = language_model_of(chosen, open_database(chosen.database_url))
    assert model
    assisting = assisting_of(model)
    assert (assisting.drafter is not None, assisting.plain_writer is not None) == (drafts, plain)
    library = open_library(chosen)
    assert (questions_by(model, library, COLLECTION) is not None) is questions
    assert not library.made.are_searched()


def test_the_command_makes_questions_and_takes_them_away(tmp_path: Path, model: Model) -> None:
    library = open_library(settings(tmp_path))
    collection, words = Settings().collection, "Grofvuil halen wij op afspraak bij u op."
    text = document("grofvuil", words, collection=collection, title="Grofvuil laten ophalen")
    library.apply(collection, "vac", [text])
    code, said = run(tmp_path, model, "vraagvormen", "--limit", "5")
    assert (code, said.splitlines()[-1]) == (0, "1 texts, 1 questions kept, 0 not good enough")
    assert [each.text for each in library.made.all(collection).values()] == [SAID]
    assert SAID not in said  # counted, and not a word of them
    assert "0 texts, 0 questions kept" in run(tmp_path, model, "vraagvormen")[1]
    assert run(tmp_path, model, "", "--remove") == (0, "1 questions taken away\n")
    assert library.made.all(collection) == {}


def test_the_worker_makes_questions_by_itself_where_that_is_named(tmp_path: Path, model: Model) -> None:
    collection, words = Settings().collection, "Grofvuil halen wij op afspraak bij u op."
    library = open_library(settings(tmp_path))
    text = document("grofvuil", words, collection=collection, title="Grofvuil laten ophalen")
    library.apply(collection, "vac", [text])
    without = open_rounds(settings(tmp_path, model_url=model.url), lambda: False)
    chosen = settings(tmp_path, model_url=model.url, model_tasks="vraagvormen")
    named = open_rounds(chosen, lambda: False)
    assert len(named) == len(without) + 1
    assert named[-1].turn() == {"questions": 1}
    assert [each.text for each in library.made.all(collection).values()] == [SAID]
    assert len(model.calls) == 1


def test_without_the_task_the_command_asks_nobody(tmp_path: Path, model: Model) -> None:
    code, said = run(tmp_path, model, "")
    assert code == 2
    assert "ANTWOORDDUO_MODEL_TASKS" in said
    assert model.calls == []
