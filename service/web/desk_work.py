"""What the contact centre's own pages take from the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request

from service.domain.person import Person
from service.web.answers import Answers
from service.web.forms import form_of
from service.web.reception import desk_of
from service.web.visitors import require

if TYPE_CHECKING:
    from service.duos.drafts import Drafts
    from service.duos.heralds import OutboxHeralds
    from service.duos.signals import Signals
    from service.notify.notices import Notices
    from service.storage.outbox import Outbox
    from service.storage.questions import Questions

signed_in = require()  # which roles: policy.py
Colleague = Annotated[Person, Depends(signed_in)]
Form = Annotated[dict[str, str], Depends(form_of)]


class Post(Protocol):
    """What is told outside."""

    @property
    def outbox(self) -> Outbox: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def heralds(self) -> OutboxHeralds: ...


class DeskWork(Protocol):
    """The desk, as these pages see it."""

    @property
    def answers(self) -> Answers: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def signals(self) -> Signals: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def post(self) -> Post: ...
    @property
    def collection(self) -> str: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


def work_of(request: Request) -> DeskWork:
    """The desk; raises NotReady while models are loaded."""
    return cast(DeskWork, desk_of(request))
