"""A folder of Markdown and HTML files, with what is known about each in its front matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from embeddings.document import Audience, Document, Section, Visibility
from ingest.readers import links_in, read_html, read_markdown
from ingest.readers.mend import Unfit
from ingest.sources.base import Delivery, Feed, Found, Problem, Severity, unreadable
from ingest.sources.documents import chosen
from ingest.sources.envelope import unique
from ingest.sources.fields import Fields
from ingest.sources.json_places import read_bytes
from ingest.sources.page_file import PageFile, open_page
from ingest.sources.parts import owner_of, titled

_MARKDOWN, _HTML = (".md", ".markdown"), (".html", ".htm")


class FolderSource:
    """One document a file, known by its path in the folder unless its front matter gives an id.

    Front matter: title, id, url, owner, kind, language, audience, visibility, valid_from, valid_until (the
    first day on which it no longer holds), modified, reviewed, version, keywords, products.
    """

    kind: ClassVar[str] = "folder"

    def __init__(self, feed: Feed) -> None:
        self.feed = feed

    def read(self) -> Iterator[Delivery]:
        """Every file, by path."""
        for place in self.feed.places:
            root = Path(place)
            if root.is_dir():
                for path in _files_under(root):
                    yield from self._file(path, path.relative_to(root).as_posix())
            else:
                yield unreadable(place, "not a folder")

    def _file(self, path: Path, name: str) -> Iterator[Delivery]:
        content = read_bytes(path)
        if isinstance(content, Problem):
            yield Problem(str(path), content.message, Severity.SKIPPED, name, keeps=(name,), incomplete=True)
            return
        page = open_page(content)
        fields = Fields(page.about)
        own = fields.text("id") or name
        if page.fault:
            yield _skipped(f"{path}:{page.line}", page.fault, own, name)
            return
        try:
            yield Found(self._document(page, fields, own, path), f"{path}:1", links_in(page.text))
        except Unfit as unfit:
            yield _skipped(f"{path}:1", str(unfit), own, name)
        for note in dict.fromkeys(fields.notes):
            yield Problem(f"{path}:1", note, Severity.WARNING, own)

    def _document(self, page: PageFile, about: Fields, own: str, path: Path) -> Document:
        sections = _read(page, path)
        products = about.strings("products")
        return Document(
            collection=self.feed.collection,
            source=self.feed.name,
            id=own,
            title=titled(
                about.text("title") or page.title or _first_heading(sections), sections, about.notes, "title"
            ),
            sections=sections,
            kind=about.text("kind") or "page",
            language=about.text("language").casefold() or self.feed.language,
            url=about.link("url"),
            owner=owner_of(unique([about.text("owner")]), products, self.feed.owner, self.feed.owners),
            audience=chosen(about, "audience", Audience.EVERYONE),
            visibility=chosen(about, "visibility", Visibility.PUBLIC),
            valid_from=about.limit("valid_from"),
            valid_until=about.limit("valid_until"),
            modified_at=about.moment("modified"),
            reviewed_at=about.moment("reviewed"),
            version=about.version("version"),
            products=products,
            keywords=about.strings("keywords"),
        )


def _files_under(root: Path) -> list[Path]:
    """Files that can be read as pages; hidden ones and links that lead out of the folder are left alone."""
    inside = root.resolve()
    found = (path for path in root.rglob("*") if path.suffix.lower() in _MARKDOWN + _HTML and path.is_file())
    return sorted(
        path for path in found
        if path.resolve().is_relative_to(inside)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )  # fmt: skip


def _read(page: PageFile, path: Path) -> tuple[Section, ...]:
    return read_html(page.text) if path.suffix.lower() in _HTML else read_markdown(page.text)


def _first_heading(sections: tuple[Section, ...]) -> str:
    return next((section.heading for section in sections if section.heading), "")


def _skipped(where: str, message: str, own: str, name: str) -> Problem:
    """The present edition stays, whether it was known by the id in the file or by the file's name."""
    return Problem(where, message, Severity.SKIPPED, own, keeps=tuple(dict.fromkeys((own, name))))
