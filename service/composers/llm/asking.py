"""Work for the model that an asker waits for: asked from a thread, noted without a word of what was said."""

from __future__ import annotations

import structlog

from service.composers.llm.calling import Calls, Silent
from service.composers.llm.endpoint import Said
from service.composers.llm.prompting import Told
from service.composers.llm.tasks import Task

log = structlog.get_logger()


def said_to(calls: Calls, told: Told, site: str, task: Task) -> tuple[Said, ...]:
    """What the model says to this, unchecked; nothing when it is off, too dear, too slow or broken."""
    spoken = calls.ask_now(told, site)
    if isinstance(spoken, Silent):
        log.info("the model did not help", task=task.value, reason=spoken.reason, tokens=spoken.tokens)
        return ()
    calls.breaker.went_well()
    return spoken.said


def may_be_used(calls: Calls, task: Task, flaw: str) -> bool:
    """Whether what was said may be used: nothing is wrong with it, and the model was not switched off since."""
    reason = flaw or ("" if calls.allowed() else "switched off")
    log.info("the model helped" if not reason else "the model did not help", task=task.value, reason=reason)
    return not reason
