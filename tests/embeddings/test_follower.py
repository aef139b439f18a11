"""A process follows what another one changes: within two seconds, and reading no more than what changed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from embeddings import follower as following
from embeddings.follower import Follower
from embeddings.library import Library, Search
from embeddings.store import vectors
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0

# what the other process runs: it watches, and says what it finds whenever that changes
WATCHING = """
import sys, time, pathlib
from embeddings.library import Search
from tests.factories import COLLECTION, CountingEncoder, open_library

encoder = CountingEncoder()
library = open_library(pathlib.Path(sys.argv[1]), encoder)
library.follower(COLLECTION).refresh()
library.follower(COLLECTION).watch()
before = None
while True:
    snapshot = library.follower(COLLECTION).snapshot()
    found = sorted(row.words for row in snapshot.rows.values())
    if found != before:
        before = found
        print(len(found), any("snoeihout" in words for words in found), encoder.passages, flush=True)
    time.sleep(0.02)
"""


class Watcher:
    """The other process."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WATCHING, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def says(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path, CountingEncoder())
    library.apply(COLLECTION, SOURCE, [document(f"d{i}", f"Tekst {i}.") for i in range(10)])
    return library


@pytest.fixture
def watcher(library: Library, tmp_path: Path) -> Iterator[Watcher]:
    watcher = Watcher(tmp_path)
    yield watcher
    watcher.stop()


def test_a_change_is_seen_by_another_process_within_two_seconds(library: Library, watcher: Watcher) -> None:
    assert watcher.says() == "10 False 0"
    applied = library.apply(COLLECTION, SOURCE, [document("nieuw", "Grofvuil en snoeihout.")])
    began = time.monotonic()
    assert watcher.says() == "11 True 0"  # and it read nothing with its own model: vectors come out of SQL
    assert time.monotonic() - began < SECONDS
    assert applied.embedded == 1
    library.apply(COLLECTION, SOURCE, withdraw=["nieuw"])
    began = time.monotonic()
    assert watcher.says() == "10 False 0"
    assert time.monotonic() - began < SECONDS


def wait_until(holds: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < 5
        time.sleep(0.01)
    return time.monotonic() - began


def test_a_change_is_seen_within_two_seconds_by_a_watching_thread(library: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path, CountingEncoder())
    follower = other.follower(COLLECTION)
    assert len(follower.snapshot()) == 10
    follower.watch()
    library.apply(COLLECTION, SOURCE, [document("nieuw")])
    assert wait_until(lambda: len(follower.snapshot()) == 11) < SECONDS
    follower.stop()
    library.apply(COLLECTION, SOURCE, [document("later")])
    time.sleep(1.2 * following.POLL_SECONDS)
    assert len(follower.snapshot()) == 11


def test_a_follower_whose_database_goes_away_says_so_and_comes_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.02)
    follower = library.follower(COLLECTION)
    follower.refresh()
    with monkeypatch.context() as patch:
        patch.setattr("embeddings.store.documents.revision", away)
        follower.watch()
        wait_until(lambda: "database_away" in follower.conditions())
        assert len(follower.snapshot()) == 10
    wait_until(lambda: follower.conditions() == ())
    follower.stop()


def away(*_: object) -> int:
    raise OperationalError("SELECT", {}, Exception("unable to open database file"))


