"""The data files beside this module, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def mapping(name: str) -> dict[str, Any]:
    """Give the content of rules/<name>.yaml."""
    text = (files(__package__) / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
    # libyaml's reader, where the wheel brings it: ten times as quick, and a service waits for this at start
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(text, Loader=loader)
    return content


@cache
def lines(name: str) -> tuple[str, ...]:
    """Give the lines of rules/<name> that are no comment."""
    text = (files(__package__) / "rules" / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
