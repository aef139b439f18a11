"""The entry of this service for the Dutch register of algorithms (guard P8).

Its fields are those of the Algoritmeregister publicatiestandaard 1.0.0 of the Ministry of the Interior. What
settings and measurements say is filled in; the rest is for a person, and is named.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from service.composers.llm.tasks import Task
from service.settings import Settings, listed
from service.web import wording_register as wording
from service.web.dates import in_words

STANDARD = "1.0.0"
BUNDLED = "bundled"  # the setting that stands for the shipped encoder
# nothing to fill in while the service is in use
NOT_NOW = frozenset({"end_date"})
REQUIRED = frozenset(
    {"name", "description_short", "organization", "status", "contact_email", "publication_category", "lang"}
)
LISTS = frozenset({"category", "lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping"})
Value = str | list[str]


@dataclass(frozen=True)
class Field:
    """A field of the standard; `how` says what a person fills in where it is empty."""

    name: str
    title: str
    value: Value
    how: str
    required: bool

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else "; ".join(self.value)


@dataclass(frozen=True)
class Entry:
    """All fields, in the order of the standard."""

    fields: tuple[Field, ...]

    @property
    def filled(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.value)

    @property
    def open(self) -> tuple[Field, ...]:
        """What a person still has to fill in, or to leave empty with reason."""
        return tuple(one for one in self.fields if not one.value and one.name not in NOT_NOW)

    def as_json(self) -> str:
        content = {one.name: one.value for one in self.fields}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def as_csv(self) -> str:
        """A row with the names of the fields and one with their contents; parts of a list with semicolons."""
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow([one.name for one in self.fields])
        rows.writerow([one.text for one in self.fields])
        return written.getvalue()


def entry_of(settings: Settings, municipality: str) -> Entry:
    """The entry of an installation."""
    values = _values(settings, municipality)
    return Entry(
        tuple(
            Field(name, title, values.get(name, [] if name in LISTS else ""), how, name in REQUIRED)
            for name, (title, how) in wording.FIELDS.items()
        )
    )


def _values(settings: Settings, municipality: str) -> dict[str, Value]:
    fitted = _shipped("service.answering", "calibration.json")
    reworded = settings.composer == "llm"
    labelled = str(fitted["cases"]["labelled"])
    description = wording.DESCRIPTION.format(municipality=municipality)
    risks = wording.RISKS.format(promises=_promises(fitted), labelled=labelled)
    return {
        "name": wording.NAME,
        "description_short": description + (wording.DESCRIPTION_MODEL if reworded else ""),
        "organization": municipality[:1].upper() + municipality[1:],
        "category": list(wording.THEMES),
        "contact_email": settings.contact_email,
        "goal": wording.GOAL,
        "human_intervention": wording.INTERVENTION,
        "risks": risks + (wording.RISKS_MODEL if reworded else ""),
        "source_data": wording.SOURCE_DATA.format(municipality=municipality, kept=_kept(settings)),
        "methods_and_models": _methods(settings, fitted, labelled),
        "lang": "nld",
        "standard_version": STANDARD,
        "source_id": f"antwoordduo-{settings.collection}",
        "tags": wording.TAGS,
    }


def _methods(settings: Settings, fitted: Mapping[str, Any], labelled: str) -> str:
    own = settings.encoder == BUNDLED
    measured = fitted["fits"]["reader"]["out of fold"]
    proof = wording.MEASURED.format(
        auroc=_decimal(measured["AUROC answerable"]), brier=_decimal(measured["Brier"])
    )
    return wording.METHODS.format(
        encoder=fitted["encoder"] if own else settings.encoder,
        reader=wording.READER.format(reader=fitted["reader"]) if fitted.get("reader") else "",
        date=in_words(date.fromisoformat(fitted["date"])),
        labelled=labelled,
        answerable=fitted["cases"]["answerable"],
        measured=proof if own else wording.OTHER_ENCODER.format(encoder=fitted["encoder"]),
        screening=in_words(
            date.fromisoformat(_shipped("service.answering.screening", "meaning.json")["date"])
        ),
        model=_model(settings),
    ).strip()


def _model(settings: Settings) -> str:
    if settings.composer != "llm":
        return wording.MODEL_OFF
    tasks = [wording.TASK_NAMES[Task(one).value] for one in listed(settings.model_tasks)]
    return wording.MODEL_ON.format(
        name=settings.model_name,
        tokens=settings.model_tokens,
        processor=settings.model_processor,
        region=settings.model_region,
        tasks=wording.TASKS.format(tasks=", ".join(tasks)) if tasks else "",
    ).strip()


def _promises(fitted: Mapping[str, Any]) -> str:
    """What each channel promises about wrong answers; a channel that cannot keep it answers nothing."""
    promises = fitted["fits"]["reader"]["promises"]
    said = []
    for channel, name in wording.CHANNELS.items():
        promise = promises[channel]
        sentence = wording.PROMISE_NONE if promise["cut_off"] is None else wording.PROMISE
        said.append(sentence.format(channel=name, risk=f"{promise['risk'] * 100:g} procent"))
    return " ".join(said)


def _kept(settings: Settings) -> str:
    days = settings.retention_days
    return wording.KEPT.format(days=days) if days else wording.NOT_KEPT


def _decimal(figure: float) -> str:
    return f"{figure:.2f}".replace(".", ",")


def _shipped(package: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))
    return content
