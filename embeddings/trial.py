"""The library as if: with a draft published, a text withdrawn, a wording forgotten. In memory only."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from embeddings.document import Document, DocumentKey, Hit, Passage, Scores, Visibility
from embeddings.encoders.base import Encoder, EncoderFailed, pack_states, unpack_states
from embeddings.follower import terms_of
from embeddings.passages import passages
from embeddings.searching import LibraryUnavailable, Searching
from embeddings.snapshot import Snapshot, delta_of
from embeddings.store import vectors
from embeddings.store.documents import PassageRow, index_row
from embeddings.store.vectors import StoredVector
from embeddings.store.wordings import Wording
from embeddings.wordings import KnownWordings, readable

REMEMBERED = 256  # vectors of drafts: who types in a preview changes one passage at a time

logger = logging.getLogger(__name__)


class DraftVectors:
    """Vectors of texts that are not published: out of SQL where the same text is, else made and remembered
    in this process alone."""

    def __init__(self, engine: Engine, encoder: Encoder | None) -> None:
        self._engine = engine
        self._encoder = encoder
        self._remembered: OrderedDict[str, StoredVector] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, collection: str, pieces: Collection[Passage]) -> dict[str, StoredVector]:
        """By digest; what no model can read now is left out, and then found by keywords."""
        if self._encoder is None or not pieces:
            return {}
        wanted = {piece.digest: piece for piece in pieces}
        found = self._recalled(wanted)
        unknown = wanted.keys() - found.keys()
        if unknown:
            with self._engine.connect() as connection:
                name, dimensions = self._encoder.name, self._encoder.dimensions
                found |= vectors.load(connection, collection, name, unknown, dimensions)
        return found | self._made(self._encoder, [wanted[digest] for digest in wanted if digest not in found])

    def _recalled(self, wanted: Collection[str]) -> dict[str, StoredVector]:
        with self._lock:
            found = {digest: self._remembered[digest] for digest in wanted if digest in self._remembered}
            for digest in found:
                self._remembered.move_to_end(digest)
        return found

    def _made(self, encoder: Encoder, pieces: Sequence[Passage]) -> dict[str, StoredVector]:
        if not pieces:
            return {}
        try:
            encoded = encoder.encode_passages([f"{piece.context}\n{piece.text}" for piece in pieces])
        except EncoderFailed as error:
            logger.error("a draft stays without vectors, it is found by keywords: %s", error)
            return {}
        made = {
            # through bytes and back: a draft is compared with what it would be once it is published
            piece.digest: StoredVector(
                each.vector, unpack_states(pack_states(each.states), encoder.dimensions)
            )
            for piece, each in zip(pieces, encoded, strict=True)
        }
        with self._lock:
            self._remembered |= made
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return made


@dataclass(frozen=True)
class Supposed:
    """What is so in a trial, and not in the library."""

    publish: Sequence[Document] = ()
    withdraw: Collection[DocumentKey] = ()
    with_wordings: Sequence[Wording] = ()
    without_wordings: Collection[int] = ()


class Trial(Searching):
    """Searches, reads and marks as the library would if what is supposed were so; follows its changes.

    Passages of drafts have negative keys, which stay the same as long as the trial does.
    """

    def __init__(self, live: Searching, drafts: DraftVectors, supposed: Supposed) -> None:
        super().__init__(live.encoder, live.reader, live.tokens)
        self._live = live
        self._vectors = drafts
        self._supposed = supposed
        self._published = {_key(each): each for each in supposed.publish}
        self._gone = {*supposed.withdraw, *self._published}
        pieces = [piece for each in self._published.values() for piece in passages(each)]
        # in their order: of texts that score the same the one with the lower key comes first
        self._pieces = dict(enumerate(pieces, start=-len(pieces)))
        count = len(supposed.with_wordings)
        self._wordings = dict(enumerate(supposed.with_wordings, start=-count))
        self._made: dict[str, tuple[Snapshot, Snapshot]] = {}

    def document(self, key: DocumentKey) -> Document | None:
        if key in self._gone:
            return self._published.get(key)
        return self._live.document(key)

    def conditions(self, collection: str) -> tuple[str, ...]:
        reasons = list(self._live.conditions(collection))
        if self._model_fails:
            reasons.append("model_fails")
        if self._reader_fails:
            reasons.append("reader_fails")
        _, made = self._made.get(collection, (None, None))
        if self.encoder and made and (made.missing or made.known.missing):
            reasons.append("missing_vectors")
        return tuple(dict.fromkeys(reasons))

    def snapshot(self, collection: str) -> Snapshot:
        live = self._live.snapshot(collection)
        of, made = self._made.get(collection, (None, None))
        if made is None or of is not live:
            try:
                made = self._supposing(collection, live)
            except SQLAlchemyError as error:
                raise LibraryUnavailable(str(error)) from error
            self._made[collection] = (live, made)
        return made

    def confirmed(
        self,
        collection: str,
        scored: Mapping[int, Scores],
        visibilities: Sequence[Visibility],
        moment: datetime,
    ) -> dict[int, Hit]:
        published = {key: scores for key, scores in scored.items() if key >= 0}
        found = self._live.confirmed(collection, published, visibilities, moment)
        for key in scored.keys() - published.keys():
            document, piece = self._published[self._pieces[key].document], self._pieces[key]
            if _citable(document, piece, visibilities, moment):
                found[key] = _hit(key, document, piece, scored[key])
        return found

    def _supposing(self, collection: str, live: Snapshot) -> Snapshot:
        pieces = {
            key: piece for key, piece in self._pieces.items() if piece.document.collection == collection
        }
        drafts = {
            key: index_row(key, self._published[piece.document], piece) for key, piece in pieces.items()
        }
        rows = {key: row for key, row in live.rows.items() if row.document not in self._gone} | drafts
        terms = {key: live.terms[key] if key in live.terms else terms_of(row) for key, row in rows.items()}
        stored = self._vectors.of(collection, pieces.values())
        delta = {key: each for key, each in live.delta.stored.items() if key in rows}
        delta |= {key: stored[piece.digest] for key, piece in pieces.items() if piece.digest in stored}
        return Snapshot(
            revision=live.revision,
            rows=rows,
            terms=terms,
            base=live.base,
            delta=delta_of(delta, self._dimensions),
            known=self._known(collection, live, rows),
        )

    def _known(self, collection: str, live: Snapshot, rows: Mapping[int, PassageRow]) -> KnownWordings:
        """The wordings that are not left out, read with the titles that their documents have here."""
        left_out = set(self._supposed.without_wordings)
        wordings = {id: each for id, each in live.known.wordings.items() if id not in left_out}
        wordings |= {
            id: each for id, each in self._wordings.items() if each.document.collection == collection
        }
        pieces = readable(wordings, rows, live.known.with_made).values()
        stored = dict(live.known.stored)
        stored |= self._vectors.of(collection, [each for each in pieces if each.digest not in stored])
        return KnownWordings(wordings, rows, stored, self._dimensions, live.known.with_made)

    @property
    def _dimensions(self) -> int:
        return self.encoder.dimensions if self.encoder else 1


def _key(document: Document) -> DocumentKey:
    return DocumentKey(document.collection, document.source, document.id)


def _citable(
    document: Document, piece: Passage, visibilities: Sequence[Visibility], moment: datetime
) -> bool:
    """The rule by which the database confirms."""
    begun = document.valid_from is None or document.valid_from <= moment
    over = document.valid_until is not None and document.valid_until <= moment
    return piece.visibility in visibilities and begun and not over


def _hit(key: int, document: Document, piece: Passage, scores: Scores) -> Hit:
    return Hit(
        key=key,
        passage=piece,
        url=document.url,
        owner=document.owner,
        language=document.language,
        audience=document.audience,
        document_kind=document.kind,
        modified_at=document.modified_at,
        reviewed_at=document.reviewed_at,
        products=document.products,
        scores=scores,
    )
