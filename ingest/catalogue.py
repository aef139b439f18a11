"""What ingest asks of the library: two doors, as `embeddings.library.Library` has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from embeddings.document import Document

Progress = Callable[[int, int], None]


class StoredEdition(Protocol):
    """The edition of a text that the library shows now."""

    @property
    def version(self) -> int | None:
        """The source's own number, where it keeps one."""
        ...

    @property
    def digest(self) -> str:
        """`Document.digest` of it."""
        ...


class Outcome(Protocol):
    """What the library did with one change."""

    @property
    def added(self) -> Sequence[str]: ...
    @property
    def changed(self) -> Sequence[str]: ...
    @property
    def unchanged(self) -> Sequence[str]: ...
    @property
    def withdrawn(self) -> Sequence[str]: ...
    @property
    def ignored(self) -> Sequence[tuple[str, str]]: ...
    @property
    def passages(self) -> int: ...
    @property
    def embedded(self) -> int: ...


class Catalogue(Protocol):
    """The two doors of `embeddings.library.Library` that ingest uses."""

    def published(self, collection: str, source: str) -> Mapping[str, StoredEdition]:
        """Every live text of a source, by id."""
        ...

    def apply(
        self, collection: str, source: str, publish: Sequence[Document] = (),
        withdraw: Mapping[str, int | None] = {}, on_progress: Progress | None = None,
    ) -> Outcome:  # fmt: skip
        """Publish and withdraw at once: all or nothing.

        `withdraw` gives the version at which the source withdrew a text; None when it is merely absent.
        """
        ...
