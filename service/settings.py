"""Every setting of the service and what it does. `docs/settings.md` names them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.domain.question import MAXIMUM_LENGTH

PREFIX = "ANTWOORDDUO_"
SHORTEST_SECRET = 32  # guard S30: a shorter key can be guessed


class Settings(BaseSettings):
    """What an installation chooses. Read from the environment: `ANTWOORDDUO_` and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, populate_by_name=True)

    database_url: str = Field(
        default="sqlite:///data/antwoordduo.sqlite",
        description="Database with the texts and the questions, as a SQLAlchemy URL.",
    )
    data_dir: Path = Field(
        default=Path("data"), description="Folder for models and indexes; it can be made again."
    )
    collection: str = Field(
        default="merelveen",
        min_length=1,
        max_length=100,
        description="Short name of the municipality in the database.",
    )
    municipality: str = Field(
        default="gemeente Merelveen", description="Name of the municipality as people read it on the page."
    )
    telephone: str = Field(default="14 0999", description="Telephone number that a resident can call.")
    opening_hours: str = Field(
        default="maandag tot en met vrijdag van 8.30 tot 17.00 uur", description="When the phone is answered."
    )
    contact_url: str = Field(
        default="https://www.merelveen.example/contact",
        description="Page with all ways to reach the municipality.",
    )
    contact_email: str = Field(
        default="info@merelveen.example",
        description="Address for users of the API, shown in its description.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address to listen on; only this machine for now: there is no sign-in yet.",
    )
    port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        validation_alias=AliasChoices(f"{PREFIX}PORT", "PORT"),
        description="Port to listen on. The plain name PORT works too.",
    )
    encoder: str = Field(
        default="bundled",
        description="Model that compares texts: a name of the catalogue, or a sentence-transformers path.",
    )
    composer: str = Field(
        default="quotes", description="How an answer is made; `quotes` cites and writes nothing itself."
    )
    staff_token: SecretStr | None = Field(
        default=None,
        description="Key with which staff sign in, 32 characters or more. Without it: a new one each start.",
    )
    retention_days: Annotated[int, Field(ge=0, le=365)] = Field(
        default=30,
        description="After how many days a question is deleted. 0 means: questions are never stored.",
    )
    maximum_question_length: Annotated[int, Field(ge=1, le=MAXIMUM_LENGTH)] = Field(
        default=MAXIMUM_LENGTH,
        description="Longest question in characters; a longer one is refused, never cut.",
    )
    threads: Annotated[int, Field(ge=1, le=64)] = Field(
        default=4, description="How many questions are worked on at the same time; the rest waits its turn."
    )

    @field_validator("staff_token")
    @classmethod
    def _long_enough(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"the staff token needs {SHORTEST_SECRET} characters or more")
        return token


def environment_name(field: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{field.upper()}"


def settings_table() -> str:
    """All settings as a Markdown table: `docs/settings.md` holds exactly this."""
    rows = [
        f"| `{environment_name(name)}` | `{_shown(field.default)}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows])


def _shown(default: object) -> str:
    return "none" if default is None else str(default)
