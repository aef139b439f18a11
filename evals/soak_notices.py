"""Pulls the plug on the worker that delivers notices, many times, and counts what arrived.

The mail server is a real one on this machine, the worker a process of its own on the same database. None may
be lost, and what arrives twice must carry the same Message-ID.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import multiprocessing
import os
import random
import re
import socket
import tempfile
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from embeddings.store.database import open_engine, writing
from service.domain.gap import Gap, GapKind, GapState
from service.domain.productduo import Owner
from service.notify.letters import House
from service.notify.mail import MailSender, MailServer, Security
from service.notify.notices import Channels, Notices, Receiver
from service.notify.pace import Pace
from service.notify.worker import deliver_due
from service.storage.database import migrate
from service.storage.outbox import Kind, Outbox

COLLECTION = "merelveen"
SENDER = "signalen@merelveen.example"
# short leases: what a dead worker held must come back while the test runs
PACE = Pace(batch=10, lease_seconds=1.0, longest_delivery=0.5)
# a kill falls this many mails and seconds after the start, at most: also on a slow machine amid the work
MOST_MAILS = 12
LONGEST_WAIT = 0.03
EVERY_NTH_AT_ONCE = 5  # kills that fall just when the server has taken a mail, to be sure of repeats
BEGIN_SECONDS = 20.0
DRAIN_SECONDS = 120.0
_NUMBER = re.compile(r"signaal (\d+):")

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["evals.soak_notices"])


@dataclass
class NoticeReport:
    """What came of it. `repeats`: mails that arrived again, each with the Message-ID of the first."""

    notices: int = 0
    kills: int = 0
    under_way: list[int] = field(default_factory=list)
    lost: int = 0
    repeats: int = 0
    faults: list[str] = field(default_factory=list)


def kill_deliveries(kills: int, notices: int, seed: int = 0) -> NoticeReport:
    """Kill a delivering worker so many times, with `notices` under way each time, then let one finish."""
    report = NoticeReport()
    chance = random.Random(seed)
    # on a disk, not in memory: a notice that is written down is written through
    with tempfile.TemporaryDirectory() as folder, _MailServer() as server:
        scene = _Scene(Path(folder), server, report)
        for number in range(kills):
            scene.fill_up(notices)
            scene.kill_worker(
                after_mails=chance.randint(0, MOST_MAILS),
                after_seconds=chance.uniform(0, LONGEST_WAIT),
                at_once=number % EVERY_NTH_AT_ONCE == 0,
            )
        scene.drain()
        scene.judge()
    return report


class _Scene:
    def __init__(self, folder: Path, server: _MailServer, report: NoticeReport) -> None:
        self._url = f"sqlite:///{folder / 'soak.sqlite'}"
        self._server = server
        self._report = report
        self._engine = open_engine(self._url)
        migrate(self._engine)
        self._outbox = _outbox(self._engine)

    def fill_up(self, notices: int) -> None:
        missing = notices - self._outbox.waiting()
        with writing(self._engine).begin() as connection:
            for number in range(self._report.notices, self._report.notices + missing):
                for notice in _NOTICES.opened(_gap(number), [_RECEIVER]):
                    self._outbox.put(connection, notice)
        self._report.notices += missing

    def kill_worker(self, after_mails: int, after_seconds: float, at_once: bool) -> None:
        """Kill it amid its work; `at_once`: when the server has taken a mail and not yet said so."""
        ready, ours = _processes.Pipe(duplex=False)
        process = _processes.Process(target=_deliver, args=(ours, self._url, self._server.port))
        process.start()
        ours.close()
        ready.recv()
        self._server.wait_for(after_mails)
        if at_once:
            self._server.kill_at_next(process.pid)
        else:
            time.sleep(after_seconds)
            process.kill()
        process.join()
        self._report.kills += 1
        self._report.under_way.append(self._outbox.waiting())

    def drain(self) -> None:
        """Deliver the rest without a kill; what the dead held comes when its lease ends."""
        until = time.monotonic() + DRAIN_SECONDS
        while self._outbox.waiting() and time.monotonic() < until:
            deliver_due(self._outbox, _senders(self._server.port), pace=PACE)
            time.sleep(0.05)
        self._engine.dispose()

    def judge(self) -> None:
        arrived = self._server.arrived
        lost = [number for number in range(self._report.notices) if number not in arrived]
        strange = sorted(arrived.keys() - set(range(self._report.notices)))
        self._report.lost = len(lost)
        self._report.repeats = sum(len(ids) - 1 for ids in arrived.values())
        self._report.faults += [f"notice {number} is lost" for number in lost]
        self._report.faults += [f"notice {number} was never put" for number in strange]
        self._report.faults += [
            f"notice {number} came under {len(set(ids))} ids"
            for number, ids in arrived.items()
            if len(set(ids)) > 1
        ]
        if len({id for ids in arrived.values() for id in ids}) != len(arrived):
            self._report.faults.append("two notices share an id")


_NOTICES = Notices("https://antwoorden.merelveen.example", Channels(mail=True))
_RECEIVER = Receiver("m-1", "Anna de Wit", "anna@merelveen.example")


def _gap(number: int) -> Gap:
    now = datetime.now(UTC)
    title, question = "Paspoort aanvragen", "Wat kost een paspoort?"
    return Gap(
        uuid.uuid4(),
        COLLECTION,
        number,
        GapKind.MISSING,
        GapState.OPEN,
        question,
        Owner(),
        3,
        now,
        now,
        title=title,
    )


def _outbox(engine: Engine) -> Outbox:
    return Outbox(engine, COLLECTION, lambda: datetime.now(UTC))


def _senders(port: int) -> dict[Kind, MailSender]:
    server = MailServer("127.0.0.1", port, SENDER, Security.NONE)
    return {Kind.MAIL: MailSender(server, lambda: House("Gemeente Merelveen", "14 0999"))}


def _deliver(ready: Connection, url: str, port: int) -> None:
    """The process that is killed."""
    outbox, senders = _outbox(open_engine(url)), _senders(port)
    ready.send("ready")
    while True:
        deliver_due(outbox, senders, pace=PACE)
        time.sleep(0.01)


class _MailServer:
    """A mail server that remembers under which ids each notice came."""

    def __init__(self) -> None:
        self.arrived: dict[int, list[str]] = defaultdict(list)
        self._count = 0
        self._victim: int | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    def wait_for(self, mails: int) -> None:
        """Wait until so many more have come, for as long as a worker may need to begin."""
        wanted, until = self._count + mails, time.monotonic() + BEGIN_SECONDS
        while self._count < wanted and time.monotonic() < until:
            time.sleep(0.001)

    def kill_at_next(self, process: int | None) -> None:
        self._victim = process

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(0.002)
        mail = message_from_bytes(envelope.content)
        [number] = _NUMBER.findall(mail["Subject"])
        self.arrived[int(number)].append(mail["Message-ID"])
        self._count += 1
        if self._victim:
            victim, self._victim = self._victim, None
            os.kill(victim, 9)
        await asyncio.sleep(0.002)
        return "250 OK"

    def __enter__(self) -> _MailServer:
        # a package for development: the command must not need it where only the service is installed
        module = importlib.import_module("aiosmtpd.controller")
        self._controller = module.Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(TimeoutError):
            self._controller.stop()


def in_words(report: NoticeReport) -> str:
    """The report as it is printed."""
    return (
        f"a delivering worker killed {report.kills} times with {min(report.under_way)} notices or more under "
        f"way: of {report.notices} in all {report.lost} lost, {report.repeats} came again"
    )
