"""The import rules of the house hold, and each of them bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("evals", "service", "ingest", "embeddings")

# contract, where the import is planted, what it imports
PLANTED = [
    ("rooms", "embeddings/store/planted.py", "import ingest.sync"),
    ("rooms", "ingest/sources/planted.py", "import service.domain.question"),
    ("rooms", "service/web/planted.py", "import evals"),
    ("editorial-door", "service/answering/planted.py", "from ingest import sync"),
    ("editorial-door", "service/storage/planted.py", "import ingest.__main__"),
    ("service-floors", "service/domain/planted.py", "from service import storage"),
    ("service-floors", "service/storage/planted.py", "import service.composers"),
    ("service-floors", "service/answering/planted.py", "import service.web"),
    ("service-floors", "service/answering/planted.py", "import service.settings"),
    ("service-floors", "service/web/planted.py", "import service.app"),
    ("service-floors", "service/helpers.py", "VALUE = 1"),
    ("library-door", "embeddings/store/planted.py", "from embeddings import library"),
    ("library-door", "embeddings/encoders/planted.py", "import embeddings.library"),
    ("library-door", "embeddings/languages/planted.py", "from embeddings import store"),
    ("library-door", "embeddings/helpers.py", "VALUE = 1"),
]


def lint_imports(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--no-logo", *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the code, to be spoilt."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_rule_holds() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_import_breaks_its_rule(house: Path, contract: str, file: str, line: str) -> None:
    (house / file).write_text(line + "\n", encoding="utf-8")
    outcome = lint_imports(house, "--contract", contract)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "BROKEN" in outcome.stdout
    assert Path(file).stem in outcome.stdout  # it broke because of this file, not of another


def test_every_rule_has_a_planted_violation() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules = {contract["id"] for contract in pyproject["tool"]["importlinter"]["contracts"]}
    assert rules == {contract for contract, _, _ in PLANTED}


def test_the_service_starts_without_loading_torch() -> None:
    # guard C1: loading it takes seconds, and the default model runs without it
    heavy = {"torch", "transformers", "sentence_transformers"}
    code = f"import sys, service.app; print({heavy} & set(sys.modules))"
    outcome = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.stdout.strip() == "set()", outcome.stdout + outcome.stderr


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()]
