"""What every test stands on: no network, the texts in shared/, one model a machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# before anything imports a model library: nothing may be fetched from a hub
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
# what an installation here chose says nothing about what the code does
for _name in list(os.environ):
    if _name == "PORT" or (_name.startswith("ANTWOORDDUO_") and _name != "ANTWOORDDUO_MODEL_CACHE"):
        del os.environ[_name]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Real texts that are not ours to publish; beside the checkout, where there are any."""

MODEL_CACHE = Path(os.environ.get("ANTWOORDDUO_MODEL_CACHE") or ROOT / "data" / "models")
"""The default is the cache of `make demo`: the model is made once a machine."""


class ReachedOutside(AssertionError):
    """A test tried to connect to another machine: give it a fake of what it wanted there."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder shared/; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with real texts is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """The folder in which the bundled model is made and kept."""
    MODEL_CACHE.mkdir(parents=True, exist_ok=True)
    return MODEL_CACHE


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection but those to this machine itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))
        yield


def _only_here(connect: Any) -> Any:
    def checked(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            raise ReachedOutside(f"a test wanted to connect to {address[0]}")
        return connect(self, address)

    return checked


def _is_here(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
