"""Guard R3: whatever order deliveries come in, and however often, the highest version is what holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from embeddings.document import Document, DocumentKey
from embeddings.library import Search
from evals.soak import quick_folder
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

IDS = ["paspoort", "afval", "parkeren"]
VERSIONS = st.integers(1, 6)

Event = tuple[int, bool]  # version, withdrawn: a withdrawal of a version goes over its publication


def edition(id: str, version: int) -> Document:
    """What a source says at a version. Versions 3 and 4 have one text: then only the number differs."""
    words = f"Over {id} geldt regel nummer{min(version, 3) if version < 5 else version} van ons."
    return document(id, words, version=version)


class AnyOrder(RuleBasedStateMachine):
    """Publications and withdrawals of three documents, one by one or together, some of them again."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=quick_folder())
        self.encoder = CountingEncoder(16)
        self.library = open_library(Path(self.folder.name), self.encoder, index="exact")
        self.highest: dict[str, Event] = {}
        self.absent: set[str] = set()  # withdrawn without a version: the same edition may come back
        self.read: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.library.engine.dispose()
            self.folder.cleanup()

    @rule(id=st.sampled_from(IDS), version=VERSIONS)
    def publish(self, id: str, version: int) -> None:
        self.expect([(id, (version, False))])
        self.library.apply(COLLECTION, SOURCE, [edition(id, version)])

    @rule(id=st.sampled_from(IDS), version=VERSIONS)
    def withdraw(self, id: str, version: int) -> None:
        self.expect([(id, (version, True))])
        self.library.apply(COLLECTION, SOURCE, withdraw={id: version})

    @rule(
        published=st.lists(st.tuples(st.sampled_from(IDS), VERSIONS), max_size=6),
        withdrawn=st.dictionaries(st.sampled_from(IDS), VERSIONS, max_size=2),
        times=st.integers(1, 3),
    )
    def deliver_together(
        self, published: list[tuple[str, int]], withdrawn: dict[str, int], times: int
    ) -> None:
        self.expect([(id, (version, False)) for id, version in published])
        self.expect([(id, (version, True)) for id, version in withdrawn.items()])
        batch = [edition(id, version) for id, version in published]
        self.library.apply(COLLECTION, SOURCE, batch, withdrawn)
        before = self.library.version(COLLECTION)
        for _ in range(times - 1):
            again = self.library.apply(COLLECTION, SOURCE, batch, withdrawn)
            assert (again.added, again.changed, again.withdrawn) == ([], [], [])
            assert (again.passages, again.embedded) == (0, 0)
        assert self.library.version(COLLECTION) == before

    @precondition(lambda self: self.highest)
    @rule(id=st.sampled_from(IDS))
    def withdraw_what_is_there(self, id: str) -> None:
        """Without a version, as when a text is absent from the source: what is published now goes, and
        may come back as it was."""
        if id in self.highest:
            self.absent.add(id)
        self.library.apply(COLLECTION, SOURCE, withdraw=[id])

    @rule()
    def open_again(self) -> None:
        self.library.engine.dispose()
        self.library = open_library(Path(self.folder.name), self.encoder, index="exact")

    def expect(self, events: list[tuple[str, Event]]) -> None:
        for id, event in events:
            self.highest[id] = max(self.highest.get(id, event), event)
            if event == self.highest[id]:
                self.absent.discard(id)

    @property
    def wanted(self) -> dict[str, Document]:
        """What should be published now."""
        return {
            id: edition(id, version)
            for id, (version, gone) in self.highest.items()
            if not gone and id not in self.absent
        }

    @invariant()
    def the_highest_version_holds(self) -> None:
        if not hasattr(self, "library"):
            return
        published = self.library.published(COLLECTION, SOURCE)
        assert {id: (each.version, each.digest) for id, each in published.items()} == {
            id: (each.version, each.digest) for id, each in self.wanted.items()
        }
        for id in IDS:
            assert self.library.document(DocumentKey(COLLECTION, SOURCE, id)) == self.wanted.get(id)

    @invariant()
    def search_finds_exactly_that(self) -> None:
        if not hasattr(self, "library"):
            return
        hits = self.library.search(Search("welke regel geldt", COLLECTION)).hits
        found = {hit.passage.document.id: hit.passage.text for hit in hits}
        assert len(found) == len(hits)
        assert found == {id: document.sections[0].text for id, document in self.wanted.items()}

    @invariant()
    def no_text_was_read_twice(self) -> None:
        if hasattr(self, "library"):
            assert self.encoder.passages <= len(IDS) * 5


def test_a_text_that_was_absent_first_and_then_withdrawn_by_its_source_stays_away(tmp_path: Path) -> None:
    library = open_library(tmp_path, CountingEncoder())
    library.apply(COLLECTION, SOURCE, [edition("afval", 3)])
    library.apply(COLLECTION, SOURCE, withdraw=["afval"])
    library.apply(COLLECTION, SOURCE, withdraw={"afval": 3})
    assert library.apply(COLLECTION, SOURCE, [edition("afval", 3)]).added == []
    assert library.apply(COLLECTION, SOURCE, [edition("afval", 4)]).added == ["afval"]


TestAnyOrder: Any = AnyOrder.TestCase
TestAnyOrder.settings = settings(deadline=None, max_examples=25, stateful_step_count=12)
