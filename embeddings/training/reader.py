"""Train the reader on what a library finds and keeps: int8 token states of the shipped encoder.

Every question is put to a library of its own municipality's texts. For an answered one the reader is shown
the passage that answers (yes, with its span), the same passage without the answering sentences, and the
best passages of the other texts that came first (no, and after it in the order). For a question that the
text does not answer: the passages of that text that come closest (no).
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch import nn

from embeddings.document import DocumentKey, Passage
from embeddings.encoders.base import STATE_SCALE, Bytes, Encoder, Floats, Span, pack_states, unpack_states
from embeddings.library import Library, open_library
from embeddings.reading import MAXIMUM_PASSAGE, MAXIMUM_QUESTION
from embeddings.searching import Search
from embeddings.snapshot import Snapshot
from embeddings.training.examples import (
    ANSWERED,
    COLLECTION,
    PARTLY,
    Question,
    Text,
    pieces_of,
    places,
    without_answer,
)
from embeddings.training.reader_network import STATES, Alone, ReaderNetwork, loss

BATCH = 32  # pairs; those of one question stay together, so it may be a few more
SORTED = 400  # questions sorted by length together: little padding, and still mixed
RATE = 1e-3
WARM_UP = 0.05
OTHER_TEXTS = 3  # of the FOUND that came first, those are shown beside a passage that answers
FOUND = 4
OTHER_PASSAGE = 0.4  # chance that an answered question is shown another passage of its text too
PER_CALL = 32


@dataclass(frozen=True)
class Shown:
    """A passage as the library keeps it: token states, which rows are its title's, where each token stands
    in what was encoded, and where there the text begins, in characters."""

    states: Bytes
    title: slice
    spans: list[Span]
    lead: int


@dataclass(frozen=True)
class Pair:
    """A question and a passage; `answer` are the places in the passage's text that answer all of it.

    `first`: whether it belongs before the other passages of this question; None where that says nothing.
    """

    question: Floats
    shown: Shown
    yes: bool
    answer: tuple[Span, ...] = ()
    first: bool | None = None


@dataclass(frozen=True)
class Case:
    """A question with the passages it may be trained on. `others`: the best passage of each other text
    that was found for it, best first."""

    question: Floats
    kind: str
    right: tuple[tuple[Shown, tuple[Span, ...]], ...]
    cut: tuple[Shown, ...]
    own: tuple[Shown, ...]
    others: tuple[Shown, ...]


@dataclass(frozen=True)
class Progress:
    """After an epoch: means over it. `right`: how often yes or no was said rightly; `first`: how often a
    passage that answers came before those of other texts."""

    epoch: int
    seconds: float
    loss: float
    right: float
    first: float


def cases(texts: Sequence[Text], models: Path, on_progress: Callable[[int], None]) -> list[Case]:
    """Every question of the texts, asked to the texts of its municipality, with its passages.

    Municipalities go side by side, a process each. `on_progress` is called with the number of questions
    that were asked.
    """
    homes: dict[str, list[Text]] = {}
    for text in texts:
        homes.setdefault(text.municipality, []).append(text)
    found: list[Case] = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for asked in pool.map(partial(_cases_of, models=models), (homes[home] for home in sorted(homes))):
            found += asked
            on_progress(len(found))
    return found


def _cases_of(texts: Sequence[Text], models: Path) -> list[Case]:
    """Those of one municipality, in a library that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="antwoordduo-training-") as folder:
        place = Path(folder)
        library = open_library(
            f"sqlite:///{place / 'library.sqlite'}", models=models, indexes=place / "indexes"
        )
        try:
            library.apply(COLLECTION, "texts", [text.document for text in texts])
            asking = _Asking(library, texts)
            return [asking.case(text, question) for text in texts for question in text.questions]
        finally:
            library.engine.dispose()


