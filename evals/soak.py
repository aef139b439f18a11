"""Pulls the plug on a sync, many times, and lets many write at once: guards R1 and R4.

After a kill a fresh open must answer from exactly the old texts or exactly the new ones. The sync is the
real one, out of a file, with the hashing encoder, slowed down so that a kill can land anywhere in it.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import event

from embeddings.document import Document, Section
from embeddings.encoders.base import Encoded, Span
from embeddings.encoders.hashing import HashingEncoder
from embeddings.generations import Generations
from embeddings.library import Library, Search
from embeddings.store.database import empty_journal, open_engine
from embeddings.store.migrating import migrate
from evals.soak_notices import in_words, kill_deliveries
from ingest.sources import open_source
from ingest.sources.base import Feed
from ingest.sync import sync

COLLECTION = "merelveen"
SOURCE = "site"
STEPS = (
    "before vectors",
    "between batches",
    "inside the transaction",
    "before commit",
    "during base write",
    "before pointer swap",
    "before sweep",
    "after",
)
LATER, EARLIER = 1.15, 0.8  # how the time within which a kill falls follows what the last one found
PAUSE = 0.03  # seconds at each step, so that random kills are spread over all of them
READY_SECONDS = 10.0
DIMENSIONS = 64
NOTICES = 500  # under way at every kill of the worker that delivers them

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["evals.soak"])


@dataclass(frozen=True)
class State:
    """All that a library answers: its documents, and the hits for a few questions with their scores."""

    documents: dict[str, str]
    hits: tuple[tuple[str, ...], ...]
    scores: tuple[tuple[float, ...], ...]

    def same_as(self, other: State) -> bool:
        return (
            self.documents == other.documents
            and self.hits == other.hits
            and all(np.allclose(*pair, atol=1e-4) for pair in zip(self.scores, other.scores, strict=True))
        )


@dataclass
class KillReport:
    """What came of it. `faults` names each kill after which something was not as it must be."""

    at_steps: dict[str, str] = field(default_factory=dict)
    at_random: dict[str, int] = field(default_factory=lambda: {"old": 0, "new": 0})
    slowest_ready: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return len(self.at_steps) + sum(self.at_random.values())


@dataclass(frozen=True)
class WriteReport:
    """What many writers at once left behind."""

    writes: int
    seconds: float
    faults: list[str]


# -- kill -9 -------------------------------------------------------------------------------------


def kill_sync(times: int, seed: int = 0) -> KillReport:
    """Kill a sync once at each named step and `times` times at random, and look after each what holds."""
    report = KillReport()
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        scene = _Scene(Path(folder))
        for step in STEPS:
            report.at_steps[step] = scene.after_kill(step, lambda: None, report)
        chance, within = random.Random(seed), scene.duration
        for _ in range(times):
            moment = chance.uniform(0, within)
            found = scene.after_kill("", lambda wait=moment: time.sleep(wait), report)  # type: ignore[misc]
            report.at_random[found] = report.at_random.get(found, 0) + 1
            # a machine that becomes slower or faster meanwhile is still killed on both sides of the commit
            within *= LATER if found == "old" else EARLIER
    return report


def quick_folder() -> str | None:
    """Memory, where there is such a folder: a kill takes the process away, not the disk's cache."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class _Scene:
    """The old library, the delivery that changes it, and what each of both answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._old, self._work = folder / "old", folder / "work"
        self._delivery = folder / "new.jsonl"
        _write(folder / "old.jsonl", _texts(range(80), "eerste"))
        changed = {
            text["id"]: text for text in _texts(range(10, 100), "eerste") + _texts(range(30, 60), "tweede")
        }
        _write(self._delivery, changed.values())
        self.old = self._synced(self._old, folder / "old.jsonl")
        shutil.copytree(self._old, folder / "whole")
        self.new = self._synced(folder / "whole", self._delivery)
        if self.old.same_as(self.new):
            raise RuntimeError("old and new must differ, or no mix could be seen")
        self.duration = self._measured()

    def after_kill(self, step: str, wait: Callable[[], None], report: KillReport) -> str:
        """Which set holds after a kill at a step, or after `wait`: "old" or "new", or "mixed"."""
        self._fresh_work()
        _kill(_started(_run_sync, self._work, self._delivery, step), wait, itself=bool(step))
        began = time.perf_counter()
        library = _opened(self._work)
        state = state_of(library)
        ready = time.perf_counter() - began
        report.slowest_ready = max(report.slowest_ready, ready)
        found = self._which(state)
        self._complain(report, step or "at random", found, ready, library)
        return found

    def _complain(self, report: KillReport, where: str, found: str, ready: float, library: Library) -> None:
        faults = {
            "neither the old nor the new texts": found == "mixed",
            f"ready after {ready:.1f} s": ready > READY_SECONDS,
            f"is degraded: {library.conditions(COLLECTION)}": bool(library.conditions(COLLECTION)),
            "the base was found damaged": library.follower(COLLECTION).rebuilt > 0,
            "strays are left": len(_generations(self._work)) > 1,
        }
        library.engine.dispose()
        faults["the same sync again does not give the new texts"] = not self._synced(
            self._work, self._delivery
        ).same_as(self.new)
        faults["strays are left after the next sync"] = len(_generations(self._work)) != 1
        report.faults += [f"killed {where}: {fault}" for fault, true in faults.items() if true]

    def _which(self, state: State) -> str:
        return "old" if state.same_as(self.old) else "new" if state.same_as(self.new) else "mixed"

    def _synced(self, place: Path, delivery: Path) -> State:
        library = _opened(place)
        library.refresh(COLLECTION)
        _sync(library, delivery)
        state = state_of(library)
        empty_journal(library.engine)
        library.engine.dispose()
        return state

    def _measured(self) -> float:
        """How long an undisturbed sync takes here, with its pauses: the median of three."""
        seconds = []
        for _ in range(3):
            self._fresh_work()
            process, ready = _started(_run_sync, self._work, self._delivery, "none")
            ready.recv()
            began = time.perf_counter()
            process.join()
            seconds.append(time.perf_counter() - began)
        return sorted(seconds)[1]

    def _fresh_work(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._old, self._work)


def state_of(library: Library) -> State:
    """What the library answers now."""
    editions = library.published(COLLECTION, SOURCE)
    questions = [f"onderwerp{number} regeling" for number in range(0, 100, 7)] + [
        "eerste tekst",
        "tweede tekst",
    ]
    found = [library.search(Search(question, COLLECTION), 20).hits for question in questions]
    return State(
        {id: edition.digest for id, edition in editions.items()},
        tuple(tuple(f"{hit.passage.document.id} {hit.passage.text}" for hit in hits) for hits in found),
        tuple(tuple(hit.scores.total for hit in hits) for hits in found),
    )


def _texts(numbers: Iterable[int], edition: str) -> list[dict[str, str]]:
    return [
        {
            "id": f"d{number:03}",
            "title": f"Onderwerp{number}",
            "text": f"De {edition} tekst over onderwerp{number}: regeling{number % 7}, {number} euro.",
            "owner": "Burgerzaken",
        }
        for number in numbers
    ]


def _write(path: Path, texts: Iterable[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")


def _sync(library: Library, delivery: Path) -> None:
    feed = Feed(COLLECTION, SOURCE, (str(delivery),))
    report = sync(open_source("documents", feed), feed, library)
    if report.failed:
        raise RuntimeError(f"the delivery of the soak test is refused: {report.as_json()}")


def _opened(folder: Path, encoder: HashingEncoder | None = None) -> Library:
    engine = open_engine(f"sqlite:///{folder / 'library.sqlite'}")
    migrate(engine)
    library = Library(engine, encoder or HashingEncoder(DIMENSIONS), folder / "indexes")
    # a base is written for a small change already: that is what must survive
    library.follower(COLLECTION).compact_at = 20
    return library


def _generations(folder: Path) -> list[Path]:
    """Everything beside the pointer and the lock: one directory, when all is well."""
    return [path for path in folder.glob("indexes/*/*/*") if path.name not in ("CURRENT", ".lock")]


# -- inside the process that is killed -----------------------------------------------------------


class _Steps:
    """Knows where the sync is; dies at the wanted step and dawdles at the others."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted

    def at(self, step: str) -> None:
        if step == self._wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(PAUSE)


