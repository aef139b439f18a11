"""Times what people wait for. Each figure is a line "BENCH name value unit" and what it is compared with.

The machine may be shared, so a figure is a median: of three rounds for each question, of three starts.
Beside the time on the clock stands the processor's own (`_cpu`): what a machine of our own would need.
"""

from __future__ import annotations

import json
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from embeddings.library import Library, Search, open_library
from embeddings.store.database import empty_journal
from ingest.configuration import plan_of_file
from ingest.report import Report
from ingest.sources import open_source
from ingest.sources.base import Feed
from ingest.sync import sync

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "eval"
DEMO = ROOT / "ingest" / "demo" / "sources.toml"
COLLECTION = "merelveen"
ROUNDS = 3
QUESTIONS = 60
PASSAGES = 500
SECONDS_TO_START = 60.0

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded:
    """A library with texts, in a folder that goes away, and how long both loads took."""

    library: Library
    folder: Path
    first: Report
    first_seconds: float
    again: Report
    again_seconds: float


def main(documents: Path | None = None) -> None:
    """Load texts, ask questions, start the service; print a figure for each."""
    chosen = documents or default_documents()
    with loaded(chosen) as load:
        bench_loading(load)
        bench_start(load.folder)
        trim(load.library)
        questions = questions_for(chosen)
        with one_core():
            bench_encoding(load.library, questions)
            bench_search(load.library, questions)
            bench_typing(load.library, questions)
            bench_answer(load.library, questions)
            bench_redaction(questions)
            bench_pages(load.library)


def show(name: str, value: float, unit: str, compared: str) -> None:
    """One figure, and under it what it is compared with."""
    print(f"BENCH {name} {value:.4g} {unit}\n  {compared}", flush=True)


# -- loading -------------------------------------------------------------------------------------


def default_documents() -> Path | None:
    """The real texts, where they are beside this checkout; None means the demo."""
    real = REAL / "documents.jsonl"
    return real if real.is_file() else None


@contextmanager
def loaded(documents: Path | None) -> Iterator[Loaded]:
    """A throw-away library with these texts (the demo's when None), loaded twice through the real sync."""
    with tempfile.TemporaryDirectory(prefix="antwoordduo-bench-") as name:
        folder = Path(name)
        (folder / "models").symlink_to(models(), target_is_directory=True)
        library = open_library(
            database_url(folder), models=folder / "models", indexes=folder / "indexes"
        )  # the model is made here when there is none: that is no part of a load
        first, first_seconds = _load(library, documents)
        again, again_seconds = _load(library, documents)
        empty_journal(library.engine)
        yield Loaded(library, folder, first, first_seconds, again, again_seconds)
        library.engine.dispose()


def models() -> Path:
    """Where the bundled model is kept."""
    place = Path(os.environ.get("ANTWOORDDUO_MODEL_CACHE") or ROOT / "data" / "models").resolve()
    place.mkdir(parents=True, exist_ok=True)
    return place


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'antwoordduo.sqlite'}"


def _load(library: Library, documents: Path | None) -> tuple[Report, float]:
    """One sync with the index made searchable; the reports of several sources added up."""
    began = time.perf_counter()
    reports = [sync(open_source(kind, feed), feed, library) for kind, feed in _feeds(documents)]
    library.refresh(COLLECTION)
    seconds = time.perf_counter() - began
    whole = reports[0]
    for report in reports[1:]:
        whole.added += report.added
        whole.passages += report.passages
        whole.embedded += report.embedded
    return whole, seconds


def _feeds(documents: Path | None) -> list[tuple[str, Feed]]:
    if documents is not None:
        return [("documents", Feed(COLLECTION, "documents", (str(documents),)))]
    return [(job.kind, job.feed(COLLECTION, {})) for job in plan_of_file(DEMO, COLLECTION).sources]


def bench_loading(load: Loaded) -> None:
    """First load, and the same again."""
    texts = f"{len(load.first.added)} documents, {load.first.passages} passages"
    show("load_first", load.first_seconds, "s", f"{texts}, all cores; floor of the project: 60 s")
    show("load_first_embedded", load.first.embedded, "passages", "passages of equal text are read once")
    show("load_again", load.again_seconds, "s", f"the same {texts}; floor of the project: 3 s")
    show("load_again_embedded", load.again.embedded, "passages", "nothing changed: must be 0")


def trim(library: Library, passages: int = PASSAGES) -> None:
    """Withdraw documents until about this many passages are left, so that figures can be compared."""
    for source in ("documents", "sdg", "kennisartikel", "vac"):
        for id in sorted(library.published(COLLECTION, source), reverse=True):
            if len(library.follower(COLLECTION).snapshot()) <= passages:
                return
            library.apply(COLLECTION, source, withdraw=[id])


# -- asking --------------------------------------------------------------------------------------


