"""Ask the library: what may this asker see that fits this question?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from embeddings.document import FoundDocument, Hit, Marked
from embeddings.library import Found, Search
from embeddings.reading import Reading
from embeddings.searching import Searching
from service.domain.question import Asker

PASSAGES = 32  # enough for ten documents, as a rule; each one more costs time in the database


@dataclass(frozen=True)
class Evidence:
    """What was found for `text`, the question made whole. `marks` are made once, when asked for:
    they cost time. `in_own_words` is the same question without a word of a model, where `text` has any."""

    text: str
    found: Found
    library: Searching
    in_own_words: str = ""
    _marked: dict[int, list[Marked]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def documents(self) -> tuple[FoundDocument, ...]:
        return self.found.documents

    @property
    def by_meaning(self) -> bool:
        return self.found.by_meaning

    @property
    def readings(self) -> Mapping[int, Reading]:
        """What the reader made of a passage, by its key."""
        return self.found.readings

    @property
    def was_read(self) -> bool:
        return bool(self.found.readings)

    def read(self) -> Evidence:
        """The same, looked at by the reader: for a question that was asked, not while it is typed."""
        return replace(self, found=self.library.read(self.found))

    def marks(self, hit: Hit) -> list[Marked]:
        """The hit's quotable units in their order, with how well each fits the question."""
        if hit.key not in self._marked:
            self._marked[hit.key] = self.library.mark(self.found, hit, self.text)
        return self._marked[hit.key]

    def without(self, documents: Collection[str]) -> Evidence:
        """The same, as if these document ids were not in the library: for making judges."""
        hits = tuple(hit for hit in self.found.hits if hit.passage.document.id not in documents)
        kept = tuple(each for each in self.documents if each.key.id not in documents)
        return replace(self, found=replace(self.found, hits=hits, documents=kept))


def retrieve(library: Searching, collection: str, text: str, language: str, asker: Asker) -> Evidence:
    """Everything that fits best. Raises LibraryUnavailable when the database does not answer."""
    search = Search(text, collection, asker.visibilities, asker.audience, language)
    return Evidence(text, library.search(search, PASSAGES), library)