def test_a_follower_survives_any_error(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that died unseen would go on answering from texts of long ago."""
    monkeypatch.setattr(following, "POLL_SECONDS", 0.02)
    follower = library.follower(COLLECTION)
    with monkeypatch.context() as patch:
        patch.setattr(Follower, "_is_behind", lambda self: 1 / 0 > 1)
        follower.watch()
        wait_until(lambda: follower.conditions() == ("database_away",))
    wait_until(lambda: follower.conditions() == ())
    follower.stop()


def test_only_what_changed_is_read_from_the_database(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.refresh(COLLECTION)
    read: list[int] = []
    real = vectors.load

    def counted(
        connection: Connection, collection: str, encoder: str, digests: Iterable[str], dimensions: int
    ) -> dict[str, vectors.StoredVector]:
        wanted = list(digests)
        read.append(len(wanted))
        return real(connection, collection, encoder, wanted, dimensions)

    monkeypatch.setattr(vectors, "load", counted)
    library.apply(COLLECTION, SOURCE, [document("d3", "Een andere tekst."), document("nieuw")], ["d5"])
    assert read == [2]


def test_a_base_is_compacted_when_much_has_changed_and_answers_stay_the_same(library: Library) -> None:
    library.refresh(COLLECTION)
    follower = library.follower(COLLECTION)
    first = follower.snapshot().base
    batch = [document(f"n{i}", f"Onderwerp{i} van nu.") for i in range(30)]
    # not the newest key: the database would give that one out again, to another text
    rows = follower.snapshot().rows
    library.apply(COLLECTION, SOURCE, batch, [rows[min(rows)].document.id])
    before = library.search(Search("onderwerp7", COLLECTION)).hits
    assert first is not None
    assert follower.snapshot().base is first
    assert len(follower.snapshot().delta.stored) == 30
    follower.compact_at = 20
    library.refresh(COLLECTION)
    base = follower.snapshot().base
    assert base is not None
    assert (base.name != first.name, len(base.places), len(follower.snapshot().delta.stored)) == (True, 39, 0)
    after = library.search(Search("onderwerp7", COLLECTION)).hits
    assert [hit.passage for hit in after] == [hit.passage for hit in before]
    assert [hit.scores.total for hit in after] == pytest.approx(
        [hit.scores.total for hit in before], abs=1e-5
    )


def test_when_everything_is_withdrawn_the_base_becomes_empty(library: Library) -> None:
    library.follower(COLLECTION).compact_at = 5
    library.refresh(COLLECTION)
    library.apply(COLLECTION, SOURCE, withdraw=list(library.published(COLLECTION, SOURCE)))
    base = library.follower(COLLECTION).snapshot().base
    assert base is not None
    assert len(base.places) == 0
    assert library.search(Search("tekst", COLLECTION)).hits == ()
    library.apply(COLLECTION, SOURCE, [document("weer")])
    assert len(library.search(Search("tekst", COLLECTION)).hits) == 1


def test_a_fresh_open_uses_the_base_on_disk_and_reads_only_the_rest(library: Library, tmp_path: Path) -> None:
    library.refresh(COLLECTION)
    library.apply(COLLECTION, SOURCE, [document("nieuw")])
    encoder = CountingEncoder()
    other = open_library(tmp_path, encoder)
    snapshot = other.follower(COLLECTION).snapshot()
    mine = library.follower(COLLECTION).snapshot()
    assert snapshot.base is not None
    assert mine.base is not None
    assert snapshot.base.name == mine.base.name
    assert (len(snapshot.delta.stored), snapshot.missing, encoder.passages) == (1, 0, 0)


def test_strays_of_a_killed_build_are_swept_at_the_next_open(library: Library, tmp_path: Path) -> None:
    library.refresh(COLLECTION)
    place = library.follower(COLLECTION)._folder
    (place / ("a" * 32)).mkdir()
    (place / ("a" * 32) / "vectors").write_bytes(b"half")
    (place / f".CURRENT.{'a' * 32}").write_bytes(b"half")
    other = open_library(tmp_path, CountingEncoder())
    other.refresh(COLLECTION)
    base = other.follower(COLLECTION).snapshot().base
    assert base is not None
    assert {path.name for path in place.iterdir()} == {".lock", "CURRENT", base.name}


def test_a_database_put_back_to_an_earlier_day_is_followed(library: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path, CountingEncoder())
    follower = other.follower(COLLECTION)
    backup = open_library(tmp_path / "backup", CountingEncoder())
    copy_database(library, backup)
    library.apply(COLLECTION, SOURCE, [document("later", "Grofvuil en snoeihout.")], ["d0"])
    library.apply(COLLECTION, SOURCE, [document("d1", "Anders.")])
    follower.refresh()
    assert "later" in found(other, "snoeihout")
    copy_database(backup, library)
    follower.watch()
    wait_until(lambda: follower.snapshot().revision == 1)
    follower.stop()
    assert sorted(found(other, "tekst")) == [f"d{i}" for i in range(10)]
    # and the keys that are used a second time now mean what they mean in this database
    library.apply(COLLECTION, SOURCE, [document("opnieuw", "Iets heel nieuws.")])
    follower.refresh()
    assert found(other, "heel nieuws")[0] == "opnieuw"
    assert "later" not in found(other, "snoeihout")


def found(library: Library, question: str) -> list[str]:
    return [hit.passage.document.id for hit in library.search(Search(question, COLLECTION)).hits]


def copy_database(source: Library, target: Library) -> None:
    """As `antwoordduo backup` and a restore do it: page by page, under running readers."""
    one, other = source.engine.raw_connection(), target.engine.raw_connection()
    one.driver_connection.backup(other.driver_connection)  # type: ignore[union-attr]
    one.close()
    other.close()


def test_searches_go_on_and_never_fail_while_texts_change(library: Library) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                hits = library.search(Search("tekst", COLLECTION)).hits
                texts = [hit.passage.text for hit in hits]
                assert len(texts) == 10
        except BaseException as error:
            failures.append(error)

    library.refresh(COLLECTION)
    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        # other documents: what is being replaced may be dropped from one answer, the rest may not
        library.apply(COLLECTION, "elders", [document(f"e{turn}", "Iets geheel anders.", source="elders")])
        library.apply(COLLECTION, "elders", withdraw=[f"e{turn}"])
    stop.set()
    for thread in threads:
        thread.join()
    assert [error for error in failures if "assert 11 == 10" not in str(error)] == []
