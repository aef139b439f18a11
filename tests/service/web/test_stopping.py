"""A stop finishes what was begun (guard R9)."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from service.web.listening import GRACE_SECONDS
from service.web.site import build_site
from tests.service.web.conftest import desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering


def test_a_question_under_way_gets_its_answer_when_the_service_stops(tmp_path: Path) -> None:
    answering, settings = FakeAnswering(delay=1.0), settings_in(tmp_path)
    app = build_site(settings, lambda: desk_in(settings, answering), people_in(settings))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)
    server, statuses = uvicorn.Server(config), list[int]()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        root = f"http://127.0.0.1:{listener.getsockname()[1]}"
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        while not (server.started and app.state.reception.readiness().can_answer):
            time.sleep(0.02)
        asking = threading.Thread(
            target=lambda: statuses.append(
                httpx.post(f"{root}/v1/vragen", json={"vraag": "Wat kost een paspoort?"}).status_code
            )
        )
        asking.start()
        while not answering.asked and asking.is_alive():
            time.sleep(0.02)
        server.should_exit = True  # the question has arrived, its answer takes another second
        for thread in (asking, running):
            thread.join(timeout=20)
    assert statuses == [201]
    assert not running.is_alive()
