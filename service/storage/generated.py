"""Digests of what a language model wrote here: a text can be recognised later, no word of it is kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from embeddings.languages.base import folded
from service.storage.model_tables import generated

SHORTEST = 20  # characters: "Ja, dat kan." may be anybody's


def note_generated(
    connection: Connection,
    collection: str,
    question_id: uuid.UUID,
    texts: Sequence[str],
    model: str,
    made_at: datetime,
) -> None:
    """Note that this model wrote these texts for this question, and nothing else for it."""
    own = generated.c.collection == collection, generated.c.question_id == question_id
    connection.execute(delete(generated).where(*own))
    rows = [
        {
            "collection": collection,
            "digest": digest,
            "question_id": question_id,
            "model": model[:200],
            "made_at": made_at,
        }
        for digest in digests_of(texts)
    ]
    if rows:
        connection.execute(insert(generated), rows)


def digests_of(texts: Sequence[str]) -> list[str]:
    """The digests of texts, white space, case and accents aside; of short ones none."""
    plain = dict.fromkeys(" ".join(folded(text).split()) for text in texts)
    return [hashlib.sha256(text.encode()).hexdigest() for text in plain if len(text) >= SHORTEST]