def questions_for(documents: Path | None) -> list[str]:
    """Residents' questions about these texts, a fixed choice of them."""
    real = documents is not None and documents.parent == REAL
    files = [REAL / "dev.jsonl"] if real else sorted((ROOT / "evals" / "datasets" / "demo").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [line["question"] for line in lines if line.get("question")]
    return random.Random(1).sample(asked, min(QUESTIONS, len(asked)))


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this thread, and those it starts, on one core."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def bench_search(library: Library, questions: Sequence[str]) -> None:
    """Question to confirmed hits."""
    passages = len(library.follower(COLLECTION).snapshot())
    times = timed(questions, lambda text: library.search(Search(text, COLLECTION), 10))
    _show_times("search", times, f"{passages} passages, one core, embedding included; guard R13: p95 150 ms")


def bench_typing(library: Library, questions: Sequence[str]) -> None:
    """What is typed up to a pause, to three candidates: half the words of a question."""
    halves = [" ".join(text.split()[: max(2, len(text.split()) // 2)]) for text in questions]
    times = timed(halves, lambda text: library.search(Search(text, COLLECTION), 3))
    _show_times("typing", times, "half a question to candidates, one core; floor of the design: 150 ms")


def bench_encoding(library: Library, questions: Sequence[str]) -> None:
    """The model alone: what the machine is worth today, to hold the other times against."""
    if library.encoder is not None:
        times = timed(questions, library.encoder.encode_query)
        _show_times("encode", times, "the model alone; 6 ms where the design was measured: compare by ratio")


def bench_answer(library: Library, questions: Sequence[str]) -> None:
    """Question to cited answer in this process, through the whole pipeline."""
    try:
        from evals.answers.run import answering_over
        from service.domain.question import VISITOR, Asked, Channel
    except ImportError as missing:
        print(f"answer: not measured, the pipeline cannot be loaded ({missing})")
        return
    answering = answering_over(library, COLLECTION)
    asked = [Asked(text, Channel.WEBSITE, COLLECTION, uuid.uuid4()) for text in questions if len(text) <= 500]
    times = timed(asked, lambda each: answering.answer(each, VISITOR))
    _show_times("answer", times, "question to cited answer, one core; floor of the project: p50 25 ms")


def bench_redaction(questions: Sequence[str]) -> None:
    """Taking personal data out of a question."""
    from service.answering.redaction import redact

    personal = [f"{text} Ik ben Jan de Vries, bel 06-12345678, BSN 111222333." for text in questions]
    times = timed([*questions, *personal], redact)
    _show_times("redaction", times, "questions with and without personal data; guard P2: p95 5 ms")


def bench_pages(library: Library) -> None:
    """The pages of the duos and of the figures, with a full database."""
    from evals.bench_pages import VISITS, duo_paths, full_site, steering_paths
    from service.duos.steering import FRESH

    size = "5,000 signals, 50,000 questions, one core; floor of the project: p95 150 ms"
    with full_site(library) as visits:
        plans = {
            "duo": (visits.take(duo_paths()), size),
            "sturing": (visits.take(steering_paths()), f"{size}; counted within the last minute"),
            "sturing_first": (visits.take(steering_paths(), FRESH), f"{size}; a minute between two visits"),
        }
        for name, (visit, compared) in plans.items():
            _show_times(name, timed(range(VISITS), visit, time.process_time), compared)


@dataclass(frozen=True)
class Taken:
    """Milliseconds for one input: on the clock, and of the processor."""

    clock: float
    cpu: float


def timed(
    inputs: Sequence[T], work: Callable[[T], object], processor: Callable[[], float] = time.thread_time
) -> list[Taken]:
    """What each input takes: the median of its rounds, after one round that warms up.

    `processor` is the clock of the processor's own time: of this thread, unless others do the work.
    """
    rounds = [[_taken(work, each, processor) for each in inputs] for _ in range(ROUNDS + 1)][1:]
    return [
        Taken(statistics.median(each.clock for each in same), statistics.median(each.cpu for each in same))
        for same in zip(*rounds, strict=True)
    ]


def _taken(work: Callable[[T], object], value: T, processor: Callable[[], float]) -> Taken:
    began, began_cpu = time.perf_counter(), processor()
    work(value)
    return Taken((time.perf_counter() - began) * 1000, (processor() - began_cpu) * 1000)


def _show_times(name: str, times: Sequence[Taken], compared: str) -> None:
    clock, cpu = sorted(each.clock for each in times), sorted(each.cpu for each in times)
    last = min(int(0.95 * len(clock)), len(clock) - 1)
    show(f"{name}_p50", statistics.median(clock), "ms", compared)
    show(f"{name}_p95", clock[last], "ms", compared)
    show(f"{name}_p50_cpu", statistics.median(cpu), "ms", "the processor's own time for it")
    show(f"{name}_p95_cpu", cpu[last], "ms", "the processor's own time for it")


# -- starting ------------------------------------------------------------------------------------


def bench_start(folder: Path) -> None:
    """From the command to `ready`, with a warm cache, a database and an index: the median of three."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    starts = [seconds_to_ready(folder) for _ in range(ROUNDS)]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = [start for start in starts if start is not None]
    if found:
        show("service_ready", statistics.median(found), "s", "command to /healthz/ready; floor: 6 s")
        show("service_ready_cpu", used / ROUNDS, "s", "the processor's own time for it, stopping included")
    else:
        print("service_ready: not measured, the service does not come up")


def seconds_to_ready(folder: Path) -> float | None:
    """Start the service on what stands in `folder` and wait until it can answer; None when it never can."""
    port = _free_port()
    settings = {
        "ANTWOORDDUO_DATA_DIR": str(folder),
        "ANTWOORDDUO_DATABASE_URL": database_url(folder),
        "ANTWOORDDUO_COLLECTION": COLLECTION,
        "PORT": str(port),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - began < SECONDS_TO_START and process.poll() is None:
            if _is_ready(port):
                return time.perf_counter() - began
            time.sleep(0.05)
        return None
    finally:
        process.terminate()
        process.wait(30)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
