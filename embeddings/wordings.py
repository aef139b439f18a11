"""The known wordings of one moment, ready to search: they point at documents, and are never cited."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from embeddings.document import DocumentKey, Passage
from embeddings.encoders.base import Bytes, Floats
from embeddings.indexes.base import Keys
from embeddings.indexes.exact import ExactIndex
from embeddings.store.documents import PassageRow
from embeddings.store.vectors import StoredVector
from embeddings.store.wordings import Wording


def readable(
    wordings: Mapping[int, Wording], rows: Mapping[int, PassageRow], with_made: bool = False
) -> dict[int, Passage]:
    """What an encoder reads of each wording, by its id, where its document has live passages in `rows`; of
    those that a language model made only `with_made`."""
    titles = {row.document: row.title for row in rows.values()} if wordings else {}
    return {
        id: wording.passage(titles[wording.document])
        for id, wording in wordings.items()
        if wording.document in titles and (with_made or wording.made is None)
    }


class KnownWordings:
    """Wordings with a vector in `stored` (by digest), of documents whose passages stand in `rows`.

    `missing` counts those that wait for a model: until then they recognise nothing. Those that a language
    model made are only searched `with_made`.
    """

    def __init__(
        self,
        wordings: Mapping[int, Wording],
        rows: Mapping[int, PassageRow],
        stored: Mapping[str, StoredVector],
        dimensions: int,
        with_made: bool = False,
    ) -> None:
        self.wordings = wordings
        self.with_made = with_made
        pieces = readable(wordings, rows, with_made)
        digests = {id: piece.digest for id, piece in pieces.items()}
        self.pieces = {id: piece for id, piece in pieces.items() if digests[id] in stored}
        self.stored = {digest: stored[digest] for digest in set(digests.values()) if digest in stored}
        self.missing = len(pieces) - len(self.pieces)
        self._states = {id: stored[digests[id]].states for id in self.pieces}
        self._vectors = ExactIndex(dimensions)
        if self.pieces:
            vectors = np.stack([stored[digests[id]].vector for id in self.pieces])
            self._vectors.add(list(self.pieces), vectors)
        self._keys, self._documents = _keys_by_document(self.pieces, rows)
        places = {document: place for place, document in enumerate(self._documents)}
        self._ids: Keys = np.array(list(self.pieces), dtype=np.int64)
        self._places = np.array([places[each.document] for each in self.pieces.values()], dtype=np.int64)
        self._owners = np.repeat(
            np.arange(len(self._documents)), [len(keys) for keys in self._documents.values()]
        )

    def __len__(self) -> int:
        return len(self.pieces)

    def nearest(self, vector: Floats, count: int, allowed: Keys) -> tuple[Keys, Floats]:
        """The best by cosine, of documents of which at least one passage is allowed."""
        if not self.pieces:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return self._vectors.search(vector, count, self._ids[self._allowed(allowed)[self._places]])

    def states(self, id: int) -> Bytes:
        return self._states[id]

    def passages_of(self, document: DocumentKey) -> list[int]:
        """Keys of the live passages of a document with a wording."""
        return self._documents[document]

    def _allowed(self, allowed: Keys) -> NDArray[np.bool_]:
        """For each document, in the order of `_documents`."""
        owners = self._owners[np.isin(self._keys, allowed)]
        return np.asarray(np.bincount(owners, minlength=len(self._documents)) > 0, dtype=bool)


def _keys_by_document(
    pieces: Mapping[int, Passage], rows: Mapping[int, PassageRow]
) -> tuple[Keys, dict[DocumentKey, list[int]]]:
    """The passages of the documents with a wording: all keys, document after document, and by document."""
    documents: dict[DocumentKey, list[int]] = {piece.document: [] for piece in pieces.values()}
    for key, row in rows.items() if documents else ():
        if row.document in documents:
            documents[row.document].append(key)
    keys = [key for own in documents.values() for key in own]
    return np.array(keys, dtype=np.int64), documents


NO_WORDINGS = KnownWordings({}, {}, {}, 1)
