"""Which part a product's texts and questions belong to: decided by its key alone, once and for all.

A third is never trained on, fitted on or looked at while choosing: it is what the published figures are
measured on. A sixth is for calibration: unseen by the models, seen by the judge.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

SIXTHS = 6

# Municipalities of the training part that the encoder never sees. The reader learns from those alone: on a
# text that the encoder was trained on, its states match a question better than they ever do elsewhere.
FOR_THE_READER = frozenset(
    {
        "bergakker",
        "grensbeek",
        "heuvelrode",
        "ijzerveld",
        "langewold",
        "maasakker",
        "molenstad",
        "oeverbeek",
        "parkmeer",
        "ruwenhage",
        "scheldeoord",
        "sluiskerke",
        "sterrenkamp",
        "tolbeek",
        "wolfhage",
        "zonnehoek",
    }
)


class Part(StrEnum):
    """What a product serves for."""

    HELD_OUT = "held_out"
    CALIBRATION = "calibration"
    TRAINING = "training"


_PARTS = (Part.HELD_OUT, Part.HELD_OUT, Part.CALIBRATION, Part.TRAINING, Part.TRAINING, Part.TRAINING)


def part_of(product: str) -> Part:
    """The part of a product key (any text that names the product; the same key, the same part)."""
    number = int.from_bytes(hashlib.sha256(product.encode()).digest(), "big")
    return _PARTS[number % SIXTHS]
