"""Listens on this machine only, and finishes what it began."""

from __future__ import annotations

import ipaddress

import uvicorn
from fastapi import FastAPI

GRACE_SECONDS = 20  # guard R9: what is being answered gets its answer


class Refused(Exception):
    """The service does not start like this; the message says why and what to do."""


def check(host: str, workers: int) -> None:
    """Raise Refused for an address that others can reach, and for more than one process."""
    if not _is_loopback(host):
        raise Refused(
            f"refusing to listen on {host}: there is no sign-in yet, so anybody on the network could "
            "use the staff pages. Listen on 127.0.0.1."
        )
    if workers > 1:
        raise Refused(
            f"refusing to start {workers} workers: SQLite and FAISS are safe with one process. "
            "Use --workers 1 and unset WEB_CONCURRENCY."
        )


def listen(app: FastAPI, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,  # our own has no addresses and no query strings
        server_header=False,
        proxy_headers=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
