"""The command `antwoordduo`: what it refuses, what it prints, how it stops."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from service.__main__ import app
from service.app import open_people
from service.settings import Settings
from service.web import listening

ROOT = Path(__file__).resolve().parents[2]
BAD_SETTING = 2


def run(*arguments: str, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments, env=environment)
    return result.exit_code, result.output


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "merelveen.example", ""])
def test_serve_refuses_an_address_that_others_can_reach_by_no_name(host: str) -> None:
    with pytest.raises(listening.Refused, match="ANTWOORDDUO_HOSTS"):
        listening.check(host, 1)
    listening.check(host, 1, ("antwoorden.merelveen.example",))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_serve_takes_this_machine(host: str) -> None:
    listening.check(host, 1)
    listening.check(host, 1, demo=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_demo_is_never_shown_to_others(host: str) -> None:
    with pytest.raises(listening.Refused, match="without a password"):
        listening.check(host, 1, ("antwoorden.merelveen.example",), demo=True)


def test_the_refusal_says_why_and_ends_with_two() -> None:
    code, output = run("serve", "--host", "0.0.0.0")
    assert code == BAD_SETTING
    assert "others could reach it" in output
    assert "127.0.0.1" in output


def test_verify_audit_says_whole_or_where_it_breaks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.sqlite"
    people = open_people(Settings(database_url=url), "")
    for number in range(3):
        people.audit.note("a", "b", str(number))
    assert run("verify-audit", ANTWOORDDUO_DATABASE_URL=url) == (0, "the audit is whole: 3 lines\n")
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        connection.execute("DROP TRIGGER service_audit_no_delete")
        connection.execute("DELETE FROM service_audit WHERE number = 3")
    connection.close()
    code, output = run("verify-audit", ANTWOORDDUO_DATABASE_URL=url)
    assert code == BAD_SETTING
    assert "line 3" in output


@pytest.mark.parametrize(
    "how", [{"arguments": ("--workers", "4")}, {"environment": {"WEB_CONCURRENCY": "4"}}]
)
def test_serve_refuses_more_than_one_worker(how: dict[str, object]) -> None:
    arguments, environment = how.get("arguments", ()), how.get("environment", {})
    code, output = run("serve", *arguments, **environment)  # type: ignore[misc, arg-type]
    assert code == BAD_SETTING
    assert "4 workers" in output


def test_a_bad_setting_is_named_and_not_shown() -> None:
    code, output = run("serve", ANTWOORDDUO_STAFF_TOKEN="tekort-geheim")
    assert code == BAD_SETTING
    assert "ANTWOORDDUO_STAFF_TOKEN" in output
    assert "tekort-geheim" not in output


def test_ingest_is_a_part_of_it() -> None:
    code, output = run("ingest", "--help")
    assert code == 0
    assert "sync" in output


def test_migrate_makes_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    code, _ = run("migrate", ANTWOORDDUO_DATABASE_URL=f"sqlite:///{path}")
    assert code == 0
    with sqlite3.connect(path) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert {"service_questions", "library_documents"} <= tables


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "PORT": str(port),
        "ANTWOORDDUO_DATABASE_URL": f"sqlite:///{tmp_path}/s.sqlite",
        "ANTWOORDDUO_DATA_DIR": str(tmp_path),
        "ANTWOORDDUO_ENCODER": "hashing",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "serve"],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_serve_listens_prints_a_key_and_stops_when_asked(
    serving: tuple[subprocess.Popen[str], str],
) -> None:
    process, root = serving
    assert _wait_for(f"{root}/healthz/live") == {"status": "live"}
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=25)
    assert process.returncode == -signal.SIGTERM or process.returncode == 0
    assert re.search(r"staff token of this run: \S{43}\n", output)
    assert re.search(rf"{root}/aanmelden/eerste\?sleutel=\S{{43}}\n", output)


def _wait_for(url: str) -> object:
    for _ in range(200):
        try:
            return httpx.get(url, timeout=5).json()
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service did not come up")
