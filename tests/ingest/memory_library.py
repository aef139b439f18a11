"""A library that keeps its texts in memory: the twin that ingest is tested against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from embeddings.document import Document


@dataclass(frozen=True)
class Edition:
    version: int | None
    digest: str


@dataclass
class Applied:
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0


class MemoryLibrary:
    def __init__(self) -> None:
        self.documents: dict[tuple[str, str, str], Document] = {}
        self.calls = 0

    def published(self, collection: str, source: str) -> dict[str, Edition]:
        return {
            document.id: Edition(document.version, document.digest)
            for key, document in self.documents.items()
            if key[:2] == (collection, source)
        }

    def apply(
        self,
        collection: str,
        source: str,
        publish: Sequence[Document] = (),
        withdraw: Mapping[str, int | None] = MappingProxyType({}),
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Applied:
        self.calls += 1
        applied = Applied(withdrawn=list(withdraw))
        for document in publish:
            self._publish(document, applied)
        for id_ in withdraw:
            del self.documents[collection, source, id_]
        if on_progress:
            on_progress(len(publish), len(publish))
        return applied

    def _publish(self, document: Document, applied: Applied) -> None:
        key = (document.collection, document.source, document.id)
        before = self.documents.get(key)
        if before and before.version and document.version and before.version > document.version:
            applied.ignored.append((document.id, f"older than version {before.version}"))
            return
        outcome = applied.changed if before else applied.added
        if before and before.digest == document.digest:
            outcome = applied.unchanged
        outcome.append(document.id)
        self.documents[key] = document
        applied.passages += len(document.sections)
