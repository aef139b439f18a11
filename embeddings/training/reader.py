"""Train the reader on what the library really keeps: int8 token states of the shipped encoder.

For an answered question: the passage that answers (yes, with its span), the same passage without the
answering sentences, another passage of the text and one of another text (no). For a question that the text
does not answer: the passages that come closest (no).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from embeddings.document import Passage
from embeddings.encoders.base import STATE_SCALE, Bytes, Encoder, Floats, Span, pack_states, unpack_states
from embeddings.reading import MAXIMUM_PASSAGE, MAXIMUM_QUESTION
from embeddings.training.examples import (
    ANSWERED,
    PARTLY,
    Place,
    Text,
    pieces_of,
    places,
    without_answer,
)
from embeddings.training.reader_network import STATES, Alone, ReaderNetwork, loss

BATCH = 24
SORTED = 40  # batches' worth of pairs sorted by length together: little padding, and still mixed
RATE = 1e-3
WARM_UP = 0.05
OTHER_TEXT, OTHER_PASSAGE = 0.7, 0.4  # chance that an answered question is shown one of those too
PER_CALL = 32


@dataclass(frozen=True)
class Shown:
    """A passage as the library keeps it: token states, where each stands in the text, how long the title
    before it is, in characters."""

    states: Bytes
    spans: list[Span]
    title: int
    lead: int


@dataclass(frozen=True)
class Pair:
    """A question and a passage; `answer` are the places in the passage's text that answer all of it."""

    question: Floats
    shown: Shown
    yes: bool
    answer: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Case:
    """A question with the passages it may be trained on."""

    question: Floats
    kind: str
    right: tuple[tuple[Shown, tuple[Span, ...]], ...]
    cut: tuple[Shown, ...]
    own: tuple[Shown, ...]
    others: tuple[Shown, ...]


@dataclass(frozen=True)
class Progress:
    """After an epoch: means over it. `right`: how often yes or no was said rightly."""

    epoch: int
    seconds: float
    loss: float
    right: float


def cases(texts: Sequence[Text], encoder: Encoder) -> list[Case]:
    """Every question of the texts, encoded, with its passages."""
    found = []
    for home in sorted({text.municipality for text in texts}):
        found += _cases_of([text for text in texts if text.municipality == home], encoder)
    return found


def _cases_of(texts: Sequence[Text], encoder: Encoder) -> list[Case]:
    pieces = [pieces_of(text) for text in texts]
    flat = [(number, piece) for number, own in enumerate(pieces) for piece in own]
    shown, vectors = _shown([piece for _, piece in flat], [piece.text for _, piece in flat], encoder)
    owner = np.array([number for number, _ in flat])
    asked = [(number, question) for number, text in enumerate(texts) for question in text.questions]
    found = [places(pieces[number], question) for number, question in asked]
    cuts = [_first_cut(pieces[number], where) for (number, _), where in zip(asked, found, strict=True)]
    left = [cut for cut in cuts if cut]
    made, _ = _shown([piece for piece, _ in left], [text for _, text in left], encoder)
    waiting = iter(made)
    cases = []
    for (number, question), where, cut in zip(asked, found, cuts, strict=True):
        encoded = encoder.encode_query(question.text)
        near = [int(place) for place in np.argsort(-(vectors @ encoded.vector))]
        own = [place for place in near if owner[place] == number]
        first = min(own)
        right = {first + place.passage: place.spans for place in where}
        cases.append(
            Case(
                question=encoded.states,
                kind=question.kind,
                right=tuple((shown[key], spans) for key, spans in right.items()),
                cut=(next(waiting),) if cut else (),
                own=tuple(shown[key] for key in own if key not in right),
                others=tuple(shown[place] for place in near[:12] if owner[place] != number)[:4],
            )
        )
    return cases


def _first_cut(pieces: Sequence[Passage], where: Sequence[Place]) -> tuple[Passage, str] | None:
    """The first passage that answers, with its text without the answer; None when there is no such."""
    for place in where:
        left = without_answer(pieces[place.passage], place)
        if left:
            return pieces[place.passage], left
    return None


