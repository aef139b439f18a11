"""Which sources a run reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.configuration import Job, WrongConfiguration, plan_of_file, plan_of_options

JOB = Job("", ())


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_lists_sources_with_paths_relative_to_itself(tmp_path: Path) -> None:
    plan = plan_of_file(
        write(
            tmp_path,
            'collection = "m"\n[[source]]\nkind = "vac"\nfrom = ["a.json", "https://x.example/p"]\n'
            'owner = "KCC"\n'
            '[[source]]\nkind = "organisatie"\nfrom = "o.json"\n',
        )
    )
    assert plan.collection == "m"
    assert plan.organisation == (str(tmp_path / "o.json"),)
    assert plan.sources == (
        Job("vac", (str(tmp_path / "a.json"), "https://x.example/p"), "vac", owner="KCC"),
    )


def test_places_of_one_source_are_read_together() -> None:
    plan = plan_of_options("m", ["vac", "sdg", "vac"], ["a", "b", "c"], JOB)
    assert {job.name: job.places for job in plan.sources} == {"vac": ("a", "c"), "sdg": ("b",)}
    assert plan_of_options("m", ["vac"], ["a", "b"], JOB).sources[0].places == ("a", "b")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = ", "sources.toml"),
        ('collection = "m"', r"no \[\[source\]\]"),
        ('[[source]]\nkind = "vac"\nfrom = "a"', "--collection"),
        ('collection = "m"\n[[source]]\nkind = "vak"\nfrom = "a"', "unknown kind of source 'vak'"),
        ('collection = "m"\n[[source]]\nkind = "vac"', "`from` is empty"),
        ('collection = "m"\n[[source]]\nkind = "vac"\nfrom = 3', "`from` is a path"),
        ('collection = "m"\n[[source]]\nkind = "vac"\nfrom = "a"\nowne = "x"', "`owne` is not known"),
        ('collection = "m"\n[[source]]\nkind = "vac"\nfrom = "a"\nintranet = "yes"', "`intranet`"),
        ('collection = "m"\n[[source]]\nfrom = "a"', "no `kind`"),
        (
            'collection = "m"\n[[source]]\nkind = "vac"\nfrom = "a"\n'
            '[[source]]\nkind = "vac"\nfrom = "b"\nowner = "x"',
            "two sources are called 'vac'",
        ),
        (
            'collection = "m"\n[[source]]\nkind = "vac"\nfrom = "https://a.example"\n'
            'token_env = "NO_SUCH_TOKEN"',
            "NO_SUCH_TOKEN is empty",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(WrongConfiguration, match=reason):
        plan_of_file(write(tmp_path, text))


@pytest.mark.parametrize(("kinds", "places"), [([], []), (["vac"], []), (["vac", "sdg"], ["a"])])
def test_options_come_in_pairs(kinds: list[str], places: list[str]) -> None:
    with pytest.raises(WrongConfiguration, match="in pairs"):
        plan_of_options("m", kinds, places, JOB)


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBJECTEN_TOKEN", "geheim")
    job = Job("vac", ("https://a.example",), token_env="OBJECTEN_TOKEN", token_scheme="Bearer")
    assert job.authorization() == "Bearer geheim"
    assert "geheim" not in repr(job)
