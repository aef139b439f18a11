"""The entry for the register of algorithms: the fields of its standard, filled with what is so (guard P8)."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.__main__ import app
from service.settings import Settings
from service.web import wording_register as wording
from service.web.register import NOT_NOW, REQUIRED, Entry, entry_of
from tests.service.web.conftest import settings_in
from tests.service.web.test_rewording_pages import ON

# the names and the most characters of publicatiestandaard 1.0.0; of lists the most parts
STANDARD = {
    "name": 100, "description_short": 350, "organization": 100, "category": 3, "status": 20, "begin_date": 7,
    "end_date": 7, "contact_email": 500, "website": 500, "publication_category": 30, "url": 500, "goal": 2500,
    "proportionality": 2500, "human_intervention": 2500, "risks": 2500, "lawful_basis": 2500,
    "lawful_basis_grouping": 10, "process_index_url": 500, "impacttoetsen_grouping": 10,
    "impacttoetsen": 2500, "source_data": 2500, "source_data_grouping": 10, "methods_and_models": 5000,
    "provider": 200, "publiccode": 500, "lang": 3, "standard_version": 5, "source_id": 100, "tags": 2500,
}  # fmt: skip


def entry(folder: Path, **changes: object) -> Entry:
    return entry_of(settings_in(folder, **changes), "gemeente Merelveen")


def text_of(one: Entry, name: str) -> str:
    return next(field.text for field in one.fields if field.name == name)


@pytest.mark.parametrize("changes", [{}, ON | {"model_tasks": "voorstel, eenvoudig"}], ids=["quotes", "llm"])
def test_it_has_the_fields_of_the_standard_in_their_order_and_none_too_long(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    content = json.loads(entry(tmp_path, **changes).as_json())
    assert list(content) == list(STANDARD)
    for name, value in content.items():
        assert len(value) <= STANDARD[name], name
        assert "{" not in str(value), name


def test_every_field_is_filled_or_named_for_a_person(tmp_path: Path) -> None:
    one = entry(tmp_path)
    filled, named = {field.name for field in one.filled}, {field.name for field in one.open}
    assert filled | named | NOT_NOW == set(STANDARD)
    assert not filled & named
    assert named >= {"status", "publication_category", "lawful_basis", "proportionality", "impacttoetsen"}
    assert all(field.how for field in one.open)
    assert {field.name for field in one.fields if field.required} == REQUIRED


def test_without_a_language_model_it_says_so(tmp_path: Path) -> None:
    one = entry(tmp_path)
    assert wording.MODEL_OFF in text_of(one, "methods_and_models")
    assert "taalmodel kan" not in text_of(one, "description_short") + text_of(one, "risks")


def test_with_one_it_names_it_who_runs_it_where_and_that_nothing_is_trained(tmp_path: Path) -> None:
    methods = text_of(entry(tmp_path, **ON), "methods_and_models")
    for said in ("proefmodel", "Rekencentrum Merelveen", "Nederland", "Er wordt niets mee getraind"):
        assert said in methods
    assert "Verder doet het" not in methods
    with_tasks = entry(tmp_path, **ON, model_tasks="vervolgvraag")
    assert "een vervolgvraag aanvullen" in text_of(with_tasks, "methods_and_models")


def test_it_names_the_encoder_the_judge_and_when_that_was_measured(tmp_path: Path) -> None:
    fitted = json.loads(Path("service/answering/calibration.json").read_text(encoding="utf-8"))
    one = entry(tmp_path)
    methods = text_of(one, "methods_and_models")
    assert fitted["encoder"] in methods
    assert fitted["reader"] in methods
    assert str(fitted["cases"]["labelled"]) in methods
    assert f"{fitted['fits']['reader']['out of fold']['Brier']:.2f}".replace(".", ",") in methods
    assert "hooguit 10 procent" in text_of(one, "risks")
    other = text_of(entry(tmp_path, encoder="hashing"), "methods_and_models")
    assert "Een model (hashing)" in other
    assert "AUROC" not in other


def test_how_long_a_question_is_kept_is_that_of_the_settings(tmp_path: Path) -> None:
    assert "7 dagen" in text_of(entry(tmp_path, retention_days=7), "source_data")
    assert wording.NOT_KEPT in text_of(entry(tmp_path, retention_days=0), "source_data")


def test_as_a_table_it_has_one_row_under_the_names(tmp_path: Path) -> None:
    one = entry(tmp_path)
    names, values = csv.reader(io.StringIO(one.as_csv()))
    assert names == list(STANDARD)
    assert values == [field.text for field in one.fields]


def test_each_task_has_a_name() -> None:
    from service.composers.llm.tasks import Task

    assert set(wording.TASK_NAMES) == {task.value for task in Task}


def test_sentences_are_short_and_with_u(tmp_path: Path) -> None:
    texts = [field.text for field in entry(tmp_path, **ON).filled if field.name != "tags"]
    texts += [how for _, how in wording.FIELDS.values() if how]
    lengths = [len(one.split()) for text in texts for one in re.split(r"(?<=[.?!:])\s+", text)]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", " ".join(texts), re.IGNORECASE)


def test_the_command_prints_it_and_names_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(tmp_path)
    monkeypatch.setattr("service.__main__._settings", lambda: settings)
    found = CliRunner().invoke(app, ["algorithm-register"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["organization"] == "Gemeente Merelveen"
    assert "to fill in: publication_category" in found.stderr
    table = CliRunner().invoke(app, ["algorithm-register", "--csv"])
    assert next(csv.reader(io.StringIO(table.stdout))) == list(STANDARD)


def test_nothing_secret_is_in_it() -> None:
    settings = Settings(**ON, model_key="een-geheime-sleutel", staff_token="s" * 40)  # type: ignore[arg-type]
    told = entry_of(settings, "gemeente Merelveen").as_json()
    assert "geheime" not in told
    assert "s" * 40 not in told
    assert settings.model_url not in told
