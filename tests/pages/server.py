"""The real site on a port of this machine, with the fake answering behind it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from service.domain.person import Role
from service.people.people import People
from service.web.site import build_site
from tests.service.web.conftest import add_person, desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering

AGENT_EMAIL = "kcc@merelveen.example"  # signs in with the password of the tests


@dataclass
class Running:
    """A site at `root`. Change `answering` to change what it says."""

    root: str
    answering: FakeAnswering
    people: People


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A site for as long as the block lasts."""
    answering, settings = FakeAnswering(), settings_in(folder)
    people = people_in(settings)
    add_person(people, Role.AGENT, email=AGENT_EMAIL)
    app = build_site(settings, lambda: desk_in(settings, answering), people)
    with listening(app) as port:
        yield Running(f"http://127.0.0.1:{port}", answering, people)


@contextmanager
def listening(app: FastAPI, ready: bool = True) -> Iterator[int]:
    """The port of a site for as long as the block lasts, from when it can answer; or from when it listens."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not (server.started and (app.state.reception.readiness().can_answer or not ready)):
        time.sleep(0.02)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
