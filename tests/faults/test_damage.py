"""Guard R2: a byte that changed on disk is noticed, the index rebuilt, and the answers stay the same."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from embeddings import catalogue
from embeddings.generations import Generations
from embeddings.indexes.base import IndexDamaged
from embeddings.library import Library, Search
from evals.soak import quick_folder
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

FLIPS = {"faiss": 200, "exact": 40}  # of the one that is in use, and of the yardstick
QUESTIONS = ["onderwerp3 tarief", "wat kost onderwerp11", "regel5", "tekst"]
ENCODER = CountingEncoder(16)

Answers = list[list[tuple[str, str, float]]]


@dataclass(frozen=True)
class Sound:
    """A library with a base on disk, and what it answers."""

    folder: Path
    engine: Engine
    index: str
    answers: Answers


@pytest.fixture(scope="module", params=sorted(catalogue.INDEXES))
def sound(request: pytest.FixtureRequest) -> Iterator[Sound]:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        library = open_library(Path(name) / "sound", ENCODER, index=request.param)
        texts = [document(f"d{i}", f"Onderwerp{i} heeft regel{i % 7} en tarief {i} euro.") for i in range(40)]
        library.apply(COLLECTION, SOURCE, texts)
        library.refresh(COLLECTION)
        yield Sound(Path(name) / "sound", library.engine, request.param, answers(library))
        library.engine.dispose()


@pytest.fixture
def copy(sound: Sound) -> Iterator[Path]:
    """Indexes of one's own to damage; the database is shared, as nobody writes it."""
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        yield fresh(sound, Path(name) / "copy")


def fresh(sound: Sound, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(sound.folder, place)
    return place


def answers(library: Library) -> Answers:
    found = [library.search(Search(question, COLLECTION), 15) for question in QUESTIONS]
    assert all(each.by_meaning for each in found)
    return [
        [(hit.passage.document.id, hit.passage.text, round(hit.scores.total, 4)) for hit in each.hits]
        for each in found
    ]


def files(folder: Path) -> list[Path]:
    """Everything of the index on disk but the lock, which holds nothing."""
    return sorted(path for path in (folder / "indexes").rglob("*") if path.is_file() and path.name != ".lock")


def answers_after_damage(sound: Sound, folder: Path) -> Answers:
    """What a fresh open answers; it must have noticed, rebuilt, and left one generation that is whole."""
    library = Library(sound.engine, ENCODER, folder / "indexes", sound.index)
    read = ENCODER.passages
    given = answers(library)
    follower = library.follower(COLLECTION)
    assert follower.rebuilt == 1
    assert ENCODER.passages == read  # out of the vectors in SQL: no model is needed
    assert library.conditions(COLLECTION) == ()
    place = follower._folder
    whole = Generations(place, sound.index).current(COLLECTION, ENCODER.name)
    assert whole is not None
    assert whole.manifest.passages == 40
    assert [path.name for path in place.iterdir() if path.is_dir()] == [whole.name]
    return given


@pytest.mark.slow
def test_every_one_of_many_flipped_bytes_is_noticed_and_rebuilt(sound: Sound, copy: Path) -> None:
    chance = random.Random(2)
    kinds: dict[str, int] = {}
    for number in range(FLIPS[sound.index]):
        fresh(sound, copy)
        every = files(copy)
        file = every[number % len(every)]
        content = bytearray(file.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        assert answers_after_damage(sound, copy) == sound.answers, file.name
        kinds[file.name] = kinds.get(file.name, 0) + 1
    assert kinds.keys() == {"CURRENT", "manifest.json", "places.npz", "states", "vectors"}


def test_every_single_byte_of_pointer_and_manifest_counts(sound: Sound, copy: Path) -> None:
    generations = Generations(next((copy / "indexes" / COLLECTION).iterdir()), sound.index)
    for file in (path for path in files(copy) if path.name in ("CURRENT", "manifest.json")):
        content = file.read_bytes()
        for place in range(len(content)):
            for other in {content[place] ^ 1, content[place] ^ 0x80, ord(" "), ord("0")} - {content[place]}:
                file.write_bytes(content[:place] + bytes([other]) + content[place + 1 :])
                with pytest.raises(IndexDamaged):
                    generations.current(COLLECTION, ENCODER.name)
        file.write_bytes(content)
    assert generations.current(COLLECTION, ENCODER.name) is not None


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def lengthen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


@pytest.mark.parametrize("damage", [cut, empty, lengthen, Path.unlink])
@pytest.mark.parametrize("name", ["CURRENT", "manifest.json", "places.npz", "states", "vectors"])
def test_a_file_that_is_cut_emptied_lengthened_or_gone_is_noticed(
    sound: Sound, copy: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(next(path for path in files(copy) if path.name == name))
    if (name, damage) == ("CURRENT", Path.unlink):
        library = open_library(copy, ENCODER, index=sound.index)
        assert answers(library) == sound.answers  # as on a machine that never had an index
        library.engine.dispose()
    else:
        assert answers_after_damage(sound, copy) == sound.answers


def test_a_whole_generation_that_vanished_is_noticed(sound: Sound, copy: Path) -> None:
    for path in (copy / "indexes" / COLLECTION).glob("*/*"):
        if path.is_dir():
            shutil.rmtree(path)
    assert answers_after_damage(sound, copy) == sound.answers


def test_without_any_index_everything_is_made_anew(sound: Sound, copy: Path) -> None:
    shutil.rmtree(copy / "indexes")
    library = open_library(copy, ENCODER, index=sound.index)
    assert answers(library) == sound.answers
    library.engine.dispose()


def test_an_index_of_another_kind_collection_or_model_is_not_used(sound: Sound, copy: Path) -> None:
    place = next((copy / "indexes" / COLLECTION).iterdir())
    other = "exact" if sound.index == "faiss" else "faiss"
    assert Generations(place, sound.index).current(COLLECTION, ENCODER.name) is not None
    assert Generations(place, other).current(COLLECTION, ENCODER.name) is None
    assert Generations(place, sound.index).current("elders", ENCODER.name) is None
    assert Generations(place, sound.index).current(COLLECTION, "another model") is None


def test_an_index_of_another_database_is_not_used(sound: Sound, copy: Path) -> None:
    """The database is put back empty, and filled with other texts under the same keys."""
    (copy / "library.sqlite").unlink()
    library = open_library(copy, ENCODER, index=sound.index)
    library.apply(COLLECTION, SOURCE, [document(f"e{i}", f"Elders geldt tarief {i}.") for i in range(10)])
    hits = library.search(Search("tarief 3", COLLECTION)).hits
    assert {hit.passage.document.id for hit in hits} == {f"e{i}" for i in range(10)}
    library.engine.dispose()


def test_a_full_disk_costs_the_new_base_and_nothing_else(
    sound: Sound, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(copy / "indexes")
    monkeypatch.setattr("embeddings.generations._write_durably", full)
    library = open_library(copy, ENCODER, index=sound.index)
    assert answers(library) == sound.answers
    library.apply(COLLECTION, SOURCE, [document("nieuw", "Grofvuil en snoeihout.")])
    first = library.search(Search("snoeihout", COLLECTION)).hits[0]
    assert first.passage.document.id == "nieuw"
    monkeypatch.undo()
    library.refresh(COLLECTION)
    assert library.follower(COLLECTION).snapshot().base is not None
    assert len([path for path in (copy / "indexes" / COLLECTION).glob("*/*") if path.is_dir()]) == 1
    library.engine.dispose()


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")
