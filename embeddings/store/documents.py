"""Documents and passages in SQL: what is published, which edition, and what an index must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from embeddings.document import (
    Audience,
    Document,
    DocumentKey,
    Hit,
    Passage,
    Scores,
    Section,
    SectionKind,
    Visibility,
)
from embeddings.store.tables import Moment, collections, documents, hidden, passages

# of a text that was withdrawn before it ever came
_UNSEEN = {
    "kind": "",
    "language": "",
    "audience": Audience.EVERYONE.value,
    "visibility": Visibility.INTERNAL.value,
    "digest": "",
}
_AT_ONCE = 500  # keys in one IN (…): under SQLite's old limit of 999 variables


@dataclass(frozen=True)
class Edition:
    """Which edition of a document is stored. `withdrawn` ones are tombstones: no text, but a version."""

    version: int | None
    digest: str
    withdrawn: bool = False


@dataclass(frozen=True)
class PassageRow:
    """What an index keeps of a live passage: enough to filter and to count terms, not to cite."""

    key: int
    document: DocumentKey
    digest: str
    title: str
    words: str
    language: str
    audience: Audience
    visibility: Visibility
    valid_from: datetime | None
    valid_until: datetime | None


def revision(connection: Connection, collection: str) -> int:
    """The collection's revision; 0 while it is empty."""
    query = select(collections.c.revision).where(collections.c.collection == collection)
    return connection.execute(query).scalar() or 0


def next_revision(connection: Connection, collection: str) -> int:
    """One higher, stored. Call it inside the transaction of the change, first: it takes the row's lock."""
    changed = connection.execute(
        update(collections)
        .where(collections.c.collection == collection)
        .values(revision=collections.c.revision + 1)
    )
    if changed.rowcount == 0:
        connection.execute(insert(collections).values(collection=collection, revision=1))
    return revision(connection, collection)


def editions(connection: Connection, collection: str, source: str) -> dict[str, Edition]:
    """Every stored edition of a source by document id, tombstones included."""
    columns = documents.c
    rows = connection.execute(
        select(columns.id, columns.version, columns.digest, columns.withdrawn_at).where(
            columns.collection == collection, columns.source == source
        )
    )
    return {row.id: Edition(row.version, row.digest, row.withdrawn_at is not None) for row in rows}


def put(connection: Connection, document: Document, pieces: Sequence[Passage], at_revision: int) -> None:
    """Store a document in place of its earlier edition. Its passages get new keys."""
    _remove_passages(connection, document.collection, document.source, document.id, at_revision)
    _replace_row(connection, document)
    rows = [_passage_values(document, piece, at_revision) for piece in pieces]
    if rows:
        connection.execute(insert(passages), rows)


def withdraw(
    connection: Connection, key: DocumentKey, version: int | None, at_revision: int, now: datetime
) -> None:
    """Leave a tombstone: the version stays, the text goes. Also of a text that never came: it may yet.

    With the version at which its source withdrew it the digest goes too: that edition cannot come back.
    """
    _remove_passages(connection, key.collection, key.source, key.id, at_revision)
    empty = {"title": "", "url": "", "owner": "", "sections": [], "keywords": [], "products": []}
    values = {"withdrawn_at": now} | empty | ({} if version is None else {"version": version, "digest": ""})
    where = _is(key.collection, key.source, key.id)
    if connection.execute(update(documents).where(*where).values(values)).rowcount == 0:
        place = {"collection": key.collection, "source": key.source, "id": key.id}
        connection.execute(insert(documents).values(_UNSEEN | place | values))


def document(connection: Connection, key: DocumentKey) -> Document | None:
    """The whole document as published, or None when it is not (any more)."""
    query = select(documents).where(
        *_is(key.collection, key.source, key.id), documents.c.withdrawn_at.is_(None)
    )
    row = connection.execute(query).first()
    return _document_of(row) if row else None


def rows_since(connection: Connection, collection: str, known: int) -> tuple[list[PassageRow], list[int]]:
    """Live passages added after revision `known`, and keys removed after it."""
    columns = passages.c
    added = connection.execute(
        select(passages).where(
            columns.collection == collection,
            columns.added_revision > known,
            columns.removed_revision.is_(None),
        )
    )
    removed = connection.execute(
        select(columns.key).where(columns.collection == collection, columns.removed_revision > known)
    )
    return [_index_row(row) for row in added], [row.key for row in removed]


