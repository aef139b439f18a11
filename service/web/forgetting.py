"""While the site runs: delete the tries to sign in, and the keys, whose time is over; and forget in this
process what was erased, whichever process erased it."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import structlog
from starlette.concurrency import run_in_threadpool

from service.people.people import People
from service.storage.database import Unavailable
from service.web.desk import Desk
from service.web.reception import NotReady

EVERY_SECONDS = 5 * 60.0  # what is known of an address is gone well within the hour
ERASED_SECONDS = 2.0  # guard P6 allows sixty

log = structlog.get_logger()


async def forget_now_and_then(people: People, every: float = EVERY_SECONDS) -> None:
    """Forget what is past, again and again, until the site stops."""
    while True:
        await anyio.sleep(every)
        try:
            await run_in_threadpool(people.forget_past)
        except Unavailable as error:
            log.warning("nothing forgotten, trying again later", cause=str(error.orig))


async def forget_erased(desk: Callable[[], Desk], every: float = ERASED_SECONDS) -> None:
    """Drop what this process still knows of erased words, again and again, until the site stops.

    `desk` raises NotReady as long as there is none.
    """
    while True:
        await anyio.sleep(every)
        try:
            await run_in_threadpool(lambda: desk().forget_erased())
        except NotReady:
            continue  # it knows nothing yet
        except Unavailable as error:
            log.warning("erased words not looked for, trying again", kind=type(error).__name__)
