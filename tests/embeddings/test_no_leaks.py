"""Guard S9: two municipalities, public and internal texts, ten thousand questions, no leak."""

from __future__ import annotations

import itertools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.document import Audience, Document, DocumentKey, Section, Visibility
from embeddings.library import Library, Search
from evals.soak import quick_folder
from tests.factories import CountingEncoder, document, note, open_library

COLLECTIONS = ("merelveen", "vinkendal")
WORDS = ["paspoort", "afval", "parkeren", "trouwen", "belasting", "bezwaar", "vergunning", "hulp", "kosten"]
QUERIES = 10_000
BY_MEANING = 4  # one question in so many; the others go by words, which is the same filter and quicker
CHOICES: list[tuple[Visibility, ...]] = [
    (Visibility.PUBLIC,),
    (Visibility.INTERNAL,),
    (Visibility.PUBLIC, Visibility.INTERNAL),
]


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """The same ids and nearly the same words in both municipalities, so that a leak is easily made."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        library = open_library(Path(folder), CountingEncoder(16))
        for collection in COLLECTIONS:
            library.apply(collection, "vac", [_mixed(collection, number, chance) for number in range(6)])
        yield library
        library.engine.dispose()


def _mixed(collection: str, number: int, chance: random.Random) -> Document:
    public, internal = (" ".join(chance.choices(WORDS, k=4)) for _ in range(2))
    return document(
        f"d{number}",
        collection=collection,
        sections=(
            Section("Voor u", f"{public} openbaar {collection}."),
            note(f"{internal} intern {collection}."),
        ),
        visibility=Visibility.INTERNAL if number % 3 == 0 else Visibility.PUBLIC,
        audience=list(Audience)[number * 2 % 3],
    )


@pytest.mark.slow
def test_ten_thousand_questions_leak_nothing(library: Library) -> None:
    chance = random.Random(3)
    by_words = Library(library.engine, None, library._indexes)
    hits = 0
    pairs = itertools.islice(itertools.cycle(itertools.product(COLLECTIONS, CHOICES)), QUERIES)
    for number, (collection, visibilities) in enumerate(pairs):
        audience = chance.choice([None, Audience.RESIDENT, Audience.BUSINESS])
        question = " ".join(chance.choices([*WORDS, "intern", "openbaar", *COLLECTIONS], k=3))
        asked = by_words if number % BY_MEANING else library
        for hit in asked.search(Search(question, collection, visibilities, audience), 10).hits:
            hits += 1
            assert hit.passage.document.collection == collection
            assert collection in hit.passage.text
            assert hit.passage.visibility in visibilities
            assert audience in (None, hit.audience) or hit.audience is Audience.EVERYONE
            if Visibility.INTERNAL not in visibilities:
                assert "intern" not in hit.passage.text
                assert hit.passage.heading == "Voor u"
                assert int(hit.passage.document.id[1:]) % 3 != 0
    assert hits > 2 * QUERIES


def test_each_municipality_has_its_own_versions_documents_and_withdrawals(library: Library) -> None:
    one, other = COLLECTIONS
    before = library.version(other)
    library.apply(one, "vac", [document("d97", collection=one)], ["d1"])
    assert library.version(other) == before
    assert library.document(DocumentKey(other, "vac", "d97")) is None
    assert library.document(DocumentKey(one, "vac", "d1")) is None
    assert library.document(DocumentKey(other, "vac", "d1")) is not None
