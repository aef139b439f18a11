"""Settings: named in the docs, checked before they are used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from service.settings import Settings, environment_name, settings_table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_named_in_the_docs(name: str) -> None:
    assert f"`{environment_name(name)}`" in DOCS.read_text(encoding="utf-8")


def test_the_table_in_the_docs_is_the_one_in_the_code() -> None:
    assert settings_table() in DOCS.read_text(encoding="utf-8")


def test_a_short_staff_token_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTWOORDDUO_STAFF_TOKEN", "geheim" * 5)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "32" in str(refused.value)
    assert "geheim" not in str(refused.value.errors()[0]["msg"])


def test_a_staff_token_is_not_shown_with_the_settings() -> None:
    assert "geheim" not in repr(Settings(staff_token=SecretStr("geheim" * 6)))


@pytest.mark.parametrize("variable", ["PORT", "ANTWOORDDUO_PORT"])
def test_the_port_has_two_names(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "8123")
    assert Settings().port == 8123


@pytest.mark.parametrize(
    ("name", "value"),
    [("RETENTION_DAYS", "-1"), ("RETENTION_DAYS", "366"), ("MAXIMUM_QUESTION_LENGTH", "501"), ("PORT", "0")],
)
def test_a_value_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ANTWOORDDUO_{name}", value)
    with pytest.raises(ValidationError):
        Settings()
