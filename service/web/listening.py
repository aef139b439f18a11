"""Listens where it is safe, and finishes what it began."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

import uvicorn
from fastapi import FastAPI

GRACE_SECONDS = 20  # guard R9: what is being answered gets its answer


class Refused(Exception):
    """The service does not start like this; the message says why and what to do."""


def check(host: str, workers: int, hosts: Collection[str] = (), demo: bool = False) -> None:
    """Raise Refused for what would let in anybody, and for more than one process.

    `hosts` are the names under which others may reach the service.
    """
    if not _is_loopback(host) and not hosts:
        raise Refused(
            f"refusing to listen on {host}: others could reach it, and it has no name under which they may. "
            "Put https before the service and set ANTWOORDDUO_HOSTS, or listen on 127.0.0.1."
        )
    if demo and (hosts or not _is_loopback(host)):
        raise Refused(
            "refusing to show the demo to others: its people sign in without a password. "
            "Unset ANTWOORDDUO_DEMO, or unset ANTWOORDDUO_HOSTS and listen on 127.0.0.1."
        )
    if workers > 1:
        raise Refused(
            f"refusing to start {workers} workers: SQLite and FAISS are safe with one process. "
            "Use --workers 1 and unset WEB_CONCURRENCY."
        )


def listen(app: FastAPI, host: str, port: int, proxies: str = "") -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first.

    `proxies` are the addresses whose word is taken on who visits, and whether that is over https.
    """
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,  # our own has no addresses and no query strings
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
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