def changed_since(connection: Connection, collection: str, known: int) -> tuple[int, int]:
    """How many passages are new or gone since revision `known`, a mended one counted once; and all."""
    columns = passages.c
    what = (columns.digest, columns.visibility, columns.audience, columns.valid_from, columns.valid_until)
    here, live = columns.collection == collection, columns.removed_revision.is_(None)
    since = select(*what).where(here, live, columns.added_revision > known)
    before = select(*what).where(here, columns.removed_revision > known, columns.added_revision <= known)
    new = Counter(tuple(row) for row in connection.execute(since))
    gone = Counter(tuple(row) for row in connection.execute(before))
    total = connection.execute(select(func.count()).select_from(passages).where(here, live)).scalar_one()
    # what was published again as it was is neither new nor gone
    return max((new - gone).total(), (gone - new).total()), int(total)


def confirmed(
    connection: Connection,
    collection: str,
    scored: Mapping[int, Scores],
    visibilities: Sequence[Visibility],
    now: datetime,
) -> dict[int, Hit]:
    """The passages with these keys that may be cited now, with their scores and what a citation needs."""
    found: dict[int, Hit] = {}
    keys = [int(key) for key in scored]
    fixed = {"collection": collection, "visibilities": [each.value for each in visibilities], "now": now}
    for start in range(0, len(keys), _AT_ONCE):
        rows = connection.execute(_CITABLE, fixed | {"keys": keys[start : start + _AT_ONCE]})
        found |= {row.key: _hit(row, scored[row.key]) for row in rows}
    return found


def purge_tombstones(connection: Connection, before: datetime) -> int:
    """Delete tombstones older than `before` with their passages' empty rows; how many documents."""
    old = select(documents.c.collection, documents.c.source, documents.c.id).where(
        documents.c.withdrawn_at < before
    )
    keys = [DocumentKey(*row) for row in connection.execute(old)]
    for key in keys:
        connection.execute(delete(passages).where(*_passages_of(key.collection, key.source, key.id)))
        connection.execute(delete(documents).where(*_is(key.collection, key.source, key.id)))
    return len(keys)


def purge_removed(connection: Connection, collection: str, up_to_revision: int) -> int:
    """Delete the empty rows of passages removed at or before a revision that every index has passed."""
    done = connection.execute(
        delete(passages).where(
            passages.c.collection == collection, passages.c.removed_revision <= up_to_revision
        )
    )
    return done.rowcount


def live_digests(connection: Connection, collection: str) -> set[str]:
    """Digests of all passages in use: vectors of others may go."""
    query = select(passages.c.digest).where(
        passages.c.collection == collection, passages.c.removed_revision.is_(None)
    )
    return set(connection.execute(query).scalars())


