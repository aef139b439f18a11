"""Names to classes: which encoder, index and language a setting means.

A name stands for "module:callable", imported on first use, so that nothing is loaded that is not asked
for. An encoder name that is not listed is taken as a sentence-transformers name or directory.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, cast

from embeddings.encoders.base import Encoder
from embeddings.indexes.base import VectorIndex
from embeddings.languages.base import Language

INDEXES = {
    "exact": "embeddings.indexes.exact:ExactIndex",
    "faiss": "embeddings.indexes.faiss:FaissIndex",
}
LANGUAGES = {
    "nl": "embeddings.languages.nl:dutch",
    "en": "embeddings.languages.en:english",
}
BUNDLED = "bundled"
HASHING = "hashing"


def encoder(name: str, cache: Path) -> Encoder:
    """The encoder that `name` means; `cache` is where the bundled model is made and kept.

    Raises EncoderFailed when its model is not there.
    """
    if name == BUNDLED:
        return cast(Encoder, _called("embeddings.encoders.bundled:bundled_encoder", cache))
    if name == HASHING:
        return cast(Encoder, _called("embeddings.encoders.hashing:HashingEncoder"))
    return cast(Encoder, _called("embeddings.encoders.sentence_transformer:SentenceTransformerEncoder", name))


def index(name: str, dimensions: int) -> VectorIndex:
    """An empty index. Raises KeyError for a name that INDEXES does not hold."""
    return cast(VectorIndex, _called(INDEXES[name], dimensions))


def language(code: str) -> Language:
    """The language for an ISO 639-1 code; a text in another language is read as Dutch."""
    return cast(Language, _called(LANGUAGES.get(code, LANGUAGES["nl"])))


def _called(place: str, *arguments: Any) -> Any:
    module, name = place.split(":")
    return getattr(importlib.import_module(module), name)(*arguments)
