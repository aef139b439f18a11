"""A language model is only used when somebody answers for it (guard P8)."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.app import language_model_of
from service.settings import Settings
from service.storage.database import open_database

ANSWERED_FOR: dict[str, object] = {
    "composer": "llm", "model_url": "https://model.merelveen.example/v1", "model_name": "proefmodel",
    "model_processor": "Rekencentrum Merelveen", "model_region": "Nederland", "model_no_training": True,
}  # fmt: skip


def settings(**changes: object) -> Settings:
    return Settings(**(ANSWERED_FOR | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name in ANSWERED_FOR if name != "composer"])
def test_what_is_missing_is_named_and_nothing_starts(name: str) -> None:
    with pytest.raises(ValidationError, match=f"missing: ANTWOORDDUO_{name.upper()}"):
        settings(**{name: False if name == "model_no_training" else ""})


def test_a_model_elsewhere_is_reached_over_https_alone() -> None:
    with pytest.raises(ValidationError, match="only https"):
        settings(model_url="http://model.merelveen.example/v1")
    assert settings(model_url="http://127.0.0.1:11434/v1").model_url


def test_without_being_asked_for_there_is_no_model(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    assert language_model_of(Settings(), engine) is None
    assert language_model_of(settings(composer="quotes"), engine) is None


def test_with_all_that_is_needed_there_is_one(tmp_path: Path) -> None:
    assert language_model_of(settings(), open_database(f"sqlite:///{tmp_path}/t.sqlite")) is not None
