"""The house itself: its papers are there, say what is so, and name no place of the builder's machine."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from service.domain.answer import Status
from service.web.wording import OUTCOMES

ROOT = Path(__file__).resolve().parents[2]

PAPERS = [
    ".ci/run", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "LICENSE",
    "LICENSES/EUPL-1.2.txt", "Makefile", "README.md", "REUSE.toml", "SECURITY.md", "constraints.txt",
    "docs/api.md", "docs/images/sidebar-answer.png", "docs/operations.md", "docs/outcomes.md",
    "docs/settings.md", "publiccode.yml", "pyproject.toml", "service/domain/GLOSSARY.md",
]  # fmt: skip
TARGETS = {
    "help", "install", "demo", "test", "check", "evals", "bench", "soak", "format", "constraints", "pictures",
    "clean",
}  # fmt: skip
# put together here, so that this file does not name them itself
ELSEWHERE = ["/".join(("", folder, "")) for folder in ("root", "work", "tmp", "home", "Users", "opt")] + [
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted"), ("registry", "npmjs"))
]
NOT_OURS = {"data", "results", "build", "dist", "__pycache__", "tests"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_the_house_is_there(paper: str) -> None:
    assert (ROOT / paper).stat().st_size > 0


def test_every_command_is_in_the_makefile_with_a_line_of_help() -> None:
    assert helped() >= TARGETS


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "SECURITY.md"]
)
def test_a_make_command_that_a_page_names_exists(page: str) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s])", code_in(page)))
    assert named <= helped()


def test_ci_checks_and_then_tests_so_that_the_count_of_tests_comes_last() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize(
    "page", ["README.md", *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_to_our_own_files_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "docs/outcomes.md"])
def test_the_table_of_outcomes_is_the_one_in_the_code(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text, re.MULTILINE)
    assert rows == [(OUTCOMES[status].word, status.value) for status in Status]


def test_no_file_names_a_place_of_a_machine_or_a_host_of_a_registry() -> None:
    found = [f"{file.relative_to(ROOT)}: {place}" for file, text in texts() for place in places_in(text)]
    assert found == []


@pytest.mark.parametrize("place", ELSEWHERE)
def test_such_a_place_would_be_seen(place: str) -> None:
    assert list(places_in(f"see {place}something")) == [place]


def test_the_part_of_a_web_address_is_no_place_of_a_machine() -> None:
    assert list(places_in("https://www.merelveen.example/work/tmp/page and data/root/file")) == []


def test_version_and_licence_are_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert project["version"] == code["softwareVersion"]
    assert project["license"] == code["legal"]["license"] == "EUPL-1.2"
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_whole_and_covers_every_file() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert licence.rstrip().endswith("production of a new EUPL version.")
    assert (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text(encoding="utf-8") == licence
    annotations = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    assert ("**", "EUPL-1.2") in [(each["path"], each["SPDX-License-Identifier"]) for each in annotations]


def helped() -> set[str]:
    return set(
        re.findall(r"^([a-z]+):.* ## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )


def code_in(page: str) -> str:
    """What stands in code marks, so that "make it" in a sentence is no command."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`[^`\n]+`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*blocks, *spans])


def texts() -> Iterator[tuple[Path, str]]:
    """Every text that goes along with the code, but the tests."""
    for file in sorted(ROOT.rglob("*")):
        if file.is_file() and is_ours(file.relative_to(ROOT)):
            try:
                yield file, file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture


def is_ours(file: Path) -> bool:
    """Whether a file goes along with the code: environments, caches, data and tests do not."""
    first = file.parts[0]
    if first.startswith(".") and first not in (".ci", ".gitignore"):
        return False
    return not NOT_OURS & set(file.parts) and not first.endswith(".egg-info")


def places_in(text: str) -> Iterator[str]:
    for place in ELSEWHERE:
        if re.search(rf"(?<![\w.}}/-]){re.escape(place)}", text):
            yield place
