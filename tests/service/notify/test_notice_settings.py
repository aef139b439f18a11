"""Settings of mail, webhook and Open Klant: complete and safe, or the start is stopped."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import ValidationError

from service.domain.gap import GapKind, Urgency
from service.duos.charter import DEFAULT_CHARTER
from service.duos.deadlines import LiberationDay
from service.notify.mail import Security
from service.notify.notices import Event
from service.settings import Settings

DOCS = Path(__file__).resolve().parents[3] / "docs" / "notices.md"
SECRET = "een geheim van meer dan tweeëndertig tekens"
KLANT = "https://openklant.example/klantinteracties/api/v1"


def choose(monkeypatch: pytest.MonkeyPatch, **chosen: str) -> Settings:
    for name, value in chosen.items():
        monkeypatch.setenv(f"ANTWOORDDUO_{name}", value)
    return Settings()


def test_without_settings_nothing_goes_out() -> None:
    settings = Settings()
    assert (settings.mail_host, settings.webhook_url, settings.open_klant_url) == (None, None, None)
    assert not settings.mail_questions


def test_what_is_complete_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = uuid4()
    settings = choose(
        monkeypatch,
        MAIL_HOST="mail.example", MAIL_USERNAME="naam", MAIL_PASSWORD="een wachtwoord",
        WEBHOOK_URL="https://haak.example/", WEBHOOK_SECRET=SECRET,
        OPEN_KLANT_URL=KLANT, OPEN_KLANT_TOKEN="geheim", OPEN_KLANT_ACTOR=str(actor),
        OPEN_KLANT_ACTORS=f'{{"Burgerzaken": "{actor}"}}',
    )  # fmt: skip
    assert settings.open_klant_actors == {"Burgerzaken": actor}
    assert "wachtwoord" not in repr(settings)
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    "chosen",
    [
        {"MAIL_USERNAME": "naam"},
        {"MAIL_HOST": "mail.example", "MAIL_SECURITY": "none", "MAIL_USERNAME": "n", "MAIL_PASSWORD": "w"},
        {"MAIL_SECURITY": "ssl"},
        {"MAIL_FROM": "signalen"},
        {"MAIL_FROM": "signalen@merelveen.example\nBcc: x@elders.example"},
        {"WEBHOOK_URL": "http://haak.example/", "WEBHOOK_SECRET": SECRET},
        {"WEBHOOK_URL": "https://haak.example/"},
        {"WEBHOOK_URL": "https://haak.example/", "WEBHOOK_SECRET": "te kort"},
        {"OPEN_KLANT_URL": KLANT},
        {"OPEN_KLANT_URL": KLANT, "OPEN_KLANT_TOKEN": "geheim"},
        {"OPEN_KLANT_URL": KLANT, "OPEN_KLANT_ACTOR": "7a5b3ef6-9c3e-4b4e-8f55-1d4c3f7b1f10"},
        {"OPEN_KLANT_URL": "http://openklant.example/api", "OPEN_KLANT_TOKEN": "geheim"},
        {"LIBERATION_DAY_OFF": "soms"},
        {"PUBLIC_URL": "javascript:alert(1)"},
        {"PUBLIC_URL": "https://antwoorden.example/"},
    ],
)
def test_what_is_half_or_unsafe_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as refused:
        choose(monkeypatch, **chosen)
    for fault in refused.value.errors():
        assert fault["loc"]  # the name is told, and none of the values
        assert "te kort" not in fault["msg"]
        assert SECRET not in fault["msg"]


def test_a_password_may_go_over_an_open_line_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"MAIL_HOST": "127.0.0.1", "MAIL_SECURITY": "none", "MAIL_USERNAME": "n", "MAIL_PASSWORD": "w"}
    assert choose(monkeypatch, **chosen).mail_security == "none"


def test_the_words_of_the_settings_are_those_of_the_code() -> None:
    def choices(name: str) -> set[str]:
        return set(Settings.model_json_schema()["properties"][name]["enum"])

    assert choices("mail_security") == {each.value for each in Security}
    assert choices("liberation_day_off") == {each.value for each in LiberationDay}


def test_the_docs_name_every_event_that_a_webhook_can_get() -> None:
    page = DOCS.read_text(encoding="utf-8")
    by_mail_only = {
        Event.ANSWER, Event.DECLINED, Event.REPORT, Event.CALLBACK_LATE, Event.CALLBACK_EXPIRED,
    }  # fmt: skip
    for event in set(Event) - by_mail_only:
        assert f"`{event}`" in page


def test_the_charter_in_the_docs_is_the_default_one() -> None:
    rows = re.findall(
        r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {kind: tuple(map(int, days)) for kind, *days in rows} == {
        kind.value: tuple(DEFAULT_CHARTER.days[kind][urgency] for urgency in Urgency) for kind in GapKind
    }
