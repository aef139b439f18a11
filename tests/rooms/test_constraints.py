"""constraints.txt pins what pyproject.toml asks for: when the two drift apart, this fails."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("constraints", ROOT / ".ci" / "constraints.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script()


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def asked() -> list[Requirement]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [Requirement(line) for line in SCRIPT.wanted(pyproject)]


@pytest.mark.parametrize("requirement", asked(), ids=str)
def test_what_is_asked_for_is_pinned_within_its_range(requirement: Requirement) -> None:
    version = pinned().get(canonicalize_name(requirement.name))
    assert version, f"run make constraints: {requirement.name} is not in constraints.txt"
    assert requirement.specifier.contains(version, prereleases=True)


def test_what_those_need_is_pinned_too() -> None:
    assert needed_by_all(asked()) - set(pinned()) == set()


def test_the_file_reads_as_the_script_writes_it() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert text.startswith(SCRIPT.HEADER)
    lines = text.removeprefix(SCRIPT.HEADER).splitlines()
    assert lines == SCRIPT.pins(lines)


def test_torch_is_asked_for_first_and_exactly() -> None:
    # guard C1: any other request pulls several gigabytes
    assert str(asked()[0]) == "torch==2.13.0"
    assert pinned()["torch"] == "2.13.0"


def test_pins_are_sorted_without_the_project_and_the_local_part_of_a_version() -> None:
    frozen = ["torch==2.13.0+cpu", "Alembic==1.20.1", "pip==25.0", "antwoordduo==0.1.0", "bm25s==0.3.16\n"]
    assert SCRIPT.pins(frozen) == ["Alembic==1.20.1", "bm25s==0.3.16", "torch==2.13.0"]


@pytest.mark.parametrize(
    "line", ["torch @ file:///wheels/torch.whl", "-e git+https://code.example/a#egg=a", "numpy>=2", "numpy"]
)
def test_what_has_no_exact_version_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not an exact version"):
        SCRIPT.pins([line])


def needed_by_all(requirements: list[Requirement]) -> set[str]:
    """The names of everything that these need on this machine, all the way down."""
    needed: set[str] = set()
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        for extra in ("", *requirement.extras):
            if (key := f"{canonicalize_name(requirement.name)}[{extra}]") not in needed:
                needed.add(key)
                waiting += needs_of(requirement.name, extra)
    return {re.sub(r"\[.*", "", key) for key in needed}


def needs_of(name: str, extra: str) -> list[Requirement]:
    lines = metadata.requires(name) or []
    found = [Requirement(line) for line in lines]
    return [need for need in found if need.marker is None or need.marker.evaluate({"extra": extra})]
