"""Every setting of the service and what it does. `docs/settings.md` names them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.composers.llm.tasks import Task
from service.domain.origin import is_origin
from service.domain.person import Role
from service.domain.question import MAXIMUM_LENGTH
from service.notify.asking import check_address
from service.notify.mail import is_address
from service.people.provider import is_private

PREFIX = "ANTWOORDDUO_"
# how often in how long: "60/hour", "10/10 minute"
LIMIT = r"([1-9][0-9]{0,5})/(?:([1-9][0-9]{0,3}) )?(second|minute|hour)"
_LIMIT_OR_NONE = f"^({LIMIT})?$"
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
        description="Address to listen on. Any but this machine only with the names of `ANTWOORDDUO_HOSTS`.",
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
    composer: Literal["quotes", "llm"] = Field(
        default="quotes",
        description="How an answer is made: `quotes` cites, `llm` lets a language model sum that up as well.",
    )
    model_url: str = Field(
        default="", description="Root of the model's API, OpenAI-compatible: https, or http on this machine."
    )
    model_name: str = Field(default="", max_length=200, description="Name of the model, as its API calls it.")
    model_key: SecretStr = Field(default=SecretStr(""), description="Key for the model's API, if any.")
    model_processor: str = Field(
        default="", max_length=200, description="Who runs the model, as visitors read it in the privacy text."
    )
    model_region: str = Field(
        default="", max_length=100, description="Where it runs, as visitors read it: `Nederland`, `EU`."
    )
    model_no_training: bool = Field(
        default=False,
        validate_default=True,
        description="Your word that who runs the model trains nothing with what is asked; `llm` needs it.",
    )
    model_tokens: Annotated[int, Field(ge=50, le=2000)] = Field(
        default=200, description="The most that the model may write, in tokens; over 200 is logged."
    )
    model_daily_tokens: Annotated[int, Field(ge=0)] = Field(
        default=500_000, description="What the model may use in a day for each website, in tokens."
    )
    model_tasks: str = Field(
        default="",
        description="What else the model may do, with commas: see docs/llm.md. Nothing by default.",
    )
    staff_token: SecretStr | None = Field(
        default=None,
        description="Key that shows a program what staff see, 32 characters or more; else new each start.",
    )
    hosts: str = Field(
        default="",
        pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)*(, *|$))*$",
        description="Names under which others reach this service, with commas; cookies then need https.",
    )
    proxies: str = Field(
        default="",
        pattern=r"^([0-9a-f.:/]+(, *|$))*$",
        description="Addresses of proxies before this service, whose word on visitor and https is taken.",
    )
    desktops: str = Field(
        default="",
        description="Origins of desktops that may show the sidebar in a frame, with commas: https://kiss.x.nl.",
    )
    demo: bool = Field(
        default=False,
        description="Offers invented people to sign in as, without a password; for a demo only.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Address of your identity provider (OpenID Connect). Without it: passwords of our own.",
    )
    oidc_client_id: str = Field(
        default="", validate_default=True, description="Name of this service at the identity provider."
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Secret of this service at the identity provider, if it has one."
    )
    oidc_roles_claim: str = Field(
        default="roles", min_length=1, description="Claim that holds the roles; dots lead into it."
    )
    oidc_roles: str = Field(
        default=(
            "Klantcontactmedewerker=agent, Duolid=duo_member, Redacteur=editor, Coordinator=coordinator, "
            "Afdelingshoofd=department_head, Beheerder=admin"
        ),
        description="Names of the roles at the identity provider, each with ours; others give nothing.",
    )
    oidc_acr: str = Field(
        default="", description="Strength of sign-in (`acr`) that is demanded; without it any is taken."
    )
    retention_days: Annotated[int, Field(ge=0, le=365)] = Field(
        default=30,
        description="After how many days a question is deleted; 0 is at once. On a list it stays longer.",
    )
    maximum_question_length: Annotated[int, Field(ge=1, le=MAXIMUM_LENGTH)] = Field(
        default=MAXIMUM_LENGTH,
        description="Longest question in characters; a longer one is refused, never cut.",
    )
    limit_conversation: str = Field(
        default="10/10 minute", pattern=_LIMIT_OR_NONE,
        description="Questions that a visitor may ask in one conversation; empty is without a limit.",
    )  # fmt: skip
    limit_address: str = Field(
        default="60/hour", pattern=_LIMIT_OR_NONE,
        description="Questions from one internet address by who is not signed in, in chat, page and API.",
    )  # fmt: skip
    limit_lookups: str = Field(
        default="180/minute", pattern=_LIMIT_OR_NONE,
        description="Searches and everything else from one internet address by who is not signed in.",
    )  # fmt: skip
    limit_writes: str = Field(
        default="15/minute", pattern=_LIMIT_OR_NONE,
        description="Questions and forms of one person who is signed in.",
    )  # fmt: skip
    limit_reads: str = Field(
        default="180/minute", pattern=_LIMIT_OR_NONE,
        description="Pages and searches of one person who is signed in.",
    )  # fmt: skip
    threads: Annotated[int, Field(ge=1, le=64)] = Field(
        default=4, description="How many questions are worked on at the same time; the rest waits its turn."
    )

    review_after_days: Annotated[int, Field(ge=0, le=3650)] = Field(
        default=365,
        description="After how many days without review a text comes on its duo's list; 0 means never.",
    )
    worker_inside: bool = Field(
        default=False,
        description="Whether serving also does the rounds of the worker; for one machine and for the demo.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/\s]+$",
        description="Where people open the service, no slash at the end; links in mails begin with it.",
    )
    mail_host: str | None = Field(default=None, description="Mail server (SMTP). Without it no mail is sent.")
    mail_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=587, description="Port of the mail server."
    )
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the line to the mail server is closed: starttls, tls or none."
    )
    mail_username: str | None = Field(
        default=None, description="Name to sign in with at the mail server, if it asks."
    )
    mail_password: SecretStr | None = Field(
        default=None,
        validate_default=True,
        description="Password for the mail server; needed with a name, and then the line must be closed.",
    )
    mail_from: str = Field(
        default="signalen@merelveen.example", description="Address from which the service writes."
    )
    mail_questions: bool = Field(
        default=False, description="Whether mails to staff hold the question; without it only title and link."
    )
    webhook_url: str | None = Field(
        default=None, description="Address to which notices are posted: https, or http on this machine."
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        validate_default=True,
        description="Key that signs what is posted, 32 characters or more; needed with an address.",
    )
    open_klant_url: str | None = Field(
        default=None,
        description="Root of Open Klant's API klantinteracties: a new signal becomes an internal task there.",
    )
    open_klant_token: SecretStr | None = Field(
        default=None, validate_default=True, description="Token for Open Klant; needed with its address."
    )
    open_klant_actor: UUID | None = Field(
        default=None,
        validate_default=True,
        description="Actor in Open Klant that gets a task when its duo and department have none.",
    )
    open_klant_actors: dict[str, UUID] = Field(
        default={}, description="Actors by name of duo or department, as JSON: {name: uuid}."
    )
    open_klant_callers: bool = Field(
        default=False,
        description="Whether a task for a callback in Open Klant holds number and name of the caller.",
    )
    callback_days: Annotated[int, Field(ge=0, le=20)] = Field(
        default=2, description="In how many working days somebody is called back; 0 is the same day."
    )
    callback_retention_days: Annotated[int, Field(ge=1, le=90)] = Field(
        default=30, description="After how many days the number of a caller is erased, called back or not."
    )
    good_friday_off: bool = Field(
        default=False, description="Whether nobody works on Good Friday; deadlines skip it then."
    )
    liberation_day_off: Literal["lustrum", "yearly", "never"] = Field(
        default="lustrum", description="When 5 May is free: lustrum (every fifth year), yearly or never."
    )

    @field_validator("mail_from")
    @classmethod
    def _is_address(cls, address: str) -> str:
        if not is_address(address):
            raise ValueError("this is not a mail address")
        return address

    @field_validator("webhook_url", "open_klant_url")
    @classmethod
    def _safe(cls, url: str | None) -> str | None:
        if url:
            check_address(url)
        return url

    @field_validator("model_url")
    @classmethod
    def _safe_model(cls, url: str) -> str:
        if url:
            check_address(url)
        return url

    @field_validator("model_tasks")
    @classmethod
    def _known_tasks(cls, tasks: str) -> str:
        unknown = ", ".join(sorted(set(listed(tasks)) - set(Task)))
        if unknown:
            raise ValueError(f"unknown work for the model: {unknown}; known: {', '.join(Task)}")
        return tasks

    @field_validator("model_no_training")
    @classmethod
    def _answered_for(cls, no_training: bool, info: ValidationInfo) -> bool:
        named = ("model_url", "model_name", "model_processor", "model_region")
        missing = [name for name in named if not str(info.data.get(name, "")).strip()]
        missing += [] if no_training else ["model_no_training"]
        if info.data.get("composer") == "llm" and missing:
            names = ", ".join(map(environment_name, missing))
            raise ValueError(f"a language model needs to be answered for; missing: {names}")
        return no_training

    @field_validator("mail_password")
    @classmethod
    def _sent_in_secret(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        chosen = info.data
        if chosen.get("mail_username") and password is None:
            raise ValueError("a name for the mail server needs a password")
        here = chosen.get("mail_host") in ("localhost", "127.0.0.1", "::1")
        if password is not None and chosen.get("mail_security") == "none" and not here:
            raise ValueError("a password is not sent over an open line: choose starttls or tls")
        return password

    @field_validator("webhook_secret")
    @classmethod
    def _signs(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if info.data.get("webhook_url") and (
            secret is None or len(secret.get_secret_value()) < SHORTEST_SECRET
        ):
            raise ValueError(f"the webhook needs a key of {SHORTEST_SECRET} characters or more")
        return secret

    @field_validator("open_klant_token", "open_klant_actor")
    @classmethod
    def _complete(cls, value: object, info: ValidationInfo) -> object:
        if info.data.get("open_klant_url") and value is None:
            raise ValueError("Open Klant needs an address, a token and an actor")
        return value

    @field_validator("desktops")
    @classmethod
    def _origins(cls, desktops: str) -> str:
        if not all(is_origin(each) for each in listed(desktops)):
            raise ValueError("write each desktop as https://name, without a path and without a slash")
        return desktops

    @field_validator("oidc_issuer")
    @classmethod
    def _private(cls, issuer: str) -> str:
        if issuer and not is_private(issuer):
            raise ValueError("the identity provider must be reached over https")
        return issuer

    @field_validator("oidc_client_id")
    @classmethod
    def _named_at_the_provider(cls, client: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer") and not client:
            raise ValueError("an identity provider needs to know this service by a name")
        return client

    @field_validator("oidc_roles")
    @classmethod
    def _known_roles(cls, roles: str) -> str:
        roles_of(roles)
        return roles

    @field_validator("staff_token")
    @classmethod
    def _long_enough(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"the staff token needs {SHORTEST_SECRET} characters or more")
        return token


def listed(text: str) -> tuple[str, ...]:
    """The parts of a setting that holds several, with commas between."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def roles_of(text: str) -> dict[str, Role]:
    """The roles by the names that a provider gives them: "Redacteur=editor, Beheerder=admin"."""
    pairs = [part.rpartition("=") for part in listed(text)]
    if not all(name.strip() for name, _, _ in pairs):
        raise ValueError("write each role as NAME=role")
    return {name.strip(): Role(role.strip()) for name, _, role in pairs}


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
    empty = default is None or default == "" or (isinstance(default, SecretStr) and not default)
    return "none" if empty else str(default)
