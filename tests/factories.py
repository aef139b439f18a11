"""Short ways to make documents and libraries, with everything else filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from embeddings import catalogue
from embeddings.document import Document, Section, SectionKind, Visibility
from embeddings.encoders.base import Encoded, Encoder, EncoderFailed, Span
from embeddings.encoders.hashing import HashingEncoder
from embeddings.library import Library
from embeddings.store.database import open_engine
from embeddings.store.migrating import migrate

COLLECTION = "merelveen"
SOURCE = "vac"


def document(id: str, text: str = "", **values: Any) -> Document:
    """A public Dutch document of one section; give `sections` for more, or any other field by its name."""
    words = text or f"Tekst van {id}."
    filled: dict[str, Any] = {
        "collection": COLLECTION,
        "source": SOURCE,
        "title": f"Over {id}",
        "sections": (Section("", words),),
        "url": f"https://www.merelveen.example/{id}",
        "owner": "Burgerzaken",
    }
    return Document(id=id, **(filled | values))


def note(text: str, heading: str = "Intern") -> Section:
    """A section for staff only."""
    return Section(heading, text, SectionKind.NOTE, Visibility.INTERNAL)


class CountingEncoder:
    """The hashing encoder, counting what it reads; it fails as long as `fails` is set."""

    def __init__(self, dimensions: int = 64, fails: bool = False, name: str = "") -> None:
        self._inner = HashingEncoder(dimensions)
        self.dimensions = dimensions
        self.name = name or self._inner.name
        self.fails = fails
        self.passages = 0
        self.queries = 0

    def encode_query(self, text: str) -> Encoded:
        self._check()
        self.queries += 1
        return self._inner.encode_query(text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        self._check()
        self.passages += len(texts)
        return self._inner.encode_passages(texts)

    def token_spans(self, text: str) -> list[Span]:
        return self._inner.token_spans(text)

    def _check(self) -> None:
        if self.fails:
            raise EncoderFailed("the model is away")


def open_library(folder: Path, encoder: Encoder | str | None = catalogue.HASHING, **options: Any) -> Library:
    """A migrated library in `folder`, made there when it is absent. `encoder`: one, none, or a name."""
    engine = open_engine(database_url(folder))
    migrate(engine)
    chosen = catalogue.encoder(encoder, folder / "models") if isinstance(encoder, str) else encoder
    return Library(engine, chosen, folder / "indexes", **options)


def database_url(folder: Path) -> str:
    """Where `open_library` keeps its database."""
    return f"sqlite:///{folder / 'library.sqlite'}"
