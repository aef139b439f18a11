"""The card of the shipped weights: what they were trained on, when, how, and what they are worth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from embeddings.training.examples import Text

NAME = "card.json"


def note(folder: Path, part: str, trained_on: Sequence[Text], figures: Mapping[str, Any]) -> None:
    """Write down one part ("late_interaction" or "reader"): its date, its texts and its figures.

    Other parts of the card stay. Under "texts" each part has the ids of the texts it was trained on.
    """
    card = _read(folder)
    ids = sorted(text.id for text in trained_on)
    card[part] = {
        "date": datetime.now(UTC).date().isoformat(),
        "texts": len(ids),
        "questions": sum(len(text.questions) for text in trained_on),
        "data": digest(trained_on),
        **figures,
    }
    card["texts"] = {**card.get("texts", {}), part: ids}
    (folder / NAME).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def texts_of(folder: Path, part: str) -> frozenset[str]:
    """The ids of the texts that this part was trained on; none when the card does not know of it."""
    return frozenset(_read(folder).get("texts", {}).get(part, ()))


def _read(folder: Path) -> dict[str, Any]:
    """The card as it is now; empty where there is none."""
    file = folder / NAME
    card: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return card


def digest(texts: Sequence[Text]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the texts with their questions, by id."""
    ordered = sorted(texts, key=lambda text: text.id)
    return hashlib.sha256("\n".join(map(repr, ordered)).encode()).hexdigest()[:16]
