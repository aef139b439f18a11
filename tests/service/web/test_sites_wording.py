"""The sentences around the chat and on the website of the demo: short, and with "u"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

import pytest

from service.web import wording_demo_site, wording_limits, wording_sites

LONGEST, MEAN = 20, 12
MODULES = (wording_sites, wording_demo_site, wording_limits)


def texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from texts(value.values())
        elif isinstance(value, tuple):
            yield from texts(value)
        elif is_dataclass(value) and not isinstance(value, type):
            yield from texts(getattr(value, each.name) for each in fields(value))


def sentences(module: object) -> list[str]:
    said = texts(value for name, value in vars(module).items() if name.isupper())
    return [one for text in said for one in re.split(r"(?<=[.?!:])\s+", text) if " " in one]


@pytest.mark.parametrize("module", MODULES)
def test_sentences_are_short(module: object) -> None:
    lengths = [len(one.split()) for one in sentences(module)]
    assert max(lengths) <= LONGEST, max(sentences(module), key=lambda one: len(one.split()))
    assert sum(lengths) / len(lengths) <= MEAN


@pytest.mark.parametrize("module", MODULES)
def test_people_are_addressed_with_u(module: object) -> None:
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.IGNORECASE)
    assert [one for one in sentences(module) if familiar.search(one)] == []


def test_each_switch_and_each_colour_has_a_name() -> None:
    from service.web.switches import NAMES
    from service.web.widget.themes import TOKENS

    assert set(wording_sites.SWITCHES) == set(NAMES)
    assert set(wording_sites.TOKEN_NAMES) == set(TOKENS)