class _Asking:
    """Puts questions to a library of these texts."""

    def __init__(self, library: Library, texts: Sequence[Text]) -> None:
        assert library.encoder is not None
        self._library, self._encoder = library, library.encoder
        self._snapshot: Snapshot = library.snapshot(COLLECTION)
        self._pieces = {text.id: pieces_of(text) for text in texts}
        keys = {(row.document.id, row.digest): key for key, row in self._snapshot.rows.items()}
        self._keys = {id: [keys[id, piece.digest] for piece in pieces] for id, pieces in self._pieces.items()}
        self._shown = {
            key: self._as_kept(key, piece)
            for id, pieces in self._pieces.items()
            for key, piece in zip(self._keys[id], pieces, strict=True)
        }

    def case(self, text: Text, question: Question) -> Case:
        """A question about one of the texts."""
        found = self._library.search(Search(question.text, COLLECTION))
        assert found.encoded is not None
        pieces, keys = self._pieces[text.id], self._keys[text.id]
        where = places(pieces, question)
        right = {keys[place.passage]: place.spans for place in where}
        best = [hit.key for hit in found.hits if hit.key in set(keys)]
        own = [*best, *(key for key in keys if key not in best)]
        answering = {DocumentKey(COLLECTION, "texts", id) for id in (text.id, *question.also)}
        others = [each.hits[0].key for each in found.documents if each.key not in answering]
        return Case(
            question=found.encoded.states,
            kind=question.kind,
            right=tuple((self._shown[key], spans) for key, spans in right.items()),
            cut=self._cut(pieces, question),
            own=tuple(self._shown[key] for key in own if key not in right),
            others=tuple(self._shown[key] for key in others[:FOUND]),
        )

    def _as_kept(self, key: int, piece: Passage) -> Shown:
        states = self._snapshot.states(key)
        assert states is not None
        return _shown(piece, piece.text, np.array(states), self._library, self._encoder)

    def _cut(self, pieces: Sequence[Passage], question: Question) -> tuple[Shown, ...]:
        """The first passage that answers, without its answer; none when there is no such."""
        for place in places(pieces, question):
            piece = pieces[place.passage]
            left = without_answer(piece, place)
            if left:
                (encoded,) = self._encoder.encode_passages([f"{piece.context}\n{left}"])
                states = unpack_states(pack_states(encoded.states), self._encoder.dimensions)
                return (_shown(piece, left, states, self._library, self._encoder),)
        return ()


def _shown(piece: Passage, text: str, states: Bytes, library: Library, encoder: Encoder) -> Shown:
    spans = encoder.token_spans(f"{piece.context}\n{text}")
    return Shown(states, library.tokens.of_title(piece.title), spans, len(piece.context) + 1)


def pairs(case: Case, chance: random.Random) -> list[Pair]:
    """What the reader is shown of a case this time."""
    if not case.right:
        near = case.own[: 2 if chance.random() < 0.5 else 1]
        return [Pair(case.question, shown, False) for shown in near]
    whole = case.kind == ANSWERED
    first = True if whole else None
    made = [Pair(case.question, shown, whole, spans, first) for shown, spans in case.right[:2]]
    made += [Pair(case.question, shown, False) for shown in case.cut[:1]]
    if whole:
        others = chance.sample(case.others, min(OTHER_TEXTS, len(case.others)))
        made += [Pair(case.question, shown, False, first=False) for shown in others]
    if case.own and chance.random() < OTHER_PASSAGE:
        made.append(Pair(case.question, case.own[0], False))
    return made


