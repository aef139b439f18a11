"""Which sources a run reads: from a TOML file, or from the command line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.fetching import Fetcher, is_address
from ingest.sources import SOURCES
from ingest.sources.base import Feed
from ingest.sources.organisation import KIND as ORGANISATION

LONGEST_NAME = 50


class WrongConfiguration(Exception):
    """The run cannot start; the message says what to write instead."""


@dataclass(frozen=True)
class Job:
    """One source of a run. `name` is what the library knows it by: the kind, unless it is given.

    `token_env` names the environment variable with the token, which goes along as "`token_scheme` token".
    """

    kind: str
    places: tuple[str, ...]
    name: str = ""
    owner: str = ""
    language: str = "nl"
    token_env: str = ""
    token_scheme: str = "Token"
    intranet: bool = False

    def feed(self, collection: str, owners: Mapping[str, str]) -> Feed:
        """The feed that this source reads, with the network behind it."""
        return Feed(collection, self.name, self.places, self.owner, owners, self.language, self._fetcher)

    def _fetcher(self, start: str) -> Fetcher:
        return Fetcher(start, self.authorization(), self.intranet)

    def authorization(self) -> str:
        """The header that goes along with every request; empty when there is no token."""
        if not self.token_env:
            return ""
        token = os.environ.get(self.token_env, "")
        if not token:
            raise WrongConfiguration(f"the environment variable {self.token_env} is empty")
        return f"{self.token_scheme} {token}"


@dataclass(frozen=True)
class Plan:
    """All that a run reads. The organisation comes first: it says who owns the products."""

    collection: str
    jobs: tuple[Job, ...]

    @property
    def organisation(self) -> tuple[str, ...]:
        """The files that say who owns what."""
        return tuple(place for job in self.jobs if job.kind == ORGANISATION for place in job.places)

    @property
    def sources(self) -> tuple[Job, ...]:
        """The sources of texts."""
        return tuple(job for job in self.jobs if job.kind != ORGANISATION)


def plan_of_file(path: Path, collection: str = "") -> Plan:
    """The plan in a TOML file; its paths are relative to the file."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongConfiguration(f"{path}: {error}") from error
    entries = content.get("source")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WrongConfiguration(f"{path}: no [[source]] in it")
    jobs = [
        _job_of_entry(entry, path.parent, f"{path}, source {number}")
        for number, entry in enumerate(entries, 1)
    ]
    return _plan(collection or str(content.get("collection") or ""), jobs)


def plan_of_options(collection: str, kinds: Sequence[str], places: Sequence[str], job: Job) -> Plan:
    """The plan of `--source KIND --from PLACE` pairs; several places after one kind belong to it."""
    if len(kinds) == 1 and places:
        kinds = [kinds[0]] * len(places)
    if not kinds or len(kinds) != len(places):
        raise WrongConfiguration("give --source KIND and --from PLACE in pairs, or --config FILE")
    return _plan(collection, [replace(job, kind=kind, places=(place,))
                              for kind, place in zip(kinds, places, strict=True)])  # fmt: skip


def _plan(collection: str, jobs: Sequence[Job]) -> Plan:
    if not collection or len(collection) > 100:
        raise WrongConfiguration("give --collection NAME: the municipality that the texts belong to")
    merged: dict[str, Job] = {}
    for job in map(_checked, jobs):
        merged[job.name] = _merged(merged.get(job.name), job)
    return Plan(collection, tuple(merged.values()))


def _checked(job: Job) -> Job:
    if job.kind not in (*SOURCES, ORGANISATION):
        known = ", ".join(sorted([*SOURCES, ORGANISATION]))
        raise WrongConfiguration(f"unknown kind of source {job.kind!r}; known: {known}")
    if not job.places:
        raise WrongConfiguration(f"source {job.kind}: `from` is empty")
    if any(is_address(place) for place in job.places):
        job.authorization()  # better now than halfway the run
    if len(job.name) > LONGEST_NAME:
        raise WrongConfiguration(f"the name {job.name!r} is longer than {LONGEST_NAME} characters")
    return replace(job, name=job.name or job.kind)


def _merged(before: Job | None, job: Job) -> Job:
    """Places of one source together: read apart, each would withdraw what the other delivers."""
    if before is None:
        return job
    if replace(before, places=()) != replace(job, places=()):
        raise WrongConfiguration(f"two sources are called {job.name!r}: give one of them a `name`")
    return replace(before, places=before.places + job.places)


def _job_of_entry(entry: Mapping[str, Any], base: Path, where: str) -> Job:
    values = {key: value for key, value in entry.items() if key != "from"}
    types = {
        field.name: bool if field.name == "intranet" else str
        for field in fields(Job)
        if field.name != "places"
    }
    for key, value in values.items():
        if key not in types or not isinstance(value, types[key]):
            raise WrongConfiguration(f"{where}: `{key}` is not known, or not of the right kind")
    if "kind" not in values:
        raise WrongConfiguration(f"{where}: no `kind`")
    given = entry.get("from") or []
    places = [given] if isinstance(given, str) else given
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        raise WrongConfiguration(f"{where}: `from` is a path or address, or a list of them")
    return Job(**values, places=tuple(place if is_address(place) else str(base / place) for place in places))