class _SlowEncoder(HashingEncoder):
    def __init__(self, steps: _Steps) -> None:
        super().__init__(DIMENSIONS)
        self._steps = steps
        self._batches = 0

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        self._steps.at("between batches" if self._batches else "before vectors")
        self._batches += 1
        return super().encode_passages(texts)

    def token_spans(self, text: str) -> list[Span]:
        return super().token_spans(text)


def _run_sync(ready: Connection, folder: Path, delivery: Path, step: str) -> None:
    # bm25s' progress bar would take a system-wide lock, which a killed process leaves behind
    importlib.import_module("tqdm").tqdm.set_lock(threading.RLock())
    steps = _Steps(step)
    library = _opened(folder, _SlowEncoder(steps))
    library.refresh(COLLECTION)
    _hook_transaction(library, steps)
    _hook_base(steps)
    ready.send("ready")
    _sync(library, delivery)
    steps.at("after")


def _hook_transaction(library: Library, steps: _Steps) -> None:
    inserted = "INSERT INTO library_passages"
    seen: list[str] = []

    def executing(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(inserted):
            seen.append(statement)
            if len(seen) == 20:
                steps.at("inside the transaction")

    def committing(_c: Any) -> None:
        if seen:
            steps.at("before commit")

    event.listen(library.engine, "before_cursor_execute", executing)
    event.listen(library.engine, "commit", committing)


def _hook_base(steps: _Steps) -> None:
    for name, step in (("_write_files", "during base write"), ("_point_to", "before pointer swap")):
        setattr(Generations, name, _after_step(getattr(Generations, name), steps, step))
    setattr(Generations, "sweep", _after_step(Generations.sweep, steps, "before sweep"))  # noqa: B010


def _after_step(method: Callable[..., Any], steps: _Steps, step: str) -> Callable[..., Any]:
    def stepping(*arguments: Any) -> Any:
        result = method(*arguments) if step == "during base write" else None
        steps.at(step)
        return result if step == "during base write" else method(*arguments)

    return stepping


def _started(work: Callable[..., None], *arguments: Any) -> tuple[Any, Connection]:
    ready, ours = _processes.Pipe(duplex=False)
    process = _processes.Process(target=work, args=(ours, *arguments))
    process.start()
    ours.close()
    return process, ready


def _kill(started: tuple[Any, Connection], wait: Callable[[], None], itself: bool) -> None:
    process, ready = started
    ready.recv()
    if not itself:
        wait()
        process.kill()
    process.join()
    if itself and process.exitcode != -signal.SIGKILL:
        raise RuntimeError(f"the sync never came to the step at which it was to die: {process.exitcode}")


# -- many writers --------------------------------------------------------------------------------


def write_at_once(writers: int, times: int, place: Path) -> WriteReport:
    """Let processes publish, change and withdraw small texts in one database, all at the same time."""
    library = _opened(place)
    began = time.perf_counter()
    started = [_started(_run_writer, place, number, times) for number in range(writers)]
    faults = [f"writer {number}: {ready.recv()}" for number, (_, ready) in enumerate(started)]
    for process, _ in started:
        process.join()
    seconds = time.perf_counter() - began
    faults = [fault for fault in faults if not fault.endswith(": fine")]
    wanted = {id: text.digest for number in range(writers) for id, text in _left_by(number, times).items()}
    published = {id: edition.digest for id, edition in library.published(COLLECTION, SOURCE).items()}
    changes = library.version(COLLECTION)
    faults += [f"{id} is lost or wrong" for id in wanted if published.get(id) != wanted[id]]
    faults += [f"{id} should be gone" for id in published if id not in wanted]
    if changes != writers * times:
        faults.append(f"{changes} changes are counted instead of {writers * times}")
    if missing := library.follower(COLLECTION).snapshot().missing:
        faults.append(f"{missing} passages have no vector")
    library.engine.dispose()
    return WriteReport(writers * times, seconds, faults)


def _run_writer(done: Connection, place: Path, number: int, times: int) -> None:
    try:
        library = _opened(place)
        for turn in range(times):
            publish, withdraw = _turn(number, turn)
            library.apply(COLLECTION, SOURCE, publish, withdraw)
        done.send("fine")
    except Exception as error:  # whatever it is, it goes into the report
        done.send(f"{type(error).__name__}: {error}")


def _turn(writer: int, turn: int) -> tuple[list[Document], list[str]]:
    """Two new texts for every one that is changed and every one that goes."""
    name = f"w{writer}-{turn // 4}"
    return {
        0: ([_small(f"{name}-a", "nieuw")], []),
        1: ([_small(f"{name}-b", "nieuw")], []),
        2: ([_small(f"{name}-a", "veranderd")], []),
        3: ([], [f"{name}-b"]),
    }[turn % 4]


def _left_by(writer: int, times: int) -> dict[str, Document]:
    left: dict[str, Document] = {}
    for turn in range(times):
        publish, withdraw = _turn(writer, turn)
        left |= {text.id: text for text in publish}
        for id in withdraw:
            left.pop(id)
    return left


def _small(id: str, words: str) -> Document:
    return Document(COLLECTION, SOURCE, id, f"Tekst {id}", (Section("", f"Hier staat {words} over {id}."),))


# -- make soak -----------------------------------------------------------------------------------


def main(kills: int = 50) -> None:
    """Kill syncs and deliveries of notices, write 4 x 200 times at once, and say what came of it.

    Leaves with exit code 1 when there is a fault.
    """
    killed = kill_sync(kills)
    print(f"kill -9: {killed.kills} times, ready again after at most {killed.slowest_ready:.2f} s")
    for step, held in killed.at_steps.items():
        print(f"  {step}: the {held} texts")
    print("  at random: " + ", ".join(f"{count} x {held}" for held, count in killed.at_random.items()))
    with tempfile.TemporaryDirectory() as folder:
        written = write_at_once(4, 200, Path(folder))
    print(f"4 writers at once: {written.writes} changes in {written.seconds:.1f} s")
    delivered = kill_deliveries(kills, NOTICES)
    print(in_words(delivered))
    faults = killed.faults + written.faults + delivered.faults
    print("\n".join(f"FAULT {fault}" for fault in faults) or "no faults: never a mix, nothing lost")
    if faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
