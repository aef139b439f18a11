"""Files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class UnusableTexts(Exception):
    """The file cannot be used; the message names it and the line."""


def each_line(file: Path, made: Callable[[Mapping[str, Any]], T]) -> Iterator[T]:
    """What is made of each line; empty ones are left out. Raises UnusableTexts, naming the line."""
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                yield made(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableTexts(f"{file}:{number}: {error!r}") from error
