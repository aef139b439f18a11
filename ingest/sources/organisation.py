"""Who owns what: departments, members and productduos (source kind `organisatie`).

Departments and members come as Objecten envelopes, duos in our own form; names are matched without case,
because other systems know departments by their name and spell it as they like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ingest.organisation import Department, Duo, Member, Organisation
from ingest.sources.base import Problem, Severity, unreadable
from ingest.sources.envelope import departments_of, unique
from ingest.sources.fields import Fields
from ingest.sources.json_places import read_bytes
from ingest.sources.json_text import Broken, read_answer

KIND = "organisatie"
LONGEST_ID = 200


_Kept = TypeVar("_Kept", Department, Member, Duo)


@dataclass
class _Reading:
    """What has been found so far, each under its id without case."""

    departments: dict[str, Department] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    duos: dict[str, Duo] = field(default_factory=dict)
    product_duo: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def skip(self, where: str, message: str, own: str = "") -> None:
        self.problems.append(Problem(where, message, Severity.SKIPPED, own))

    def warn(self, where: str, message: str, own: str) -> None:
        self.problems.append(Problem(where, message, Severity.WARNING, own))

    def department_named(self, name: str) -> str:
        """The department's name as it is written where it is defined; empty when there is none."""
        known = next((one for one in self.departments.values() if _same(name, one.name, one.id)), None)
        return known.name if known else ""


def read_organisation(paths: Sequence[str | Path]) -> Organisation:
    """The organisation in these files (or folders of files): one may name what another defines."""
    reading = _Reading()
    entries = [entry for path in paths for entry in _entries(Path(path), reading)]
    for kind, keep in _KEEPERS:
        for where, own_kind, fields in entries:
            if own_kind == kind:
                keep(fields, where, reading)
    return Organisation(
        tuple(reading.departments.values()), tuple(reading.members.values()), tuple(reading.duos.values()),
        tuple(reading.problems),
    )  # fmt: skip


def _entries(path: Path, reading: _Reading) -> Iterator[tuple[str, str, Fields]]:
    for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
        content = read_bytes(file)
        if isinstance(content, Problem):
            reading.problems.append(content)
            continue
        answer = read_answer(content, str(file))
        if answer.fault:
            reading.problems.append(unreadable(answer.fault_at, answer.fault))
        for record in answer.records:
            if isinstance(record, Broken):
                reading.problems.append(unreadable(record.where, record.message))
            else:
                yield from _parts_of(Fields(record.value), str(file))


def _parts_of(whole: Fields, file: str) -> Iterator[tuple[str, str, Fields]]:
    """Each entry with its place: an entry has no line of its own here, but a list and a number."""
    for kind, _ in _KEEPERS:
        for number, entry in enumerate(whole.objects(kind), start=1):
            yield f"{file} {kind} {number}", kind, entry


def _data(entry: Fields) -> Fields:
    """What is inside an envelope, or the entry itself."""
    return entry.fields("record").fields("data") if "record" in entry.value else entry


def _keep_department(entry: Fields, where: str, reading: _Reading) -> None:
    data = _data(entry)
    name = data.text("naam")
    own = data.text("identificatie") or name
    if not name:
        reading.skip(where, "a department without naam", own)
    else:
        _keep(Department(own, name, data.text("email")), where, reading.departments, reading)


def _keep_member(entry: Fields, where: str, reading: _Reading) -> None:
    data = _data(entry)
    own = data.text("identificatie")
    parts = (data.text("voornaam"), data.text("voorvoegselAchternaam"), data.text("achternaam"))
    name = data.text("volledigeNaam") or " ".join(filter(None, parts)) or data.text("functie")
    if not own or not name:
        reading.skip(where, "a member without identificatie or name", own)
        return
    for department in departments_of(data):
        if not reading.department_named(department):
            reading.warn(where, f"unknown department {department!r}", own)
    known = unique(reading.department_named(department) or department for department in departments_of(data))
    email = next((item.text("email") for item in data.objects("emails")), "")
    _keep(Member(own, name, email, data.text("functie"), known), where, reading.members, reading)


def _keep_duo(entry: Fields, where: str, reading: _Reading) -> None:
    own, department = entry.text("identificatie"), entry.text("afdeling")
    members = (entry.text("kccLid"), entry.text("specialist"))
    unknown = [name for name in members if name.casefold() not in reading.members]
    if not own:
        reading.skip(where, "a duo without identificatie")
    elif not reading.department_named(department):
        reading.skip(where, f"unknown department {department!r}", own)
    elif unknown:
        reading.skip(where, f"unknown member {unknown[0]!r}", own)
    else:
        kcc, specialist = (reading.members[name.casefold()].id for name in members)
        products = tuple(_own_products(entry, own, where, reading))
        owner = reading.department_named(department)
        duo = Duo(own, entry.text("naam") or own, owner, kcc, specialist, products)
        _keep(duo, where, reading.duos, reading)


def _own_products(entry: Fields, own: str, where: str, reading: _Reading) -> Iterator[str]:
    """The products of a duo; one that another duo already has stays there."""
    for product in unique(entry.strings("producten")):
        first = reading.product_duo.setdefault(product, own)
        if first == own:
            yield product
        else:
            reading.warn(where, f"product {product} already belongs to {first}", own)


def _keep(one: _Kept, where: str, kept: dict[str, _Kept], reading: _Reading) -> None:
    """Keep the first of each id; the same department may stand in several files."""
    if len(one.id) > LONGEST_ID:
        reading.skip(where, f"identificatie longer than {LONGEST_ID} characters", one.id[:LONGEST_ID])
        return
    first = kept.setdefault(one.id.casefold(), one)
    if first != one:
        reading.warn(where, "given twice, differently: the first one counts", one.id)


def _same(name: str, *others: str) -> bool:
    return bool(name) and any(name.strip().casefold() == other.strip().casefold() for other in others)


_Keeper = Callable[[Fields, str, _Reading], None]
# Departments first, then members, then duos: each names those before it.
_KEEPERS: tuple[tuple[str, _Keeper], ...] = (
    ("afdelingen", _keep_department), ("medewerkers", _keep_member), ("productduos", _keep_duo),
)  # fmt: skip
