"""Pinning to an address keeps the name in TLS: the certificate must be that of the host."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest
import stamina

from ingest.addresses import FetchRefused
from ingest.fetching import Fetcher

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl makes the certificate of this test"
)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"[1]")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A TLS server whose certificate, trusted here, is for api.example only."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=api.example"
    command += " -addext subjectAltName=DNS:api.example"
    subprocess.run(
        ["openssl", *command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    monkeypatch.setattr(certifi, "where", lambda: str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with stamina.set_testing(True, attempts=1):
        yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(host: str, port: int) -> bytes:
    url = f"https://{host}:{port}/"
    return Fetcher(url, intranet=True, resolve=lambda host, port: ["127.0.0.1"]).fetch(url)


def test_the_certificate_of_the_host_is_taken(port: int) -> None:
    assert fetch("api.example", port) == b"[1]"


def test_the_certificate_of_another_host_is_refused(port: int) -> None:
    with pytest.raises(FetchRefused, match=r"(?i)certificate"):
        fetch("other.example", port)