def _shown(pieces: Sequence[Passage], texts: Sequence[str], encoder: Encoder) -> tuple[list[Shown], Floats]:
    shown, vectors = [], []
    for start in range(0, len(pieces), PER_CALL):
        some = list(zip(pieces[start : start + PER_CALL], texts[start : start + PER_CALL], strict=True))
        whole = [f"{piece.context}\n{text}" for piece, text in some]
        for (piece, _), text, encoded in zip(some, whole, encoder.encode_passages(whole), strict=True):
            states = unpack_states(pack_states(encoded.states), encoder.dimensions)
            spans = encoder.token_spans(text)
            shown.append(Shown(states, spans, len(piece.title), len(piece.context) + 1))
            vectors.append(encoded.vector)
    return shown, np.stack(vectors) if vectors else np.zeros((0, encoder.dimensions), np.float32)


def pairs(case: Case, chance: random.Random) -> list[Pair]:
    """What the reader is shown of a case this time."""
    if not case.right:
        near = case.own[: 2 if chance.random() < 0.5 else 1]
        return [Pair(case.question, shown, False) for shown in near]
    whole = case.kind == ANSWERED
    made = [Pair(case.question, shown, whole, spans) for shown, spans in case.right[:2]]
    made += [Pair(case.question, shown, False) for shown in case.cut[:1]]
    if case.others and chance.random() < OTHER_TEXT:
        made.append(Pair(case.question, chance.choice(case.others), False))
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
    started, done = time.monotonic(), 0.0
    for epoch in range(epochs):
        batches = list(_batches(all_cases, chance))
        total, right, count = 0.0, 0, 0
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 0.002) / WARM_UP) * max(0.01, 1 - done)
            question, asked, passage, there, title, spans, wanted = tensors(batch)
            answers, evidence = network(question, asked, passage, there, title)
            value = loss(answers, evidence, wanted, spans)
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += float(value.detach()) * len(batch)
            right += int(((answers > 0) == (wanted > 0)).sum())
            count += len(batch)
        on_progress(Progress(epoch + 1, time.monotonic() - started, total / count, right / count))
    network.eval()
    return network


def _batches(all_cases: Sequence[Case], chance: random.Random) -> Iterator[list[Pair]]:
    shown = [pair for case in all_cases for pair in pairs(case, chance)]
    chance.shuffle(shown)
    batches = []
    for start in range(0, len(shown), BATCH * SORTED):
        some = sorted(shown[start : start + BATCH * SORTED], key=lambda pair: len(pair.shown.states))
        batches += [some[place : place + BATCH] for place in range(0, len(some), BATCH)]
    chance.shuffle(batches)
    return iter(batches)


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
        title[row, : len(states)] = _titles(pair.shown)[: len(states)]
        spans[row, : len(states) + 1] = _wanted_spans(pair)[: len(states) + 1]
        spans[row, 0] = 0.0 if spans[row, 1:].any() else 1.0
    passage /= STATE_SCALE
    spans /= spans.sum(1, keepdims=True)
    wanted = np.array([pair.yes for pair in batch], np.float32)
    made = (question, asked, passage, there, title, spans, wanted)
    return tuple(torch.from_numpy(each) for each in made)


def _titles(shown: Shown) -> list[bool]:
    return [end > start and end <= shown.title for start, end in shown.spans]


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
            answers, _ = network(*tensors(batch)[:5])
            told.append((bool(case.right), float(answers.max())))
    return told


def export(network: ReaderNetwork, path: Path) -> None:
    """The network as ONNX: inputs question, passage, title; outputs answers and evidence."""
    example = (torch.rand(1, 5, STATES), torch.rand(1, 9, STATES), torch.zeros(1, 9, dtype=torch.bool))
    torch.onnx.export(
        Alone(network).eval(),
        example,
        str(path),
        input_names=["question", "passage", "title"],
        output_names=["answers", "evidence"],
        dynamic_axes={
            "question": {1: "asked"},
            "passage": {1: "tokens"},
            "title": {1: "tokens"},
            "evidence": {1: "places"},
        },
        opset_version=17,
        dynamo=False,
    )
