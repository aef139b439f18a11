"""The duo loop put together: signals, drafts and notices of one municipality."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Engine

from service.domain.gap import Gap
from service.domain.municipality import Municipality
from service.domain.person import Role
from service.duos.charter import DEFAULT_CHARTER, Charter, charter_of
from service.duos.deadlines import LiberationDay, WorkCalendar
from service.duos.heralds import Answer, OutboxHeralds
from service.duos.municipality import MunicipalityNow
from service.duos.ownership import Ownership, read_ownership
from service.duos.signals import Signals
from service.duos.steering import Steering
from service.duos.transitions import Rules
from service.notify.letters import House
from service.notify.mail import MailSender, MailServer, Security
from service.notify.notices import Channels, Notices, Receiver
from service.notify.open_klant import OpenKlant, OpenKlantSender
from service.notify.sending import Sender
from service.notify.webhook import Hook, WebhookSender
from service.people.people import People
from service.settings import Settings
from service.storage.choices import Choices
from service.storage.daily_counts import DailyCounts
from service.storage.drafts import KeptDrafts
from service.storage.figures import FigureRows
from service.storage.gaps import Gaps
from service.storage.library_texts import changed_texts, product_names
from service.storage.outbox import Kind, Outbox
from service.storage.questions import Questions
from service.web.house import municipality_in

if TYPE_CHECKING:
    from embeddings.library import Library
    from service.answering.pipeline import Answering
    from service.duos.drafts import Drafts

OWNERS_SECONDS = 5.0
NAMES_SECONDS = 60.0

_Value = TypeVar("_Value")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Fresh(Generic[_Value]):
    """A value that is read again when it is older than `seconds`."""

    def __init__(
        self, read: Callable[[], _Value], seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._seconds = seconds
        self._clock = clock
        self._kept: tuple[float, _Value] | None = None

    def __call__(self) -> _Value:
        now = self._clock()
        if self._kept is None or now - self._kept[0] >= self._seconds:
            self._kept = now, self._read()
        return self._kept[1]


@dataclass(frozen=True)
class Post:
    """What is told and to whom: the outbox and who fills it."""

    outbox: Outbox
    notices: Notices
    heralds: OutboxHeralds


@dataclass(frozen=True)
class Loop:
    """The duo loop of one municipality, over a library with its answering."""

    library: Library
    answering: Answering
    signals: Signals
    drafts: Drafts
    choices: Choices
    post: Post
    rules: Rules
    steering: Steering


def open_loop(
    settings: Settings, engine: Engine, people: People, library: Library, answering: Answering
) -> Loop:
    """The loop on migrated tables."""
    # brought late: it brings the runtime of the models
    from service.duos.drafts import Drafts
    from service.duos.telling import AnswerOf

    choices = Choices(engine, settings.collection)
    rules = rules_of(settings, engine, choices)
    kept = KeptDrafts(engine, settings.collection)
    house = municipality_now(settings, choices)

    def answer_of(gap: Gap) -> Answer:
        return AnswerOf(library, kept, house().contact_url)(gap)

    post = open_post(settings, engine, people, house, answer_of)
    signals = Signals(
        Gaps(engine, settings.collection),
        rules,
        people.audit,
        post.heralds,
        Questions(engine, settings.collection),
        answering.look,
        library.encoder.name if library.encoder else "",
        utc_now,
    )
    drafts = Drafts(signals, library, answering, choices)
    steering = steering_of(engine, settings.collection, rules)
    return Loop(library, answering, signals, drafts, choices, post, rules, steering)


def steering_of(engine: Engine, collection: str, rules: Rules) -> Steering:
    """The figures, with the names of products as of a minute ago."""
    return Steering(
        FigureRows(engine, collection),
        DailyCounts(engine, collection),
        rules.ownership,
        Fresh(lambda: product_names(engine, collection), NAMES_SECONDS),
        lambda since: changed_texts(engine, collection, since),
    )


def municipality_now(settings: Settings, choices: Choices) -> MunicipalityNow:
    """What the municipality says about itself, as of a few seconds ago."""
    return MunicipalityNow(choices, municipality_in(settings))


def rules_of(settings: Settings, engine: Engine, choices: Choices) -> Rules:
    """Who owns what and what was promised, as of a few seconds ago."""

    def charter() -> Charter:
        chosen = choices.get("charter")
        return charter_of(chosen.value) if chosen.value is not None else DEFAULT_CHARTER

    def ownership() -> Ownership:
        return read_ownership(engine, choices, settings.collection)

    calendar = WorkCalendar(settings.good_friday_off, LiberationDay(settings.liberation_day_off))
    return Rules(Fresh(ownership, OWNERS_SECONDS), Fresh(charter, OWNERS_SECONDS), calendar)


def open_post(
    settings: Settings,
    engine: Engine,
    people: People,
    house: Callable[[], Municipality],
    answer_of: Callable[[Gap], Answer],
) -> Post:
    """The outbox, with the roads that the settings name."""
    outbox = Outbox(engine, settings.collection, utc_now)
    channels = Channels(
        mail=bool(settings.mail_host),
        webhook=bool(settings.webhook_url),
        open_klant=bool(settings.open_klant_url),
        questions=settings.mail_questions,
        callers=settings.open_klant_callers,
    )
    notices = Notices(settings.public_url, channels)

    def coordinating() -> list[Receiver]:
        mailbox = house().coordinator_email
        return coordinators(people) or ([Receiver("coordinator", "", mailbox)] if mailbox else [])

    return Post(outbox, notices, OutboxHeralds(outbox, notices, coordinating, answer_of))


def coordinators(people: People) -> list[Receiver]:
    """The accounts of coordinators that are in use."""
    return [
        Receiver(str(account.person.id), account.person.display_name, account.person.email)
        for account in people.accounts.all()
        if account.disabled_at is None and account.person.has(Role.COORDINATOR)
    ]


def senders_of(settings: Settings, municipality: Callable[[], Municipality]) -> dict[Kind, Sender]:
    """The roads to the outside that the settings name; mails are signed by the municipality as it is then."""
    senders: dict[Kind, Sender] = {}

    def house() -> House:
        now = municipality()
        return House(now.name, now.telephone)

    if settings.mail_host:
        server = MailServer(
            settings.mail_host,
            settings.mail_port,
            settings.mail_from,
            Security(settings.mail_security),
            settings.mail_username or "",
            settings.mail_password.get_secret_value() if settings.mail_password else "",
        )
        senders[Kind.MAIL] = MailSender(server, house)
    if settings.webhook_url and settings.webhook_secret:
        hook = Hook(settings.webhook_url, settings.webhook_secret.get_secret_value())
        senders[Kind.WEBHOOK] = WebhookSender(hook, utc_now)
    if settings.open_klant_url and settings.open_klant_token and settings.open_klant_actor:
        klant = OpenKlant(
            settings.open_klant_url,
            settings.open_klant_token.get_secret_value(),
            settings.open_klant_actor,
            settings.open_klant_actors,
        )
        senders[Kind.OPEN_KLANT] = OpenKlantSender(klant)
    return senders
