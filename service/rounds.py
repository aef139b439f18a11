"""The rounds of the worker: what is due is done, by one worker at a time, and again after a failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Engine

from service.duos.arranging import bring_home
from service.duos.callbacks import Callbacks, Telling
from service.duos.deadlines import local_day
from service.duos.monthly import month_before, put_reports
from service.duos.pinned import NewsDesk
from service.duos.reminding import remind
from service.duos.rereading import Rereading
from service.duos.reviewing import bring_past_review
from service.loop import Loop, municipality_now, senders_of, utc_now
from service.notify.worker import deliver_due
from service.settings import Settings
from service.storage.callbacks import KeptCallbacks
from service.storage.gaps import forget_closed_before
from service.storage.leases import Leases
from service.storage.pinned import Pins
from service.storage.questions import Questions

if TYPE_CHECKING:
    from service.duos.made_questions import MadeQuestions

REMEMBERED = timedelta(days=90)  # how long a closed signal keeps its words (guard P5)
CATCH_UP = timedelta(days=2)
LEASE_SECONDS = 300.0
PAUSE_SECONDS = 1.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """Something to do every so many seconds; what it did, counted, is logged when it is not 0."""

    name: str
    every: float
    do: Callable[[], int]


class Rounds:
    """Runs jobs that are due. Jobs must bear being run twice: a worker that dies is followed by another."""

    def __init__(
        self, jobs: Sequence[Job], leases: Leases, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._jobs = jobs
        self._leases = leases
        self._clock = clock
        self._next: dict[str, float] = {}

    def turn(self) -> dict[str, int]:
        """Do what is due; returns what was done, counted, by name. One that fails stops no other."""
        done = {}
        for job in self._jobs:
            if self._clock() >= self._next.get(job.name, 0.0):
                self._next[job.name] = self._clock() + job.every
                count = self._try(job)
                if count:
                    done[job.name] = count
        return done

    def _try(self, job: Job) -> int:
        try:
            with self._leases.lease(f"job:{job.name}", LEASE_SECONDS) as lease:
                return job.do() if lease else 0
        except Exception:
            # one bad round must not end all later ones
            log.exception("a job failed, it is tried again", job=job.name)
            return 0


def run_rounds(all_rounds: Sequence[Rounds], stopped: threading.Event | None = None) -> None:
    """Turn after turn until `stopped` is set; without it as long as the process runs.

    Each of the rounds has a thread of its own, so that a slow mail server holds up no deadline.
    """
    ended = stopped or threading.Event()
    others = [threading.Thread(target=_run, args=(each, ended), daemon=True) for each in all_rounds[1:]]
    for thread in others:
        thread.start()
    _run(all_rounds[0], ended)
    for thread in others:
        thread.join()


def _run(rounds: Rounds, ended: threading.Event) -> None:
    while not ended.wait(PAUSE_SECONDS):
        done = rounds.turn()
        if done:
            log.info("rounds", **done)


def rounds_of(
    settings: Settings,
    engine: Engine,
    loop: Loop,
    stopped: Callable[[], bool] = lambda: False,
    made: MadeQuestions | None = None,
) -> list[Rounds]:
    """Everything that goes by itself: the work, and beside it the deliveries and what is forgotten here."""
    duties, leases = Duties(settings, engine, loop), Leases(engine, settings.collection, utc_now)
    senders = senders_of(settings, municipality_now(settings, loop.choices))
    deliver = Job("deliver", 2, lambda: deliver_due(loop.post.outbox, senders, stopped).sent)
    # by itself: neither a long proof nor a slow mail server holds it up
    forget = Job("forget_erased", 2, loop.signals.forget_erased)
    # thousands of them after an upgrade
    read_again = Job(
        "read_again", 5, Rereading(loop.signals.gaps, loop.signals.meanings, loop.answering.look).some
    )
    # a model takes its time
    writing = [[Job("questions", 30, lambda: made.make().texts)]] if made else []
    return [Rounds(jobs, leases) for jobs in (duties.jobs(), [deliver], [forget], [read_again], *writing)]


@dataclass(frozen=True)
class Duties:
    """What goes by itself; each returns how much it did."""

    settings: Settings
    engine: Engine
    loop: Loop

    def jobs(self) -> list[Job]:
        """All of them, with how often."""
        return [
            Job("resume", 15, self.loop.drafts.resume),
            Job("catch_up", 60, self.catch_up),
            Job("reminders", 60, self.reminders),
            Job("regression", 30, self.regression),
            Job("bring_home", 300, self.bring_home),
            Job("follow_sources", 300, self.follow_sources),
            Job("pinned", 15, self.pinned),
            Job("callbacks", 300, self.callbacks),
            Job("monthly", 3600, self.monthly),
            Job("past_review", 3600, self.past_review),
            Job("forget", 3600, self.forget),
            Job("tidy", 3600, self.tidy),
        ]

    def catch_up(self) -> int:
        """Bring in what was asked while the lists could not be written."""
        return self.loop.signals.catch_up(utc_now() - CATCH_UP)

    def reminders(self) -> int:
        """Tell of deadlines."""
        return remind(self.loop.signals.gaps, self.loop.post.heralds, self.loop.rules, utc_now())

    def regression(self) -> int:
        """Ask what duos wrote again, when texts changed."""
        outcome = self.loop.drafts.regression.check_if_changed()
        return outcome.asked if outcome else 0

    def follow_sources(self) -> int:
        """See what became of mended texts in their source."""
        return len(self.loop.drafts.follow_sources())

    def bring_home(self) -> int:
        """Give the signals of a duo that is gone to its department."""
        return bring_home(self.loop.signals, self.loop.choices)

    def pinned(self) -> int:
        """Publish pinned news that a process could not, and take away what is over."""
        pins = Pins(self.engine, self.settings.collection)
        signals = self.loop.signals
        return NewsDesk(pins, self.loop.library, signals.audit, utc_now).bring_in_step()

    def callbacks(self) -> int:
        """Tell who calls too late, and erase the numbers that waited too long."""
        wanted = callbacks_of(self.settings, self.engine, self.loop)
        return wanted.remind() + wanted.forget()

    def monthly(self) -> int:
        """Send the figures of the month that is over; once."""
        month, post = month_before(local_day(utc_now())), self.loop.post
        return put_reports(self.loop.steering, self.engine, post.outbox, post.notices, month, utc_now())

    def past_review(self) -> int:
        """Bring texts past their review date to their duo."""
        days = self.settings.review_after_days
        return bring_past_review(self.loop.signals, self.loop.library, utc_now(), days) if days else 0

    def forget(self) -> int:
        """Delete the questions past their time, erase what was sent, and the words of signals that are
        closed long enough."""
        until = utc_now() - timedelta(days=self.settings.retention_days)
        deleted = Questions(self.engine, self.settings.collection).delete_before(until)
        erased = self.loop.post.outbox.erase_before(until)
        closed = utc_now() - REMEMBERED
        return deleted + erased + forget_closed_before(self.engine, self.settings.collection, closed)

    def tidy(self) -> int:
        """Clear away what no index needs any more, and embed what was published without a model."""
        return sum(self.loop.library.tidy(utc_now()).values())


def callbacks_of(settings: Settings, engine: Engine, loop: Loop) -> Callbacks:
    """The requests to be called back."""
    post = loop.post
    return Callbacks(
        KeptCallbacks(engine, settings.collection),
        loop.rules,
        loop.signals.audit,
        Telling(post.outbox, post.notices, post.heralds.coordinators),
        utc_now,
        settings.callback_days,
        timedelta(days=settings.callback_retention_days),
    )