def live_passages(
    connection: Connection, collection: str, digests: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Context and text of the live passages with these digests: what an encoder would read."""
    wanted = set(digests)
    columns = passages.c
    rows = connection.execute(
        select(columns.digest, columns.title, columns.heading, columns.text).where(
            columns.collection == collection, columns.removed_revision.is_(None)
        )
    )
    blank = DocumentKey(collection, "", "")
    return {
        row.digest: (Passage(blank, 0, row.title, row.heading, row.text).context, row.text)
        for row in rows
        if row.digest in wanted
    }


def live_collections(connection: Connection) -> list[str]:
    return list(connection.execute(select(collections.c.collection)).scalars())


def _is(collection: str, source: str, id: str) -> tuple[Any, ...]:
    columns = documents.c
    return columns.collection == collection, columns.source == source, columns.id == id


def _passages_of(collection: str, source: str, id: str) -> tuple[Any, ...]:
    columns = passages.c
    return columns.collection == collection, columns.source == source, columns.document_id == id


def _remove_passages(connection: Connection, collection: str, source: str, id: str, at_revision: int) -> None:
    # the text goes at once; the empty row tells every index to drop its copy
    connection.execute(
        update(passages)
        .where(*_passages_of(collection, source, id), passages.c.removed_revision.is_(None))
        .values(removed_revision=at_revision, title="", heading="", text="", keywords=[])
    )


def _replace_row(connection: Connection, document: Document) -> None:
    values = {
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "url": document.url,
        "owner": document.owner,
        "audience": document.audience.value,
        "visibility": document.visibility.value,
        "valid_from": document.valid_from,
        "valid_until": document.valid_until,
        "modified_at": document.modified_at,
        "reviewed_at": document.reviewed_at,
        "version": document.version,
        "products": list(document.products),
        "keywords": list(document.keywords),
        "sections": [asdict(section) for section in document.sections],
        "digest": document.digest,
        "withdrawn_at": None,
    }
    key = _is(document.collection, document.source, document.id)
    if connection.execute(update(documents).where(*key).values(values)).rowcount == 0:
        place = {"collection": document.collection, "source": document.source, "id": document.id}
        connection.execute(insert(documents).values(place | values))


def _passage_values(document: Document, piece: Passage, at_revision: int) -> dict[str, Any]:
    return {
        "collection": document.collection,
        "source": document.source,
        "document_id": document.id,
        "position": piece.position,
        "title": piece.title,
        "heading": piece.heading,
        "text": piece.text,
        "kind": piece.kind.value,
        "keywords": list(piece.keywords),
        "digest": piece.digest,
        "language": document.language,
        "audience": document.audience.value,
        "visibility": piece.visibility.value,
        "valid_from": document.valid_from,
        "valid_until": document.valid_until,
        "added_revision": at_revision,
        "removed_revision": None,
    }


def _citable() -> Select[Any]:
    piece, whole = passages.c, documents.c
    joined = passages.join(
        documents,
        and_(
            piece.collection == whole.collection,
            piece.source == whole.source,
            piece.document_id == whole.id,
        ),
    )
    header = (whole.url, whole.owner, whole.modified_at, whole.reviewed_at, whole.products)
    return (
        select(passages, *header, whole.kind.label("document_kind"))
        .select_from(joined)
        .where(
            piece.collection == bindparam("collection"),
            piece.key.in_(bindparam("keys", expanding=True)),
            piece.removed_revision.is_(None),
            whole.withdrawn_at.is_(None),
            ~exists().where(
                hidden.c.collection == piece.collection,
                hidden.c.source == piece.source,
                hidden.c.id == piece.document_id,
            ),
            piece.visibility.in_(bindparam("visibilities", expanding=True)),
            or_(piece.valid_from.is_(None), piece.valid_from <= bindparam("now", type_=Moment)),
            or_(piece.valid_until.is_(None), piece.valid_until > bindparam("now", type_=Moment)),
        )
    )


_CITABLE = _citable()  # put together once: that took a third of the time of a confirmation


def _hit(row: Row[Any], scores: Scores) -> Hit:
    passage = Passage(
        document=DocumentKey(row.collection, row.source, row.document_id),
        position=row.position,
        title=row.title,
        heading=row.heading,
        text=row.text,
        kind=SectionKind(row.kind),
        visibility=Visibility(row.visibility),
        keywords=tuple(row.keywords),
    )
    return Hit(
        key=row.key,
        passage=passage,
        url=row.url,
        owner=row.owner,
        language=row.language,
        audience=Audience(row.audience),
        document_kind=row.document_kind,
        modified_at=row.modified_at,
        reviewed_at=row.reviewed_at,
        products=tuple(row.products),
        scores=scores,
    )


def index_row(key: int, document: Document, piece: Passage) -> PassageRow:
    """What an index would keep of a passage, were it published with this key."""
    return PassageRow(
        key=key,
        document=piece.document,
        digest=piece.digest,
        title=piece.title,
        words=_words(piece.title, piece.heading, piece.keywords, piece.text),
        language=document.language,
        audience=document.audience,
        visibility=piece.visibility,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
    )


def _words(title: str, heading: str, keywords: Sequence[str], text: str) -> str:
    return "\n".join([title, heading, " ".join(keywords), text])


def _index_row(row: Row[Any]) -> PassageRow:
    return PassageRow(
        key=row.key,
        document=DocumentKey(row.collection, row.source, row.document_id),
        digest=row.digest,
        title=row.title,
        words=_words(row.title, row.heading, row.keywords, row.text),
        language=row.language,
        audience=Audience(row.audience),
        visibility=Visibility(row.visibility),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _document_of(row: Row[Any]) -> Document:
    sections = tuple(
        Section(part["heading"], part["text"], SectionKind(part["kind"]), Visibility(part["visibility"]))
        for part in row.sections
    )
    return Document(
        collection=row.collection,
        source=row.source,
        id=row.id,
        title=row.title,
        sections=sections,
        kind=row.kind,
        language=row.language,
        url=row.url,
        owner=row.owner,
        audience=Audience(row.audience),
        visibility=Visibility(row.visibility),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        modified_at=row.modified_at,
        reviewed_at=row.reviewed_at,
        version=row.version,
        products=tuple(row.products),
        keywords=tuple(row.keywords),
    )
