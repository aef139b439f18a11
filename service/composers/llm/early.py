"""Shows what holds while the model still writes: each sentence after it was checked, and none before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from service.composers.llm.endpoint import Heard, Said
from service.domain.answer import Sentence

Checks = Callable[[Said], Sequence[Sentence]]


class Shows(Protocol):
    """Is told each sentence that may be shown, for now; None: those before may not any more."""

    def __call__(self, sentence: Sentence | None, /) -> None: ...


@asynccontextmanager
async def shown_early(
    checks: Checks, still: Callable[[], Awaitable[bool]], show: Shows
) -> AsyncIterator[Heard]:
    """Gives what is to be told the sentences of the model as they come.

    They are checked beside the reading of the next ones. With the end of the block it ends, wherever it was:
    what comes then is about the whole. `still` says whether the model may be used; the switch counts for
    every sentence.
    """
    heard: asyncio.Queue[Said | None] = asyncio.Queue()
    work = asyncio.create_task(_show(heard, checks, still, show))
    try:
        yield heard.put_nowait
    finally:
        work.cancel()
        await asyncio.wait([work])
    if not work.cancelled():
        work.result()  # it does not end by itself, unless a check is broken


async def _show(
    heard: asyncio.Queue[Said | None], checks: Checks, still: Callable[[], Awaitable[bool]], show: Shows
) -> None:
    shown: set[str] = set()
    while True:
        said = await heard.get()
        held = await asyncio.to_thread(checks, said) if said else ()
        if said is None or not await still():
            shown.clear()
            show(None)
            continue
        for sentence in held:
            if sentence.text not in shown:
                shown.add(sentence.text)
                show(sentence)
