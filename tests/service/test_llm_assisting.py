"""What the model helps with is what the settings name: nothing by default."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.library import open_library as open_whole_library
from embeddings.ranking import NAME as RANKING
from service.answering.assistance import NO_ASSISTANCE
from service.answering.judge import Calibration, Fit, judge_for
from service.answering.pipeline import Answering
from service.app import assisted, create_app, open_people
from service.composers.llm.endpoint import warm_up
from service.composers.llm.tasks import Task
from service.composers.quotes import QuotesComposer
from service.language_model import QUICK_SECONDS, LanguageModel, open_language_model
from service.loop import utc_now
from service.settings import Settings
from service.storage.database import open_database
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library
from tests.service.composers.llm.scripted import running

ANSWERED_FOR: dict[str, object] = {
    "composer": "llm", "model_url": "https://model.merelveen.example/v1", "model_name": "proefmodel",
    "model_processor": "Rekencentrum Merelveen", "model_region": "Nederland", "model_no_training": True,
}  # fmt: skip


def model(folder: Path, tasks: str) -> LanguageModel:
    settings = Settings(**(ANSWERED_FOR | {"model_tasks": tasks}))  # type: ignore[arg-type]
    return open_language_model(settings, open_database(f"sqlite:///{folder}/t.sqlite"), utc_now)


@pytest.fixture
def answering(tmp_path: Path) -> Answering:
    fit = Fit((), (), (), (), 0.0, {"website": 0.9, "sidebar": 0.9}, 0.0)
    library = open_library(tmp_path, CountingEncoder())
    calibration = Calibration("hashing-64", "", RANKING, "", {"plain": fit, "reader": fit})
    return Answering(library, COLLECTION, judge_for(calibration, library), QuotesComposer())


def test_by_default_a_model_helps_with_nothing(answering: Answering, tmp_path: Path) -> None:
    helped = assisted(answering, model(tmp_path, ""))
    assert helped.assistance == NO_ASSISTANCE
    assert helped.judge.second_reader == ""
    assert helped.condition() == answering.condition()


@pytest.mark.parametrize("task", [Task.FOLLOW_UP, Task.ASK_BACK, Task.JUDGE])
def test_each_task_is_chosen_by_its_name(answering: Answering, tmp_path: Path, task: Task) -> None:
    helped = assisted(answering, model(tmp_path, task.value))
    by_task = {
        Task.FOLLOW_UP: helped.assistance.whole_question,
        Task.ASK_BACK: helped.assistance.asking_back,
        Task.JUDGE: helped.assistance.second_reader,
    }
    assert {each for each, helper in by_task.items() if helper} == {task}
    assert helped.judge.second_reader == ("proefmodel, beoordelen 1" if task is Task.JUDGE else "")
    assert "calibration_without_this_model" in helped.condition().reasons or task is not Task.JUDGE


def test_who_waits_is_helped_in_time_and_a_slow_model_goes_on_rewording(tmp_path: Path) -> None:
    opened = model(tmp_path, "")
    assert opened.quick.endpoint.limits.total_seconds == QUICK_SECONDS
    assert opened.quick.breaker is not opened.answers.breaker
    assert opened.quick.budget is opened.answers.budget


TEXTS = [
    document("paspoort", "Een paspoort kost € 83,87."),
    document("trouwen", "Trouwen kost op maandag niets."),
]
WHOLE = "Wat kost trouwen op maandag?"


@pytest.mark.parametrize("tasks", ["", "wedervraag", "vervolgvraag"])
def test_the_running_service_asks_the_model_only_what_it_may_do(tmp_path: Path, tasks: str) -> None:
    """By the API, over HTTP to the model: a follow-up is made whole where that is chosen, and else nobody is
    called."""
    warm_up()
    url = f"sqlite:///{tmp_path}/e.sqlite"
    open_whole_library(url, encoder="hashing", indexes=tmp_path / "other").apply(COLLECTION, SOURCE, TEXTS)
    with running(lambda call: call.say(WHOLE)) as served:
        values = ANSWERED_FOR | {"model_url": served.url, "model_tasks": tasks, "encoder": "hashing"}
        settings = Settings(database_url=url, data_dir=tmp_path, **values)  # type: ignore[arg-type]
        site = create_app(settings, open_people(settings, "a-staff-token-for-tests-of-forty-signs!!"))
        with TestClient(site, base_url="http://localhost") as client:
            while client.get("/healthz/ready").status_code != 200:
                time.sleep(0.05)
            first = client.post("/v1/vragen", json={"vraag": "Wat kost trouwen?"})
            token = {"Gesprek-Token": first.headers["Gesprek-Token"]}
            again = {"vraag": "en wat kost dat op maandag?", "gesprek": first.json()["gesprek"]}
            client.post("/v1/zoekopdrachten", json={"tekst": again["vraag"]}, headers=token)
            answer = client.post("/v1/vragen", json=again, headers=token)
    assert answer.status_code == 201
    assert [call.question for call in served.calls] == ([again["vraag"]] if tasks == "vervolgvraag" else [])
    assert WHOLE not in answer.text
