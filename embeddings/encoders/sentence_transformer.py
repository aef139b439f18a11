"""Any sentence-transformers model, by name or directory, with the prompts it brings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.encoders.base import Encoded, EncoderFailed, Span, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder:
    """Runs in torch; slower than the bundled model, but any model fits.

    `query_prompt` and `passage_prompt` override the model's own (its prompts `query` and
    `document` or `passage`). Raises EncoderFailed when the model is not there: nothing is downloaded
    in offline mode, and code that a model brings is never run.
    """

    def __init__(
        self, model: str, query_prompt: str | None = None, passage_prompt: str | None = None
    ) -> None:
        self._model = _load(model)
        self._query_prompt = query_prompt if query_prompt is not None else self._own_prompt("query")
        self._passage_prompt = (
            passage_prompt if passage_prompt is not None else self._own_prompt("document", "passage")
        )
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.name = f"{model}@{_revision(model, self._model)}|{self._query_prompt}|{self._passage_prompt}"

    def encode_query(self, text: str) -> Encoded:
        return self._encode([self._query_prompt + text])[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        return self._encode([self._passage_prompt + text for text in texts])

    def token_spans(self, text: str) -> list[Span]:
        """Empty for a model whose tokenizer does not say where its tokens stand."""
        lead = len(self._passage_prompt)
        tokenizer: Any = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return []
        offsets = tokenizer(
            self._passage_prompt + text,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )["offset_mapping"]
        return [(max(start - lead, 0), max(end - lead, 0)) for start, end in offsets]

    def _own_prompt(self, *names: str) -> str:
        prompts: dict[str, str] = self._model.prompts or {}
        return next((prompts[name] for name in names if prompts.get(name)), "")

    def _encode(self, texts: list[str]) -> list[Encoded]:
        outputs: Any = self._model.encode(texts, prompt="", output_value=None, show_progress_bar=False)
        return [self._encoded(output) for output in outputs]

    def _encoded(self, output: dict[str, Any]) -> Encoded:
        present = output["attention_mask"].bool()
        states = output["token_embeddings"][: len(present)][present].float().cpu().numpy()
        vector = np.asarray(output["sentence_embedding"].float().cpu().numpy())
        return Encoded(unit(vector), unit(states))


def _load(model: str) -> SentenceTransformer:
    # imported here: torch takes seconds, and a service with the bundled model never needs it (guard C1)
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(model, trust_remote_code=False, device="cpu")
    except Exception as error:  # the hub client and transformers raise many kinds for "not there"
        raise EncoderFailed(f"cannot load the model {model}: {error}") from error


def _revision(model: str, loaded: Any) -> str:
    """What tells two editions of one name apart: the content of a directory, or the hub's commit."""
    directory = Path(model)
    if not directory.is_dir():
        return str(getattr(loaded[0].auto_model.config, "_commit_hash", None) or "")[:_REVISION]
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.suffix in _PARTS:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_REVISION]


_REVISION = 12
_PARTS = {".safetensors", ".bin", ".json", ".txt", ".model"}
