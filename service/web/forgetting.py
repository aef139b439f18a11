"""While the site runs: delete the tries to sign in, and the keys, whose time is over."""

from __future__ import annotations

import anyio
import structlog
from starlette.concurrency import run_in_threadpool

from service.people.people import People
from service.storage.database import Unavailable

EVERY_SECONDS = 5 * 60.0  # what is known of an address is gone well within the hour

log = structlog.get_logger()


async def forget_now_and_then(people: People, every: float = EVERY_SECONDS) -> None:
    """Forget what is past, again and again, until the site stops."""
    while True:
        await anyio.sleep(every)
        try:
            await run_in_threadpool(people.forget_past)
        except Unavailable as error:
            log.warning("nothing forgotten, trying again later", cause=str(error.orig))
