"""Wordings that a language model made of a text: apart from people's, searched only while that is wanted, and
gone with the text that they were made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from embeddings.document import DocumentKey
from embeddings.encoding import Encoding
from embeddings.store import documents as store
from embeddings.store import questioned
from embeddings.store import wordings as known_wordings
from embeddings.store.database import writing
from embeddings.store.questioned import Asked
from embeddings.store.wordings import Made, Wording

__all__ = ["Asked", "Made", "MadeWordings"]


class MadeWordings:
    """Those of the collections of one library; `follow_up` brings an index in step with a change."""

    def __init__(self, engine: Engine, encoding: Encoding, follow_up: Callable[[str], None]) -> None:
        self._engine = engine
        self._encoding = encoding
        self._follow_up = follow_up
        self._wanted: Callable[[], bool] = lambda: False

    def search_while(self, wanted: Callable[[], bool]) -> None:
        """From now on search with them as long as `wanted()`: every index looks twice a second."""
        self._wanted = wanted

    def are_searched(self) -> bool:
        """Whether they are searched now."""
        return self._wanted()

    def all(self, collection: str) -> dict[int, Wording]:
        """All of them, by id."""
        with self._engine.connect() as connection:
            return known_wordings.made(connection, collection)

    def waiting(self, collection: str, asked: Asked, limit: int) -> list[DocumentKey]:
        """Texts of which this model was not asked for questions as they are now."""
        with self._engine.connect() as connection:
            return questioned.waiting(connection, collection, asked, limit)

    def put(self, key: DocumentKey, texts: Sequence[str], made: Made, dropped: int = 0) -> bool:
        """Put a model's questions in the place of those that one made before, and remember that it was asked.

        False, and nothing is kept, when the text is another by now.
        """
        wordings = [Wording(key, text, made=made) for text in texts]
        with self._engine.connect() as connection:
            document = store.document(connection, key)
        if document is None or document.digest != made.digest:
            return False
        self._encoding.make(key.collection, [each.passage(document.title) for each in wordings])
        with writing(self._engine).begin() as connection:
            now = store.document(connection, key)
            if now is None or now.digest != made.digest:
                return False  # it changed while the vectors were made
            revision = store.next_revision(connection, key.collection)
            known_wordings.remove_made(connection, key.collection, revision, of=key)
            for each in wordings:
                known_wordings.add(connection, each, revision)
            questioned.note(connection, key, made, len(wordings), dropped)
        self._follow_up(key.collection)
        return True

    def forget(self, collection: str) -> int:
        """Take all of them away at once, their words included; how many. None are made again of a text that
        stays as it is, by the same model and prompt."""
        with writing(self._engine).begin() as connection:
            revision = store.next_revision(connection, collection)
            gone = known_wordings.remove_made(connection, collection, revision)
        self._follow_up(collection)
        return gone
