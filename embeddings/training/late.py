"""Fine-tune late interaction: the right passage above its siblings, and near misses below a line.

Contrastive over all passages of a batch (Khattab & Zaharia 2020; negatives in the batch as Karpukhin et
al. 2020), where a batch holds neighbouring texts, so that the hard negatives are there by themselves; the
same for the pooled vector; and a yes/no loss that tells a passage that answers from the text's best
passage when nothing answers, and from the same passage with its answering sentences taken out. Beside
them, questions that ask the same are drawn together, and apart from those that nearly do.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from torch import nn

from embeddings.document import Passage
from embeddings.encoders.bundled import QUERY_PROMPT
from embeddings.encoders.onnx import telling_tokens
from embeddings.ranking import WEIGHTS
from embeddings.training.alike import Alike, batches, contrast
from embeddings.training.backbone import Backbone, Reading, padded
from embeddings.training.examples import ANSWERED, Place, Question, Text, pieces_of, places, without_answer

TEXTS = 12  # a batch: two groups of six neighbours
GROUP = 6
NEIGHBOURS = 12
ASKED, NOT_ANSWERED = 8, 5  # questions of each text in a batch, of either kind at most
CUT = 10  # passages of a batch that come again without their answer
RATE = 1e-4
RATE_OF_SCALES = 1e-2
WARM_UP = 0.06
DENSE_WEIGHT, DENSE_SCALE = 0.3, 50.0
YES_NO_WEIGHT = 0.5
ALIKE_WEIGHT, ALIKE_SCALE = 0.2, 25.0
ALIKE = 48  # questions of a batch that come for being alike


@dataclass(frozen=True)
class Progress:
    """Means over the last steps. `first`: how often the right passage came first in its batch."""

    step: int
    seconds: float
    contrastive: float
    dense: float
    yes_no: float
    yes_no_right: float
    first: float
    alike: float


@dataclass(frozen=True)
class _Example:
    text: Text
    pieces: list[Passage]
    asked: list[tuple[Question, list[Place]]]
    not_answered: list[Question]


@dataclass
class _Batch:
    """Passages and questions with who belongs to whom; `owner` is -1 for a passage with its answer gone."""

    passages: list[Reading] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    questions: list[Reading] = field(default_factory=list)
    asker: list[int] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    too: list[frozenset[int]] = field(default_factory=list)  # other texts that answer it as well
    cut: list[tuple[int, int]] = field(default_factory=list)


class LateInteraction:
    """Trains a backbone in place.

    `minutes` bounds the wall clock and shapes the learning rate with it; give `steps` for a run that is
    the same on every machine.
    """

    def __init__(
        self, backbone: Backbone, texts: Sequence[Text], seed: int, alike: Sequence[Alike] = ()
    ) -> None:
        self.backbone = backbone
        self._random = random.Random(seed)
        self._examples = [example for text in texts if (example := _example(text)).asked]
        self._place = {each.text.id: place for place, each in enumerate(self._examples)}
        self._neighbours = self._nearest()
        self._alike = batches(alike, ALIKE, random.Random(seed))
        device = backbone.device
        self._sharpness = nn.Parameter(torch.tensor(math.log(40.0), device=device))
        self._line: nn.Parameter | None = None
        self._slope = nn.Parameter(torch.tensor(30.0, device=device))

    def train(self, steps: int, on_progress: Callable[[Progress], None], every: int = 10) -> None:
        """Train for `steps` batches."""
        optimiser: torch.optim.Optimizer | None = None
        started, recent = time.monotonic(), []
        for step, batch in enumerate(self._batches(steps)):
            losses = self._losses(batch)
            if optimiser is None:  # only now is the line's place known
                optimiser = self._optimiser()
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate(step / steps)
            optimiser.zero_grad()
            losses[0].backward()
            nn.utils.clip_grad_norm_(list(self.backbone.trained()), 1.0)
            optimiser.step()
            recent.append([float(each) for each in losses[1:]])
            if (step + 1) % every == 0:
                means = [sum(column) / len(recent) for column in zip(*recent, strict=True)]
                on_progress(Progress(step + 1, time.monotonic() - started, *means))
                recent = []

    def _optimiser(self) -> torch.optim.Optimizer:
        assert self._line is not None
        scales = [self._sharpness, self._slope, self._line]
        return torch.optim.AdamW(
            [
                {"params": list(self.backbone.trained()), "peak": RATE, "weight_decay": 0.01},
                {"params": scales, "peak": RATE_OF_SCALES, "weight_decay": 0.0},
            ],
            lr=RATE,
            betas=(0.9, 0.98),
        )

    def _nearest(self) -> list[list[int]]:
        """For each text its neighbours, by the vectors of how it begins; before training."""
        starts = [Reading(f"{each.text.title}\n{each.pieces[0].text[:300]}") for each in self._examples]
        with torch.no_grad():
            vectors = torch.stack([states.mean(0) for states in self.backbone.states(starts)])
        vectors = F.normalize(vectors - vectors.mean(0), dim=1)
        similarity = vectors @ vectors.T
        homes = [each.text.municipality for each in self._examples]
        for row, home in enumerate(homes):
            similarity[
                row, [place for place, other in enumerate(homes) if other != home or place == row]
            ] = -2
        found = similarity.topk(min(NEIGHBOURS, len(starts)))
        return [
            [int(place) for place, cosine in zip(*row, strict=True) if cosine > -2]
            for row in zip(found.indices.tolist(), found.values.tolist(), strict=True)
        ]

    def _batches(self, steps: int) -> Iterator[_Batch]:
        made = 0
        while True:
            for chosen in self._epoch():
                if made == steps:
                    return
                yield self._batch(chosen)
                made += 1

    def _epoch(self) -> list[list[int]]:
        """Every text once, in batches of groups of neighbours, each of one municipality."""
        homes = sorted({each.text.municipality for each in self._examples})
        batches = [batch for home in homes for batch in self._batches_of(home)]
        self._random.shuffle(batches)
        return batches

    def _batches_of(self, home: str) -> Iterator[list[int]]:
        left = {place for place, each in enumerate(self._examples) if each.text.municipality == home}
        order = sorted(left)
        self._random.shuffle(order)
        batch: list[int] = []
        for place in order:
            if place not in left:
                continue
            near = [each for each in self._neighbours[place] if each in left and each != place]
            self._random.shuffle(near)
            group = [place, *near[: GROUP - 1]]
            left -= set(group)
            batch += group
            if len(batch) >= TEXTS:
                yield batch
                batch = []
        if len(batch) > GROUP:
            yield batch

    def _batch(self, chosen: Sequence[int]) -> _Batch:
        batch = _Batch()
        cuttable: list[tuple[int, Passage, Place]] = []
        for place in chosen:
            example = self._examples[place]
            first = len(batch.passages)
            batch.passages += [_reading(piece) for piece in example.pieces]
            batch.owner += [place] * len(example.pieces)
            asked = self._random.sample(example.asked, min(ASKED, len(example.asked)))
            for question, found in asked:
                cuttable.append((len(batch.questions), example.pieces[found[0].passage], found[0]))
                self._ask(batch, place, question, [first + each.passage for each in found])
            for question in self._random.sample(
                example.not_answered, min(NOT_ANSWERED, len(example.not_answered))
            ):
                self._ask(batch, place, question, [])
        self._random.shuffle(cuttable)
        for number, piece, where in cuttable:
            left = without_answer(piece, where) if len(batch.cut) < CUT else None
            if left:
                batch.cut.append((number, len(batch.passages)))
                batch.passages.append(Reading(f"{piece.context}\n{left}"))
                batch.owner.append(-1)
        return batch

    def _ask(self, batch: _Batch, place: int, question: Question, right: list[int]) -> None:
        batch.questions.append(Reading(question.text, query=True))
        batch.asker.append(place)
        batch.right.append(right)
        batch.too.append(frozenset(self._place[each] for each in question.also if each in self._place))

    def _losses(self, batch: _Batch) -> tuple[torch.Tensor, ...]:
        passages, questions = self._read(batch)
        scores = max_sim(questions, passages, torch.tensor(batch.owner) >= 0)
        answered, right, seen = self._masks(batch)
        shown = (scores * self._sharpness.exp()).masked_fill(~seen, -1e4)[answered]
        contrastive = _contrast(shown, right[answered])
        cosines = (_pooled(questions) @ _pooled(passages).T * DENSE_SCALE).masked_fill(~seen, -1e4)[answered]
        dense = _contrast(cosines, right[answered])
        yes_no, correct = self._yes_no(batch, scores, answered)
        first = right[answered].gather(1, shown.argmax(1, keepdim=True)).float().mean()
        alike = self._alikeness(scores.device)
        total = contrastive + DENSE_WEIGHT * dense + YES_NO_WEIGHT * yes_no + ALIKE_WEIGHT * alike
        return total, contrastive.detach(), dense.detach(), yes_no.detach(), correct, first, alike.detach()

    def _read(self, batch: _Batch) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        passages = [F.normalize(each, dim=1) for each in self.backbone.states(batch.passages)]
        return passages, self._telling(batch.questions)

    def _telling(self, questions: Sequence[Reading]) -> list[torch.Tensor]:
        """Of each question the tokens that tell something, as directions."""
        whole = self.backbone.states(questions)
        telling = [telling_tokens(self.backbone.encoding(reading), QUERY_PROMPT) for reading in questions]
        return [F.normalize(each[own], dim=1) for each, own in zip(whole, telling, strict=True)]

    def _alikeness(self, device: torch.device) -> torch.Tensor:
        """What questions that ask the same still lack; 0 without any."""
        chosen = next(self._alike, [])
        if not chosen:
            return torch.zeros((), device=device)
        states = self._telling([Reading(each.text, query=True) for each in chosen])
        met = max_sim(states, states)
        return contrast((met + met.T) / 2 * ALIKE_SCALE, [each.group for each in chosen])

    def _masks(self, batch: _Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Which questions are answered; which passages answer each; which passages each is shown."""
        device = self.backbone.device
        right = torch.zeros(len(batch.questions), len(batch.passages), dtype=torch.bool)
        for row, found in enumerate(batch.right):
            right[row, found] = True
        seen = (torch.tensor(batch.owner) >= 0)[None].repeat(len(batch.questions), 1)
        for row, too in enumerate(batch.too):
            seen[row, [column for column, owner in enumerate(batch.owner) if owner in too]] = False
        for row, column in batch.cut:
            seen[row, column] = True
        return right.any(1).to(device), right.to(device), seen.to(device)

    def _yes_no(
        self, batch: _Batch, scores: torch.Tensor, answered: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        own = torch.tensor(batch.asker)[:, None] == torch.tensor(batch.owner)[None]
        best = scores.masked_fill(~own.to(scores.device), -1.0).max(1).values
        cut = [scores[row, column] for row, column in batch.cut]
        told = torch.cat([best, torch.stack(cut)]) if cut else best
        wanted = torch.cat([answered.float(), torch.zeros(len(cut), device=scores.device)])
        if self._line is None:
            self._line = nn.Parameter(told.detach().median())
        logits = (told - self._line) * self._slope
        correct = ((logits > 0) == (wanted > 0)).float().mean()
        return F.binary_cross_entropy_with_logits(logits, wanted), correct


def max_sim(
    questions: Sequence[torch.Tensor], passages: Sequence[torch.Tensor], weighing: torch.Tensor | None = None
) -> torch.Tensor:
    """Mean over each question's tokens of the best cosine in each passage: (questions, passages).

    With `weighing`, a mask over the passages, a token weighs as much as it tells those apart, as in search
    (`late_interaction.match`); the weights themselves get no gradient.
    """
    together, mask = padded(passages)
    tokens = torch.cat(list(questions))
    lengths = torch.tensor([len(each) for each in questions], device=tokens.device)
    similarity = torch.einsum("td,pnd->tpn", tokens, together).masked_fill(~mask[None], -2.0)
    best = similarity.max(2).values
    rows = torch.repeat_interleave(torch.arange(len(questions), device=tokens.device), lengths)
    weights = torch.ones_like(best[:, 0]) if weighing is None else _telling(best.detach()[:, weighing])
    summed = torch.zeros(len(questions), len(passages), device=tokens.device)
    summed = summed.index_add(0, rows, best * weights[:, None])
    return summed / torch.zeros_like(summed[:, 0]).index_add(0, rows, weights)[:, None]


def _telling(best: torch.Tensor) -> torch.Tensor:
    """How much each token tells the passages apart, out of its best cosine in each of them."""
    return best.max(1).values - best.quantile(WEIGHTS.ordinary, dim=1) + WEIGHTS.floor


def rate(done: float) -> float:
    """Up in a straight line over the first 6 %, then down to a fiftieth."""
    return min(1.0, (done + 0.005) / WARM_UP) * max(0.02, 1 - done)


def _contrast(logits: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Cross-entropy where any of several passages is right."""
    return (torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~right, -1e4), 1)).mean()


def _pooled(states: Sequence[torch.Tensor]) -> torch.Tensor:
    return F.normalize(torch.stack([each.mean(0) for each in states]), dim=1)


def _example(text: Text) -> _Example:
    pieces = pieces_of(text)
    found = [(question, places(pieces, question)) for question in text.questions]
    return _Example(
        text,
        pieces,
        [(question, where) for question, where in found if question.kind == ANSWERED and where],
        [question for question, _ in found if not question.spans],
    )


def _reading(piece: Passage) -> Reading:
    return Reading(f"{piece.context}\n{piece.text}")