def train(
    all_cases: Sequence[Case], epochs: int, seed: int, on_progress: Callable[[Progress], None]
) -> ReaderNetwork:
    """A network trained on the cases: the same for the same cases, epochs and seed."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = ReaderNetwork()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.1, betas=(0.9, 0.98))
    started = time.monotonic()
    for epoch in range(epochs):
        batches = _batches(all_cases, chance)
        seen = []
        for number, groups in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for each in optimiser.param_groups:
                each["lr"] = RATE * min(1.0, (done + 0.002) / WARM_UP) * max(0.01, 1 - done)
            value, counted = _step(network, groups)
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            seen.append(counted)
        total, right, count, first, ordered = (sum(column) for column in zip(*seen, strict=True))
        taken = time.monotonic() - started
        on_progress(Progress(epoch + 1, taken, total / count, right / count, first / max(ordered, 1)))
    network.eval()
    return network


def _step(network: ReaderNetwork, groups: Sequence[Sequence[Pair]]) -> tuple[torch.Tensor, tuple[float, ...]]:
    """The loss of a batch, and what of it is counted: loss, rightly said, pairs, rightly first, in order."""
    batch = [pair for group in groups for pair in group]
    question, asked, passage, there, title, spans, wanted = tensors(batch)
    answers, order, evidence = network(question, asked, passage, there, title)
    starts = np.cumsum([0, *(len(group) for group in groups)])
    listed = [
        ([start + place for place, pair in enumerate(group) if pair.first is True],
         [start + place for place, pair in enumerate(group) if pair.first is False])
        for start, group in zip(starts[:-1].tolist(), groups, strict=True)
    ]  # fmt: skip
    listed = [(before, after) for before, after in listed if before and after]
    value = loss(answers, evidence, wanted, spans, order, listed)
    told = order.detach()
    first = sum(bool(told[before].max() > told[after].max()) for before, after in listed)
    right = int(((answers.detach() > 0) == (wanted > 0)).sum())
    return value, (float(value.detach()) * len(batch), right, len(batch), first, len(listed))


def _batches(all_cases: Sequence[Case], chance: random.Random) -> list[list[list[Pair]]]:
    """Batches of questions, each with its pairs."""
    groups = [group for case in all_cases if (group := pairs(case, chance))]
    chance.shuffle(groups)
    batches: list[list[list[Pair]]] = []
    for start in range(0, len(groups), SORTED):
        some = sorted(groups[start : start + SORTED], key=_longest)
        batch: list[list[Pair]] = []
        for group in some:
            batch.append(group)
            if sum(map(len, batch)) >= BATCH:
                batches.append(batch)
                batch = []
        if batch:
            batches.append(batch)
    chance.shuffle(batches)
    return batches


def _longest(group: Sequence[Pair]) -> int:
    return max(len(pair.shown.states) for pair in group)


def tensors(batch: Sequence[Pair]) -> tuple[torch.Tensor, ...]:
    """question, its mask, passage, its mask, title, spans (each row sums to one) and wanted."""
    longest_question = max(min(len(pair.question), MAXIMUM_QUESTION) for pair in batch)
    longest = max(min(len(pair.shown.states), MAXIMUM_PASSAGE) for pair in batch)
    question = np.zeros((len(batch), longest_question, STATES), np.float32)
    passage = np.zeros((len(batch), longest, STATES), np.float32)
    asked = np.zeros((len(batch), longest_question), bool)
    there, title = np.zeros((len(batch), longest), bool), np.zeros((len(batch), longest), bool)
    spans = np.zeros((len(batch), longest + 1), np.float32)
    for row, pair in enumerate(batch):
        own, states = pair.question[:MAXIMUM_QUESTION], pair.shown.states[:MAXIMUM_PASSAGE]
        question[row, : len(own)], asked[row, : len(own)] = own, True
        passage[row, : len(states)], there[row, : len(states)] = states, True
        title[row, pair.shown.title] = True
        spans[row, : len(states) + 1] = _wanted_spans(pair)[: len(states) + 1]
        spans[row, 0] = 0.0 if spans[row, 1:].any() else 1.0
    passage /= STATE_SCALE
    spans /= spans.sum(1, keepdims=True)
    wanted = np.array([pair.yes for pair in batch], np.float32)
    made = (question, asked, passage, there, title, spans, wanted)
    return tuple(torch.from_numpy(each) for each in made)


def _wanted_spans(pair: Pair) -> list[float]:
    lead = pair.shown.lead
    return [
        0.0,
        *(
            float(
                end > start
                and any(lead + begin - 1 <= start and end <= lead + until + 1 for begin, until in pair.answer)
            )
            for start, end in pair.shown.spans
        ),
    ]


def scores(network: ReaderNetwork, all_cases: Sequence[Case]) -> list[tuple[bool, float]]:
    """For each case whether its text answers it, and the reader's best logit over its three nearest
    passages: what the AUROC of the model card is taken over."""
    told = []
    with torch.no_grad():
        for case in all_cases:
            if case.kind == PARTLY:
                continue
            near = [shown for shown, _ in case.right] + list(case.own[:2])
            batch = [Pair(case.question, shown, False) for shown in near]
            answers, _, _ = network(*tensors(batch)[:5])
            told.append((bool(case.right), float(answers.max())))
    return told


def export(network: ReaderNetwork, path: Path) -> None:
    """The network as ONNX: inputs question, passage, title; outputs answers, order and evidence."""
    example = (torch.rand(1, 5, STATES), torch.rand(1, 9, STATES), torch.zeros(1, 9, dtype=torch.bool))
    torch.onnx.export(
        Alone(network).eval(),
        example,
        str(path),
        input_names=["question", "passage", "title"],
        output_names=["answers", "order", "evidence"],
        dynamic_axes={
            "question": {1: "asked"},
            "passage": {1: "tokens"},
            "title": {1: "tokens"},
            "evidence": {1: "places"},
        },
        opset_version=17,
        dynamo=False,
    )
