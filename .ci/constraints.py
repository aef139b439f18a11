"""Write constraints.txt: one exact version of all that pyproject.toml asks for, and of what that needs.

Run it with `make constraints`. It installs into an empty environment in a temporary folder, torch
first and exactly, and writes down what came. Standard library only: it runs before anything is there.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# Made by `make constraints`: an empty environment, torch first and exactly, then all that "
    "pyproject.toml asks for.\n"
    "# Change pyproject.toml and run it again; do not edit a line by hand.\n"
)
# pip itself is whatever the environment brings; it runs here, it is no part of what runs
NOT_PINNED = frozenset({"pip", "antwoordduo"})
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;+]+)(?:\+\S+)?$")


def main() -> None:
    """Write constraints.txt beside pyproject.toml."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="antwoordduo-constraints-") as folder:
        frozen = _frozen(Path(folder), wanted(pyproject))
    (ROOT / "constraints.txt").write_text(
        HEADER + "".join(f"{pin}\n" for pin in pins(frozen)), encoding="utf-8"
    )


def wanted(pyproject: dict[str, dict[str, object]]) -> list[str]:
    """All that pyproject.toml asks for, torch first: to build, to run, to develop."""
    project = pyproject["project"]
    extras = project["optional-dependencies"]
    asked = [*pyproject["build-system"]["requires"], *project["dependencies"]]
    asked += [requirement for extra in extras.values() for requirement in extra]
    return sorted(asked, key=lambda requirement: not requirement.startswith("torch=="))


def pins(frozen: Iterable[str]) -> list[str]:
    """The lines `name==version` out of `pip freeze`, sorted by name.

    A local version part (`+cpu`) is dropped, because it differs between machines; what was installed
    from a file or a repository has no version that others can ask for, and is refused.
    """
    found = []
    for line in frozen:
        pin = _PIN.match(line.strip())
        if not pin:
            raise ValueError(f"not an exact version of a package: {line.strip()}")
        if _plain(pin[1]) not in NOT_PINNED:
            found.append((_plain(pin[1]), f"{pin[1]}=={pin[2]}"))
    return [line for _, line in sorted(found)]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _frozen(folder: Path, requirements: list[str]) -> list[str]:
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    for batch in (requirements[:1], requirements):
        subprocess.run([*pip, "install", "--quiet", *batch], check=True)
    freeze = subprocess.run([*pip, "freeze", "--all"], check=True, capture_output=True, text=True)
    return freeze.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
