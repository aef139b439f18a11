"""The language model that the settings name, with its switch, its budget and its breaker: opened once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import Engine

from service.composers.llm.breaker import Breaker
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits, warm_up
from service.composers.llm.tasks import Task
from service.settings import Settings, listed
from service.storage.choices import Choices
from service.storage.model_tokens import ModelTokens
from service.storage.recent import Recent
from service.web.switches import Switches, read_switches

ADVISED_TOKENS = 200  # guard A3: longer texts are more than an arrangement of ours
QUICK_SECONDS = 2.5  # for work that an asker waits for before anything is on the screen
WRITTEN_TOKENS = 900  # a whole text for a duo, not an answer for a resident

log = structlog.get_logger()


@dataclass(frozen=True)
class LanguageModel:
    """One endpoint at three paces, with one switch and one budget.

    `answers` rewords what was shown; `quick` is for what an asker waits for, with a breaker of its own: too
    slow for that is not yet too slow for the rest. `writing` makes texts for staff.
    """

    answers: Calls
    quick: Calls
    writing: Calls
    tasks: frozenset[Task]

    def does(self, task: Task) -> bool:
        """Whether the settings ask the model to do this."""
        return task in self.tasks


def open_language_model(settings: Settings, engine: Engine, now: Callable[[], datetime]) -> LanguageModel:
    """The model that the settings name."""
    if settings.model_tokens > ADVISED_TOKENS:
        log.warning("the model may write more than is advised", tokens=settings.model_tokens)
    threading.Thread(target=warm_up, name="model-client", daemon=True).start()
    choices = Choices(engine, settings.collection)
    # off until the switches are read, and as they were last while they cannot be
    switches = Recent(lambda: read_switches(choices), Switches(model=False))
    address = Address(settings.model_url, settings.model_name, settings.model_key.get_secret_value())
    limits = Limits(tokens=settings.model_tokens)
    answers = Calls(
        Endpoint(address, limits),
        ModelTokens(engine, settings.collection, settings.model_daily_tokens, now),
        allowed=lambda: switches().model,
    )
    return LanguageModel(
        answers,
        replace(
            answers,
            endpoint=Endpoint(address, replace(limits, total_seconds=QUICK_SECONDS)),
            breaker=Breaker(),
        ),
        replace(answers, endpoint=Endpoint(address, replace(limits, tokens=WRITTEN_TOKENS))),
        frozenset(map(Task, listed(settings.model_tasks))),
    )
