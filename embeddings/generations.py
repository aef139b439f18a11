"""The index on disk: a base that can be thrown away, beside the database that cannot.

    <folder>/CURRENT              the generation in use and its manifest's checksum, replaced atomically
    <folder>/<name>/manifest.json revision, encoder, index kind, counts and a checksum for each file
    <folder>/<name>/vectors       the vector index
    <folder>/<name>/states        int8 token states, row after row, memory-mapped
    <folder>/<name>/places.npz    key, digest, first row and number of rows of each passage

A generation is written beside the others, synced, and only then pointed to. What changed since its
revision is not on disk: it is read from SQL and kept in memory until the next base.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from embeddings import catalogue
from embeddings.encoders.base import Bytes
from embeddings.indexes.base import IndexDamaged, VectorIndex
from embeddings.store.vectors import StoredVector

FORMAT = 1
_POINTER = "CURRENT"
_POINTS = re.compile(rb"([0-9a-f]{32}) ([0-9a-f]{64})")
_MANIFEST = "manifest.json"
_VECTORS = "vectors"
_STATES = "states"
_PLACES = "places.npz"


@dataclass(frozen=True)
class Manifest:
    """What a generation is a copy of. It serves only where all of this still holds."""

    format: int
    collection: str
    encoder: str
    dimensions: int
    index: str
    revision: int
    passages: int
    checksums: dict[str, str]


@dataclass(frozen=True)
class Generation:
    """An opened base. `places` maps a passage key to (digest, first row, rows) in `states`."""

    name: str
    manifest: Manifest
    vectors: VectorIndex
    states: Bytes
    places: Mapping[int, tuple[str, int, int]]

    def states_of(self, key: int) -> Bytes:
        _, start, length = self.places[key]
        return self.states[start : start + length]


@dataclass(frozen=True)
class Contents:
    """What goes into a base: a digest and a stored vector for each passage key."""

    collection: str
    encoder: str
    dimensions: int
    revision: int
    digests: Mapping[int, str]
    stored: Mapping[str, StoredVector]


class Generations:
    """The generations in one folder: one collection, one encoder."""

    def __init__(self, folder: Path, index: str) -> None:
        self._folder = folder
        self._index = index

    def current(self, collection: str, encoder: str) -> Generation | None:
        """The generation in use, checked byte by byte; None when there is none for this encoder.

        Raises IndexDamaged when it is there but not as it was written.
        """
        pointer = self._pointer()
        while pointer is not None:
            try:
                return self._whole(pointer, collection, encoder)
            except IndexDamaged:
                # another process may have swapped and swept it under our hands
                before, pointer = pointer, self._pointer()
                if pointer == before:
                    raise
        return None

    def _pointer(self) -> bytes | None:
        try:
            return (self._folder / _POINTER).read_bytes()
        except OSError:
            return None

    def _whole(self, pointer: bytes, collection: str, encoder: str) -> Generation | None:
        """The generation that `pointer` means: the pointer vouches for the manifest, that for the files."""
        match = _POINTS.fullmatch(pointer)
        if match is None:
            raise IndexDamaged(f"{_POINTER} points nowhere")
        name, checksum = (part.decode() for part in match.groups())
        manifest = self._manifest(name, checksum)
        wanted = (FORMAT, collection, encoder, self._index)
        if (manifest.format, manifest.collection, manifest.encoder, manifest.index) != wanted:
            return None
        self._check(name, manifest)
        try:
            return self._opened(name, manifest)
        except OSError as error:
            raise IndexDamaged(f"generation {name}: {error}") from error

    def write(self, contents: Contents) -> Generation:
        """Build a base beside the current one and swap the pointer. Old ones are swept."""
        name = uuid.uuid4().hex
        directory = self._folder / name
        directory.mkdir(parents=True)
        self._write_files(directory, contents)
        names = (_VECTORS, _STATES, _PLACES)
        manifest = Manifest(
            format=FORMAT,
            collection=contents.collection,
            encoder=contents.encoder,
            dimensions=contents.dimensions,
            index=self._index,
            revision=contents.revision,
            passages=len(contents.digests),
            checksums={file: _sha256(directory / file) for file in names},
        )
        content = json.dumps(asdict(manifest), indent=1).encode()
        _write_durably(directory / _MANIFEST, content)
        _sync_directory(directory)
        self._point_to(name, content)
        return self._opened(name, manifest)

    def sweep(self) -> int:
        """Remove generations that nothing points to (a build that was killed leaves one); how many.

        One that a process still has mapped stays readable to it until it closes the file. Only for the
        one writer: another's half-written base would look like a stray one.
        """
        match = _POINTS.fullmatch(self._pointer() or b"")
        current = match.group(1).decode() if match else ""
        for beside in self._folder.glob(f".{_POINTER}.*"):
            beside.unlink(missing_ok=True)
        stray = [path for path in self._folder.glob("*") if path.is_dir() and path.name != current]
        for path in stray:
            shutil.rmtree(path, ignore_errors=True)
        return len(stray)

    def _manifest(self, name: str, checksum: str) -> Manifest:
        try:
            content = (self._folder / name / _MANIFEST).read_bytes()
            if hashlib.sha256(content).hexdigest() != checksum:
                raise IndexDamaged(f"generation {name}: {_MANIFEST} is not as it was written")
            return Manifest(**json.loads(content))
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamaged(f"generation {name}: {error}") from error

    def _check(self, name: str, manifest: Manifest) -> None:
        for file, checksum in manifest.checksums.items():
            try:
                actual = _sha256(self._folder / name / file)
            except OSError as error:
                raise IndexDamaged(f"generation {name}: {error}") from error
            if actual != checksum:
                raise IndexDamaged(f"generation {name}: {file} is not as it was written")

    def _opened(self, name: str, manifest: Manifest) -> Generation:
        directory = self._folder / name
        vectors = catalogue.index(self._index, manifest.dimensions)
        vectors.load(directory / _VECTORS)
        with np.load(directory / _PLACES, allow_pickle=False) as places:
            rows = zip(places["keys"], places["digests"], places["starts"], places["lengths"], strict=True)
            where = {int(key): (str(digest), int(start), int(length)) for key, digest, start, length in rows}
        return Generation(name, manifest, vectors, _mapped(directory / _STATES, manifest.dimensions), where)

    def _write_files(self, directory: Path, contents: Contents) -> None:
        keys = sorted(contents.digests)
        stored = [contents.stored[contents.digests[key]] for key in keys]
        index = catalogue.index(self._index, contents.dimensions)
        if keys:
            index.add(keys, np.stack([each.vector for each in stored]))
        index.save(directory / _VECTORS)
        _sync(directory / _VECTORS)
        _write_durably(directory / _STATES, b"".join(each.states.tobytes() for each in stored))
        lengths = np.array([len(each.states) for each in stored], dtype=np.int64)
        with (directory / _PLACES).open("wb") as file:
            np.savez(
                file,
                keys=np.array(keys, dtype=np.int64),
                digests=np.array([contents.digests[key] for key in keys], dtype="U64"),
                starts=np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if keys else lengths,
                lengths=lengths,
            )
        _sync(directory / _PLACES)

    def _point_to(self, name: str, manifest: bytes) -> None:
        beside = self._folder / f".{_POINTER}.{name}"
        _write_durably(beside, f"{name} {hashlib.sha256(manifest).hexdigest()}".encode())
        os.replace(beside, self._folder / _POINTER)
        _sync_directory(self._folder)
        self.sweep()


def _mapped(path: Path, dimensions: int) -> Bytes:
    if path.stat().st_size == 0:
        return np.empty((0, dimensions), dtype=np.int8)
    # as a plain array: it reads the same pages, and slicing a memmap object costs ten times as much
    return np.asarray(np.memmap(path, dtype=np.int8, mode="r")).reshape(-1, dimensions)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_sync_directory = _sync
